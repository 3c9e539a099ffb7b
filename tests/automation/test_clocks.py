"""Clocks count opening time alone, rest while they should, keep what was consumed, and explain themselves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.automation.clocks import Mark, What, consumed, due, explain, length, promised, state
from portulan.base.calendar import DEFAULT, WorkingCalendar
from portulan.base.durations import Duration

PARIS = ZoneInfo("Europe/Paris")
FOUR_HOURS = Duration(amount=4, unit="working_hours")
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))
SOON = st.timedeltas(timedelta(0), timedelta(days=40))


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS)  # type: ignore[arg-type, misc]


def mark(what: What, *parts: int, target: Duration | None = None) -> Mark:
    return Mark(paris(*parts), what, target)


@st.composite
def lives(draw: st.DrawFn) -> list[Mark]:
    begins = draw(MOMENTS)
    target = st.builds(Duration, amount=st.integers(1, 60), unit=st.sampled_from(["working_hours", "hours"]))
    marks = [Mark(begins, "start", draw(target))]
    for _ in range(draw(st.integers(0, 8))):
        what: What = draw(st.sampled_from(["pause", "resume", "policy"]))
        at = marks[-1].at + draw(SOON)
        marks.append(Mark(at, what, draw(target) if what == "policy" else None))
    return marks


@pytest.mark.parametrize(
    ("begins", "target", "ends"),
    [
        ((2026, 9, 4, 17, 30), FOUR_HOURS, (2026, 9, 7, 14, 30)),
        ((2026, 3, 27, 17), FOUR_HOURS, (2026, 3, 30, 12)),
        ((2026, 10, 23, 17), FOUR_HOURS, (2026, 10, 26, 12)),
        ((2026, 7, 13, 17), Duration(amount=2, unit="working_hours"), (2026, 7, 15, 10)),
        ((2026, 9, 4, 17, 30), Duration(amount=1, unit="working_days"), (2026, 9, 7, 17, 30)),
        ((2026, 9, 4, 17, 30), Duration(amount=4, unit="hours"), (2026, 9, 4, 21, 30)),
    ],
    ids=["lunch", "spring", "autumn", "14 July", "a working day", "round the clock"],
)
def test_golden_due_times(begins: tuple[int, ...], target: Duration, ends: tuple[int, ...]) -> None:
    assert due([Mark(paris(*begins), "start", target)]) == paris(*ends)


def test_good_friday_is_a_holiday_in_strasbourg_and_not_in_paris() -> None:
    marks = [mark("start", 2026, 4, 2, 17, target=FOUR_HOURS)]
    strasbourg = WorkingCalendar(slots=DEFAULT.slots, zone="FR-57")
    assert due(marks) == paris(2026, 4, 3, 12)
    assert due(marks, calendar=strasbourg) == paris(2026, 4, 7, 12)


def test_a_pause_over_a_weekend_costs_nothing_and_takes_nothing() -> None:
    begins = mark("start", 2026, 9, 4, 16, target=FOUR_HOURS)
    rests = [begins, mark("pause", 2026, 9, 4, 18), mark("resume", 2026, 9, 7, 9)]
    assert due(rests) == due([begins]) == paris(2026, 9, 7, 11)


def test_while_it_rests_a_clock_has_no_due_time() -> None:
    marks = [mark("start", 2026, 9, 7, 9, target=FOUR_HOURS), mark("pause", 2026, 9, 7, 10)]
    assert due(marks) is None
    assert (state(marks), consumed(marks, paris(2026, 9, 9, 10))) == ("paused", timedelta(hours=1))


def test_a_change_of_promise_keeps_what_was_consumed_and_the_pauses() -> None:
    marks = [
        mark("start", 2026, 9, 7, 9, target=Duration(amount=20, unit="working_hours")),
        mark("pause", 2026, 9, 7, 10),
        mark("policy", 2026, 9, 7, 11, target=FOUR_HOURS),
        mark("resume", 2026, 9, 7, 14),
    ]
    assert due(marks) == paris(2026, 9, 7, 17)


def test_the_share_that_warns_comes_before_the_end() -> None:
    marks = [mark("start", 2026, 9, 7, 9, target=Duration(amount=5, unit="working_hours"))]
    assert due(marks, 0.8) == paris(2026, 9, 7, 15)


def test_the_explanation_lists_every_slot_and_every_pause() -> None:
    marks = [
        mark("start", 2026, 9, 4, 17, 30, target=FOUR_HOURS),
        mark("pause", 2026, 9, 7, 10),
        mark("resume", 2026, 9, 7, 11),
        mark("stop", 2026, 9, 7, 15),
    ]
    told = [
        (one.begins_at.astimezone(PARIS).strftime("%a %H:%M"), one.why)
        for one in explain(marks, paris(2026, 9, 8))
    ]
    assert told == [
        ("Fri 17:30", "open"), ("Fri 18:00", "closed"), ("Mon 09:00", "open"), ("Mon 10:00", "paused"),
        ("Mon 11:00", "open"), ("Mon 12:00", "closed"), ("Mon 14:00", "open"),
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(lives())
def test_at_its_due_time_a_clock_has_consumed_exactly_what_was_promised(marks: list[Mark]) -> None:
    end = due(marks)
    if end is not None and end > marks[-1].at:
        assert consumed(marks, end) == promised(marks)


@settings(max_examples=300, deadline=None)
@given(lives(), SOON)
def test_what_is_consumed_is_the_sum_of_the_slots_explained(marks: list[Mark], later: timedelta) -> None:
    at = marks[-1].at + later
    counted = [one.ends_at - one.begins_at for one in explain(marks, at) if one.counts]
    assert sum(counted, timedelta(0)) == consumed(marks, at)


@settings(max_examples=200, deadline=None)
@given(lives(), SOON, SOON)
def test_time_is_never_given_back(marks: list[Mark], soon: timedelta, later: timedelta) -> None:
    at = marks[0].at + soon
    assert consumed(marks, at) <= consumed(marks, at + later)


@settings(max_examples=200, deadline=None)
@given(MOMENTS, st.integers(1, 400))
def test_after_undoes_between(start: datetime, hours: int) -> None:
    span = timedelta(hours=hours, minutes=13)
    assert DEFAULT.between(start, DEFAULT.after(start, span)) == span
    assert length(Duration(amount=2, unit="working_days")) == timedelta(hours=14)
