"""Periods are whole days of the company; the one before is held against as many days as have passed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.base import calendar as calendars
from portulan.maps.measures import Period
from portulan.measures import periods
from portulan.measures.periods import Days

PARIS = calendars.DEFAULT
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
NAMES = st.sampled_from(["month", "days30", "quarter", "year"])


@pytest.mark.parametrize(
    ("period", "now", "then"),
    [
        ("month", Days(date(2026, 5, 1), date(2026, 6, 1)), Days(date(2026, 4, 1), date(2026, 4, 8))),
        ("days30", Days(date(2026, 4, 8), date(2026, 5, 8)), Days(date(2026, 3, 9), date(2026, 4, 8))),
        ("quarter", Days(date(2026, 4, 1), date(2026, 7, 1)), Days(date(2026, 1, 1), date(2026, 2, 7))),
        ("year", Days(date(2026, 1, 1), date(2027, 1, 1)), Days(date(2025, 1, 1), date(2025, 5, 8))),
    ],
)
def test_a_period_counts_whole_days(period: Period, now: Days, then: Days) -> None:
    at = datetime(2026, 5, 7, 8, tzinfo=UTC)
    assert (periods.current(period, at, PARIS), periods.before(period, at, PARIS)) == (now, then)


@given(period=NAMES, at=MOMENTS)
def test_the_period_before_ends_where_this_one_begins_at_the_latest(period: Period, at: datetime) -> None:
    now, then = periods.current(period, at, PARIS), periods.before(period, at, PARIS)
    today = at.astimezone(PARIS.tz).date()
    assert now.low <= today < now.high
    assert then.low < then.high <= now.low
    assert then.high - then.low <= today - now.low + timedelta(days=1)


def test_days_begin_at_midnight_where_the_company_is() -> None:
    low, high = Days(date(2026, 5, 1), date(2026, 6, 1)).bounds("datetime", PARIS)
    assert (low, high) == (datetime(2026, 4, 30, 22, tzinfo=UTC), datetime(2026, 5, 31, 22, tzinfo=UTC))
