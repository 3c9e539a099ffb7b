"""Working time: opening slots, French holidays, closures; exact across changes of clock.

Owns the arithmetic of working hours and days. Opening intervals are laid out in UTC with prefix
sums, so that any working duration is a subtraction. Refuses slots that end before they begin.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from portulan.base.durations import Duration
from portulan.base.value import Value

Micros = npt.NDArray[np.int64]
_SECOND = 1_000_000
#: Weeks of a year that are surely worked, holidays and closures set aside.
_WORKED_WEEKS = 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


class Slot(Value):
    """An opening on one day of the week (0 is Monday), in local time."""

    weekday: int = Field(ge=0, le=6)
    opens: time
    closes: time

    @model_validator(mode="after")
    def _in_order(self) -> "Slot":
        if self.opens >= self.closes:
            raise ValueError("a slot closes after it opens")
        return self


class WorkingCalendar(Value):
    """When work is done: slots of a week, public holidays of a zone, closures.

    `zone` is `FR`, or `FR-` and a subdivision of the holidays library (`FR-57`, `FR-6AE`, `FR-974`).
    """

    slots: tuple[Slot, ...] = Field(min_length=1)
    zone: str = "FR"
    closures: tuple[date, ...] = ()
    timezone: str = "Europe/Paris"

    @model_validator(mode="after")
    def _apart(self) -> "WorkingCalendar":
        ordered = sorted(self.slots, key=lambda slot: (slot.weekday, slot.opens))
        for one, following in pairwise(ordered):
            if one.weekday == following.weekday and following.opens < one.closes:
                raise ValueError("two slots of a day overlap")
        return self

    @property
    def tz(self) -> ZoneInfo:
        """The time zone of the slots."""
        return ZoneInfo(self.timezone)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`, negative when `end` comes first."""
        both = np.array([_micros(start), _micros(end)], dtype=np.int64)
        worked = self.worked(both)
        return timedelta(microseconds=int(worked[1] - worked[0]))

    def worked(self, at: Micros) -> Micros:
        """Return, for moments in UTC microseconds, the working microseconds since a fixed origin.

        The difference of two values is the working time between two moments. The origin depends on the
        range of the moments given: compare values of one call only.
        """
        if not len(at):
            return at
        return self.laid_out(int(at.min()), int(at.max())).worked(at)

    def laid_out(self, low: int, high: int) -> "Openings":
        """Return the openings around two moments in UTC microseconds, to compute with."""
        return _openings(self, *_years(low, high))

    def add(self, start: datetime, duration: Duration) -> datetime:
        """Return the moment that lies a duration after `start`, in UTC.

        Working hours run through opening slots; working days keep the time of day and count days that
        have an opening; days, weeks and months keep the local time of day.
        """
        return self._shift(start, duration, 1)

    def after(self, start: datetime, worked: timedelta) -> datetime:
        """Return the first moment by which that much has been worked since `start`, in UTC."""
        if not worked:
            return start.astimezone(UTC)
        return self._shift_worked(start, worked // _MICRO)

    def openings(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """Return the opening times between two moments, in UTC, oldest first."""
        low, high = _micros(start), _micros(end)
        every = self.laid_out(low, high)
        clipped = zip(np.maximum(every.starts, low), np.minimum(every.ends, high), strict=True)
        return [(_EPOCH + int(a) * _MICRO, _EPOCH + int(b) * _MICRO) for a, b in clipped if a < b]

    @property
    def day_length(self) -> timedelta:
        """The opening time of a mean working day."""
        days = {slot.weekday for slot in self.slots}
        return self.week / len(days)

    @property
    def week(self) -> timedelta:
        """The opening time of a week without a holiday."""
        return timedelta(hours=sum(map(_hours, self.slots)))

    def back(self, end: datetime, duration: Duration) -> datetime:
        """Return the moment that lies a duration before `end`, in UTC."""
        return self._shift(end, duration, -1)

    def is_open_on(self, day: date) -> bool:
        """Return whether some work is done on that day."""
        weekday_opens = any(slot.weekday == day.weekday() for slot in self.slots)
        return weekday_opens and day not in self.closures and day not in _holidays(self.zone, day.year)

    def _shift(self, start: datetime, duration: Duration, sign: Literal[1, -1]) -> datetime:
        amount = sign * duration.amount
        if duration.unit == "working_hours":
            return self._shift_hours(start, amount)
        if duration.unit in ("minutes", "hours"):
            return start.astimezone(UTC) + timedelta(**{duration.unit: amount})
        return self._at_local(start, self._shift_day(self._local_day(start), duration, amount))

    def _shift_day(self, day: date, duration: Duration, amount: int) -> date:
        if duration.unit == "working_days":
            return self._working_day(day, amount)
        if duration.unit == "months":
            return months_later(day, amount)
        return day + timedelta(**{duration.unit: amount})

    def _local_day(self, moment: datetime) -> date:
        return moment.astimezone(self.tz).date()

    def _at_local(self, moment: datetime, day: date) -> datetime:
        clock = moment.astimezone(self.tz).timetz().replace(tzinfo=None)
        return datetime.combine(day, clock, self.tz).astimezone(UTC)

    def _working_day(self, day: date, count: int) -> date:
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_open_on(day)
        return day

    def _shift_hours(self, start: datetime, hours: int) -> datetime:
        return self._shift_worked(start, hours * 3600 * _SECOND) if hours else start.astimezone(UTC)

    def _shift_worked(self, start: datetime, micros: int) -> datetime:
        weekly = sum(map(_hours, self.slots))
        span = 2 + int(abs(micros) / (3600 * _SECOND * weekly * _WORKED_WEEKS))
        begin = _micros(start)
        openings = _openings(self, start.year - span, start.year + span)
        worked = int(openings.worked(np.array([begin], dtype=np.int64))[0])
        return _EPOCH + openings.moment(worked + micros) * _MICRO


def _weekdays() -> tuple[Slot, ...]:
    halves = ((time(9), time(12)), (time(14), time(18)))
    return tuple(Slot(weekday=day, opens=a, closes=b) for day in range(5) for a, b in halves)


@dataclass(frozen=True)
class Openings:
    """Opening intervals in UTC microseconds, with the work done before each."""

    starts: Micros
    ends: Micros
    before: Micros

    def worked(self, at: Micros) -> Micros:
        """Return, for moments in UTC microseconds, the working microseconds since the first opening."""
        index = np.searchsorted(self.starts, at, side="right") - 1
        inside = np.maximum(index, 0)
        done = self.before[inside] + np.minimum(at, self.ends[inside]) - self.starts[inside]
        return np.where(index < 0, 0, done)

    def moment(self, worked: int) -> int:
        """Return the first moment by which that much has been worked, in UTC microseconds."""
        index = int(np.searchsorted(self.before + (self.ends - self.starts), worked, side="left"))
        return int(self.starts[index] + worked - self.before[index])


@lru_cache(maxsize=64)
def _openings(calendar: WorkingCalendar, first_year: int, last_year: int) -> Openings:
    intervals = []
    day = date(first_year, 1, 1)
    while day.year <= last_year:
        if calendar.is_open_on(day):
            todays = sorted(
                (slot.opens, slot.closes) for slot in calendar.slots if slot.weekday == day.weekday()
            )
            for opens, closes in todays:
                both = (datetime.combine(day, clock, calendar.tz) for clock in (opens, closes))
                intervals.append([_micros(moment) for moment in both])
        day += timedelta(days=1)
    bounds = np.array(intervals, dtype=np.int64).reshape(-1, 2)
    lengths = bounds[:, 1] - bounds[:, 0]
    return Openings(bounds[:, 0], bounds[:, 1], np.cumsum(lengths) - lengths)


@lru_cache(maxsize=512)
def _holidays(zone: str, year: int) -> frozenset[date]:
    country, _, part = zone.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


def _hours(slot: Slot) -> float:
    opens, closes = (clock.hour + clock.minute / 60 for clock in (slot.opens, slot.closes))
    return closes - opens


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICRO


def _years(low: int, high: int) -> tuple[int, int]:
    first, last = ((_EPOCH + micros * _MICRO).year for micros in (low, high))
    return first - 1, last + 1


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, the last of the month where there is no such day."""
    month = day.year * 12 + day.month - 1 + months
    year, index = divmod(month, 12)
    following = date(year + (index == 11), (index + 1) % 12 + 1, 1)  # noqa: PLR2004 - December
    last = (following - timedelta(days=1)).day
    return date(year, index + 1, min(day.day, last))


#: The hours of the product until a company states its own: 9-12 and 14-18, Monday to Friday.
DEFAULT = WorkingCalendar(slots=_weekdays())
