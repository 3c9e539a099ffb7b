"""Worked time as one line: minutes worked since a first day, and the moment that each stands for."""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta

from portulan.base.calendar import WorkingCalendar

_MINUTE = 60


class Hours:
    """The opening hours of a company from one day to another."""

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        """Lay the openings out from the first day to the last, both included."""
        self.calendar = calendar
        self._starts: list[datetime] = []
        self._before: list[float] = []
        self.total = 0.0
        for n in range((last - first).days + 1):
            self._open(first + timedelta(days=n))

    def at(self, minute: float) -> datetime:
        """Return the moment when that many minutes have been worked."""
        index = bisect_right(self._before, minute) - 1
        moment = self._starts[index] + timedelta(minutes=minute - self._before[index])
        return moment.replace(microsecond=0)

    def minute(self, moment: datetime) -> float:
        """Return how many minutes have been worked before a moment."""
        index = bisect_right(self._starts, moment) - 1
        if index < 0:
            return 0.0
        since = (moment - self._starts[index]).total_seconds() / _MINUTE
        following = self._before[index + 1] if index + 1 < len(self._before) else self.total
        return min(self._before[index] + since, following)

    def day(self, minute: float) -> date:
        """Return the local day of that minute."""
        return self.at(minute).astimezone(self.calendar.tz).date()

    def _open(self, day: date) -> None:
        if not self.calendar.is_open_on(day):
            return
        for slot in self.calendar.slots:
            if slot.weekday == day.weekday():
                opens, closes = (
                    datetime.combine(day, clock, self.calendar.tz).astimezone(UTC)
                    for clock in (slot.opens, slot.closes)
                )
                self._starts.append(opens)
                self._before.append(self.total)
                self.total += (closes - opens).total_seconds() / _MINUTE
