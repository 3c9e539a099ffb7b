"""Working time is exact, whatever the slots, the holidays and the changes of clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import businesstimedelta
import numpy as np
import pytest
import pytz
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.base.calendar import DEFAULT, Slot, WorkingCalendar
from portulan.base.durations import Duration

PARIS = ZoneInfo("Europe/Paris")
MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS)  # type: ignore[arg-type, misc]


def oracle() -> businesstimedelta.Rules:
    halves = ((9, 12), (14, 18))
    rules = [
        businesstimedelta.WorkDayRule(
            start_time=datetime(2024, 1, 1, a).time(),
            end_time=datetime(2024, 1, 1, b).time(),
            working_days=[0, 1, 2, 3, 4],
            tz=pytz.timezone("Europe/Paris"),
        )
        for a, b in halves
    ]
    return businesstimedelta.Rules(rules)


def test_four_hours_from_friday_half_past_five_end_on_monday_at_half_past_two() -> None:
    end = DEFAULT.add(paris(2026, 9, 4, 17, 30), Duration(amount=4, unit="working_hours"))
    assert end == paris(2026, 9, 7, 14, 30)


def test_five_working_days_after_a_thursday_of_may_skip_both_holidays() -> None:
    end = DEFAULT.add(paris(2026, 5, 7, 10), Duration(amount=5, unit="working_days"))
    assert end == paris(2026, 5, 18, 10)


def test_the_fourteenth_of_july_is_closed() -> None:
    assert DEFAULT.between(paris(2026, 7, 14), paris(2026, 7, 15)) == timedelta(0)


def test_good_friday_is_closed_in_strasbourg_and_open_in_paris() -> None:
    day = date(2026, 4, 3)
    assert DEFAULT.is_open_on(day)
    assert not DEFAULT.model_copy(update={"zone": "FR-57"}).is_open_on(day)


def test_a_weekend_holds_no_working_time() -> None:
    assert DEFAULT.between(paris(2026, 9, 4, 18), paris(2026, 9, 7, 9)) == timedelta(0)


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_after_a_change_of_clock_keeps_the_time_of_day(sunday: date) -> None:
    before = datetime(sunday.year, sunday.month, sunday.day - 1, 10, tzinfo=PARIS)
    after = DEFAULT.add(before, Duration(amount=2, unit="days"))
    assert after.astimezone(PARIS).hour == 10


def test_a_closure_is_not_worked() -> None:
    closed = DEFAULT.model_copy(update={"closures": (date(2026, 12, 24),)})
    assert closed.between(paris(2026, 12, 24), paris(2026, 12, 25)) == timedelta(0)


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert DEFAULT.add(paris(2026, 1, 31, 9), Duration(amount=1, unit="months")) == paris(2026, 2, 28, 9)


def test_a_slot_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="closes after"):
        Slot.model_validate({"weekday": 0, "opens": "12:00", "closes": "09:00"})


@given(MOMENTS, st.integers(0, 300))
@settings(deadline=None)
def test_adding_working_hours_then_measuring_gives_them_back(start: datetime, hours: int) -> None:
    end = DEFAULT.add(start, Duration(amount=hours, unit="working_hours"))
    assert DEFAULT.between(start, end) == timedelta(hours=hours)


@given(MOMENTS, MOMENTS, MOMENTS)
@settings(deadline=None)
def test_working_time_adds_up(a: datetime, b: datetime, c: datetime) -> None:
    assert DEFAULT.between(a, b) + DEFAULT.between(b, c) == DEFAULT.between(a, c)


@given(MOMENTS, st.integers(0, 60 * 24 * 40))
@settings(deadline=None, max_examples=60)
def test_working_time_equals_an_independent_library(start: datetime, minutes: int) -> None:
    plain = WorkingCalendar(slots=DEFAULT.slots, zone="FR", closures=())
    start = start.replace(microsecond=0)  # the oracle counts whole seconds
    end = start + timedelta(minutes=minutes)
    days = [start.date() + timedelta(days=n) for n in range(minutes // 1440 + 3)]
    if not all(plain.is_open_on(day) for day in days if day.weekday() < 5):
        return  # the oracle is asked about weeks without holidays
    expected = oracle().difference(start, end)
    assert plain.between(start, end) == timedelta(hours=expected.hours, seconds=expected.seconds)


@given(st.lists(MOMENTS, min_size=2, max_size=20))
@settings(deadline=None)
def test_many_moments_at_once_agree_with_two(moments: list[datetime]) -> None:
    micros = np.array([int(m.timestamp()) * 1_000_000 for m in moments], dtype=np.int64)
    worked = DEFAULT.worked(micros)
    first, last = (m.replace(microsecond=0) for m in (moments[0], moments[-1]))
    assert DEFAULT.between(first, last) == timedelta(microseconds=int(worked[-1] - worked[0]))


def test_no_working_hour_added_changes_nothing() -> None:
    saturday = paris(2026, 9, 5, 10)
    assert DEFAULT.add(saturday, Duration(amount=0, unit="working_hours")) == saturday


def test_one_hour_a_week_still_adds_up_over_years() -> None:
    rare = WorkingCalendar(slots=(Slot.model_validate({"weekday": 1, "opens": "09:00", "closes": "10:00"}),))
    start = paris(2026, 9, 4, 17)
    end = rare.add(start, Duration(amount=199, unit="working_hours"))
    assert rare.between(start, end) == timedelta(hours=199)


@pytest.mark.parametrize("slots", [[], [("09:00", "12:00"), ("10:00", "11:00")]])
def test_a_calendar_without_slots_or_with_overlapping_ones_is_refused(slots: list[tuple[str, str]]) -> None:
    given_slots = [{"weekday": 0, "opens": a, "closes": b} for a, b in slots]
    with pytest.raises(ValueError, match=r"at least 1 item|overlap"):
        WorkingCalendar.model_validate({"slots": given_slots})
