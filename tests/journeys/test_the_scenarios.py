"""The stories of the starters through the API: told, played green, red when the map breaks; then no plan."""

import json
from typing import Any

import pytest
from django.test import Client
from typer.testing import CliRunner

import make
from portulan.automation import worker
from portulan.base import clock
from portulan.events import queries as events
from portulan.people.models import User
from portulan.records import runtime
from portulan.server.cli import app

pytestmark = pytest.mark.django_db(transaction=True)
JSON = "application/json"
FOUR = {
    "sc_demande_demo": "vente",
    "sc_devis_extension": "vente",
    "sc_salon": "vente",
    "sc_ticket_critique": "support",
}


def signed_in(role: str) -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(User.objects.get(pk=make.person(f"{role}@nordet.example", role=role)))
    return client


def answer(response: Any, status: int = 200) -> Any:
    assert response.status_code == status, response.content
    return response.json()


def post(client: Client, address: str, body: Any = None, status: int = 200) -> Any:
    return answer(client.post(address, json.dumps(body or {}), content_type=JSON), status)


@pytest.fixture
def base(transactional_db: None) -> Any:
    yield make.crm()
    make.no_crm()


def drawn(client: Client, starter: str) -> str:
    body = {"title": "", "state": "to_be", "subject": None, "starter": starter}
    return str(post(client, "/api/maps", body)["id"])


def played(client: Client, address: str, body: Any = None) -> Any:
    job = post(client, address, body)["job"]
    while worker.run_once(at=clock.now()):
        pass
    found = answer(client.get(f"/api/jobs/{job}"))
    assert found["state"] == "done", found
    return found["result"]


def apply(client: Client, status: int = 200, **more: str) -> Any:
    plan = answer(client.get("/api/plan"))
    body = {"hash": plan["hash"], "base_version": plan["base_version"], "fates": {}, **more}
    asked = post(client, "/api/plan/apply", body, status)
    while status == 200 and worker.run_once(at=clock.now()):
        pass
    return answer(client.get(f"/api/jobs/{asked['job']}"))["result"] if status == 200 else asked


def without_follow_up(client: Client, map_id: str) -> None:
    found = answer(client.get(f"/api/maps/{map_id}"))
    for step in found["map"]["steps"]:
        if step["id"] == "proposition_envoyee":
            step["automations"] = []
    body = {"version": found["version"], "map": found["map"], "layout": found["layout"]}
    answer(client.put(f"/api/maps/{map_id}", json.dumps(body), content_type=JSON))


@pytest.mark.parametrize("starter", ["vente", "support"])
def test_each_use_case_is_read_then_played_green_without_touching_a_record(base: Any, starter: str) -> None:
    client = signed_in("revops")
    map_id = drawn(client, starter)
    before = answer(client.get(f"/api/maps/{map_id}/scenarios"))
    assert before["played_at"] is None
    assert {one["id"] for one in before["scenarios"]} >= {k for k, v in FOUR.items() if v == starter}
    assert all(one["today"] and one["tomorrow"] and not one["problems"] for one in before["scenarios"])
    result = played(client, f"/api/maps/{map_id}/scenarios/run")
    assert result["green"] == result["total"] == len(before["scenarios"])
    after = answer(client.get(f"/api/maps/{map_id}/scenarios"))
    assert after["green"]
    for one in after["scenarios"]:
        told = zip(one["moments"], one["outcome"]["moments"], strict=True)
        assert all(len(said["then"]) == len(seen["checks"]) for said, seen in told)
    assert not runtime.newest().model("opportunity").objects.exists()
    assert not runtime.newest().model("ticket").objects.exists()


def test_a_broken_follow_up_turns_the_quote_red_on_its_step_and_blocks_the_plan(base: Any) -> None:
    client = signed_in("revops")
    map_id = drawn(client, "vente")
    without_follow_up(client, map_id)
    post(client, f"/api/maps/{map_id}/publish")
    assert apply(client, 409)["code"] == "records.scenarios_red"
    played(client, "/api/plan/scenarios")
    (standing,) = answer(client.get("/api/plan"))["scenarios"]
    assert standing["state"] == "red"
    assert "Un client demande un devis pour étendre son contrat" in standing["red"]
    stories = answer(client.get(f"/api/maps/{map_id}/scenarios"))["scenarios"]
    (quote,) = (one for one in stories if one["id"] == "sc_devis_extension")
    assert quote["outcome"]["step"] == "proposition_envoyee"
    assert quote["outcome"]["reason"].startswith("Tâches trouvées")
    refused = apply(client, 409)
    assert [one["code"] for one in refused["problems"]] == ["records.map_red"]
    assert apply(client, 403, motive="Le salon ouvre demain")["code"] == "base.not_allowed"
    director = signed_in("direction")
    assert apply(director, motive="Le salon ouvre demain")["version"] == 2
    told = [one.kind for one in events.of_subject("blueprint:current", limit=10)]
    assert "blueprint.scenarios_overridden" in told


def test_what_was_played_green_on_the_draft_counts_once_published(base: Any) -> None:
    client = signed_in("revops")
    map_id = drawn(client, "support")
    played(client, f"/api/maps/{map_id}/scenarios/run")
    post(client, f"/api/maps/{map_id}/publish")
    assert [one["state"] for one in answer(client.get("/api/plan"))["scenarios"]] == ["green"]
    assert apply(client)["version"] == 2


def test_playing_in_another_role_proves_nothing_and_says_what_it_may_not(base: Any) -> None:
    client = signed_in("revops")
    map_id = drawn(client, "vente")
    address = f"/api/maps/{map_id}/scenarios/run"
    result = played(client, address, {"role": "support"})
    assert result["green"] < result["total"]
    assert answer(client.get(f"/api/maps/{map_id}/scenarios"))["played_at"] is None
    assert post(client, address, {"role": "pirate"}, 422)["code"] == "automation.role_unknown"


def test_a_criterion_taken_away_turns_its_scenarios_red(base: Any) -> None:
    client = signed_in("revops")
    map_id = drawn(client, "support")
    found = answer(client.get(f"/api/maps/{map_id}"))
    for step in found["map"]["steps"]:
        if step["id"] == "traite":
            step["exit"] = []
            step["information"] = [{**one, "required": False} for one in step["information"]]
    body = {"version": found["version"], "map": found["map"], "layout": found["layout"]}
    answer(client.put(f"/api/maps/{map_id}", json.dumps(body), content_type=JSON))
    played(client, f"/api/maps/{map_id}/scenarios/run")
    stories = answer(client.get(f"/api/maps/{map_id}/scenarios"))["scenarios"]
    ticket = next(one for one in stories if one["id"] == "sc_ticket_critique")
    assert ticket["problems"]
    assert not ticket["outcome"]["green"]


def test_the_published_maps_are_downloaded_as_a_requirements_document(base: Any) -> None:
    client = signed_in("revops")
    map_id = drawn(client, "vente")
    post(client, f"/api/maps/{map_id}/publish")
    word = client.get("/api/brief.docx")
    assert word.content.startswith(b"PK")
    assert "cahier-des-charges.docx" in word["Content-Disposition"]
    assert client.get("/api/brief.pdf").content.startswith(b"%PDF")
    assert Client().get("/api/brief.docx").status_code == 401


def test_the_command_line_plays_them_first_and_applies_red_ones_for_a_motive_only(base: Any) -> None:
    client = signed_in("revops")
    map_id = drawn(client, "vente")
    without_follow_up(client, map_id)
    post(client, f"/api/maps/{map_id}/publish")
    run = CliRunner().invoke(app, ["scenarios", "run"])
    assert run.exit_code == 2
    assert "✗ vente/sc_devis_extension" in run.output
    assert "✓ vente/sc_salon" in run.output
    held = CliRunner().invoke(app, ["apply"])
    assert held.exit_code == 2
    assert "Les scénarios des cartes ne sont pas au vert" in held.output
    forced = CliRunner().invoke(app, ["apply", "--override", "Le salon ouvre demain"])
    assert forced.exit_code == 0
    assert "version 2" in forced.output
