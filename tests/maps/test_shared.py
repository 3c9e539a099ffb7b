"""The shared document holds a map whole, merges what several people do at once, survives what is no map."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Text
from pycrdt import Map as YMap

from drawings import drawings
from portulan.maps import codec, starters
from portulan.maps.layout import Layout
from portulan.maps.model import Map
from portulan.maps.shared import contain, order, screen, shape
from portulan.maps.shared.read import read
from portulan.maps.shared.write import write

Json = dict[str, Any]
NOTHING: tuple[Json, Json] = ({}, {})
VENTE = starters.starter("vente")
VENTE_JSON = codec.dump(VENTE)


def document(drawn: Map = VENTE, layout: Layout | None = None) -> Doc[Any]:
    doc: Doc[Any] = Doc()
    write(doc, NOTHING, (codec.dump(drawn), codec.dump(layout or Layout())))
    return doc


def drawing(doc: Doc[Any]) -> tuple[Map, Layout]:
    return read(doc, uid=VENTE.uid, state=VENTE.state, title="Sans titre")


def raw(doc: Doc[Any]) -> tuple[Json, Json]:
    drawn, layout = drawing(doc)
    return codec.dump(drawn), codec.dump(layout)


def copy_of(doc: Doc[Any]) -> Doc[Any]:
    copied: Doc[Any] = Doc()
    copied.apply_update(doc.get_update())
    return copied


def meet(one: Doc[Any], other: Doc[Any]) -> None:
    one.apply_update(other.get_update(one.get_state()))
    other.apply_update(one.get_update(other.get_state()))


def is_whole(drawn: Map) -> bool:
    steps, lanes, phases = ({one.id for one in listed} for listed in (drawn.steps, drawn.lanes, drawn.phases))
    ends = {end for one in drawn.passages for end in (one.source, one.target)}
    return ends <= steps and all(one.lane in lanes and one.phase in phases for one in drawn.steps)


@settings(deadline=None, max_examples=60)
@given(drawings())
def test_a_map_and_its_layout_come_back_from_the_document_as_they_went(given_: tuple[Map, Layout]) -> None:
    drawn, layout = given_
    doc = document(drawn, layout)
    assert read(copy_of(doc), uid=drawn.uid, state=drawn.state, title="") == (drawn, layout)


@pytest.mark.parametrize("name", starters.NAMES)
def test_a_starter_comes_back_whole(name: str) -> None:
    drawn = starters.starter(name)
    assert read(document(drawn), uid=drawn.uid, state=drawn.state, title="")[0] == drawn


@settings(deadline=None, max_examples=60)
@given(drawings(), drawings())
def test_writing_what_differs_leads_from_any_map_to_any_other(
    one: tuple[Map, Layout], other: tuple[Map, Layout]
) -> None:
    doc = document(*one)
    before, after = ((codec.dump(drawn), codec.dump(layout)) for drawn, layout in (one, other))
    write(doc, before, after)
    assert read(doc, uid="carte", state=other[0].state, title="") == other


def reduced(drawn: Json, gone: tuple[str, ...]) -> Json:
    """The map without some elements; their passages stay, as careless writers leave them."""
    parts: Json = {name: [one for one in drawn[name] if one["id"] not in gone] for name in shape.ELEMENTS}
    return {**drawn, **parts}


IDS = [one["id"] for name in shape.ELEMENTS for one in VENTE_JSON[name]]
LABELS = st.dictionaries(st.sampled_from(IDS), st.text("abc", max_size=4), max_size=4)
GONE = st.lists(st.sampled_from(IDS), max_size=8, unique=True).map(tuple)


@st.composite
def edited(draw: st.DrawFn) -> Json:
    labels, lane = draw(LABELS), draw(st.sampled_from(VENTE.lanes)).id
    drawn = reduced(VENTE_JSON, draw(GONE))
    steps = [{**one, "label": labels.get(one["id"], one["label"])} for one in drawn["steps"]]
    steps = draw(st.permutations(steps))
    if draw(st.booleans()):
        new = {**VENTE_JSON["steps"][0], "id": draw(st.sampled_from(["neuf", "autre"])), "lane": lane}
        steps = [*steps, new]
        way = {"id": f"p_{new['id']}", "source": new["id"], "target": draw(st.sampled_from(VENTE.steps)).id}
        drawn = {**drawn, "passages": [*drawn["passages"], way]}
    return {**drawn, "steps": steps}


@settings(deadline=None, max_examples=50)
@given(edited(), edited())
def test_what_two_people_do_at_once_merges_into_one_whole_map(one: Json, other: Json) -> None:
    mine = document()
    theirs = copy_of(mine)
    write(mine, (VENTE_JSON, {}), (one, {}))
    write(theirs, (VENTE_JSON, {}), (other, {}))
    meet(mine, theirs)
    assert drawing(mine) == drawing(theirs)
    assert is_whole(drawing(mine)[0])


def test_two_people_who_add_to_one_list_both_stay_and_an_untouched_property_is_nobodys() -> None:
    mine = document()
    theirs = copy_of(mine)
    step = VENTE_JSON["steps"][0]
    for doc, name in ((mine, "a"), (theirs, "b")):
        friction = {"id": name, "label": name, "who": "", "severity": 2}
        changed = {**step, "frictions": [*step["frictions"], friction]}
        write(doc, (VENTE_JSON, {}), ({**VENTE_JSON, "steps": [changed, *VENTE_JSON["steps"][1:]]}, {}))
    write(theirs, (VENTE_JSON, {}), ({**VENTE_JSON, "title": "Vente directe"}, {}))
    meet(mine, theirs)
    merged, _ = drawing(mine)
    assert {"a", "b"} <= {one.id for one in merged.steps[0].frictions}
    assert merged.title == "Vente directe"


@given(st.lists(st.integers(0, 30), max_size=40))
def test_there_is_always_a_place_between_two_others(places: list[int]) -> None:
    keys: list[str] = []
    for wanted in places:
        at = wanted % (len(keys) + 1)
        low, high = keys[at - 1] if at else "", keys[at] if at < len(keys) else None
        keys.insert(at, order.between(low, high))
    assert keys == sorted(set(keys))
    assert all(order.is_key(key) for key in keys)


@given(st.permutations("abcdefgh"), st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("13579AZz")))
def test_an_order_is_written_with_the_keys_that_must_change(ids: list[str], keys: dict[str, str]) -> None:
    changed = order.arranged(ids, keys)
    assert sorted(ids, key=lambda one: changed.get(one, keys.get(one, ""))) == ids
    assert order.arranged(ids, {**keys, **changed}) == {}


def update_of(edit: Any, base: Doc[Any] | None = None) -> bytes:
    doc = copy_of(base) if base else Doc()
    before = doc.get_state()
    edit(doc)
    return bytes(doc.get_update(before))


BROKEN: list[Any] = [
    {"steps": {"neuf": "un texte"}},
    {"steps": {"Pas un id": {"label": "X"}}},
    {"steps": {VENTE.steps[0].id: {"label": 7, "inconnu": True, "frictions/x": {"id": "x"}}}},
    {
        "steps": {
            "neuf": {"label": "Neuf", "probability": 300.0, "exit/c": ["V", {"id": "c"}], "delays": "vite"}
        }
    },
    {"lanes": {"neuf": {"hue": 4000.0, "#": 12.0}}},
    {"map": {"title": "", "kind": "roman", "scenarios/s": ["V", {"id": "s", "acts": 3.0}], "uid": "autre"}},
    {"positions": {"neuf": {"x": "là"}, "autre": 3.0}},
    {"steps": {VENTE.steps[0].id: {"label": "a\0b"}}},
]


def breaking(values: Json) -> Any:
    def edit(doc: Doc[Any]) -> None:
        for root, elements in values.items():
            held = shape.root(doc, root)
            for one, said in elements.items():
                if not isinstance(said, dict) or root == "positions":
                    held[one] = said
                    continue
                if not isinstance(held.get(one), YMap):
                    held[one] = YMap({})
                for key, value in said.items():
                    held[one][key] = value

    return edit


@pytest.mark.parametrize("values", BROKEN)
def test_what_is_no_part_of_a_map_is_erased_and_the_rest_stays(values: Json) -> None:
    doc = document()
    told = contain.receive(doc, update_of(breaking(values), doc))
    other = document()
    other.apply_update(doc.get_update())
    drawn, _ = drawing(doc)
    assert is_whole(drawn)
    assert drawn.title == VENTE.title or "map" in values
    for name in shape.ELEMENTS:
        held = shape.root(doc, name)
        for one in held.keys():  # noqa: SIM118 - a shared map is no dict
            said, _ = shape.properties(held[one])
            assert not shape.misfits(name, said)
    follower: Doc[Any] = Doc()
    follower.apply_update(document().get_update())
    assert told


@pytest.mark.parametrize("values", [*BROKEN, {"steps": {VENTE.steps[0].id: {"lane": {"a": 1.0}}}}])
def test_a_document_that_nobody_contained_still_reads_as_a_whole_map(values: Json) -> None:
    doc = document()
    breaking(values)(doc)
    assert is_whole(drawing(doc)[0])


@settings(deadline=None, max_examples=80)
@given(st.binary(max_size=200), st.integers(0, 10_000), st.binary(min_size=1, max_size=6))
def test_bytes_that_are_no_update_are_refused_and_change_nothing(noise: bytes, at: int, patch: bytes) -> None:
    doc = document()
    good = update_of(lambda one: write(one, (VENTE_JSON, {}), ({**VENTE_JSON, "title": "Autre"}, {})), doc)
    place = at % len(good)
    for hostile in (noise, good[:place] + patch + good[place + len(patch) :], good[:place]):
        before = drawing(doc)
        try:
            contain.receive(doc, hostile)
        except screen.UpdateNotReadable:
            assert drawing(doc) == before
        assert is_whole(drawing(doc)[0])


def deep(levels: int) -> bytes:
    body = b"\x75\x01" * levels + b"\x7e"
    return b"\x01\x01\x07\x00\x28\x01\x05steps\x01k\x01" + body + b"\x00"


@pytest.mark.parametrize(
    "hostile",
    [
        deep(100_000),
        b"\x01\x01\x07\x00\x28\x01\x05steps\x01k\x01\x75\xff\xff\xff\xff\x0f\x00",
        update_of(lambda doc: doc.get("steps", type=Text).insert(0, "x")),
        update_of(lambda doc: doc.get("steps", type=Array).append(1)),
        update_of(lambda doc: doc.get("ailleurs", type=YMap).update({"a": 1})),
        update_of(lambda doc: doc.get("steps", type=YMap).update({"a": Text("x")})),
    ],
    ids=["nested too deep", "a length that lies", "a text", "a list", "another root", "a text in a step"],
)
def test_what_no_map_is_made_of_is_refused_before_anything_reads_it(hostile: bytes) -> None:
    doc = document()
    with pytest.raises(screen.UpdateNotReadable):
        contain.receive(doc, hostile)
    assert drawing(doc)[0] == VENTE


def test_what_was_told_of_an_update_brings_another_copy_to_the_same_map() -> None:
    doc = document()
    other = copy_of(doc)
    sent = update_of(breaking(BROKEN[3]), doc)
    other.apply_update(contain.receive(doc, sent))
    assert drawing(doc) == drawing(other)
    assert "neuf" in {one.id for one in drawing(doc)[0].steps}
    assert contain.receive(doc, sent) == b""
