"""What owners do one act after the other, and which waits a later arrival overtook.

Owns who acts first after a moment, how long owners are at other cases, which cases they resume together:
arithmetic on columns, no loop over events. Searches in groups go through ranks, so that no key overflows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.mining.store import Ints

#: An act whose beginning nobody stamped takes at most so long (working microseconds).
LONGEST = 3_600_000_000
#: Cases resumed by one owner within so long (microseconds) are a batch, when they are three at least.
TOGETHER = 15 * 60 * 1_000_000


@dataclass(frozen=True)
class _Ranked:
    """Values (a) that never fall within their groups (a), which never fall: searched in one sorted key."""

    group: Ints
    value: Ints
    distinct: Ints
    key: Ints

    @classmethod
    def of(cls, group: Ints, value: Ints) -> "_Ranked":
        distinct, rank = np.unique(value, return_inverse=True)
        return cls(group, value, distinct, group * (len(distinct) + 1) + rank)

    def after(self, group: Ints, value: Ints) -> Ints:
        """Return the first place in a group (q) whose value is greater; past the group when there is none."""
        return self._place(group, np.searchsorted(self.distinct, value, side="right"))

    def at_least(self, group: Ints, value: Ints) -> Ints:
        """Return the first place in a group (q) whose value is not less."""
        return self._place(group, np.searchsorted(self.distinct, value, side="left"))

    def _place(self, group: Ints, rank: npt.NDArray[np.intp]) -> Ints:
        place = np.searchsorted(self.key, group * (len(self.distinct) + 1) + rank)
        return np.asarray(place, dtype=np.int64)


@dataclass(frozen=True)
class Acts:
    """The a acts of owners by (owner, moment); intervals of work lie apart within an owner.

    `event` (a) is the event of each; `times` orders moments in UTC, `works` beginnings of work; `length` (a)
    is how long each lasts, `before` (a) how much work was done before it, in working microseconds.
    """

    event: Ints
    place: Ints
    times: _Ranked
    works: _Ranked
    length: Ints
    before: Ints
    stamped: bool

    def first_after(self, owner: Ints, moment: Ints) -> Ints:
        """Return the first event of owners (q) after moments (UTC microseconds) that have one after them."""
        return np.asarray(self.event[self.times.after(owner, moment)])

    def elsewhere(self, event: Ints, since: Ints, upto: Ints) -> Ints:
        """Return how long the owners of events (q) are at others before them, between two working times."""
        mine = self.place[event]
        owner = self.times.group[mine]
        # Where an act has one moment, what it took before it is work on the case.
        done = self._done(owner, upto) if self.stamped else self.before[mine]
        found: Ints = np.maximum(done - self._done(owner, since), 0)
        return found

    def _done(self, owner: Ints, worked: Ints) -> Ints:
        """Return how much work owners (q) did by a working time."""
        last = self.works.after(owner, worked) - 1
        first = np.searchsorted(self.times.group, owner)
        inside = np.maximum(last, first)
        into = np.minimum(self.length[inside], worked - self.works.value[inside])
        return np.asarray(self.before[inside] + np.where(last < first, 0, into))


def acts(owner: Ints, at: Ints, worked: Ints, ended: Ints | None) -> Acts:
    """Return the acts of n events: who (-1 for nobody), when, how much was worked by then and by their ends.

    Without ends, an act takes the working time since the one before of its owner, `LONGEST` at most.
    """
    event = np.lexsort((at, owner))
    event = event[np.searchsorted(owner[event], 0) :]
    group, done = owner[event], worked[event]
    first = np.diff(group, prepend=-1) != 0
    if ended is None:
        before = np.where(first, done - LONGEST, np.roll(done, 1))
        begins, ends = np.maximum(before, done - LONGEST), done
    else:
        ends = ended[event]
        begins = np.where(first, done, np.maximum(done, np.roll(_highest(group, ends), 1)))
    length = np.maximum(ends - begins, 0)
    place = np.zeros(len(owner), dtype=np.int64)
    place[event] = np.arange(len(event))
    return Acts(
        event=event,
        place=place,
        times=_Ranked.of(group, at[event]),
        works=_Ranked.of(group, begins),
        length=length,
        before=np.cumsum(length) - length,
        stamped=ended is not None,
    )


def together(group: Ints, at: Ints, case: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Return which of n events lie within `TOGETHER` of those of two other cases of their group."""
    order = np.lexsort((at, group))
    ranked, cases = _Ranked.of(group[order], at[order]), case[order]
    turns = (np.diff(ranked.group, prepend=-1) != 0) | (np.diff(cases, prepend=-1) != 0)
    first = np.flatnonzero(turns)
    last = np.append(first[1:], len(order)) - 1
    near = len(first) - 2
    found = np.zeros(len(order), dtype=np.bool_)
    if near < 1:
        return found
    # Of three runs in a row that are of three cases, the inner edges are the shortest span that holds them.
    same = ranked.group[first[:near]] == ranked.group[first[2:]]
    begins, ends = ranked.value[last[:near]], ranked.value[first[2:]]
    kept = same & (cases[first[:near]] != cases[first[2:]]) & (ends - begins <= TOGETHER)
    whose = ranked.group[first[:near]][kept]
    marks = np.zeros(len(order) + 1, dtype=np.int64)
    np.add.at(marks, ranked.at_least(whose, ends[kept] - TOGETHER), 1)
    np.add.at(marks, ranked.after(whose, begins[kept] + TOGETHER), -1)
    found[order] = np.cumsum(marks)[:-1] > 0
    return found


def overtaken(group: Ints, begin: Ints, end: Ints) -> Ints:
    """Return when the first that began later in its group (n) ended; its own end where none did before."""
    order = np.lexsort((begin, group))
    ranked = _Ranked.of(group[order], begin[order])
    distinct, rank = np.unique(end[order], return_inverse=True)
    key = ranked.group * len(distinct) + rank
    soonest = np.minimum.accumulate(key[::-1])[::-1]
    later = ranked.after(ranked.group, ranked.value)
    inside = np.minimum(later, len(order) - 1)
    found = np.where(
        (later < len(order)) & (ranked.group[inside] == ranked.group),
        distinct[soonest[inside] % len(distinct)],
        end[order],
    )
    back = np.empty_like(found)
    back[order] = np.minimum(found, end[order])
    return back


def _highest(group: Ints, value: Ints) -> Ints:
    """Return the highest value so far within each group."""
    distinct, rank = np.unique(value, return_inverse=True)
    upto = np.maximum.accumulate(group * len(distinct) + rank)
    return np.asarray(distinct[upto % len(distinct)])
