"""The directly-follows flow of a log: steps and arcs with counts, cases, waits.

Owns exact counts and quantiles, elapsed and in working time. Times are in seconds; a quantile is
interpolated linearly between neighbours.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.base.calendar import WorkingCalendar
from portulan.mining import kernels
from portulan.mining.store import Ints, Log

Floats = npt.NDArray[np.float64]
_MICRO = 1_000_000
_SHARES = (0.5, 0.9)
#: Up to here groups are sorted by counting.
_COUNTED = 65_536


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


def flow(
    log: Log,
    calendar: WorkingCalendar,
    chosen: npt.NDArray[np.bool_] | None = None,
    *,
    rough: bool = False,
    paths: tuple[Log, Ints] | None = None,
) -> Flow:
    """Return the flow of a log, or of the cases (m) that are chosen.

    Quantiles are exact unless `rough`: then they are those of logarithmic bins, within one part in sixteen.
    `paths`, a case of each variant and how many are chosen of them, spares counting each case alone.
    """
    k = len(log.steps)
    counted, weight = paths or (log, None if chosen is None else chosen.astype(np.int64))
    tally = kernels.tally(counted.step, counted.offsets, weight, k)
    count, edge_cases, step_count, step_cases, starts, ends = tally
    edges = np.flatnonzero(count)
    waits, sojourns = (_rough if rough else _exact)(log, calendar, chosen, count)
    return Flow(
        steps=log.steps,
        cases=len(log.cases) if chosen is None else int(np.count_nonzero(chosen)),
        events=int(step_count.sum()),
        source=edges // max(k, 1),
        target=edges % max(k, 1),
        count=count[edges],
        edge_cases=edge_cases[edges],
        waits=waits,
        step_count=step_count,
        step_cases=step_cases,
        starts=starts,
        ends=ends,
        sojourns=sojourns,
    )


def _clocks(log: Log, calendar: WorkingCalendar) -> tuple[Ints, Ints]:
    """Return the times of the events (n), and the work done before each, in microseconds."""
    work = log.clocks.get(calendar)
    if work is None and len(log.at):
        laid = calendar.laid_out(int(log.at.min()), int(log.at.max()))
        work = log.clocks[calendar] = kernels.worked(log.at, (laid.starts, laid.ends, laid.before))
    return log.at, log.at if work is None else work


def _exact(
    log: Log, calendar: WorkingCalendar, chosen: npt.NDArray[np.bool_] | None, count: Ints
) -> tuple[Waits, Waits]:
    """Return the waits of arcs and those of steps, whose arcs lie together."""
    begins, k = np.concatenate(([0], np.cumsum(count))).astype(np.int64), len(log.steps)
    of_edges = np.append(begins[:-1][count > 0], begins[-1])
    of_steps = np.searchsorted(np.flatnonzero(count), np.arange(k + 1) * k).astype(np.int64)
    found: list[list[Floats]] = [[], []]
    for waits in kernels.waits(log.step, log.offsets, chosen, begins, _clocks(log, calendar)):
        for told, seconds in zip(found, kernels.quantiles(waits, of_edges, of_steps, _SHARES), strict=True):
            told.extend(seconds.T / _MICRO)
    return Waits(*found[0]), Waits(*found[1])


def _rough(
    log: Log, calendar: WorkingCalendar, chosen: npt.NDArray[np.bool_] | None, count: Ints
) -> tuple[Waits, Waits]:
    """Return the waits of arcs and those of steps from bins, which add up."""
    k = len(log.steps)
    edges = np.flatnonzero(count)
    row = np.full(k * k, -1, dtype=np.int64)
    row[edges] = np.arange(len(edges))
    found: list[list[Floats]] = [[], []]
    for clock in _clocks(log, calendar):
        bins = kernels.binned(log.step, log.offsets, chosen, clock, row.reshape(k, k))[: len(edges)]
        of_steps = np.zeros((k, kernels.BINS), dtype=np.int64)
        if len(edges):
            sources, first = np.unique(edges // k, return_index=True)
            of_steps[sources] = np.add.reduceat(bins, first, axis=0)
        for told, counted in zip(found, (bins.astype(np.int64), of_steps), strict=True):
            told.extend(_of_bins(counted, share) / _MICRO for share in _SHARES)
    return Waits(*found[0]), Waits(*found[1])


def _of_bins(counted: Ints, share: float) -> Floats:
    """Return the middle of the bin where a share of each row (r, bins) is reached; NaN for an empty row."""
    upto = np.cumsum(counted, axis=1)
    total = upto[:, -1]
    place = (upto <= ((total - 1) * share)[:, np.newaxis]).sum(axis=1)
    return np.where(total > 0, kernels.MIDDLES[np.minimum(place, kernels.BINS - 1)], np.nan)


def quantiles(
    group: npt.NDArray[np.integer], value: Floats, groups: int, shares: tuple[float, ...]
) -> list[Floats]:
    """Return for each share the quantile of `value` (seconds) in each group; NaN for an empty one."""
    begins = np.concatenate(([0], np.cumsum(np.bincount(group, minlength=groups)))).astype(np.int64)
    micros = np.rint(value[_by_group(group, groups)] * _MICRO).astype(np.int64)
    return list(kernels.quantiles(micros, begins, np.arange(groups + 1), shares)[1].T / _MICRO)


def _by_group(group: npt.NDArray[np.integer], groups: int) -> Ints:
    """Return the positions by group, in order within each; small codes are sorted by counting."""
    small = group.astype(np.uint16) if groups <= _COUNTED else group
    return np.argsort(small, kind="stable")
