"""What changed since Monday is told deal by deal, and the sums before and now reconcile whatever happened."""

from collections import Counter
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from portulan.base import calendar
from portulan.events import queries as events
from portulan.people.actor import Actor
from portulan.records import operations, runtime, shifts
from portulan.records.asked import Asked
from portulan.records.operations import Move
from sale import BLIND, SYSTEM, deal

pytestmark = pytest.mark.usefixtures("crm")
LATER = make.AT + timedelta(days=1)
SINCE = LATER.date()


def row(pk: int) -> Any:
    return runtime.current().model("opportunity").objects.get(pk=pk)


def change(pk: int, **given: Any) -> None:
    operations.update(
        SYSTEM, object_name="opportunity", row_id=pk, version=row(pk).version, given=given, at=LATER
    )


def move(pk: int, to: str, **more: Any) -> None:
    going = Move(to=to, version=row(pk).version, motive="Accord", override=True, **more)
    operations.move(SYSTEM, object_name="opportunity", row_id=pk, move=going, at=LATER)


def told(actor: Actor = SYSTEM, **asked: Any) -> dict[str, Any]:
    found = shifts.shifts(
        actor, pipeline_uid="vente", since=SINCE, asked=Asked(**asked), at=LATER + timedelta(hours=1)
    )
    return {**found, "by": {one["kind"]: (one["count"], one["sum"]) for one in found["changes"]}}


def test_each_deal_is_told_once_in_the_sums() -> None:
    grown, shrunk, won, lost, binned = (deal(amount=str(n)) for n in (100, 200, 300, 400, 500))
    pushed = deal(amount="600", close_on="2026-06-01")
    deal(amount="700")
    change(grown, amount="150")
    change(shrunk, amount="120")
    change(pushed, close_on="2026-07-01")
    move(won, "won")
    move(lost, "lost", values={"loss_reason": "price"})
    operations.delete(SYSTEM, object_name="opportunity", row_id=binned, at=LATER)
    operations.create(SYSTEM, object_name="opportunity", given={"name": "Neuve", "amount": "50"}, at=LATER)
    found = told()
    assert found["by"] == {
        "opened": (1, "50.00"), "grown": (1, "50.00"), "shrunk": (1, "-80.00"), "won": (1, "-300.00"),
        "lost": (1, "-400.00"), "removed": (1, "-500.00"), "pushed": (1, None),
    }  # fmt: skip
    assert (found["before"], found["now"]) == ({"count": 7, "sum": "2800.00"}, {"count": 5, "sum": "1620.00"})


def test_a_deal_moved_back_is_told_and_one_touched_otherwise_is_not() -> None:
    back, renamed = deal(amount="10"), deal(amount="20")
    operations.move(
        SYSTEM, object_name="opportunity", row_id=back, at=make.AT,
        move=Move(to="demo", version=1, motive="Accord", override=True),
    )  # fmt: skip
    move(back, "contact")
    change(renamed, name="Autre nom")
    assert told()["by"] == {"back": (1, None)}


def test_it_is_told_within_what_one_may_see() -> None:
    blind = make.actor("aveugle@nordet.example", role=BLIND.uid)
    change(deal(amount="424242"), amount="515151")
    found = told(blind)
    assert (found["now"], found["by"]) == ({"count": 1, "sum": None}, {})
    assert "424242" not in str(found)
    assert told(words="rien de tel")["now"]["count"] == 0


def born(amount: str, to: str = "") -> int:
    pk = operations.create(
        SYSTEM, object_name="opportunity", given={"name": f"Neuve {amount}", "amount": amount}, at=LATER
    )
    if to:
        move(pk, to)
    return pk


def test_the_largest_are_told_whether_they_were_born_since_or_came_back(monkeypatch: Any) -> None:
    monkeypatch.setattr(shifts, "SHOWN", 3)
    back = deal(amount="40")
    operations.delete(SYSTEM, object_name="opportunity", row_id=back, at=make.AT)
    operations.restore(SYSTEM, object_name="opportunity", row_id=back, at=LATER)
    small, large, middle = (born(amount) for amount in ("10", "50", "30"))
    won = deal(amount="5")
    move(won, "won")
    at_once = [born("900", "won"), born("1", "won")]
    opened, gained = told()["changes"]
    assert [one["id"] for one in opened["deals"]] == [large, back, middle]
    assert small not in [one["id"] for one in opened["deals"]]
    assert (opened["count"], opened["sum"]) == (4, "130.00")
    assert [one["id"] for one in gained["deals"]] == [won, *at_once]
    assert (gained["count"], gained["sum"], gained["deals"][1]["then"]) == (3, "-5.00", None)


def test_however_many_deals_changed_six_queries_tell_it() -> None:
    old = [deal(amount=str(100 * n)) for n in range(1, 13)]
    for pk in old:
        change(pk, amount="7")
    for n in range(12):
        born(str(n + 1), ("", "won")[n % 2])
    with CaptureQueriesContext(connection) as asked:
        assert told()["by"]["won"] == (6, "0.00")
    assert len(asked.captured_queries) <= 6


def test_the_log_is_not_read_for_deals_born_since() -> None:
    for n in range(3):
        change(born(str(n + 1)), amount="77")
    with CaptureQueriesContext(connection) as asked:
        assert told()["by"] == {"opened": (3, "231.00")}
    assert "events_event" not in " ".join(one["sql"] for one in asked.captured_queries)


ACTS = st.lists(
    st.tuples(st.sampled_from(["amount", "won", "lost", "contact", "demo", "bin", "new"]), st.integers(0, 3)),
    max_size=8,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ACTS)
def test_sums_reconcile_whatever_happened(acts: list[tuple[str, int]]) -> None:
    model = runtime.current().model("opportunity")
    model.objects.all().delete()
    deals = [deal(amount=str(100 * (n + 1))) for n in range(4)]
    opened = sum((one.amount for one in model.objects.filter(closed_at=None, deleted_at=None)), Decimal(0))
    for what, at in acts:
        _do(what, deals[at])
    found = told()
    summed = sum((Decimal(s) for _, s in found["by"].values() if s is not None), Decimal(0))
    assert Decimal(found["before"]["sum"]) == opened
    assert opened + summed == Decimal(found["now"]["sum"])
    assert {name: count for name, (count, _) in found["by"].items()} == counted_one_by_one()


def counted_one_by_one() -> dict[str, int]:
    """Count what happened to each deal from the values that its events alone give for that morning."""
    found: Counter[str] = Counter()
    morning = datetime.combine(SINCE, time(), calendar.DEFAULT.tz)
    for pk in runtime.current().model("opportunity").objects.values_list("pk", flat=True):
        then = events.replay(f"opportunity:{pk}", before=(morning, None))
        found.update(_what(then, events.replay(f"opportunity:{pk}") or {}))
    return dict(found)


def _what(then: dict[str, Any] | None, now: dict[str, Any]) -> set[str]:
    was, still = _open(then), _open(now)
    if was and still and then:
        more = Decimal(now["amount"]) - Decimal(then["amount"])
        return {"grown"} if more > 0 else {"shrunk"} if more < 0 else set()
    if still:
        return {"opened"}
    if now["deleted_at"]:
        return {"removed"} if was else set()
    return {now["stage"]} if was or then is None else set()


def _open(state: dict[str, Any] | None) -> bool:
    return state is not None and state["closed_at"] is None and state["deleted_at"] is None


def _do(what: str, pk: int) -> None:
    one = row(pk)
    if what == "new":
        operations.create(SYSTEM, object_name="opportunity", given={"name": "N", "amount": "7"}, at=LATER)
    elif one.deleted_at is not None:
        operations.restore(SYSTEM, object_name="opportunity", row_id=pk, at=LATER)
    elif what == "bin":
        operations.delete(SYSTEM, object_name="opportunity", row_id=pk, at=LATER)
    elif what == "amount":
        change(pk, amount=str(one.amount + 13))
    elif one.stage != what:
        move(pk, what, values={"loss_reason": "price"} if what == "lost" else {})
