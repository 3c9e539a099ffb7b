"""A day holds what one has to do, what is at stake first, and the deals that wait for nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.base.calendar import months_later
from portulan.base.refusals import NotThere
from portulan.people.actor import Actor
from portulan.records import day as days
from portulan.records import operations, runtime
from sale import BLIND, SYSTEM, deal, force, record

pytestmark = pytest.mark.usefixtures("crm")


def due(actor: Actor, days: float | None, **given: Any) -> int:
    at = None if days is None else (make.AT + timedelta(days=days)).isoformat()
    return record("activity", actor, **{"kind": "task", "due_at": at, **given})


def names(items: list[dict[str, Any]]) -> list[str]:
    return [one.get("name") or one["title"] for one in items]


def change(actor: Actor, row_id: int, **given: Any) -> None:
    version = runtime.current().model("opportunity").objects.get(pk=row_id).version
    operations.update(
        actor, object_name="opportunity", row_id=row_id, version=version, given=given, at=make.AT
    )


def test_what_is_at_stake_comes_first_and_what_is_far_or_anothers_does_not_come() -> None:
    claire, bruno = make.actor(), make.actor("bruno.martin@nordet.example")
    big, small = deal(claire, amount="9000", probability="50"), deal(claire, amount="5000")
    due(claire, -1, name="Petit", opportunity=small)
    due(claire, -3, name="Grand", opportunity=big)
    due(claire, 0.1, name="Ce soir")
    due(claire, 3, name="Plus tard")
    due(claire, None, name="Un jour")
    due(claire, 40, name="Trop loin")
    due(claire, -1, name="Fait", done_at=make.AT.isoformat())
    due(bruno, -1, name="De Bruno")
    told = days.day(claire, at=make.AT)
    assert [names(told[part]) for part in ("overdue", "today", "next")] == [
        ["Grand", "Petit"], ["Ce soir"], ["Plus tard", "Un jour"],
    ]  # fmt: skip
    assert (told["overdue"][0]["deal"]["worth"], told["overdue"][1]["deal"]["worth"]) == (450000, 50000)
    assert told["done"] == 1


def test_a_deal_without_a_next_step_is_adrift_until_it_has_one_rests_or_is_closed() -> None:
    claire = make.actor()
    planned, closed = deal(claire, name="Prévue"), deal(claire, name="Close")
    due(claire, 5, opportunity=planned)
    force(closed, "lost", values={"loss_reason": "price"})
    resting = deal(claire, name="En sommeil", amount="9", snoozed_until="2026-05-08")
    deal(claire, name="À la dérive", amount="5")
    deal(name="De personne")
    assert names(days.day(claire, at=make.AT)["adrift"]) == ["À la dérive"]
    tomorrow = make.AT + timedelta(days=1)
    assert names(days.day(claire, at=tomorrow)["adrift"]) == ["En sommeil", "À la dérive"]
    change(claire, resting, snoozed_until="2026-06-01")
    assert names(days.day(claire, at=tomorrow)["adrift"]) == ["À la dérive"]


def test_contracts_of_mine_that_renew_within_sixty_days_come_the_nearest_first() -> None:
    claire, bruno = make.actor(), make.actor("bruno.martin@nordet.example")
    today = make.AT.date()

    def contract(name: str, after: int, owner: Actor = claire, **given: Any) -> int:
        renews = (today + timedelta(days=after)).isoformat()
        return record("contract", owner, name=name, renews_on=renews, **given)

    account = record("account", name="Fonderie Vasseur")
    contract("Dernier", 60)
    contract("Premier", 0, account=account, notice_months=3, tacit=True, amount="1200")
    contract("Trop loin", 61)
    contract("Passé", -1)
    contract("De Bruno", 5, bruno)
    record("contract", claire, name="Sans date")
    told = days.day(claire, at=make.AT)["renewals"]
    assert names(told) == ["Premier", "Dernier"]
    assert (told[0]["account"], told[0]["renews_on"]) == ("Fonderie Vasseur", today.isoformat())


def test_the_last_day_to_say_no_is_told_of_what_renews_by_itself_after_a_notice_that_makes_sense() -> None:
    claire, renews = make.actor(), (make.AT + timedelta(days=30)).date()
    for name, months, tacit in (
        ("Oui", 2, True),
        ("Non", 2, False),
        ("Nul", None, True),
        ("Fou", 10**9, True),
    ):
        given = {"notice_months": months, "tacit": tacit, "renews_on": renews.isoformat()}
        record("contract", claire, name=name, **given)
    by = {one["title"]: one["notice_by"] for one in days.day(claire, at=make.AT)["renewals"]}
    assert by == {"Oui": months_later(renews, -2).isoformat(), "Non": None, "Nul": None, "Fou": None}


def test_a_day_costs_the_same_however_full_it_is() -> None:
    claire, counts = make.actor(), []
    for _ in range(2):
        for rank in range(4):
            due(claire, rank - 2, opportunity=deal(claire, amount="5", account=record("account")))
            deal(claire)
            record("contract", claire, renews_on="2026-06-01", account=record("account"))
        with CaptureQueriesContext(connection) as asked:
            days.day(claire, at=make.AT)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


def test_a_day_tells_nothing_hidden_and_is_not_there_for_who_reads_no_activity() -> None:
    blind = make.actor("aveugle@nordet.example", role=BLIND.uid)
    due(SYSTEM, -1, opportunity=deal(amount="424242"), owner=blind.id)
    assert "amount" not in days.day(blind, at=make.AT)["overdue"][0]["deal"]
    with pytest.raises(NotThere):
        days.day(make.actor("personne@nordet.example", role=""), at=make.AT)
