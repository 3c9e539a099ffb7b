"""A plan is applied and undone in one transaction, with its tables, its values and the records in flight."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

import make
from portulan.base.refusals import NotAllowed
from portulan.blueprint import base_model, carry, codec, diff
from portulan.blueprint import queries as versions
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.operations import PlanIsStale
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.trials import Standing
from portulan.events import queries as events
from portulan.maps import starters
from portulan.maps.model import Automatic, Information, Map, Passage
from portulan.pages import glossary
from portulan.pages.glossary import Meaning
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.people.sharing import Wanted
from portulan.records import apply, impact, migrate, operations, plan, queries, relocate, rows, runtime, saved
from portulan.records.asked import Asked
from portulan.records.fates import FatesMissing
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()
VENTE = starters.starter("vente")


def at(minutes: int) -> datetime:
    return make.AT + timedelta(minutes=minutes)


def wanted(drawn: Map) -> Blueprint:
    return compile_maps([drawn], base_model.load())


def planned(drawn: Map) -> plan.Plan:
    return plan.plan(SYSTEM, runtime.newest(), wanted(drawn))


def go(drawn: Map, minutes: int, **choices: str) -> Snapshot:
    apply.apply(SYSTEM, planned=planned(drawn), choices=choices, at=at(minutes))
    return runtime.newest()


def undo(n: int, minutes: int, **choices: str) -> Snapshot:
    apply.undo(SYSTEM, n=n, choices=choices, at=at(minutes))
    return runtime.newest()


def without(step: str) -> Map:
    """Return the sales map without a step, its neighbours tied together."""
    passages = [one for one in VENTE.passages if step not in (one.source, one.target)]
    tied = Passage(id="p_tied", source="premier_contact", target="proposition_envoyee")
    steps = tuple(one for one in VENTE.steps if one.id != step)
    return VENTE.model_copy(update={"steps": steps, "passages": (*passages, tied)})


def with_information(step: str, *entries: Information) -> Map:
    steps = tuple(
        one.model_copy(update={"information": (*one.information, *entries)}) if one.id == step else one
        for one in VENTE.steps
    )
    return VENTE.model_copy(update={"steps": steps})


def deal(stage: str = "", **given: Any) -> int:
    made = operations.create(SYSTEM, object_name="opportunity", given={"name": "Pilote", **given}, at=make.AT)
    if stage:
        model = runtime.current().model("opportunity")
        model.objects.filter(pk=made).update(stage=stage)
    return made


def stored(snapshot: Snapshot, row_id: int) -> Any:
    return snapshot.model("opportunity").objects.get(pk=row_id)


def replayed(snapshot: Snapshot, row_id: int) -> None:
    kind = snapshot.object("opportunity")
    row = stored(snapshot, row_id)
    said = events.replay(rows.subject(kind, row_id)) or {}
    for uid, value in rows.stored(kind, row).items():
        assert said.get(uid) == value, uid


@pytest.fixture
def moved(vente: Snapshot) -> tuple[Snapshot, int]:
    made = deal()
    move = operations.Move(to="premier_contact", version=1, override=True, motive="essai")
    operations.move(SYSTEM, object_name="opportunity", row_id=made, move=move, at=at(1))
    move = replace(move, to="demo_realisee", version=2)
    operations.move(SYSTEM, object_name="opportunity", row_id=made, move=move, at=at(2))
    return vente, made


def test_a_second_plan_is_empty(vente: Snapshot) -> None:
    again = planned(VENTE)
    assert again.empty
    assert migrate.ddl_of(vente.blueprint, again.target, runtime.kind_of).empty


def test_records_without_a_stage_wait_for_somebody_to_say_where_they_go(moved: tuple[Snapshot, int]) -> None:
    snapshot, made = moved
    (fate,) = [one for one in planned(without("demo_realisee")).fates if one.no_place]
    assert (fate.stage, fate.records, fate.target) == ("demo_realisee", 1, None)
    with pytest.raises(FatesMissing) as refused:
        go(without("demo_realisee"), 3)
    assert [one.where for one in refused.value.problems] == ["fates/demo_realisee"]
    assert runtime.newest().version == snapshot.version
    after = go(without("demo_realisee"), 3, demo_realisee="premier_contact")
    assert stored(after, made).stage == "premier_contact"
    replayed(after, made)


def test_undo_takes_records_back_where_they_were_with_the_time_they_had_spent(
    moved: tuple[Snapshot, int],
) -> None:
    snapshot, made = moved
    before = stored(snapshot, made)
    after = go(without("demo_realisee"), 3, demo_realisee="premier_contact")
    back = undo(after.version, 4)
    row = stored(back, made)
    assert (row.stage, row.stage_since) == (before.stage, before.stage_since)
    replayed(back, made)
    assert diff.diff(carry.live(snapshot.blueprint), carry.live(back.blueprint)) == ()


def test_undo_leaves_alone_what_somebody_moved_since(moved: tuple[Snapshot, int]) -> None:
    _, made = moved
    after = go(without("demo_realisee"), 3, demo_realisee="premier_contact")
    with runtime.pinned(after):
        move = operations.Move(
            to="proposition_envoyee", version=stored(after, made).version, override=True, motive="essai"
        )
        operations.move(SYSTEM, object_name="opportunity", row_id=made, move=move, at=at(4))
    assert stored(undo(after.version, 5), made).stage == "proposition_envoyee"


def test_a_field_taken_away_and_given_back_has_its_values(vente: Snapshot) -> None:
    more = with_information("prospection", Information(id="parc", label="Parc installé", type="text"))
    first = go(more, 1)
    with runtime.pinned(first):
        made = deal(parc="trois machines")
    second = go(VENTE, 2)
    assert "parc" not in {one.name for one in second.model("opportunity")._meta.get_fields()}
    assert stored(undo(second.version, 3), made).parc == "trois machines"


def test_a_removed_field_says_how_many_values_it_hides(vente: Snapshot) -> None:
    more = with_information("prospection", Information(id="parc", label="Parc installé", type="text"))
    with runtime.pinned(go(more, 1)):
        deal(parc="trois machines")
        deal()
    leaving = planned(VENTE)
    touched = (leaving.touched or {})[("opportunity", "parc")]
    assert touched.records == 1
    assert touched.warn("fr") == "1 fiche porte une valeur : elle est gardée, mais plus visible."


def test_a_new_type_converts_what_it_can_and_undo_gives_the_former_values_back(vente: Snapshot) -> None:
    as_text = with_information("prospection", Information(id="effectif", label="Effectif", type="text"))
    as_number = with_information("prospection", Information(id="effectif", label="Effectif", type="integer"))
    with runtime.pinned(go(as_text, 1)):
        kept, lost = deal(effectif=" 1 200"), deal(effectif="douze")
    going = planned(as_number)
    touched = (going.touched or {})[("opportunity", "effectif")]
    assert touched.warn("fr") == "1 valeur ne se convertit pas (« douze ») ; elle reste dans l’ancien champ."
    number = go(as_number, 2)
    assert (stored(number, kept).effectif, stored(number, lost).effectif) == (1200, None)
    with runtime.pinned(number):
        fresh = deal(effectif=7)
    text = undo(number.version, 3)
    assert [stored(text, one).effectif for one in (kept, lost, fresh)] == ["1 200", "douze", "7"]


def test_newly_required_fields_tell_the_incomplete(moved: tuple[Snapshot, int]) -> None:
    more = Information(id="parc", label="Parc installé", type="text", required=True)
    fates = planned(with_information("prospection", more)).fates
    found = {one.stage: (one.records, one.incomplete, one.missing) for one in fates}
    assert found["demo_realisee"] == (1, 1, ("Parc installé",))


def test_a_part_that_a_saved_view_or_a_word_uses_stays_until_they_change(vente: Snapshot) -> None:
    claire = make.actor()
    search = {
        "si": {"field": "besoin_exprime", "test": "not_empty"},
        "colonnes": ["amount"],
        "tri": "-remise",
    }
    view = saved.save(
        claire,
        object_name="opportunity",
        pipeline="vente",
        wanted=Wanted("Besoin connu", search),
        at=at(0),
    )
    condition = {"field": "besoin_exprime", "test": "not_empty"}
    meaning = Meaning("Affaire mûre", "On connaît le besoin.", "", "opportunity", condition)
    word = glossary.define(SYSTEM, meaning=meaning, at=at(0))
    kept = tuple(one for one in VENTE.step("premier_contact").information if one.id != "besoin_exprime")
    steps = tuple(
        one.model_copy(update={"information": kept, "exit": ()}) if one.id == "premier_contact" else one
        for one in VENTE.steps
    )
    bare = VENTE.model_copy(update={"steps": steps})
    stopped = planned(bare)
    said = [one.say("fr") for one in stopped.problems]
    assert any("Besoin exprimé" in one and "Besoin connu" in one and "Claire Lambert" in one for one in said)
    assert {one.code for one in stopped.problems} == {"records.used_by_view", "records.used_by_term"}
    with pytest.raises(apply.PlanNotValid):
        apply.apply(SYSTEM, planned=stopped, at=at(1))
    saved.delete(claire, id=view, at=at(2))
    glossary.remove(SYSTEM, id=word, at=at(2))
    assert go(bare, 3).version == 2


def with_rule(**more: Any) -> Map:
    """Return the sales map with a rule drawn on negotiation."""
    rule = {"actions": [{"do": "notify", "text": "Bientôt"}], **more}
    note = Automatic.model_validate({"id": "au_veille", "label": "Prévenir", "rule": rule})
    steps = tuple(
        one.model_copy(update={"automations": (note,)}) if one.id == "negociation" else one
        for one in VENTE.steps
    )
    return VENTE.model_copy(update={"steps": steps})


def told_of_rule(actor: Actor, drawn: Map) -> dict[str, Any]:
    """Return what the plan of a map says of the rule that it adds, to somebody."""
    said = plan.say(actor, planned(drawn), "fr", at=at(0))
    (told,) = [one for one in said["changes"] if one["theme"] == "rules"]
    return dict(told)


def titles(actor: Actor, listed: dict[str, Any]) -> set[str]:
    asked = Asked(condition=listed["condition"])
    page = queries.listing(actor, object_name=listed["object"], asked=asked, at=at(0))
    return {row["title"] for row in page.rows}


def test_a_new_rule_says_whom_it_leaves_alone(vente: Snapshot) -> None:
    deal("negociation", name="Ici")
    deal("premier_contact", name="Ailleurs")
    told = told_of_rule(SYSTEM, with_rule())
    assert (told["records"], told["reversible"]) == (1, False)
    assert told["warn"] == (
        "Fiches déjà dans ce cas\u202f: 1. La règle ne les reprend pas, elle vaut pour les prochaines."
    )
    assert titles(SYSTEM, told["listed"]) == {"Ici"}


def test_a_new_rule_counts_and_lists_only_those_that_meet_its_condition(vente: Snapshot) -> None:
    for name, amount in (("Grande", "80000"), ("Petite", "900"), ("Sans montant", None)):
        deal("negociation", name=name, amount=amount)
    deal("premier_contact", name="Grande ailleurs", amount="90000")
    big = {"field": "amount", "test": "greater", "value": "50000"}
    told = told_of_rule(SYSTEM, with_rule(condition=big))
    assert (told["records"], titles(SYSTEM, told["listed"])) == (1, {"Grande"})
    told = told_of_rule(SYSTEM, with_rule(condition={"not": big}))
    assert (told["records"], titles(SYSTEM, told["listed"])) == (2, {"Petite", "Sans montant"})
    called = {"some": "activities", "where": {"field": "kind", "test": "equals", "value": "call"}}
    told = told_of_rule(SYSTEM, with_rule(condition=called))
    assert (told["records"], told["warn"], told["listed"]) == (0, None, None)


def test_a_rule_is_counted_in_one_query_whatever_its_condition_looks_at(
    vente: Snapshot, django_assert_num_queries: Any
) -> None:
    deal("negociation", amount="80000")
    called = {"some": "activities", "where": {"field": "kind", "test": "equals", "value": "call"}}
    changes = planned(with_rule(condition={"not": called})).changes
    with django_assert_num_queries(1):
        counted = impact.enrolled(SYSTEM, changes, at(0))
    assert counted["vente_au_veille",].records == 1


def test_a_condition_on_a_field_that_comes_with_the_rule_leaves_the_stage_counted_whole(
    vente: Snapshot,
) -> None:
    deal("negociation", name="Ici")
    fresh = Information.model_validate({"id": "sites", "label": "Sites", "type": "integer"})
    drawn = with_rule(condition={"field": "sites", "test": "greater", "value": 3})
    steps = tuple(
        one.model_copy(update={"information": (*one.information, fresh)}) if one.id == "negociation" else one
        for one in drawn.steps
    )
    told = told_of_rule(SYSTEM, drawn.model_copy(update={"steps": steps}))
    assert (told["records"], titles(SYSTEM, told["listed"])) == (1, {"Ici"})
    assert "quelle que soit la condition" in told["warn"]


def test_a_plan_over_another_version_is_refused(vente: Snapshot) -> None:
    stale = planned(without("demo_realisee"))
    go(with_information("prospection", Information(id="parc", label="Parc", type="text")), 1)
    with pytest.raises(PlanIsStale):
        apply.apply(SYSTEM, planned=stale, at=at(2))


def test_only_builders_apply_and_undo(vente: Snapshot) -> None:
    sales = make.actor()
    with pytest.raises(NotAllowed):
        apply.apply(sales, planned=planned(without("demo_realisee")), at=at(1))
    with pytest.raises(NotAllowed):
        apply.undo(sales, n=1, at=at(1))


def test_a_failure_in_the_middle_leaves_no_trace(vente: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    more = with_information("prospection", Information(id="parc", label="Parc", type="text"))

    def fail(*_: object) -> None:
        raise RuntimeError("cut")

    monkeypatch.setattr(relocate, "relocate", fail)
    with pytest.raises(RuntimeError, match="cut"):
        go(more, 1)
    assert runtime.newest() is vente
    with connection.cursor() as cursor:
        names = {c.name for c in connection.introspection.get_table_description(cursor, "crm_opportunity")}
    assert "parc" not in names


def test_versions_say_what_they_changed_and_which_one_can_be_undone(vente: Snapshot) -> None:
    after = go(with_information("prospection", Information(id="parc", label="Parc", type="text")), 1)
    listed = versions.versions(SYSTEM, lang="fr")
    assert (
        listed[0].says
        == (
            "Ajouter le champ « Parc » à « Affaire »",
            "Modifier les critères de l’étape « Prospection » dans « Cycle de vente »",
        )[:1]
    )
    assert [one.may_undo for one in listed] == [True, False]
    undo(after.version, 2)
    listed = versions.versions(SYSTEM, lang="fr")
    assert [(one.n, one.undoes, one.undone, one.may_undo) for one in listed] == [
        (3, 2, False, False),
        (2, None, True, False),
        (1, None, False, False),
    ]
    with pytest.raises(apply.NothingToUndo):
        undo(1, 3)


def test_the_file_of_a_blueprint_is_the_same_bytes_after_a_round_trip(vente: Snapshot) -> None:
    raw = codec.dump(vente.blueprint)
    assert codec.dump(codec.read(raw)) == raw


def test_money_stays_exact(vente: Snapshot) -> None:
    made = deal(amount="1234567.89")
    assert stored(vente, made).amount == Decimal("1234567.89")


def test_taking_a_version_back_says_beforehand_what_goes_and_who_came_since(vente: Snapshot) -> None:
    go(with_information("prospection", Information(id="parc", label="Parc", type="text")), 1)
    with runtime.pinned(runtime.newest()):
        operations.create(
            SYSTEM, object_name="opportunity", given={"name": "Depuis", "parc": "12 presses"}, at=at(2)
        )
    found = apply.undoing(SYSTEM, n=2)
    assert [one.say("fr") for one in found.changes if one.action == "remove"] == [
        "Archiver le champ « Parc » de « Affaire » (ses valeurs sont gardées)"
    ]
    assert (found.touched or {})["opportunity", "parc"].records == 1
    assert found.standings == ()


def test_coming_back_to_what_was_built_with_red_scenarios_takes_a_motive(vente: Snapshot) -> None:
    first = with_information("prospection", Information(id="parc", label="Parc", type="text"))
    forced = replace(
        planned(first), standings=(Standing("vente", "Cycle de vente", "red", 1, 0, ("Salon",)),)
    )
    apply.apply(SYSTEM, planned=forced, motive="Urgent", at=at(1))
    go(VENTE, 2)
    with pytest.raises(apply.ScenariosRed):
        apply.undo(SYSTEM, n=3, at=at(3))
    assert apply.undo(SYSTEM, n=3, motive="Le champ manque", at=at(4)) == 4


def test_a_version_tells_what_it_changed_and_how_many_records_it_moved(vente: Snapshot) -> None:
    deal("demo_realisee")
    after = go(without("demo_realisee"), 1, demo_realisee="premier_contact")
    told = plan.past(SYSTEM, n=after.version, lang="fr")
    assert told["moved"] == 1
    assert any("Retirer l’étape" in one["say"] for one in told["changes"])
