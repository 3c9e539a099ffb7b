"""When a process changed: moments that split its cases into periods whose passages differ beyond chance.

Owns the detection of sudden changes: binary segmentation (Vostrikova, 1981) on the G statistic of the
counts of passages (Wilks, 1938), its significance by permuting cases as in E-divisive (Matteson and James,
2014), since the passages of one case depend on each other. Cases begun so late that most of their like are
not finished when the log ends are left out, lest their missing passages look like a change. Tells no cause.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.mining.chance import holm, two_proportions
from portulan.mining.store import Ints, Log
from portulan.mining.study import Study

Floats = npt.NDArray[np.float64]
#: How much a change explains (G), and the unit where it is.
Split = tuple[float, int]
#: Fewer cases are not judged.
LEAST = 100
_LEAST_CASES, _LEAST_SHARE = 50, 0.05
_MOST_UNITS, _MOST_ARCS, _PLACES = 2_000, 150, 120
_DRAWS, _SURE, _MOST_CHANGES, _MOST_TOLD = 199, 0.005, 8, 5
_FINISHED = 0.9


@dataclass(frozen=True)
class Shift:
    """A passage borne by a share of cases before a change, by another after; -1 is the begin or the end."""

    source: int
    target: int
    before: float
    after: float


@dataclass(frozen=True)
class Change:
    """A moment (UTC microseconds) of change, the cases on both sides, and what shifted most."""

    at: int
    before: int
    after: int
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class Drift:
    """The changes in order of time, of so many cases; `left` were begun too late to be judged."""

    changes: tuple[Change, ...]
    cases: int
    left: int


def drift(study: Study) -> Drift:
    """Return when the process of a log changed; none when there are too few cases to say."""
    order = _judged(study)
    left = len(study.log.cases) - len(order)
    if len(order) < LEAST:
        return Drift((), len(order), left)
    arcs, counts = _counted(study.log, order)
    size = -(-len(order) // _MOST_UNITS)
    units = np.add.reduceat(counts, np.arange(0, len(order), size), axis=0)
    least = max(_LEAST_CASES // size, round(_LEAST_SHARE * len(units)), 1)
    found = sorted(_splits(units, 0, len(units), least, np.random.default_rng(7)), reverse=True)
    bounds = [0, *sorted(place * size for _, place in found[:_MOST_CHANGES]), len(order)]
    begun = study.log.at[study.log.first][order]
    changes = tuple(
        Change(int(begun[here]), here - low, high - here, _shifts(arcs, counts > 0, (low, here, high)))
        for low, here, high in zip(bounds, bounds[1:], bounds[2:], strict=False)
    )
    return Drift(changes, len(order), left)


def _judged(study: Study) -> Ints:
    """Return the cases that had time to finish, in the order they began."""
    begun = study.log.at[study.log.first]
    order = np.argsort(begun, kind="stable")
    if not len(order):
        return order
    late = study.log.at.max() - np.quantile(study.cycles, _FINISHED) * 1_000_000
    kept: Ints = order[begun[order] <= late]
    return kept


def _counted(log: Log, order: Ints) -> tuple[Ints, Floats]:
    """Return the usual passages, coded, and how often each case takes each (cases, arcs)."""
    k = len(log.steps) + 1
    heads, tails = log.step[log.first].astype(np.int64), log.step[log.last].astype(np.int64)
    inner = log.step[log.follows].astype(np.int64) * k + log.step[log.follows + 1]
    code = np.concatenate(((k - 1) * k + heads, inner, tails * k + k - 1))
    every = np.arange(len(log.cases))
    case = np.concatenate((every, log.case[log.follows], every))
    known, times = np.unique(code, return_counts=True)
    arcs = np.sort(known[np.argsort(-times, kind="stable")[:_MOST_ARCS]])
    place = np.minimum(np.searchsorted(arcs, code), len(arcs) - 1)
    row = np.full(len(log.cases), -1)
    row[order] = np.arange(len(order))
    kept = (arcs[place] == code) & (row[case] >= 0)
    counts = np.zeros((len(order), len(arcs)))
    np.add.at(counts, (row[case[kept]], place[kept]), 1)
    sides = np.stack((arcs // k, arcs % k), axis=1)
    return np.where(sides == k - 1, -1, sides), counts


def _splits(units: Floats, low: int, high: int, least: int, random: np.random.Generator) -> list[Split]:
    """Return where a stretch of units changes and how much, itself split again on both sides."""
    if high - low < 2 * least:
        return []
    stretch = units[low:high]
    places = np.unique(np.linspace(least, len(stretch) - least, _PLACES).astype(np.int64))
    best = _gains(stretch, places)
    top = float(best.max())
    beyond = 0
    for _ in range(_DRAWS):
        beyond += float(_gains(stretch[random.permutation(len(stretch))], places).max()) >= top
        if (beyond + 1) / (_DRAWS + 1) > _SURE:  # it cannot become significant any more
            return []
    around = int(places[int(best.argmax())])
    step = max(len(stretch) // _PLACES + 1, 1)
    near = np.arange(max(around - step, least), min(around + step, len(stretch) - least) + 1)
    here = low + int(near[int(_gains(stretch, near).argmax())])
    return [
        (top, here),
        *_splits(units, low, here, least, random),
        *_splits(units, here, high, least, random),
    ]


def _gains(units: Floats, places: Ints) -> Floats:
    """Return the G statistic of the counts before and after each place."""
    upto = units.cumsum(axis=0)
    whole, before = upto[-1], upto[places - 1]
    after = whole - before
    return 2 * (_weighed(before) + _weighed(after) - _weighed(whole[np.newaxis]))


def _weighed(counts: Floats) -> Floats:
    """Return the sum of n log(n / total) of each row of counts."""
    total = np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    told: Floats = (counts * np.log(np.maximum(counts, 1.0) / total)).sum(axis=1)
    return told


def _shifts(arcs: Ints, bears: npt.NDArray[np.bool_], bounds: tuple[int, int, int]) -> tuple[Shift, ...]:
    """Return the passages whose share of cases differs (two proportions, Holm), the widest first."""
    low, here, high = bounds
    one, two = bears[low:here].sum(axis=0), bears[here:high].sum(axis=0)
    n, m = here - low, high - here
    raw = [two_proportions(int(a), n, int(b), m) for a, b in zip(one, two, strict=True)]
    kept = []
    for place, chance in enumerate(holm(raw)):
        if chance <= _SURE:
            source, target = arcs[place].tolist()
            kept.append((raw[place], Shift(source, target, float(one[place] / n), float(two[place] / m))))
    kept.sort(key=lambda pair: (-abs(pair[1].after - pair[1].before), pair[0]))
    return tuple(shift for _, shift in kept[:_MOST_TOLD])
