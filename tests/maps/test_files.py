"""A map leaves as JSON and OPML and comes back; hostile files do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.base.refusals import NotValid
from portulan.maps import files, opml, starters
from portulan.maps.bpmn.read import Read
from portulan.maps.files import Given
from portulan.maps.layout import Layout, Position
from portulan.maps.model import Lane, Map, Passage, Phase, Step

TEXTS = st.text("abcé &<\"'", min_size=1, max_size=12).filter(str.strip).map(lambda text: text.strip())


def given_back(raw: bytes, name: str) -> Read:
    return files.read(Given(raw, name, "as_is", "fr"))


@st.composite
def trees(draw: st.DrawFn) -> Map:
    labels = draw(st.lists(TEXTS, min_size=1, max_size=8))
    parents = [draw(st.integers(0, n - 1)) for n in range(1, len(labels))]
    ways = tuple(
        Passage(id=f"p{n}", source=f"s{parent}", target=f"s{n}") for n, parent in enumerate(parents, 1)
    )
    return Map(
        uid="idees",
        title="Idées",
        kind="mind",
        phases=(Phase(id="f", label="F"),),
        lanes=(Lane(id="l", label="L"),),
        steps=tuple(
            Step(id=f"s{n}", label=label, lane="l", phase="f", description=label)
            for n, label in enumerate(labels)
        ),
        passages=ways,
    )


def branches(drawn: Map) -> list[tuple[str, str]]:
    labels = {step.id: " ".join(step.label.split()) for step in drawn.steps}
    return sorted((labels[way.source], labels[way.target]) for way in drawn.passages)


@given(trees())
def test_a_mind_map_leaves_as_an_outline_and_comes_back_with_the_same_branches(drawn: Map) -> None:
    found = given_back(opml.write(drawn), "idees.opml").map
    assert branches(found) == branches(drawn)
    assert sorted(step.description for step in found.steps) == sorted(
        step.description for step in drawn.steps
    )
    assert [step.begins for step in found.steps] == [True] + [False] * (len(drawn.steps) - 1)


def test_topics_without_a_common_root_hang_under_the_title() -> None:
    raw = (
        b'<opml><head><title>Persona</title></head><body><outline text="A"/><outline text="B"/></body></opml>'
    )
    found = given_back(raw, "x.opml").map
    assert branches(found) == [("Persona", "A"), ("Persona", "B")]


def test_a_circle_of_passages_does_not_hang_the_outline() -> None:
    steps = tuple(Step(id=f"s{n}", label=f"S{n}", lane="l", phase="f") for n in range(3))
    ways = tuple(Passage(id=f"p{n}", source=f"s{n}", target=f"s{(n + 1) % 3}") for n in range(3))
    drawn = Map(uid="rond", title="Rond", kind="mind", steps=steps, passages=ways)
    assert len(given_back(opml.write(drawn), "rond.opml").map.steps) == 3


def test_a_map_leaves_as_json_with_its_places_and_comes_back_the_same() -> None:
    drawn, layout = starters.starter("vente"), Layout(positions={"negociation": Position(x=1, y=2)})
    made = files.write(drawn, layout, form="json", lang="fr")
    found = given_back(made.raw, made.name)
    assert (made.name, found.map, found.layout, found.ours) == ("vente.json", drawn, layout, True)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("x.json", b"{"),
        ("x.json", b"[]"),
        ("x.json", b"[" * 100_000),
        ("x.json", b'{"map": {"uid": "x"}}'),
        ("x.opml", b"<opml/>"),
        ("x.opml", b"<html><body/></html>"),
        ("x.opml", b'<!DOCTYPE a [<!ENTITY b "c">]><opml><body/></opml>'),
        ("x.opml", b"<opml><body>" + b"<outline text='a'>" * 200 + b"</outline>" * 200 + b"</body></opml>"),
        ("x.bpmn", b"rien"),
        ("x.exe", b"MZ"),
    ],
)
def test_what_is_no_map_is_refused_with_its_reason(name: str, raw: bytes) -> None:
    with pytest.raises(NotValid) as refused:
        given_back(raw, name)
    assert all(problem.say("fr") for problem in refused.value.problems)
