"""Reads what was added to the log, each event once, late commits included.

Identifiers are ordered by the moment they were made, not by the moment they were committed: the reader
looks back over a few seconds each time and remembers what it has given.
"""

from datetime import datetime, timedelta
from uuid import UUID

from portulan.base import ids
from portulan.events import queries
from portulan.events.queries import Added

MOST = 500
_LOOK_BACK = timedelta(seconds=10)


class LogReader:
    """Gives new events from the moment it is made."""

    def __init__(self, *, at: datetime) -> None:
        """Take what is there as known."""
        self._given = queries.ids_since(_floor(at))

    def read(self, *, at: datetime) -> list[Added] | None:
        """Return the events added since the last reading, or None when there are too many to tell."""
        floor = _floor(at)
        recent = queries.since(floor, limit=MOST + 1 + len(self._given))
        new = [event for event in recent if event.id not in self._given]
        if len(new) > MOST:
            self._given = queries.ids_since(floor)
            return None
        self._given = {event.id for event in recent}
        return new


def _floor(at: datetime) -> UUID:
    return ids.first_at(at - _LOOK_BACK)
