"""What the contacts of won cases have that those of lost ones have not: how many, how often, by what.

Owns the comparison of the cases that ended. Numbers (contacts, gaps) are compared by rank sums, told as the
chance that a won case has more (Hanley and McNeil, 1982). What a case has is told as the difference between
shares won, at an equal number of contacts: who talks longer has more of everything (Mantel and Haenszel,
1959; interval by Sato, 1989). All that was tried is corrected together (Holm). Refuses fewer than thirty
cases a side, and what fewer than twenty cases have. A difference is an association, never a cause.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from portulan.mining.chance import holm
from portulan.mining.compare import LEAST, rank_sum
from portulan.mining.store import Ints
from portulan.mining.study import Study
from portulan.mining.touches import Touches

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
What = Literal["count", "rhythm", "silence", "channel", "first", "last", "sequence"]
#: What fewer cases have, or have not, is not tried.
FEWEST = 20
_LONGEST, _MOST_SEQUENCES = 3, 200
_SURE, _TWO_SIDED = 0.05, 1.959964
_SHARES, _LAYERS = (0.25, 0.5, 0.75), np.linspace(0, 1, 11)[1:-1]


@dataclass(frozen=True)
class Number:
    """A number of won and of lost cases: medians, how many cases, how often a won one has more.

    `chance` is how likely chance alone is, corrected for all that was tried.
    """

    what: What
    won: float
    lost: float
    won_cases: int
    lost_cases: int
    more: float
    low: float
    high: float
    chance: float

    @property
    def established(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.chance <= _SURE


@dataclass(frozen=True)
class Pattern:
    """What some cases have: channels in order (`of`), or a number within bounds, both counted.

    `cases` of those that ended have it, of which `won`; `others` have not. `difference` of shares, with its
    interval, is at an equal number of contacts.
    """

    what: What
    of: tuple[int, ...]
    least: float | None
    most: float | None
    cases: int
    won: int
    others: int
    others_won: int
    difference: float = math.nan
    low: float = math.nan
    high: float = math.nan
    chance: float = 1.0

    @property
    def established(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.chance <= _SURE


@dataclass(frozen=True)
class Winning:
    """The won and lost cases, what was found of them, how many comparisons were made."""

    won: int
    lost: int
    numbers: tuple[Number, ...]
    patterns: tuple[Pattern, ...]
    tried: int

    @property
    def early(self) -> bool:
        """Whether there are too few cases to judge."""
        return min(self.won, self.lost) < LEAST


def winning(study: Study) -> Winning:
    """Return what the contacts of the won cases of a log have that those of the lost ones have not.

    :raises NotAllowed: in our own log, when who looks may not read its contacts.
    """
    won, lost = (np.asarray(side, dtype=np.bool_) for side in study.outcome())
    found = Winning(int(won.sum()), int(lost.sum()), (), (), 0)
    if found.early:
        return found
    touches, ended = study.touches, won | lost
    if not touches.count[ended].any():
        return found
    numbers = list(_numbers(touches, won, lost))
    patterns = _compared(_having(touches, ended), won, ended, _layers(touches.count, ended))
    chances = holm([*(one.chance for one in numbers), *(one.chance for one in patterns)])
    told = [replace(one, chance=p) for one, p in zip(patterns, chances[len(numbers) :], strict=True)]
    return replace(
        found,
        numbers=tuple(replace(one, chance=p) for one, p in zip(numbers, chances, strict=False)),
        patterns=tuple(sorted(told, key=lambda one: (one.chance, -abs(one.difference)))),
        tried=len(chances),
    )


def _values(touches: Touches) -> Iterator[tuple[What, Floats]]:
    """Yield the numbers of each case (m); NaN where it has none."""
    yield "count", touches.count.astype(np.float64)
    yield "rhythm", touches.rhythm
    yield "silence", touches.silence


def _numbers(touches: Touches, won: Mask, lost: Mask) -> Iterator[Number]:
    for what, value in _values(touches):
        one, two = (value[side & ~np.isnan(value)] for side in (won, lost))
        if min(len(one), len(two)) >= LEAST:
            more, low, high = _more(one, two)
            medians = float(np.median(one)), float(np.median(two))
            yield Number(what, *medians, len(one), len(two), more, low, high, rank_sum(one, two))


def _more(one: Floats, two: Floats) -> tuple[float, float, float]:
    """Return how often one of a sample exceeds one of another, ties for half, and its interval."""
    n, m, ordered = len(one), len(two), np.sort(two)
    below, upto = (np.searchsorted(ordered, one, side) for side in ("left", "right"))
    area = float((below + upto).sum()) / (2 * n * m)
    first, second = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (n - 1) * (first - area**2) + (m - 1) * (second - area**2)
    reach = _TWO_SIDED * math.sqrt(max(spread, 0.0) / (n * m))
    return area, max(area - reach, 0.0), min(area + reach, 1.0)


@dataclass(frozen=True)
class _Having:
    """Patterns (p), and which case has which: `place` (h) a pattern, `case` (h); each pair once."""

    patterns: list[Pattern]
    place: Ints
    case: Ints


def _pattern(what: What, of: tuple[int, ...] = (), within: tuple[float, float] | None = None) -> Pattern:
    least, most = within or (None, None)
    return Pattern(what, of, least, most, 0, 0, 0, 0)


def _having(touches: Touches, ended: Mask) -> _Having:
    """Return every pattern that enough of the cases that ended have, or have not.

    Of the channels and sequences of the same cases, the first and shortest.
    """
    most = int(ended.sum()) - FEWEST
    distinct: dict[tuple[What | None, bytes], tuple[Pattern, Ints]] = {}
    for one, cases in (*_bands(touches, ended), *_ways(touches, ended)):
        if FEWEST <= len(cases) <= most:
            distinct.setdefault((None if one.of else one.what, cases.tobytes()), (one, cases))
    kept = list(distinct.values())
    place = np.repeat(np.arange(len(kept)), [len(cases) for _, cases in kept])
    case = np.concatenate([cases for _, cases in kept]) if kept else np.zeros(0, dtype=np.int64)
    return _Having([one for one, _ in kept], place, case)


def _bands(touches: Touches, ended: Mask) -> Iterator[tuple[Pattern, Ints]]:
    """Yield the quarters of each number, with the cases that lie in them."""
    for what, value in _values(touches):
        known = np.flatnonzero(ended & ~np.isnan(value))
        if len(known):
            bounds = np.unique(np.quantile(value[known], _SHARES, method="higher"))
            band = np.searchsorted(bounds, value[known])
            for one in np.unique(band):
                cases = known[band == one]
                yield _pattern(what, within=(value[cases].min(), value[cases].max())), cases


def _ways(touches: Touches, ended: Mask) -> Iterator[tuple[Pattern, Ints]]:
    """Yield channels used, used first and last, and short sequences, with the cases that have them."""
    talked = np.flatnonzero(ended & (touches.count > 0))
    first, last = touches.channel[touches.offsets[talked]], touches.channel[touches.offsets[talked + 1] - 1]
    yield from _grouped("first", first[:, None].astype(np.int64), talked)
    yield from _grouped("last", last[:, None].astype(np.int64), talked)
    for length in range(1, _LONGEST + 1):
        runs, case = touches.sequences(length)
        mine = ended[case]
        found = list(_grouped("channel" if length == 1 else "sequence", runs[mine], case[mine]))
        yield from sorted(found, key=lambda pair: -len(pair[1]))[:_MOST_SEQUENCES]


def _grouped(what: What, runs: Ints, case: Ints) -> Iterator[tuple[Pattern, Ints]]:
    """Yield each distinct run (r, length) with the cases that have it, each once."""
    if not len(runs):
        return
    distinct, place = np.unique(runs, axis=0, return_inverse=True)
    pairs = np.unique(np.stack((place.ravel(), case)), axis=1)
    begins = np.searchsorted(pairs[0], np.arange(1, len(distinct)))
    for run, cases in zip(distinct.tolist(), np.split(pairs[1], begins), strict=True):
        yield _pattern(what, tuple(run)), cases


def _layers(count: Ints, ended: Mask) -> Ints:
    """Return the layer of each case (m): cases of a layer have about as many contacts."""
    return np.searchsorted(np.unique(np.quantile(count[ended], _LAYERS, method="higher")), count)


def _compared(having: _Having, won: Mask, ended: Mask, layer: Ints) -> list[Pattern]:
    """Return each pattern with the shares won of the cases that have it and of the others."""
    width = int(layer.max(initial=0)) + 1
    size = np.bincount(layer[ended], minlength=width).astype(np.float64)
    wins = np.bincount(layer[won], minlength=width).astype(np.float64)
    cell = having.place * width + layer[having.case]
    cells = len(having.patterns) * width
    with_it = np.bincount(cell, minlength=cells).reshape(-1, width).astype(np.float64)
    with_won = np.bincount(cell[won[having.case]], minlength=cells).reshape(-1, width).astype(np.float64)
    told = []
    for place, one in enumerate(having.patterns):
        n, a = with_it[place], with_won[place]
        totals = (n.sum(), a.sum(), (size - n).sum(), (wins - a).sum())
        cases, mine, others, theirs = (int(total) for total in totals)
        counted = replace(one, cases=cases, won=mine, others=others, others_won=theirs)
        if one.what == "count":  # the number itself is not held equal
            n, a, rest, c = (np.array([total]) for total in totals)
        else:
            rest, c = size - n, wins - a
        difference, low, high, chance = mantel_haenszel(a, n, c, rest)
        told.append(replace(counted, difference=difference, low=low, high=high, chance=chance))
    return told


def mantel_haenszel(a: Floats, n: Floats, c: Floats, m: Floats) -> tuple[float, float, float, float]:
    """Return how two shares differ over layers, with its interval and how likely chance alone is.

    In each layer `a` of `n` on one side and `c` of `m` on the other. NaN and certainty of chance where no
    layer holds both sides.
    """
    both = (n > 0) & (m > 0)
    a, n, c, m = a[both], n[both], c[both], m[both]
    size = n + m
    weight = float((n * m / size).sum())
    if not weight:
        return math.nan, math.nan, math.nan, 1.0
    difference = float(((a * m - c * n) / size).sum()) / weight
    p = (n**2 * c - m**2 * a + n * m * (m - n) / 2) / size**2
    q = (a * (m - c) + c * (n - a)) / (2 * size)
    reach = _TWO_SIDED * math.sqrt(max(difference * float(p.sum()) + float(q.sum()), 0.0)) / weight
    good = a + c
    expected = float((a - n * good / size).sum())
    spread = float((n * m * good * (size - good) / (size**2 * np.maximum(size - 1, 1))).sum())
    chance = math.erfc(abs(expected) / math.sqrt(2 * spread)) if spread > 0 else 1.0
    if spread > 0 and expected and (_one_sided(a, n) or _one_sided(c, m)):
        # Where all of a side went one way, Sato's variance collapses: the interval is that of the test.
        reach = max(reach, abs(difference) * _TWO_SIDED * math.sqrt(spread) / abs(expected))
    return difference, max(difference - reach, -1.0), min(difference + reach, 1.0), chance


def _one_sided(of: Floats, size: Floats) -> bool:
    return float(of.sum()) in (0.0, float(size.sum()))
