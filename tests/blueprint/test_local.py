"""What parts are called here is laid over what maps say: recompiling keeps it, and it can be given back."""

from itertools import chain

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drawings import TEXTS, drawings
from portulan.base.value import Words
from portulan.blueprint import base_model, codec, diff, local, trials
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.blueprint.schema import Blueprint, Setting
from portulan.maps import starters
from portulan.maps.layout import Layout
from portulan.maps.model import Map

BASE = base_model.load()
VENTE = starters.starter("vente")
HERE = Words(fr="Ici")


def setting(place: tuple[str, ...], value: str = "Ici") -> Setting:
    theme, *path = place
    return Setting.model_validate({"theme": theme, "path": path, "value": {"fr": value}, "given": {"fr": ""}})


def renamed(drawn: Map, step_id: str, label: str) -> Map:
    steps = (one.model_copy(update={"label": label}) if one.id == step_id else one for one in drawn.steps)
    return drawn.model_copy(update={"steps": tuple(steps)})


def label(built: Blueprint, place: tuple[str, ...]) -> str:
    one = setting(place)
    part = local.find(built, one.theme, one.path)
    assert part is not None
    return part.label.fr


PLACES = (
    ("objects", "opportunity"),
    ("fields", "opportunity", "amount"),
    ("pipelines", "vente"),
    ("stages", "vente", "negociation"),
)


def test_an_object_a_field_a_pipeline_and_a_stage_may_be_called_otherwise() -> None:
    built = compile_maps([VENTE], BASE)
    for place in PLACES:
        kept = local.keep(built, setting(place))
        assert label(kept, place) == "Ici"
        assert [one.given.fr for one in kept.local if isinstance(one.given, Words)] == [label(built, place)]


def test_recompiling_after_a_rename_on_the_map_keeps_the_label_and_says_what_the_map_says() -> None:
    place = ("stages", "vente", "negociation")
    kept = local.keep(compile_maps([VENTE], BASE), setting(place))
    again = local.lay(compile_maps([renamed(VENTE, "negociation", "Marchandage")], BASE), kept.local)
    assert label(again, place) == "Ici"
    (change,) = diff.diff(kept, again)
    assert change.say("fr") == "Réglage local gardé : « Ici » ; la carte dit « Marchandage »"
    assert label(local.release(again, again.local[0]), place) == "Marchandage"


def test_a_setting_whose_part_is_gone_is_named_and_goes() -> None:
    place = ("stages", "vente", "negociation")
    kept = local.keep(compile_maps([VENTE], BASE), setting(place))
    again = local.lay(BASE, kept.local)
    assert again.local == ()
    said = [one for one in diff.diff(kept, again) if one.theme == "local"]
    assert [one.say("fr") for one in said] == [
        "Réglage local sans place : ce qui s’appelait ici « Ici » n’existe plus"
    ]
    assert not said[0].destructive


def test_a_label_said_twice_keeps_what_the_map_says() -> None:
    place = ("fields", "opportunity", "amount")
    built = compile_maps([VENTE], BASE)
    twice = local.keep(local.keep(built, setting(place)), setting(place, "Encore"))
    assert (len(twice.local), twice.local[0].label.fr) == (1, "Encore")
    assert codec.dump(local.released(twice)) == codec.dump(built)


def test_scenarios_proven_on_a_configuration_stay_proven_whatever_its_parts_are_called() -> None:
    built = compile_maps([VENTE], BASE)
    kept = local.keep(built, setting(("stages", "vente", "negociation")))
    assert trials.key_of(kept, VENTE) == trials.key_of(built, VENTE)


def places(built: Blueprint) -> list[tuple[str, ...]]:
    inner = (("fields", one.uid, field.uid) for one in built.objects for field in one.fields)
    stages = (("stages", one.uid, stage.uid) for one in built.pipelines for stage in one.stages)
    outer = (("objects", one.uid) for one in built.objects)
    return [*chain(inner, stages, outer), *(("pipelines", one.uid) for one in built.pipelines)]


@settings(max_examples=40, deadline=None)
@given(one=drawings(), data=st.data(), value=TEXTS.filter(bool), fresh=TEXTS)
def test_laws_of_local_labels(one: tuple[Map, Layout], data: st.DataObject, value: str, fresh: str) -> None:
    drawn = one[0].model_copy(update={"subject": "opportunity", "state": "to_be", "kind": "process"})
    try:
        built = compile_maps([drawn], BASE)
    except MapsNotCompiled:
        assume(False)
    chosen = data.draw(st.lists(st.sampled_from(places(built)), max_size=4, unique=True))
    kept = built
    for place in chosen:
        kept = local.keep(kept, setting(place, value))
    assert codec.dump(local.lay(compile_maps([drawn], BASE), kept.local)) == codec.dump(kept)
    assert codec.dump(local.released(kept)) == codec.dump(built)
    assert codec.dump(codec.read(codec.dump(kept))) == codec.dump(kept)
    for each in drawn.steps[:1]:
        moved = compile_maps([renamed(drawn, each.id, fresh)], BASE)
        again = local.lay(moved, kept.local)
        assert all(label(again, place) == value for place in chosen)
        assert codec.dump(local.released(again)) == codec.dump(moved)
