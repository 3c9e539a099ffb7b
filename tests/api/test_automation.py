"""Over HTTP, rules are read with their balance, rehearsed, switched; a record tells what ran by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

import make
from portulan.automation import worker
from portulan.base import clock
from portulan.maps import operations as maps
from portulan.people import actor as actors
from portulan.people.models import User
from portulan.records import operations, runtime
from portulan.records.operations import Move
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.usefixtures("vente")
RULE = "vente_au_relance"


def signed_in(email: str, role: str) -> tuple[Client, Any]:
    actor = make.actor(email, role=role)
    client = Client()
    client.force_login(
        User.objects.get(pk=actor.id or 0), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client, actor


@pytest.fixture
def proposal(vente: Snapshot) -> tuple[Client, int]:
    client, seller = signed_in("claire.lambert@nordet.example", "sales")
    at = clock.now() - timedelta(days=20)
    row_id = operations.create(seller, object_name="opportunity", given={"name": "Pompes"}, at=at)
    director = make.actor("alix.morel@nordet.example", role="manager")
    move = Move("proposition_envoyee", 1, motive="essai", override=True)
    operations.move(director, object_name="opportunity", row_id=row_id, move=move, at=at)
    return client, row_id


def rule(client: Client, uid: str = RULE) -> Any:
    return next(one for one in client.get("/api/rules").json()["rules"] if one["uid"] == uid)


def test_a_record_tells_what_ran_by_itself_and_the_rule_keeps_its_balance(
    proposal: tuple[Client, int],
) -> None:
    client, row_id = proposal
    worker.settle(at=clock.now())
    (run,) = client.get(f"/api/records/opportunity/{row_id}/runs").json()
    assert (run["state"], run["why"]) == ("fired", None)
    assert run["say"].startswith("Quand une affaire entre à «\u202fProposition envoyée\u202f»")
    balance = rule(client)["balance"]
    assert (balance["fired"], balance["tasks"], balance["acted_on"], balance["minutes_saved"]) == (1, 1, 0, 2)
    task = runtime.current().model("activity").objects.get()
    runtime.current().model("activity").objects.filter(pk=task.pk).update(done_at=clock.now())
    assert rule(client)["balance"]["acted_on"] == 1


def test_who_may_not_see_a_record_does_not_learn_what_ran_on_it(proposal: tuple[Client, int]) -> None:
    stranger, _ = signed_in("sans.role@nordet.example", "")
    assert stranger.get(f"/api/records/opportunity/{proposal[1]}/runs").status_code == 404


def test_a_dry_run_lists_last_months_records_and_changes_nothing(proposal: tuple[Client, int]) -> None:
    seller, row_id = proposal
    assert seller.get(f"/api/rules/{RULE}/rehearsal").status_code == 403
    builder, _ = signed_in("elodie.renard@nordet.example", "revops")
    told = builder.get(f"/api/rules/{RULE}/rehearsal").json()
    assert told["counts"] == {"fired": 1, "waiting": 0, "cancelled": 0, "skipped": 0}
    assert [(one["row_id"], one["title"]) for one in told["rows"]] == [(row_id, "Pompes")]
    assert not runtime.current().model("activity").objects.exists()
    assert builder.get("/api/rules/nothing/rehearsal").status_code == 404


def test_builders_alone_switch_a_rule_off_and_on(proposal: tuple[Client, int]) -> None:
    seller, row_id = proposal
    path, body = f"/api/rules/{RULE}/switch", {"on": False}
    assert seller.put(path, body, content_type="application/json").status_code == 403
    builder, actor = signed_in("elodie.renard@nordet.example", "revops")
    assert builder.put(path, body, content_type="application/json").status_code == 200
    assert rule(seller)["off"]["by"] == actor.name
    worker.settle(at=clock.now())
    (run,) = seller.get(f"/api/records/opportunity/{row_id}/runs").json()
    assert (run["state"], run["why"]) == ("skipped", "la règle était coupée")
    builder.put(path, {"on": True}, content_type="application/json")
    assert rule(seller)["off"] is None


def test_a_person_reads_and_puts_away_what_they_were_told(proposal: tuple[Client, int]) -> None:
    _, row_id = proposal
    support, _ = signed_in("yann.legoff@nordet.example", "support")
    director = make.acting(User.objects.get(email="alix.morel@nordet.example").pk)
    for to, version in (("negociation", 2), ("gagne", 3)):
        move = Move(to, version, motive="essai", override=True)
        operations.move(director, object_name="opportunity", row_id=row_id, move=move, at=clock.now())
    worker.settle(at=clock.now())
    (told,) = support.get("/api/notices?unseen=1").json()
    assert told["say"] == "Affaire gagnée\u202f: préparez l’accueil du client."
    assert (
        support.post("/api/notices/seen", {"ids": [told["id"]]}, content_type="application/json").status_code
        == 204
    )
    assert support.get("/api/notices?unseen=1").json() == []


def test_what_was_done_on_a_record_becomes_a_scenario_for_those_who_draw(
    proposal: tuple[Client, int],
) -> None:
    seller, row_id = proposal
    at = clock.now()
    maps.create(actors.system(), title="", state="to_be", subject=None, starter="vente", at=at)
    address = f"/api/records/opportunity/{row_id}/scenario"
    assert seller.post(address).status_code == 403
    builder, _ = signed_in("elodie.renard@nordet.example", "revops")
    made = builder.post(address).json()
    told = builder.get(f"/api/maps/{made['map_id']}/scenarios").json()["scenarios"]
    (scenario,) = (one for one in told if one["id"] == made["scenario"])
    assert scenario["problems"] == []
    assert len(scenario["moments"]) == 2
    assert builder.post("/api/records/opportunity/999999/scenario").status_code == 404
