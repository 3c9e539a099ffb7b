"""What comes next in a case, and how long it still lasts, from what followed the same last steps elsewhere.

Owns counts by context: the last steps of a case, five at most, fewer where too few cases had them. The next
step (or the end) is the most frequent one; the time left is a median, its interval the one that held for
four newest cases in five (split conformal prediction on the scale of logarithms: Romano, Patterson and
Candès, 2019). How many steps to look back at for the next one is chosen on those newest cases. It learns
from cases that ended. Refuses nothing: how well it does is for `foresight` to judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.mining.store import Codes, Ints, Log

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
#: Contexts of fewer events say nothing of what comes next, or of how long it lasts.
ENOUGH, ENOUGH_TIMES = 3, 10
#: The newest cases, on which depth and intervals are settled, and the cases that an interval holds: shares.
NEWEST, HELD = 0.2, 0.8
_DEEPEST, _BITS, _MICRO = 5, 62, 1_000_000
_LOW, _MIDDLE, _HIGH = 0.1, 0.5, 0.9


@dataclass(frozen=True)
class Next:
    """What followed each of c contexts of one depth: of `n` (c) events, `hits` went on to `step`."""

    keys: Ints
    n: Ints
    step: Ints
    hits: Ints


@dataclass(frozen=True)
class Left:
    """How long cases lasted after each of c contexts, in seconds: of `n` (c) events, quantiles (c, 3).

    `ordered` (e) are the times themselves, context after context, each from the shortest on.
    """

    keys: Ints
    n: Ints
    quantiles: Floats
    ordered: Floats


@dataclass(frozen=True)
class Learnt:
    """What was learnt of k steps, a table a depth, that of the last step alone first; step `k` is the end.

    `middle` is the median time left of all, `stretch` widens intervals, on the scale of logarithms. `cases`
    ended, of which it learnt.
    """

    k: int
    nexts: tuple[Next, ...]
    lefts: tuple[Left, ...]
    middle: float
    stretch: float
    cases: int


@dataclass(frozen=True)
class Ahead:
    """What is foreseen after some events (e): the next step, its share of `n`; the seconds left, of `times`.

    A step of -1 and a time that is NaN are unknown: too few cases went that way.
    """

    step: Ints
    share: Floats
    n: Ints
    left: Floats
    low: Floats
    high: Floats
    times: Ints


@dataclass(frozen=True)
class Still:
    """The seconds that a case still lasts, after it waited: a median and its interval, of `n` like it."""

    left: float
    low: float
    high: float
    n: int


def contexts(log: Log) -> list[Ints]:
    """Return for each depth, from one to the deepest, the number of the last steps at each event (n)."""
    return _contexts(log.step.astype(np.int64), log.case, len(log.steps))


def context(steps: Sequence[int], k: int) -> list[Ints]:
    """Return for each depth the number (1) of the last steps of a case that went through some of k steps."""
    last = np.array(steps[-_DEEPEST:], dtype=np.int64)
    return [numbers[-1:] for numbers in _contexts(last, np.zeros(len(last), dtype=np.int32), k)]


def _contexts(step: Ints, case: Codes, k: int) -> list[Ints]:
    found: list[Ints] = []
    for depth in range(min(_DEEPEST, int(_BITS / np.log2(k + 2)))):
        before = np.zeros(len(step), dtype=np.int64)
        before[depth:] = step[: max(len(step) - depth, 0)] + 1
        if depth:
            before[depth:][case[depth:] != case[:-depth]] = 0
        found.append(found[-1] * (k + 1) + before if found else before)
    return found


def following(log: Log) -> Ints:
    """Return the step after each event (n), the number of steps where the case ends."""
    after = np.full(len(log.step), len(log.steps), dtype=np.int64)
    after[log.follows] = log.step[log.follows + 1]
    return after


def remaining(log: Log) -> Floats:
    """Return the seconds from each event (n) to the last one of its case."""
    return (np.repeat(log.at[log.last], log.lengths) - log.at) / _MICRO


def next_of(keys: Ints, after: Ints, k: int) -> Next:
    """Return what followed each context of some events (e)."""
    distinct, place, n = np.unique(keys, return_inverse=True, return_counts=True)
    pairs, times = np.unique(place * (k + 1) + after, return_counts=True)
    order = np.lexsort((-pairs, times, pairs // (k + 1)))
    best = order[np.cumsum(np.bincount(pairs // (k + 1), minlength=len(distinct))) - 1] if len(n) else order
    return Next(distinct, n, pairs[best] % (k + 1), times[best])


def left_of(keys: Ints, left: Floats) -> Left:
    """Return how long cases lasted after each context of some events (e)."""
    distinct, place, n = np.unique(keys, return_inverse=True, return_counts=True)
    ordered = left[np.lexsort((left, place))]
    begins = np.cumsum(n) - n
    spread = [_quantile(ordered, begins, n, share) for share in (_LOW, _MIDDLE, _HIGH)]
    return Left(distinct, n, np.stack(spread, axis=1), ordered)


def _quantile(ordered: Floats, begins: Ints, n: Ints, share: float) -> Floats:
    """Return a quantile of each group, interpolated between neighbours."""
    at = (n - 1) * share
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, n - 1)
    one, two = ordered[begins + low], ordered[begins + high]
    return np.asarray(one + (two - one) * (at - low))


def learn(log: Log, told: Mask) -> Learnt:
    """Return what the cases of a log that ended teach; `told` (n) are the events to learn from.

    Events of cases that have not ended, and ends themselves, are not told.
    """
    k, keys = len(log.steps), contexts(log)
    after, left = following(log), remaining(log)
    older, newer = _by_end(log, told)
    lefts = tuple(left_of(key[older], left[older]) for key in keys)
    deep = _depth(keys, after, older, newer, k)
    return Learnt(
        k=k,
        nexts=tuple(next_of(key[told], after[told], k) for key in keys[:deep]),
        lefts=lefts,
        middle=float(np.median(left[older])),
        stretch=_stretch(lefts, keys, left, _one_a_case(log, newer)),
        cases=len(np.unique(log.case[told])),
    )


def _by_end(log: Log, told: Mask) -> tuple[Mask, Mask]:
    """Return the events told of older cases and those of the newest, by when cases ended."""
    cases = np.unique(log.case[told])
    order = cases[np.argsort(log.at[log.last][cases], kind="stable")]
    newest = np.zeros(len(log.cases), dtype=np.bool_)
    newest[order[len(order) - round(NEWEST * len(order)) :]] = True
    return told & ~newest[log.case], told & newest[log.case]


def _depth(keys: list[Ints], after: Ints, older: Mask, newer: Mask, k: int) -> int:
    """Return how many steps to look back at: what foresees most next steps of the newest cases."""
    tables = [next_of(key[older], after[older], k) for key in keys]
    there = [key[newer] for key in keys]
    right = [int((_next(tables[:deep], there)[0] == after[newer]).sum()) for deep in range(1, len(keys) + 1)]
    return 1 + int(np.argmax(right))


def _one_a_case(log: Log, newer: Mask) -> Ints:
    """Return one event of each of the newest cases, drawn: those of one case depend on each other."""
    at = np.flatnonzero(newer)
    drawn = np.random.default_rng(len(at)).permutation(at)
    _, first = np.unique(log.case[drawn], return_index=True)
    return drawn[first]


def _stretch(lefts: tuple[Left, ...], keys: list[Ints], left: Floats, held: Ints) -> float:
    """Return by how much intervals are widened so that enough of some events lie in theirs."""
    spread, _ = _left(lefts, [key[held] for key in keys])
    low, _, high = np.log1p(spread).T
    real = np.log1p(left[held])
    misses = np.sort(np.maximum(low - real, real - high))
    misses = misses[~np.isnan(misses)]
    place = int(np.ceil((len(misses) + 1) * HELD)) - 1
    return float(misses[place]) if 0 <= place < len(misses) else np.inf


def ahead(learnt: Learnt, keys: list[Ints]) -> Ahead:
    """Return what is foreseen after some events, from the numbers of their contexts at each depth."""
    step, hits, n = _next(learnt.nexts, keys)
    spread, times = _left(learnt.lefts, keys)
    low, middle, high = spread.T
    bottom, top = (np.expm1(np.log1p(side) + way * learnt.stretch) for side, way in ((low, -1), (high, 1)))
    return Ahead(
        step=step,
        share=hits / np.maximum(n, 1),
        n=n,
        left=middle,
        low=np.clip(bottom, 0.0, middle),
        high=np.maximum(top, middle),
        times=times,
    )


def still(learnt: Learnt, keys: list[Ints], waited: float) -> Still | None:
    """Return how long a case still lasts that waited some seconds since its last event, of those that did.

    `keys` are the numbers (1) of its context at each depth. None when too few waited as long.
    """
    for table, key in zip(reversed(learnt.lefts), reversed(keys[: len(learnt.lefts)]), strict=True):
        (place,), (known,) = _found(table.keys, key)
        begin = int(table.n[:place].sum())
        times = table.ordered[begin : begin + int(table.n[place])] if known else table.ordered[:0]
        times = times[np.searchsorted(times, waited, "right") :]
        if len(times) >= ENOUGH_TIMES:
            low, middle, high = np.quantile(times, (_LOW, _MIDDLE, _HIGH)).tolist()
            bottom, top = _widened(low, -learnt.stretch), _widened(high, learnt.stretch)
            left = middle - waited
            return Still(left, min(max(bottom - waited, 0.0), left), max(top - waited, left), len(times))
    return None


def _widened(seconds: float, by: float) -> float:
    return float(np.expm1(np.log1p(seconds) + by))


def _next(tables: tuple[Next, ...] | list[Next], keys: list[Ints]) -> tuple[Ints, Ints, Ints]:
    """Return the most frequent next step of each event, how often, of how many; -1 where nothing is known."""
    size = len(keys[0])
    step, hits, n = np.full(size, -1), np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for table, key in zip(reversed(tables), reversed(keys[: len(tables)]), strict=True):
        place, known = _found(table.keys, key)
        take = known & (step < 0) & (table.n[place] >= ENOUGH)
        place = place[take]
        step[take], hits[take], n[take] = table.step[place], table.hits[place], table.n[place]
    return step, hits, n


def _left(tables: tuple[Left, ...], keys: list[Ints]) -> tuple[Floats, Ints]:
    """Return the quantiles (e, 3) of the time left after each event, and of how many; NaN where unknown."""
    size = len(keys[0])
    spread, n = np.full((size, 3), np.nan), np.zeros(size, dtype=np.int64)
    for table, key in zip(reversed(tables), reversed(keys[: len(tables)]), strict=True):
        place, known = _found(table.keys, key)
        take = known & (n == 0) & (table.n[place] >= ENOUGH_TIMES)
        spread[take], n[take] = table.quantiles[place[take]], table.n[place[take]]
    return spread, n


def _found(keys: Ints, asked: Ints) -> tuple[Ints, Mask]:
    """Return where contexts stand among those of a table, and which do."""
    if not len(keys):
        return np.zeros(len(asked), dtype=np.int64), np.zeros(len(asked), dtype=np.bool_)
    place = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return place, keys[place] == asked
