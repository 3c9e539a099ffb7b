"""Scenarios are played in a throw-away house: green on the starters, red where the map no longer holds."""

import os
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import make
from portulan.automation import sandbox, throwaway
from portulan.automation.outcome import Outcome
from portulan.automation.script import Case, Script
from portulan.base.texts import LANGUAGES
from portulan.blueprint import base_model
from portulan.blueprint.check_scenarios import check_scenario
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import Rule
from portulan.maps import starters
from portulan.maps.model import Map
from portulan.maps.scenarios import Scenario

VENTE, SUPPORT = starters.starter("vente"), starters.starter("support")


def script(*maps: Map, only: str = "", role: str | None = None) -> Script:
    cases = [Case(map=one.uid, scenario=story) for one in maps for story in one.scenarios]
    kept = tuple(case for case in cases if only in case.scenario.id)
    return Script(blueprint=compile_maps(maps, base_model.load()), cases=kept, role=role)


def played(asked: Script) -> dict[str, Outcome]:
    return {one.scenario: one for one in sandbox.outcomes(asked)}


def without_follow_up() -> Map:
    steps = tuple(
        step.model_copy(update={"automations": ()}) if step.id == "proposition_envoyee" else step
        for step in VENTE.steps
    )
    return VENTE.model_copy(update={"steps": steps})


def test_the_use_cases_and_the_trainings_of_the_starters_are_green() -> None:
    outcomes = played(script(VENTE, SUPPORT))
    assert len(outcomes) == 8
    assert {one.scenario: one.reason and one.reason.fr for one in outcomes.values() if not one.green} == {}


@pytest.mark.parametrize(("sector", "lang"), [*product(starters.SECTORS, LANGUAGES)])
def test_the_stories_of_every_sector_are_green(sector: str, lang: str) -> None:
    outcomes = played(script(*(starters.starter(name, sector, lang) for name in starters.NAMES)))
    assert len(outcomes) == 12
    assert {one.scenario: one.reason and one.reason.fr for one in outcomes.values() if not one.green} == {}


def test_without_the_follow_up_rule_the_quote_turns_red_on_the_proposal() -> None:
    outcome = played(script(without_follow_up(), only="sc_devis"))["sc_devis_extension"]
    assert not outcome.green
    assert (outcome.failing, outcome.step) == (3, "proposition_envoyee")
    assert outcome.reason is not None
    assert outcome.reason.fr.startswith("Tâches trouvées")


def test_a_role_that_may_not_act_turns_a_scenario_red_and_says_so() -> None:
    outcome = played(script(VENTE, only="sc_salon", role="support"))["sc_salon"]
    assert not outcome.green
    assert outcome.failing == 0
    assert outcome.moments[0].refused is not None


def test_a_house_that_takes_too_long_is_a_red_answer_and_not_a_wait() -> None:
    asked = script(VENTE, only="tr_appel")
    (outcome,) = sandbox.outcomes(asked, patience=0.05)
    assert not outcome.green
    assert outcome.reason is not None
    assert "temps imparti" in outcome.reason.fr


def test_a_scenario_that_breaks_the_house_down_is_red_and_the_next_one_is_played() -> None:
    asked = script(VENTE, only="tr_")
    broken = asked.cases[0].scenario.model_copy(update={"moments": asked.cases[1].scenario.moments[:1] * 2})
    gone = broken.moments[0].act.model_copy(update={"record": "nowhere"})
    moments = (broken.moments[0].model_copy(update={"act": gone}),)
    cases = (Case(map="vente", scenario=broken.model_copy(update={"moments": moments})), asked.cases[1])
    first, second = sandbox.outcomes(asked.model_copy(update={"cases": cases}))
    assert not first.green
    assert first.reason is not None
    assert "panne" in first.reason.fr
    assert second.green


@pytest.mark.django_db
def test_a_house_is_never_built_on_a_real_database() -> None:
    with pytest.raises(throwaway.NotThrowAwayError):
        throwaway.perform(script(VENTE), lambda _: None)


def test_a_house_knows_neither_our_database_nor_our_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/real")
    monkeypatch.setenv("PORTULAN_SECRET_KEY", "ours")
    monkeypatch.setenv("SMTP_PASSWORD", "ours")
    given = sandbox._environment(tmp_path)
    assert given["DATABASE_URL"] == "sqlite://:memory:"
    assert "ours" not in given.values()
    assert given.keys() - set(os.environ) <= {
        "DJANGO_SETTINGS_MODULE",
        "DATABASE_URL",
        "PORTULAN_DATA",
        "PORTULAN_SECRET_KEY",
    }


def support_story(*moments: dict[str, Any], rules: tuple[Rule, ...] = ()) -> Script:
    """A ticket of a client, critical, at nine in the morning; then what is asked."""
    helvetia = {"name": "Helvetia Turbinen AG"}
    petra = {"name": "Keller", "email": "petra@helvetia.example", "account": {"record": "helvetia"}}
    line = {
        "name": "Ligne 3 arrêtée", "account": {"record": "helvetia"}, "contact": {"record": "petra"},
        "severity": "critical", "nature_demande": "panne", "channel": "phone", "sous_contrat": True,
        "description": "La ligne 3 est arrêtée depuis 6 h.",
    }  # fmt: skip
    given = [
        {"id": "helvetia", "object": "account", "values": helvetia},
        {"id": "petra", "object": "contact", "values": petra},
        {"id": "ticket", "object": "ticket", "values": line, "stage": "affecte", "owner": "nora"},
    ]
    people = [{"id": "nora", "role": "support", "name": "Nora"}]
    story = Scenario.model_validate(
        {"id": "st", "title": "Un ticket", "people": people, "given": given, "moments": moments}
    )
    wanted = compile_maps([SUPPORT], base_model.load())
    wanted = wanted.model_copy(update={"rules": (*wanted.rules, *rules)})
    assert check_scenario(story, wanted) == []
    return Script(blueprint=wanted, cases=(Case(map="support", scenario=story),))


def waiting(hours: int, *then: dict[str, Any]) -> dict[str, Any]:
    span = {"amount": hours, "unit": "working_hours"}
    return {"act": {"do": "wait", "span": span}, "then": list(then)}


def standing(how: str, measure: str = "resolution") -> dict[str, Any]:
    return {"expect": "promised", "record": "ticket", "measure": measure, "standing": how}


def test_a_scenario_expects_how_a_promised_time_stands() -> None:
    asking = {"attendu_du_client": "precision"}
    pause = {
        "act": {"do": "move", "by": "nora", "record": "ticket", "to": "attente_client", "values": asking}
    }
    asked = support_story(
        waiting(1, standing("running")),
        {**pause, "then": [standing("paused")]},
        {
            "act": {"do": "answer", "by": "nora", "record": "ticket", "label": "Oui"},
            "then": [standing("running")],
        },
        waiting(40, standing("broken")),
    )
    outcome = played(asked)["st"]
    assert outcome.green, outcome.reason
    red = played(support_story(waiting(1, standing("kept"))))["st"]
    assert red.reason is not None
    assert red.reason.fr == "Le délai court encore."
    none = played(support_story(waiting(1, standing("kept", "next_response"))))["st"]
    assert not none.green


def test_a_scenario_expects_a_mail_that_is_ready_for_somebody_and_none_leaves() -> None:
    mail = {
        "do": "send_mail",
        "address": "contact.email",
        "title": "Votre demande {{name}}",
        "body": "Bonjour",
    }
    noted = make.rule("noted", {"on": "activity_done"}, mail, object="ticket")
    call = {"act": {"do": "log", "by": "nora", "record": "ticket", "kind": "call", "label": "Point"}}

    def mailed(**more: Any) -> dict[str, Any]:
        return {"expect": "mailed", "record": "ticket", "label": "votre demande", **more}

    asked = support_story(
        {**call, "then": [mailed(to="petra"), mailed(label="facture", count=0)]}, rules=(noted,)
    )
    assert played(asked)["st"].green
    red = played(support_story({**call, "then": [mailed(to="petra")]}))["st"]
    assert red.reason is not None
    assert red.reason.fr == "Messages trouvés : 0, attendus : 1. Messages de la fiche : –"


def test_what_is_due_while_a_scenario_waits_happens_at_its_own_moment() -> None:
    steps = [
        {"wait": {"amount": 1, "unit": "working_days"}, "action": {"do": "create_task", "label": "Rappeler"}}
    ]
    sequence = {"do": "start_sequence", "name": "Rappels", "steps": steps}
    begun = make.rule("begun", {"on": "activity_done"}, sequence, object="ticket")
    call = {"act": {"do": "log", "by": "nora", "record": "ticket", "kind": "call", "label": "Point"}}
    task = {"expect": "task", "record": "ticket", "label": "Rappeler"}
    assert played(support_story(call, waiting(16, task), rules=(begun,)))["st"].green
