"""The days that a period counts, and those of the period before that they compare with.

Pure. Days are those of the calendar's time zone, spans are half open. The period before is taken up to the
same day of it: a month that has begun is not held against a whole one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from portulan.base.calendar import WorkingCalendar
from portulan.maps.measures import Period

_DAY = timedelta(days=1)
_DAYS = timedelta(days=30)
#: Months that a period has, where it is made of months.
_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Days:
    """The days from `low` to the one before `high`."""

    low: date
    high: date

    def bounds(
        self, kind: Literal["date", "datetime"], calendar: WorkingCalendar
    ) -> tuple[date, date] | tuple[datetime, datetime]:
        """Return the bounds as a field of that kind holds them."""
        if kind == "date":
            return self.low, self.high
        return self.moments(calendar)

    def moments(self, calendar: WorkingCalendar) -> tuple[datetime, datetime]:
        """Return when the first day begins, and when the last one is over."""
        return _moment(self.low, calendar), _moment(self.high, calendar)


def current(period: Period, at: datetime, calendar: WorkingCalendar) -> Days:
    """Return the days of the period in which a moment lies, those to come included."""
    today = at.astimezone(calendar.tz).date()
    if period == "days30":
        return Days(today + _DAY - _DAYS, today + _DAY)
    low = _first(today, _MONTHS[period])
    return Days(low, _shifted(low, _MONTHS[period]))


def before(period: Period, at: datetime, calendar: WorkingCalendar) -> Days:
    """Return the days of the period before, as many as have passed of this one."""
    here = current(period, at, calendar)
    if period == "days30":
        return Days(here.low - _DAYS, here.low)
    today = at.astimezone(calendar.tz).date()
    low = _shifted(here.low, -_MONTHS[period])
    return Days(low, min(low + (today - here.low) + _DAY, here.low))


def _first(day: date, months: int) -> date:
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _shifted(first: date, months: int) -> date:
    """Return the first of a month so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _moment(day: date, calendar: WorkingCalendar) -> datetime:
    return datetime.combine(day, time(), calendar.tz).astimezone(UTC)
