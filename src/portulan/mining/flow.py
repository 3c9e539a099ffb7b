"""The directly-follows flow of a log: steps and arcs with counts, cases, waits.

Owns exact counts and quantiles, elapsed and in working time. Times are in seconds; a quantile is
interpolated linearly between neighbours.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.base.calendar import WorkingCalendar
from portulan.mining.store import Ints, Log

Floats = npt.NDArray[np.float64]
_MICRO = 1_000_000
#: Up to here groups are sorted by counting, and pairs of steps looked up in a table.
_COUNTED, _TABLE = 65_536, 1_000_000


@dataclass(frozen=True)
class Waits:
    """Median and 90th percentile of the waits of each group, in seconds (NaN for a group without any)."""

    median: Floats
    p90: Floats
    working_median: Floats
    working_p90: Floats


@dataclass(frozen=True)
class Flow:
    """The flow of k steps and e arcs.

    `source`, `target` (e) are step codes; `count`, `edge_cases` (e) occurrences and distinct cases;
    `step_count`, `step_cases`, `starts`, `ends` (k); `waits` describes the arcs, `sojourns` the time
    after each step until the next.
    """

    steps: tuple[str, ...]
    cases: int
    events: int
    source: Ints
    target: Ints
    count: Ints
    edge_cases: Ints
    waits: Waits
    step_count: Ints
    step_cases: Ints
    starts: Ints
    ends: Ints
    sojourns: Waits


def flow(log: Log, calendar: WorkingCalendar) -> Flow:
    """Return the flow of a log."""
    k = len(log.steps)
    here = log.follows
    elapsed = (log.at[here + 1] - log.at[here]) / _MICRO
    worked_at = calendar.worked(log.at)
    worked = (worked_at[here + 1] - worked_at[here]) / _MICRO
    edges, edge_of = _arcs(log.step[here].astype(np.int64) * k + log.step[here + 1], k)
    e = len(edges)
    return Flow(
        steps=log.steps,
        cases=len(log.cases),
        events=len(log.step),
        source=edges // k if k else edges,
        target=edges % k if k else edges,
        count=np.bincount(edge_of, minlength=e).astype(np.int64),
        edge_cases=_distinct(edge_of, log.case[here], e),
        waits=_waits(edge_of, elapsed, worked, e),
        step_count=np.bincount(log.step, minlength=k).astype(np.int64),
        step_cases=_distinct(log.step, log.case, k),
        starts=np.bincount(log.step[log.first], minlength=k).astype(np.int64),
        ends=np.bincount(log.step[log.last], minlength=k).astype(np.int64),
        sojourns=_waits(log.step[here], elapsed, worked, k),
    )


def quantiles(
    group: npt.NDArray[np.integer], value: Floats, groups: int, shares: tuple[float, ...]
) -> list[Floats]:
    """Return for each share the quantile of `value` in each of `groups` groups; NaN for an empty group."""
    sizes = np.bincount(group, minlength=groups)
    begins = np.cumsum(sizes) - sizes
    ordered = value[_by_group(group, groups)]
    for begin, end in zip(begins.tolist(), (begins + sizes).tolist(), strict=True):
        ordered[begin:end].sort()
    found = []
    for share in shares:
        place = begins + (sizes - 1) * share
        low = np.clip(np.floor(place).astype(np.int64), 0, max(len(ordered) - 1, 0))
        high = np.minimum(low + 1, np.maximum(begins + sizes - 1, 0))
        with np.errstate(invalid="ignore"):
            mixed = (
                ordered[low] + (ordered[high] - ordered[low]) * (place - low)
                if len(ordered)
                else np.zeros(groups)
            )
        found.append(np.where(sizes > 0, mixed, np.nan))
    return found


def _waits(group: npt.NDArray[np.integer], elapsed: Floats, worked: Floats, groups: int) -> Waits:
    median, p90 = quantiles(group, elapsed, groups, (0.5, 0.9))
    working_median, working_p90 = quantiles(group, worked, groups, (0.5, 0.9))
    return Waits(median, p90, working_median, working_p90)


def _distinct(group: npt.NDArray[np.integer], case: npt.NDArray[np.integer], groups: int) -> Ints:
    """Return how many cases each group holds; `case` never falls."""
    if not len(group):
        return np.zeros(groups, dtype=np.int64)
    order = _by_group(group, groups)
    pairs = np.stack((group[order], case[order]))
    new = np.concatenate(([True], (np.diff(pairs, axis=1) != 0).any(axis=0)))
    return np.bincount(group[order][new], minlength=groups).astype(np.int64)


def _by_group(group: npt.NDArray[np.integer], groups: int) -> Ints:
    """Return the positions by group, in order within each; small codes are sorted by counting."""
    small = group.astype(np.uint16) if groups <= _COUNTED else group
    return np.argsort(small, kind="stable")


def _arcs(pair: Ints, k: int) -> tuple[Ints, Ints]:
    """Return the distinct pairs (source * k + target), in order, and which of them each one is."""
    if k * k > _TABLE:
        edges, edge_of = np.unique(pair, return_inverse=True)
        return edges, edge_of
    edges = np.flatnonzero(np.bincount(pair, minlength=k * k))
    table = np.zeros(k * k, dtype=np.int64)
    table[edges] = np.arange(len(edges))
    return edges, table[pair]
