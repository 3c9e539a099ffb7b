"""Prospects whose time is over, through the front desk: listed, kept, taken back, forgotten, refused."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import make
from portulan.automation import worker
from portulan.base import clock
from portulan.people.actor import Actor
from portulan.people.models import User
from sale import record

pytestmark = pytest.mark.usefixtures("crm")
NOW = make.AT + timedelta(days=3 * 366)
UNTIL = (NOW.date() + timedelta(days=30)).isoformat()


@pytest.fixture(autouse=True)
def _later(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.id or 0))
    return client


def decide(client: Client, what: str, object_name: str = "contact", **body: Any) -> Any:
    path = f"/api/retention/{object_name}/{what}"
    return client.post(path, body, content_type="application/json")


def due(client: Client) -> list[int]:
    contacts = next(one for one in client.get("/api/retention").json() if one["object"] == "contact")
    return [one["id"] for one in contacts["people"]]


def test_a_prospect_is_kept_taken_back_and_forgotten() -> None:
    revops = signed_in(make.actor("elodie@nordet.example", role="revops"))
    person = record("contact", name="Le Goff")
    assert due(revops) == [person]
    assert decide(revops, "keep", ids=[person], motive="Salon", until=UNTIL).status_code == 204
    assert due(revops) == []
    early = decide(revops, "forget", ids=[person])
    assert (early.status_code, early.json()["code"]) == (409, "records.not_due")
    assert decide(revops, "release", ids=[person]).status_code == 204
    job = decide(revops, "forget", ids=[person]).json()["job"]
    while worker.run_once(at=NOW):
        pass
    assert revops.get(f"/api/jobs/{job}").json()["result"] == {"forgotten": 1, "left": 0}
    assert due(revops) == []
    assert revops.get(f"/api/records/contact/{person}").json()["title"] == "Anonymisé"


def test_what_cannot_be_decided_is_refused_with_its_reason() -> None:
    revops = signed_in(make.actor("elodie@nordet.example", role="revops"))
    person = record("contact")
    refused = decide(revops, "keep", ids=[person], motive=" ", until=NOW.date().isoformat())
    assert refused.status_code == 422
    assert [one["where"] for one in refused.json()["problems"]] == ["motive", "until"]
    for ids in ([], [0], list(range(1, 202))):
        assert decide(revops, "forget", ids=ids).status_code == 422
    assert decide(revops, "forget", "account", ids=[1]).json()["code"] == "records.not_a_person"
    assert decide(revops, "forget", "nothing", ids=[1]).status_code == 404


def test_who_may_not_forget_sees_nobody_and_decides_on_nobody() -> None:
    person = record("contact")
    seller = signed_in(make.actor())
    assert seller.get("/api/retention").json() == []
    for what in ("forget", "release"):
        assert decide(seller, what, ids=[person]).status_code == 403
    assert decide(seller, "keep", ids=[person], motive="Salon", until=UNTIL).status_code == 403
    assert Client().get("/api/retention").status_code == 401
