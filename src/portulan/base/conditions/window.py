"""The span of time that a test on a date means at a moment: one place for memory and SQL.

A span is half open, `[low, high)`; None is unbounded. Days are counted in the calendar's time zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from portulan.base.calendar import WorkingCalendar
from portulan.base.conditions import operands
from portulan.base.conditions.model import Test

Span = tuple[datetime | None, datetime | None] | tuple[date | None, date | None]
_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)


def window(test: Test, kind: Literal["date", "datetime"], at: datetime, calendar: WorkingCalendar) -> Span:
    """Return the span in which the field's value must lie for a relative or day test to hold."""
    if test.test == "on":
        return _day(operands.parse_day(test.value), kind, calendar)
    duration = operands.parse_duration(test.value)
    ahead = calendar.add(at, duration)
    behind = calendar.back(at, duration)
    if kind == "date":
        return _of_days(test.test, *(_local(moment, calendar) for moment in (at, ahead, behind)))
    return _of_moments(test.test, at, ahead, behind)


def _of_moments(test: str, at: datetime, ahead: datetime, behind: datetime) -> Span:
    spans: dict[str, tuple[datetime | None, datetime | None]] = {
        "within_next": (at, ahead + _INSTANT),
        "within_last": (behind, at + _INSTANT),
        "older_than": (None, behind),
        "later_than": (ahead + _INSTANT, None),
    }
    return spans[test]


def _of_days(test: str, today: date, ahead: date, behind: date) -> Span:
    spans: dict[str, tuple[date | None, date | None]] = {
        "within_next": (today, ahead + _DAY),
        "within_last": (behind, today + _DAY),
        "older_than": (None, behind),
        "later_than": (ahead + _DAY, None),
    }
    return spans[test]


def _day(day: date, kind: str, calendar: WorkingCalendar) -> Span:
    if kind == "date":
        return day, day + _DAY
    low, high = (datetime.combine(d, time(), calendar.tz).astimezone(UTC) for d in (day, day + _DAY))
    return low, high


def _local(moment: datetime, calendar: WorkingCalendar) -> date:
    return moment.astimezone(calendar.tz).date()
