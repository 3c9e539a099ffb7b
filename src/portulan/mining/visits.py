"""The visits of cases to steps: how long each lasted, on two clocks, and how it ended.

A visit begins when a case enters a step and competes for exits: it advances, goes back (to a step that
the case had reached before), is lost, or is still open when the log ends.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.base.calendar import WorkingCalendar
from portulan.mining.store import Ints, Log

Floats = npt.NDArray[np.float64]
_MICRO = 1_000_000
ADVANCE, BACK, LOST, OPEN = range(4)


@dataclass(frozen=True)
class Endings:
    """Which steps end a case well, which end it as lost, by step code; the others leave it open."""

    won: frozenset[int]
    lost: frozenset[int]

    @property
    def every(self) -> frozenset[int]:
        """Every step where a case ends."""
        return self.won | self.lost


@dataclass(frozen=True)
class Visits:
    """The n visits to the steps that are no ending.

    `step`, `case` (n) are codes; `entered` (n) UTC microseconds; `elapsed`, `worked` (n) how long the visit
    was observed, in seconds of the clock and of work; `exit` (n) how it ended; `quiet` (n) the seconds since
    its last event.
    """

    step: Ints
    case: Ints
    entered: Ints
    elapsed: Floats
    worked: Floats
    exit: Ints
    quiet: Floats

    def length(self, *, working: bool) -> Floats:
        """Return how long each visit was observed, in seconds of work or of the clock."""
        return self.worked if working else self.elapsed


def visits(log: Log, endings: Endings, calendar: WorkingCalendar, *, until: int | None = None) -> Visits:
    """Return the visits of a log; consecutive events of one step are one visit.

    `until` is the moment of extraction in UTC microseconds, by default that of the last event.
    """
    if until is None:
        until = int(log.at.max()) if len(log.at) else 0
    last = np.zeros(len(log.step), dtype=np.bool_)
    last[log.last] = True
    ends = np.flatnonzero(_changes(log, last))
    begins = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    kept = ~np.isin(log.step[begins], list(endings.every))
    begins, ends = begins[kept], ends[kept]
    final = last[ends]
    following = np.minimum(ends + 1, max(len(log.step) - 1, 0))
    entered = log.at[begins]
    left = np.maximum(np.where(final, until, log.at[following]), entered)
    worked = calendar.worked(np.concatenate((entered, left)))
    return Visits(
        step=log.step[begins].astype(np.int64),
        case=log.case[begins].astype(np.int64),
        entered=entered,
        elapsed=(left - entered) / _MICRO,
        worked=(worked[len(entered) :] - worked[: len(entered)]) / _MICRO,
        exit=_exits(log, endings, begins, following, final),
        quiet=(left - log.at[ends]) / _MICRO,
    )


def _changes(log: Log, last: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    changes = np.ones(len(log.step), dtype=np.bool_)
    changes[:-1] = (log.step[1:] != log.step[:-1]) | last[:-1]
    return changes


def _exits(log: Log, endings: Endings, begins: Ints, following: Ints, final: npt.NDArray[np.bool_]) -> Ints:
    there = log.step[following]
    lost = np.isin(there, list(endings.lost)) & ~final
    back = ~lost & ~final & (_first_seen(log, following) < begins)
    return np.select([final, lost, back], [OPEN, LOST, BACK], default=ADVANCE)


def _first_seen(log: Log, at: Ints) -> Ints:
    """Return, for events at some positions, where their case first reached the same step."""
    key = log.case.astype(np.int64) * len(log.steps) + log.step
    keys, first = np.unique(key, return_index=True)
    return np.asarray(first[np.searchsorted(keys, key[at])])
