"""What a record shows of its activities follows from them alone, and is told in one order with the rest."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.automation.notices import notices
from portulan.base.refusals import NotThere
from portulan.events import queries as events
from portulan.people.actor import Actor
from portulan.records import agenda, operations, replay, rows, runtime, timeline
from portulan.records.timeline import PlaceNotValid
from sale import SYSTEM, deal, force, record

pytestmark = pytest.mark.usefixtures("crm")


def day(days: float) -> str:
    return (make.AT + timedelta(days=days)).isoformat()


def said(actor: Actor = SYSTEM, **given: Any) -> int:
    return record("activity", actor, **{"kind": "call", **given})


def change(row_id: int, object_name: str = "activity", **given: Any) -> None:
    row = runtime.current().model(object_name).objects.get(pk=row_id)
    operations.update(
        SYSTEM, object_name=object_name, row_id=row_id, version=row.version, given=given, at=make.AT
    )


def follows(row_id: int) -> tuple[Any, Any, Any]:
    stored = rows.stored(
        runtime.current().object("opportunity"), runtime.current().model("opportunity").objects.get(pk=row_id)
    )
    return stored["last_activity_at"], stored["next_step"], stored["next_step_on"]


def test_a_deal_follows_its_activities_whatever_becomes_of_them() -> None:
    one, other = deal(), deal()
    said(opportunity=one, done_at=day(-2))
    later = said(opportunity=one, name="Relancer", kind="task", due_at=day(4))
    sooner = said(opportunity=one, name="Chiffrer", kind="task", due_at=day(2))
    assert follows(one) == (day(-2), "Chiffrer", "2026-05-09")
    change(sooner, done_at=day(1))
    assert follows(one) == (day(1), "Relancer", "2026-05-11")
    change(sooner, done_at=None)
    assert follows(one) == (day(-2), "Chiffrer", "2026-05-09")
    operations.delete(SYSTEM, object_name="activity", row_id=sooner, at=make.AT)
    assert follows(one)[1] == "Relancer"
    operations.restore(SYSTEM, object_name="activity", row_id=sooner, at=make.AT)
    assert follows(one)[1] == "Chiffrer"
    change(later, opportunity=other)
    change(sooner, opportunity=other)
    assert follows(one) == (day(-2), None, None)
    assert follows(other) == (None, "Chiffrer", "2026-05-09")
    assert list(replay.unlike(SYSTEM)) == []


def test_logging_a_call_leaves_the_version_of_the_deal_to_whoever_is_typing() -> None:
    one = deal()
    said(opportunity=one, done_at=day(0))
    operations.update(
        SYSTEM, object_name="opportunity", row_id=one, version=1, given={"amount": "5"}, at=make.AT
    )
    (last, *_), stored = follows(one), events.replay(f"opportunity:{one}") or {}
    assert (last, stored["amount"]) == (day(0), "5.00")


def test_an_activity_belongs_to_the_account_of_what_it_is_about() -> None:
    account, elsewhere = record("account"), record("account")
    one = deal(account=account)
    model = runtime.current().model("activity")
    assert model.objects.get(pk=said(opportunity=one)).account_id == account
    assert model.objects.get(pk=said(opportunity=one, account=elsewhere)).account_id == elsewhere
    assert model.objects.get(pk=said()).account_id is None


def told(object_name: str, row_id: int, actor: Actor = SYSTEM, **asked: Any) -> dict[str, Any]:
    return timeline.timeline(actor, object_name=object_name, row_id=row_id, **asked)


def test_every_channel_is_told_in_one_true_order_page_by_page() -> None:
    one = deal()
    force(one, "demo", make.AT + timedelta(days=3))
    for rank, kind in enumerate(("call", "email", "meeting")):
        said(opportunity=one, name=kind, kind=kind, done_at=day(rank * 2))
    said(opportunity=one, name="task", kind="task", due_at=day(1))
    whole = told("opportunity", one)["rows"]
    assert [row["channel"] for row in whole] == ["meeting", "record", "record", "email", "record", "call"]
    found, before = [], ""
    while before is not None:
        page = told("opportunity", one, limit=1, before=before)
        found += page["rows"]
        before = page["next"]
    assert [row["id"] for row in found] == [row["id"] for row in whole]
    assert [row["say"] for row in told("opportunity", one, channels=["email", "call"])["rows"]] == [
        "email",
        "call",
    ]
    assert {row["channel"] for row in told("opportunity", one, channels=["record"])["rows"]} == {"record"}
    for place in ("x", "2026-05-07~", "~3", "2026-05-07T08:00:00Z~zz"):
        with pytest.raises(PlaceNotValid):
            told("opportunity", one, before=place)


def test_the_account_tells_what_was_said_about_its_deals_and_what_waits() -> None:
    account = record("account")
    one = deal(account=account)
    said(opportunity=one, name="Point", done_at=day(0))
    said(opportunity=one, name="Sans date", kind="task")
    said(opportunity=one, name="Relancer", kind="task", due_at=day(3))
    assert "Point" in [row["say"] for row in told("account", account)["rows"]]
    waits = agenda.waiting(SYSTEM, object_name="account", row_id=account) or []
    assert [each["name"] for each in waits] == ["Relancer", "Sans date"]
    assert waits[0]["linked"]["opportunity"] == {"id": one, "title": "Pilote", "object": "opportunity"}
    assert agenda.waiting(SYSTEM, object_name="product", row_id=record("product")) is None
    with pytest.raises(NotThere):
        agenda.waiting(make.actor(role=""), object_name="account", row_id=account)


def test_the_timeline_costs_the_same_however_long_it_is() -> None:
    one = deal(make.actor())
    counts = []
    for _ in range(2):
        for rank in range(5):
            said(opportunity=one, done_at=day(rank))
        with CaptureQueriesContext(connection) as asked:
            told("opportunity", one)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_creating_an_activity_stays_within_its_budget() -> None:
    claire = make.actor()
    one = deal(claire, account=record("account"))
    with CaptureQueriesContext(connection) as asked:
        said(claire, opportunity=one, done_at=day(0))
    assert len(asked) < 28


def test_whoever_is_mentioned_is_told_once() -> None:
    claire, bruno = make.actor(), make.actor("bruno.martin@nordet.example")
    one = deal(claire)
    body = f"Vu avec @[{bruno.id}], @[{claire.id}] et @[987654]"
    note = said(claire, opportunity=one, kind="note", name="Budget", body=body)
    (notice,) = notices(bruno)
    assert (notice["subject"], claire.name in notice["say"]) == (f"opportunity:{one}", True)
    assert notices(claire) == []
    change(note, body=f"Revu : {body}")
    assert len(notices(bruno)) == 1
