"""A label said locally is a version like any other: kept over recompiling, undone, given back, exported."""

from collections.abc import Iterator

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.base.value import Words
from portulan.blueprint import queries
from portulan.blueprint.wording import Wording
from portulan.maps import operations as maps
from portulan.maps import queries as drawn
from portulan.people import actor as actors
from portulan.records import apply, configuration, local, plan, runtime
from portulan.records.local import SettingNotValid

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()
STAGE, FIELD, CHOICE = "vente/negociation", "opportunity/amount", "opportunity/source/fair"


@pytest.fixture
def sold(transactional_db: None) -> Iterator[str]:
    """The CRM of the sales starter, applied from its published map."""
    made = maps.create(SYSTEM, title="", state="to_be", subject=None, starter="vente", at=make.AT)
    maps.publish(SYSTEM, id=made, at=make.AT)
    build()
    yield str(made)
    make.no_crm()


def build() -> None:
    apply.apply(SYSTEM, planned=plan.plan_of_maps(SYSTEM), motive="essai", at=make.AT)


def call(label: str = "Marchandage", path: str = STAGE) -> int:
    if path == FIELD:
        return local.call(SYSTEM, theme="fields", path=path, label=Words(fr=label), at=make.AT)
    return local.call(SYSTEM, theme="stages", path=path, label=Words(fr=label), at=make.AT)


def stage() -> str:
    (one,) = (one for one in runtime.newest().pipeline("vente").stages if one.uid == "negociation")
    return one.label.fr


def rename(label: str) -> None:
    """Rename the step on the map, and publish it."""
    uid = drawn.find_map_of(SYSTEM, uid="vente", state="to_be")
    assert uid is not None
    known = drawn.get_map(SYSTEM, id=uid)
    steps = tuple(
        one.model_copy(update={"label": label}) if one.id == "negociation" else one for one in known.map.steps
    )
    changed = known.map.model_copy(update={"steps": steps})
    maps.save(SYSTEM, id=uid, version=known.version, drawn=changed, layout=known.layout, at=make.AT)
    maps.publish(SYSTEM, id=uid, at=make.AT)


def test_a_label_said_here_is_in_force_in_the_history_and_leaves_no_plan(sold: str) -> None:
    version = call()
    assert stage() == "Marchandage"
    (newest, *_) = queries.versions(SYSTEM, lang="fr")
    assert newest.n == version
    assert newest.says == (
        "Renommer l’étape « Négociation » en « Marchandage » dans « Cycle de vente »",
        "Réglage local : « Négociation » s’appelle ici « Marchandage »",
    )
    assert plan.plan_of_maps(SYSTEM).empty


def test_recompiling_after_a_rename_on_the_map_keeps_it(sold: str) -> None:
    call()
    rename("Discussion")
    planned = plan.plan_of_maps(SYSTEM)
    said = plan.say(SYSTEM, planned, "fr", at=make.AT)["changes"]
    assert [(one["theme"], one["say"]) for one in said] == [
        ("local", "Réglage local gardé : « Marchandage » ; la carte dit « Discussion »")
    ]
    build()
    assert stage() == "Marchandage"
    assert plan.plan_of_maps(SYSTEM).empty
    local.give_back(SYSTEM, theme="stages", path=STAGE, at=make.AT)
    assert stage() == "Discussion"
    assert plan.plan_of_maps(SYSTEM).empty


def test_undoing_takes_a_label_back_and_gives_one_back_that_was_released(sold: str) -> None:
    version = call()
    apply.undo(SYSTEM, n=version, motive="essai", at=make.AT)
    assert (stage(), runtime.newest().blueprint.local) == ("Négociation", ())
    call()
    released = local.give_back(SYSTEM, theme="stages", path=STAGE, at=make.AT)
    assert stage() == "Négociation"
    apply.undo(SYSTEM, n=released, motive="essai", at=make.AT)
    assert (stage(), len(runtime.newest().blueprint.local)) == ("Marchandage", 1)


def test_a_setting_whose_element_is_taken_away_is_listed_and_goes(sold: str) -> None:
    call()
    call("Budget", FIELD)
    uid = drawn.find_map_of(SYSTEM, uid="vente", state="to_be")
    assert uid is not None
    maps.delete(SYSTEM, id=uid, at=make.AT)
    planned = plan.plan_of_maps(SYSTEM)
    lost = [one.say("fr") for one in planned.changes if one.theme == "local"]
    assert lost == ["Réglage local sans place : ce qui s’appelait ici « Marchandage » n’existe plus"]
    assert [one.label.fr for one in planned.target.local] == ["Budget"]


def test_a_configuration_carries_them_byte_for_byte(sold: str) -> None:
    call("Budget", FIELD)
    raw = configuration.export(SYSTEM)
    local.give_back(SYSTEM, theme="fields", path=FIELD, at=make.AT)
    assert configuration.export(SYSTEM) != raw
    configuration.take(SYSTEM, raw=raw, motive="essai", at=make.AT)
    assert configuration.export(SYSTEM) == raw


def test_only_who_may_apply_says_a_label_and_only_a_label_that_reads(sold: str) -> None:
    seller = make.actor()
    with pytest.raises(NotAllowed):
        local.call(seller, theme="stages", path=STAGE, label=Words(fr="Troc"), at=make.AT)
    held = local.held(seller, theme="stages", path=STAGE)
    assert held is not None
    assert (held.may, held.local, held.given.fr) == (False, False, "Négociation")
    with pytest.raises(NotAllowed):
        local.give_back(seller, theme="stages", path=STAGE, at=make.AT)
    for wrong in ("  ", "x" * 101):
        with pytest.raises(SettingNotValid):
            call(wrong)
    with pytest.raises(NotThere):
        call("Troc", "vente/licorne")
    with pytest.raises(NotThere):
        local.give_back(SYSTEM, theme="stages", path=STAGE, at=make.AT)
    assert local.held(SYSTEM, theme="rules", path="vente_au_relance") is None


def test_a_label_is_said_in_two_languages_and_french_stands_for_the_other(sold: str) -> None:
    both = Words(fr=" Client ", en=" Customer ")
    local.call(SYSTEM, theme="objects", path="account", label=both, at=make.AT)
    local.call(SYSTEM, theme="pipelines", path="vente", label=Words(fr="Ventes"), at=make.AT)
    named = {one.path: (one.held.label.say("en"), one.held.local) for one in local.parts(SYSTEM)}
    assert named["account"] == ("Customer", True)
    assert named["vente"] == ("Ventes", True)
    assert named["contact"] == ("Contact", False)
    with pytest.raises(SettingNotValid):
        local.call(SYSTEM, theme="objects", path="account", label=Words(fr="x", en="x" * 101), at=make.AT)


def test_an_object_called_otherwise_has_its_plural_and_our_nouns_give_way(sold: str) -> None:
    several = Words(fr="Dossiers", en="Files")
    one_of = Words(fr="Dossier", en="File")
    version = local.call(
        SYSTEM, theme="objects", path="opportunity", label=one_of, plural=several, at=make.AT
    )
    (one,) = (one for one in runtime.newest().blueprint.objects if one.uid == "opportunity")
    assert (one.label.fr, one.plural) == ("Dossier", several)
    assert {one.held.plural.say("en") for one in local.parts(SYSTEM) if one.held.plural} >= {"Files"}
    (newest, *_) = queries.versions(SYSTEM, lang="fr")
    assert (newest.n, "Réglage local : « Affaires » se dit ici « Dossiers » au pluriel" in newest.says) == (
        version,
        True,
    )
    rule = next(one for one in runtime.newest().blueprint.rules if one.object == "opportunity")
    said = Wording("fr", runtime.newest().blueprint).rule(rule)
    assert "affaire" not in said
    assert "une fiche «\u202fDossier\u202f»" in said
    assert plan.plan_of_maps(SYSTEM).empty
    raw = configuration.export(SYSTEM)
    local.give_back(SYSTEM, theme="objects", path="opportunity", at=make.AT)
    (one,) = (one for one in runtime.newest().blueprint.objects if one.uid == "opportunity")
    assert (one.plural.fr, runtime.newest().blueprint.local) == ("Affaires", ())
    configuration.take(SYSTEM, raw=raw, motive="essai", at=make.AT)
    assert configuration.export(SYSTEM) == raw
    with pytest.raises(SettingNotValid):
        local.call(SYSTEM, theme="stages", path=STAGE, label=Words(fr="x"), plural=several, at=make.AT)


def test_calling_a_part_as_the_maps_do_is_giving_it_back(sold: str) -> None:
    call()
    call("Négociation")
    assert (stage(), runtime.newest().blueprint.local) == ("Négociation", ())


def test_a_colour_is_kept_over_recompiling_taken_away_and_undone(sold: str) -> None:
    version = local.paint(SYSTEM, theme="stages", path=STAGE, colour="violet", at=make.AT)
    local.paint(SYSTEM, theme="choices", path=CHOICE, colour="teal", at=make.AT)
    rename("Discussion")
    build()
    assert colours() == {STAGE: "violet", CHOICE: "teal"}
    assert plan.plan_of_maps(SYSTEM).empty
    said = [line for one in queries.versions(SYSTEM, lang="fr") if one.n == version for line in one.says]
    assert said == ["Réglage local : « Négociation » se montre ici en violet"]
    local.paint(SYSTEM, theme="stages", path=STAGE, colour="red", at=make.AT)
    gone = local.paint(SYSTEM, theme="stages", path=STAGE, colour=None, at=make.AT)
    assert colours() == {CHOICE: "teal"}
    apply.undo(SYSTEM, n=gone, motive="essai", at=make.AT)
    assert colours() == {STAGE: "red", CHOICE: "teal"}
    raw = configuration.export(SYSTEM)
    configuration.take(SYSTEM, raw=raw, motive="essai", at=make.AT)
    assert configuration.export(SYSTEM) == raw


def test_only_stages_and_choices_have_colours_and_only_of_who_applies(sold: str) -> None:
    for path in ("vente/licorne", "vente", FIELD):
        with pytest.raises(NotThere):
            local.paint(SYSTEM, theme="stages", path=path, colour="red", at=make.AT)
    with pytest.raises(NotThere):
        local.paint(SYSTEM, theme="fields", path=FIELD, colour="red", at=make.AT)
    with pytest.raises(NotAllowed):
        local.paint(make.actor(), theme="stages", path=STAGE, colour="red", at=make.AT)


def colours() -> dict[str, str]:
    return {part.path: part.colour for one in local.shades(SYSTEM) for part in one.parts if part.colour}


def test_objects_and_pipelines_are_listed_and_whatever_else_is_called_otherwise(sold: str) -> None:
    call()
    call("Budget", FIELD)
    listed = [(one.theme, one.path, one.within and one.within.fr) for one in local.parts(SYSTEM)]
    assert listed[-2:] == [("fields", FIELD, "Affaire"), ("stages", STAGE, "Cycle de vente")]
    assert {theme for theme, _, within in listed if within is None} == {"objects", "pipelines"}
    assert not any(one.held.may for one in local.parts(make.actor()))
