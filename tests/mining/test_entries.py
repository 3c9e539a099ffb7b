"""Our own events are read in columns: the same as each event says, whichever database and size of chunk."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import make
from portulan.base import ids
from portulan.events import queries as events
from portulan.events.models import Event
from portulan.mining import entries, own
from portulan.mining.book import OWNER
from portulan.mining.study import Study
from portulan.people import actor as actors
from portulan.records import load, operations
from portulan.records.load import Past, Step
from sale import SYSTEM, deal, force

pytestmark = pytest.mark.usefixtures("crm")
BOSS = actors.system()
PREFIX = "opportunity:"


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    own._BOOKS.clear()


def later(days: float, micros: int = 0) -> datetime:
    return make.AT + timedelta(days=days, microseconds=micros)


def lived(count: int) -> None:
    steps = (Step(later(2, 7), {}, to="demo", motive="Motif"), Step(later(3), {"amount": "12.50"}))
    pasts = [
        Past(make.AT, {"name": f"Affaire {n}", "amount": str(n)}, steps=steps[: n % 3]) for n in range(count)
    ]
    load.load(SYSTEM, object_name="opportunity", pasts=pasts)


def changed() -> int:
    """Change, bin and restore deals, and return one that moved."""
    one, gone, back = (deal(amount=amount) for amount in ("900", "901", "902"))
    force(one, "demo", later(4, 500_000))
    for row_id in (gone, back):
        operations.delete(SYSTEM, object_name="opportunity", row_id=row_id, at=later(5))
    operations.restore(SYSTEM, object_name="opportunity", row_id=back, at=later(6))
    return one


def studied() -> Study:
    return own.study(BOSS, pipeline="vente", at=later(60))


def told(study: Study) -> dict[str, Any]:
    """What a study holds of each case: its stages with their times, its owner, its amount."""
    log = study.log
    assert study.amounts is not None
    rows = zip(log.cases, log.offsets[:-1], log.offsets[1:], study.amounts.tolist(), strict=True)
    return {
        case: (
            [(study.ids[log.step[i]], int(log.at[i])) for i in range(begin, end)],
            log.case_rows["case:owner"][place],
            amount,
        )
        for place, (case, begin, end, amount) in enumerate(rows)
    }


def replayed() -> dict[str, Any]:
    """The same, event by event."""
    found: dict[str, Any] = {}
    born = Event.objects.filter(kind="record.created", subject__startswith=PREFIX).order_by("id")
    for subject in born.values_list("subject", flat=True):
        values = events.replay(subject) or {}
        if values.get("deleted_at"):
            continue
        entering = ("record.created", "record.moved")
        past = Event.objects.filter(subject=subject, kind__in=entering).order_by("at", "id")
        moves = [(one.data.get("stage") or one.data.get("to"), micros(one.at)) for one in past]
        owner = values.get("owner")
        found[subject.removeprefix(PREFIX)] = (
            [move for move in moves if move[0]],
            None if owner is None else str(owner),
            float(values["amount"]),
        )
    return found


def micros(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@pytest.mark.parametrize("chunk", [1, 3, 20_000])
def test_the_log_is_what_each_event_says(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(entries, "_CHUNK", chunk)
    lived(7)
    changed()
    assert told(studied()) == replayed()


def test_what_is_added_gives_the_log_that_a_first_reading_gives() -> None:
    lived(5)
    studied()
    one = changed()
    studied()
    operations.update(
        SYSTEM, object_name="opportunity", row_id=one, version=2, given={"amount": "77"}, at=later(7)
    )
    added = told(studied())
    own._BOOKS.clear()
    assert added == told(studied()) == replayed()
    assert added[str(one)][2] == 77


def test_each_entry_says_who_had_the_record_then() -> None:
    first, second = make.person(), make.person("paul.marchand@nordet.example")
    one = deal(amount="900", owner=first)
    given = {"owner": second}
    if_read = studied()
    operations.update(SYSTEM, object_name="opportunity", row_id=one, version=1, given=given, at=later(1))
    move = operations.Move(to="demo", version=2, motive="Accord", override=True)
    operations.move(SYSTEM, object_name="opportunity", row_id=one, move=move, at=later(2))
    added = studied()
    own._BOOKS.clear()
    assert if_read.log.events[OWNER].to_list() == [first]
    assert added.log.events[OWNER].to_list() == studied().log.events[OWNER].to_list() == [first, second]


def test_so_many_changes_that_every_row_is_read_again_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "_MOST_CHANGED", 2)
    lived(5)
    studied()
    lived(4)
    changed()
    assert told(studied()) == replayed()


def test_an_event_whose_transaction_ended_late_is_read_once() -> None:
    lived(3)
    late = Event.objects.filter(kind="record.moved").order_by("id")[0]
    Event.objects.filter(pk=late.pk)._raw_delete("default")
    before = told(studied())
    Event.objects.bulk_create([late])
    after = told(studied())
    assert after != before
    assert after == told(studied()) == replayed()


def test_a_place_keeps_the_events_of_the_last_minute_alone() -> None:
    lived(3)
    place = entries.Place()
    assert sum(len(chunk) for chunk in entries.fresh(place, pipeline="vente", prefix=PREFIX)) == 5
    assert len(place.recent) == 5
    place.mark = ids.uuid7()
    assert [len(chunk) for chunk in entries.fresh(place, pipeline="vente", prefix=PREFIX)] == [1]


def test_a_reading_that_was_broken_off_is_begun_again() -> None:
    lived(6)
    place = entries.Place()
    next(entries.fresh(place, pipeline="vente", prefix=PREFIX))
    assert place == entries.Place()
