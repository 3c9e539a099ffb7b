"""What a map says happens by itself becomes rules: read as sentences, checked, planned, kept."""

from typing import Any

import pytest

from portulan.base.value import Words
from portulan.blueprint import base_model, carry, codec
from portulan.blueprint.check import check
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.details import Teller
from portulan.blueprint.diff import diff
from portulan.blueprint.loops import loops
from portulan.blueprint.schema import Blueprint, Rule
from portulan.blueprint.wording import Wording
from portulan.maps import starters
from portulan.maps.lint import lint

BASE = base_model.load()
BUILT = compile_maps([starters.starter(name) for name in starters.NAMES], BASE)


def rule(uid: str, trigger: dict[str, Any], *actions: dict[str, Any], **more: Any) -> Rule:
    return Rule.model_validate(
        {"uid": uid, "label": {"fr": uid}, "object": "opportunity", "trigger": trigger, "actions": actions}
        | more
    )


def with_rules(*rules: Rule) -> Blueprint:
    return BUILT.model_copy(update={"rules": rules})


def codes(*rules: Rule) -> list[str]:
    return [problem.code for problem in check(with_rules(*rules))]


ENTERS: dict[str, Any] = {"on": "entered", "stage": "negociation"}
TASK: dict[str, Any] = {"do": "create_task", "label": "Relancer"}


def test_a_note_with_a_rule_becomes_a_rule_of_its_step_and_a_plain_note_stays_words() -> None:
    rules = {one.uid: one for one in BUILT.rules}
    relance = rules["vente_au_relance"]
    assert relance.trigger.model_dump() == {"on": "entered", "stage": "proposition_envoyee"}
    assert relance.origin
    assert relance.origin.element == "proposition_envoyee"
    assert "vente_af_relance" not in rules


def test_a_rule_on_a_passage_happens_when_the_passage_is_taken() -> None:
    taken = next(one for one in BUILT.rules if one.uid == "vente_af_onboarding")
    assert taken.trigger.model_dump() == {"on": "taken", "passage": "p_negociation_gagne"}


def test_a_passage_that_fires_by_itself_becomes_a_rule_that_waits_then_moves() -> None:
    waits = next(one for one in BUILT.rules if one.uid == "support_ps_clore_accord_waits")
    assert waits.wait
    assert (waits.wait.amount, waits.wait.unit) == (10, "working_days")
    assert waits.actions[0].model_dump() == {"do": "move", "stage": "clos", "motive": ""}


def test_a_rule_reads_as_a_french_sentence() -> None:
    relance = next(one for one in BUILT.rules if one.uid == "vente_au_relance")
    assert Wording("fr", BUILT).rule(relance) == (
        "Quand une affaire entre à «\u202fProposition envoyée\u202f», "
        "créer la tâche «\u202fRelancer le client\u202f» "
        "dans 5 jours ouvrés, sauf si le client a répondu"
    )


@pytest.mark.parametrize("name", starters.NAMES)
def test_the_starters_stay_without_error_and_their_rules_can_run(name: str) -> None:
    assert not [one for one in lint(starters.starter(name)) if one.severity == "error"]
    assert not check(compile_maps([starters.starter(name)], BASE))


def test_every_trigger_and_every_action_is_said_in_both_languages() -> None:
    span = {"amount": 2, "unit": "working_days"}
    triggers: list[dict[str, Any]] = [
        {"on": "created"},
        {"on": "updated"},
        {"on": "changed", "field": "amount"},
        {"on": "left", "stage": "negociation"},
        {"on": "activity_done"},
        {"on": "activity_done", "kind": "call"},
        {"on": "answered"},
        {"on": "date_reached", "field": "close_on"},
        {"on": "date_reached", "field": "close_on", "offset": span, "early": True},
        {"on": "inactive", "span": span},
    ]
    actions: list[dict[str, Any]] = [
        {**TASK, "due": span, "to": "manager"},
        {"do": "create_record", "object": "activity", "values": {"name": "Point"}, "link": "opportunity"},
        {"do": "update_record", "values": {"priority": "high"}},
        {"do": "assign", "role": "sales"},
        {"do": "notify", "text": "Bonjour"},
        {"do": "move", "stage": "perdu"},
    ]
    for lang in ("fr", "en"):
        said = [Wording(lang, BUILT).rule(rule("r", trigger, *actions)) for trigger in triggers]
        assert len(set(said)) == len(triggers)


def test_what_a_rule_names_must_exist() -> None:
    lost = rule("lost", {"on": "entered", "stage": "nowhere"}, {"do": "move", "stage": "elsewhere"})
    assert codes(lost) == ["blueprint.rule_unknown_stage"] * 2
    assert codes(rule("f", {"on": "changed", "field": "nothing"}, TASK)) == ["blueprint.rule_unknown_field"]
    assert codes(rule("s", ENTERS, {"do": "update_record", "values": {"created_at": None}})) == [
        "blueprint.rule_system_field"
    ]
    assert codes(rule("d", {"on": "date_reached", "field": "amount"}, TASK)) == [
        "blueprint.rule_field_no_date"
    ]
    assert codes(rule("r", ENTERS, {**TASK, "to": "nobody"})) == ["blueprint.rule_unknown_role"]
    assert codes(rule("u", ENTERS, TASK, unless=[{"on": "created"}])) == ["blueprint.rule_unless_no_event"]
    unknown = {"field": "nothing", "test": "empty"}
    assert codes(rule("c", ENTERS, TASK, condition=unknown)) == ["base.condition_unknown_field"]


def test_rules_that_set_each_other_off_for_ever_are_refused_and_named() -> None:
    there = rule("there", ENTERS, {"do": "move", "stage": "demo_realisee"})
    back = rule("back", {"on": "entered", "stage": "demo_realisee"}, {"do": "move", "stage": "negociation"})
    (found,) = check(with_rules(there, back))
    assert found.code == "blueprint.rule_loop"
    assert "« there » → « back » → « there »" in found.say("fr")
    assert not codes(there)


def test_a_rule_that_writes_what_it_watches_is_a_loop_and_one_that_waits_is_none() -> None:
    watch = {"on": "changed", "field": "priority"}
    write = {"do": "update_record", "values": {"priority": "high"}}
    assert len(loops([rule("again", watch, write)], BUILT.pipelines)) == 1
    assert not loops([rule("weekly", watch, write, wait={"amount": 7})], BUILT.pipelines)


def test_the_plan_says_a_new_rule_and_a_dropped_one_lies_under_a_tombstone() -> None:
    (added,) = diff(with_rules(), with_rules(rule("r", ENTERS, TASK)))
    assert added.say("fr") == "Automatiser\u202f: «\u202fr\u202f»"
    told = Teller(with_rules(), with_rules(rule("r", ENTERS, TASK)), "fr").details(added)
    assert told == [
        "+ Quand une affaire entre à «\u202fNégociation\u202f», créer la tâche «\u202fRelancer\u202f»"
    ]
    kept = carry.carry(with_rules(rule("r", ENTERS, TASK)), with_rules())
    assert [one.archived for one in kept.rules] == [True]
    assert not carry.live(kept).rules
    renamed = rule("r", ENTERS, TASK).model_copy(update={"label": Words(fr="Autre")})
    (change,) = diff(with_rules(rule("r", ENTERS, TASK)), with_rules(renamed))
    assert change.action == "rename"


def test_a_blueprint_with_rules_survives_json() -> None:
    assert codec.read(codec.dump(BUILT)) == BUILT


def test_a_mail_says_to_whom_by_the_labels_of_the_fields() -> None:
    built = compile_maps([starters.starter("support")], base_model.load())
    (rule,) = (one for one in built.rules if one.actions[0].do == "send_mail")
    assert "écrire à Contact › E-mail" in Wording("fr", built).rule(rule)
