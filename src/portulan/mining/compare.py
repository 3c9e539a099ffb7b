"""Some cases against others: what differs in length, outcome, passages, waits, variants beyond chance.

Owns four tests, corrected together for all that was tried (Holm, 1979): log-rank on the length of cases,
the open ones censored (Mantel, 1966), with medians by Kaplan and Meier (1958); two proportions on outcomes,
passages and variants; rank sums on waits (Mann and Whitney, 1947), the first wait of each case, since those
of one case depend on each other. Refuses to judge fewer than thirty cases a side. A difference is an
association, never an effect.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from portulan.mining.chance import holm, two_proportions
from portulan.mining.study import Study

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
What = Literal["length", "won", "passage", "wait", "variant"]
#: Fewer cases a side are not judged.
LEAST = 30
_SURE, _MOST_VARIANTS = 0.05, 15


@dataclass(frozen=True)
class Difference:
    """A figure before and after (seconds, or a share), of so many cases, and how likely chance alone is.

    `chance` is corrected for all that was tried; None when there are too few cases to judge. `of` names the
    steps of a passage or of a variant, by code.
    """

    what: What
    of: tuple[int, ...]
    before: float
    after: float
    before_cases: int
    after_cases: int
    chance: float | None

    @property
    def established(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.chance is not None and self.chance <= _SURE


def compare(study: Study, before: Mask, after: Mask) -> list[Difference]:
    """Return how the cases (m) of one side differ from those of the other."""
    raw = [
        *_length(study, before, after),
        *_won(study, before, after),
        *_passages(study, before, after),
        *_variants(study, before, after),
    ]
    return _corrected(raw)


def _corrected(raw: Sequence[Difference]) -> list[Difference]:
    """Return the differences with the chance of each corrected by Holm."""
    corrected = iter(holm([one.chance for one in raw if one.chance is not None]))
    return [one if one.chance is None else replace(one, chance=next(corrected)) for one in raw]


def _length(study: Study, before: Mask, after: Mask) -> Iterator[Difference]:
    """Yield the median length of cases, open ones counted for as long as they were seen."""
    log, ends = study.log, np.array(sorted(study.ends.every), dtype=np.int64)
    closed = np.isin(study.final, ends) if len(ends) else np.ones(len(log.cases), dtype=np.bool_)
    seen = np.where(closed, study.cycles, (study.until - log.at[log.first]) / 1_000_000)
    medians = [_median(seen[side], closed[side]) for side in (before, after)]
    n, m = int(before.sum()), int(after.sum())
    chance = None if min(n, m) < LEAST else log_rank(seen, closed, before, after)
    yield Difference("length", (), medians[0], medians[1], n, m, chance)


def _median(length: Floats, closed: Mask) -> float:
    """Return the length that half of the cases outlast (Kaplan-Meier); NaN when more are still open."""
    order = np.argsort(length, kind="stable")
    left = np.arange(len(length), 0, -1)
    survival = np.cumprod(1 - closed[order] / left)
    done = np.flatnonzero(survival <= 0.5)  # noqa: PLR2004 - a half
    return float(length[order][done[0]]) if len(done) else math.nan


def log_rank(length: Floats, closed: Mask, before: Mask, after: Mask) -> float:
    """Return the two-sided p-value of two groups of cases lasting alike (Mantel, 1966)."""
    both = before ^ after
    length, closed, one = length[both], closed[both], before[both]
    times = np.unique(length[closed])
    risk = len(length) - np.searchsorted(np.sort(length), times)
    risk_one = int(one.sum()) - np.searchsorted(np.sort(length[one]), times)
    died = np.histogram(length[closed], np.append(times, np.inf))[0]
    died_one = np.histogram(length[closed & one], np.append(times, np.inf))[0]
    expected = died * risk_one / risk
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.nan_to_num(expected * (1 - risk_one / risk) * (risk - died) / (risk - 1))
    if spread.sum() <= 0:
        return 1.0
    z = abs(died_one.sum() - expected.sum()) / math.sqrt(spread.sum())
    return math.erfc(z / math.sqrt(2))


def _won(study: Study, before: Mask, after: Mask) -> Iterator[Difference]:
    """Yield the share of the ended cases that are won, where both endings are known."""
    if study.ends.won and study.ends.lost:
        won, lost = (np.asarray(side, dtype=np.bool_) for side in study.outcome())
        yield _share("won", (), won, (before & (won | lost), after & (won | lost)))


def _passages(study: Study, before: Mask, after: Mask) -> Iterator[Difference]:
    """Yield the share of cases that take each passage, and how long the first time lasts."""
    log, k = study.log, max(len(study.log.steps), 1)
    here = log.follows
    pair = log.step[here].astype(np.int64) * k + log.step[here + 1]
    order = np.argsort(pair, kind="stable")
    codes, begins = np.unique(pair[order], return_index=True)
    for code, mine in zip(codes.tolist(), np.split(here[order], begins[1:]), strict=True):
        cases, first = np.unique(log.case[mine], return_index=True)
        waits = (log.at[mine[first] + 1] - log.at[mine[first]]) / 1_000_000
        bears = np.zeros(len(log.cases), dtype=np.bool_)
        bears[cases] = True
        of = (code // k, code % k)
        yield _share("passage", of, bears, (before, after))
        one, two = waits[before[cases]], waits[after[cases]]
        if min(len(one), len(two)) >= LEAST:
            medians = float(np.median(one)), float(np.median(two))
            yield Difference("wait", of, *medians, len(one), len(two), rank_sum(one, two))


def _variants(study: Study, before: Mask, after: Mask) -> Iterator[Difference]:
    """Yield the share of cases that follow each of the usual variants."""
    log, found = study.log, study.variants
    for rank, case in enumerate(found.example[:_MOST_VARIANTS].tolist()):
        path = tuple(log.step[log.offsets[case] : log.offsets[case + 1]].tolist())
        yield _share("variant", path, found.of_case == rank, (before, after))


def _share(what: What, of: tuple[int, ...], bears: Mask, sides: tuple[Mask, Mask]) -> Difference:
    (here, n), (there, m) = ((int(bears[side].sum()), int(side.sum())) for side in sides)
    chance = None if min(n, m) < LEAST else two_proportions(here, n, there, m)
    return Difference(what, of, here / max(n, 1), there / max(m, 1), n, m, chance)


def rank_sum(one: Floats, two: Floats) -> float:
    """Return the two-sided p-value of two samples being alike (Mann and Whitney, 1947; ties corrected)."""
    n, m = len(one), len(two)
    _, place, times = np.unique(np.concatenate((one, two)), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(times) - (times - 1) / 2)[place]
    total = times.astype(np.float64)
    size = n + m
    ties = float((total**3 - total).sum()) / (size * (size - 1))
    spread = math.sqrt(max(n * m / 12 * (size + 1 - ties), 0.0))
    if spread == 0:
        return 1.0
    return math.erfc(abs(ranks[:n].sum() - n * (size + 1) / 2) / spread / math.sqrt(2))
