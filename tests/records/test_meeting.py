"""The sheet before a meeting holds what one needs in two minutes, nothing hidden, in so many queries."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.automation import signals
from portulan.base.refusals import NotThere
from portulan.maps import codec, starters
from portulan.maps import operations as maps
from portulan.people.actor import Actor
from portulan.records import meeting
from sale import BLIND, SALE, deal, record

pytestmark = pytest.mark.usefixtures("crm")


def done(days: float, **given: Any) -> int:
    return record("activity", done_at=(make.AT - timedelta(days=days)).isoformat(), **given)


def sheet(actor: Actor, row_id: int, **more: Any) -> dict[str, Any]:
    return meeting.sheet(actor, object_name="opportunity", row_id=row_id, at=make.AT, **more)


def names(items: list[dict[str, Any]]) -> list[str]:
    return [one.get("name") or one["title"] for one in items]


def test_who_is_expected_comes_first_then_who_decides_each_with_the_last_word() -> None:
    claire = make.actor()
    account = record("account", name="Lumen")
    user = record("contact", name="Petit", account=account, role="utilisateur_final")
    record("contact", name="Roux", account=account, role="decideur", job_title="Directrice")
    unknown = record("contact", name="Adam", account=account)
    row_id = deal(claire, account=account, contact=user)
    done(3, kind="call", contact=unknown, opportunity=row_id)
    due = (make.AT + timedelta(days=1)).isoformat()
    met = record("activity", name="Démo", kind="meeting", due_at=due, contact=unknown, opportunity=row_id)
    told = sheet(claire, row_id)
    assert names(told["people"]) == ["Adam", "Petit", "Roux"]
    assert told["people"][0] | {"expected": True, "main": False} == told["people"][0]
    assert [one["last_at"] is None for one in told["people"]] == [False, True, True]
    assert (told["meeting"]["id"], told["people"][2]["role"]) == (met, "decideur")


def test_the_last_words_on_each_channel_come_from_the_whole_account() -> None:
    claire = make.actor()
    account = record("account")
    row_id = deal(claire, account=account)
    for days in (9, 5, 2):
        done(days, name=f"Appel {days}", kind="call", opportunity=row_id)
    done(40, name="Note d’un collègue", kind="note", account=account)
    done(1, name="Réponse du support", kind="email", ticket=record("ticket", account=account))
    done(1, name="D’un autre compte", kind="email", account=record("account"))
    said = sheet(claire, row_id)["said"]
    assert names(said) == ["Réponse du support", "Appel 2", "Appel 5", "Note d’un collègue"]


def test_what_is_open_what_was_noticed_and_what_the_gate_asks_stand_on_the_sheet() -> None:
    claire = make.actor()
    account = record("account")
    row_id = deal(claire, account=account)
    ticket = record("ticket", name="Fiche technique", account=account)
    record("ticket", name="D’ailleurs", account=record("account"))
    signals.mark(claire, object_name="ticket", row_id=ticket, label="Refuse le cloud", at=make.AT)
    told = sheet(claire, row_id)
    assert [(one["object"], names(one["rows"])) for one in told["open"]] == [("ticket", ["Fiche technique"])]
    assert [(one["label"], one["about"]["title"]) for one in told["noted"]] == [
        ("Refuse le cloud", "Fiche technique")
    ]
    assert told["position"]["stage"] == "contact"
    assert [one["field"] for one in told["position"]["missing"]] == ["amount"]


def test_what_hurts_at_the_stage_is_told_from_the_map() -> None:
    elodie = make.actor("elodie.renard@nordet.example", role="revops")
    text = json.dumps(codec.dump(starters.starter(SALE.uid)))
    drawn = codec.read(json.loads(text.replace('"premier_contact"', '"contact"')))
    maps.add(elodie, drawn=drawn, at=make.AT)
    told = sheet(elodie, deal(elodie))["irritants"]
    assert [(one["label"], one["severity"]) for one in told] == [("Chacun qualifie à sa façon", 3)]


def test_a_sheet_costs_the_same_however_much_there_is() -> None:
    claire, counts = make.actor(), []
    account = record("account")
    row_id = deal(claire, account=account)
    for turn in range(2):
        for rank in range(3):
            contact = record("contact", name=f"Nom {turn}{rank}", account=account)
            done(rank, kind="call", contact=contact, opportunity=row_id)
            record("ticket", account=account)
            due = (make.AT + timedelta(days=rank + 1)).isoformat()
            record("activity", kind="meeting", due_at=due, opportunity=row_id)
        signals.mark(claire, object_name="opportunity", row_id=row_id, label="Pressé", at=make.AT)
        with CaptureQueriesContext(connection) as asked:
            sheet(claire, row_id)
        counts.append(len(asked))
    assert counts[0] == counts[1] - 1 <= 27, counts


def test_nothing_hidden_is_told_and_a_meeting_about_another_record_is_not_there() -> None:
    blind = make.actor("aveugle@nordet.example", role=BLIND.uid)
    account = record("account", name="Secret")
    row_id = deal(account=account, amount="424242")
    record("contact", name="Roux", account=account)
    record("ticket", account=account)
    told = sheet(blind, row_id)
    assert (told["account"], told["people"], told["open"]) == (None, [], [])
    assert "amount" not in told["record"]["values"]
    with pytest.raises(NotThere):
        sheet(blind, row_id, meeting=done(1, kind="meeting", opportunity=deal()))
    with pytest.raises(NotThere):
        sheet(make.actor("personne@nordet.example", role=""), row_id)
