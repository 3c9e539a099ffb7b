"""How well the next step and the time left are foreseen, judged on the newest cases, against what is naive.

Owns the trial: learnt from the cases that had ended at a moment, asked of those that ended after it, at each
of their events. Naive is what most often follows the step alone, and the median of all cases. What does
worse than naive is not to be shown. Refuses to judge fewer than fifty cases that ended.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from portulan.mining import foresee
from portulan.mining.foresee import Ahead, Floats, Learnt
from portulan.mining.store import Ints, Log
from portulan.mining.study import Study

Mask = npt.NDArray[np.bool_]
#: Fewer cases that ended are too early to judge; fewer cases behind a figure are not shown.
LEAST, SHOWN = 50, 10
#: Intervals made to hold four times in five that held less often on the newest cases are not shown.
HELD_ENOUGH = 0.7


@dataclass(frozen=True)
class Judged:
    """What the trial gave: `cases` asked, `learnt` those learnt from, `events` asked about.

    Shares of next steps that were right (`right`, `naive_right`) where something was said (`said`, a share);
    mean error of the time left in seconds (`off`, `naive_off`), and the share of times within their interval
    (`held`); NaN where nothing was said.
    """

    learnt: int
    cases: int
    events: int
    said: float
    right: float
    naive_right: float
    off: float
    naive_off: float
    held: float

    @property
    def tells_next(self) -> bool:
        """Whether next steps are foreseen no worse than naively."""
        return self.right >= self.naive_right

    @property
    def tells_left(self) -> bool:
        """Whether the time left is foreseen better than naively, its intervals holding most of the time."""
        return self.off < self.naive_off and self.held >= HELD_ENOUGH


def told(study: Study) -> Mask:
    """Return the events (n) of a log to learn from: of cases that ended, before their end.

    Where no ending is known, every case is taken as ended.
    """
    log, every = study.log, study.ends.every
    if not every:
        return np.ones(len(log.step), dtype=np.bool_)
    names = {study.states.steps[code] for code in every}
    over = np.isin(log.step, [code for code, name in enumerate(log.steps) if name in names])
    closed = np.isin(study.final, list(every))
    return np.asarray(closed[log.case] & ~over)


def found(study: Study) -> tuple[Learnt, Judged] | None:
    """Return what a log teaches and how well its newest cases were foreseen, None when too few ended."""
    log, known = study.log, told(study)
    cases = np.unique(log.case[known])
    ended = log.at[log.last]
    if len(cases) < LEAST:
        return None
    since = np.sort(ended[cases])[len(cases) - round(foresee.NEWEST * len(cases))]
    before, asked = known & (ended < since)[log.case], known & (ended >= since)[log.case]
    return (foresee.learn(log, known), _judged(log, before, asked)) if before.any() else None


def _judged(log: Log, before: Mask, asked: Mask) -> Judged:
    """Return how well some events (n) are foreseen from those of before."""
    learnt = foresee.learn(log, before)
    keys = [key[asked] for key in foresee.contexts(log)]
    after, left = foresee.following(log)[asked], foresee.remaining(log)[asked]
    answer = foresee.ahead(learnt, keys)
    said, right, naive_right = _next(learnt, answer, keys, after)
    off, naive_off, held = _left(learnt, answer, left)
    return Judged(
        learnt=learnt.cases,
        cases=len(np.unique(log.case[asked])),
        events=len(after),
        said=said,
        right=right,
        naive_right=naive_right,
        off=off,
        naive_off=naive_off,
        held=held,
    )


def _next(learnt: Learnt, answer: Ahead, keys: list[Ints], after: Ints) -> tuple[float, float, float]:
    """Return the share of events of which something is said, and of right answers there, ours and naive."""
    said = answer.n >= SHOWN
    naive = foresee.ahead(replace(learnt, nexts=learnt.nexts[:1]), keys)
    right = [_mean((step == after)[said]) for step in (answer.step, naive.step)]
    return float(said.mean()), right[0], right[1]


def _left(learnt: Learnt, answer: Ahead, left: Floats) -> tuple[float, float, float]:
    """Return the mean errors of the time left, ours and naive, and the share of intervals that held."""
    said = answer.times >= SHOWN
    held = (answer.low <= left) & (left <= answer.high)
    return (
        _mean(np.abs(answer.left - left)[said]),
        _mean(np.abs(learnt.middle - left)[said]),
        _mean(held[said]),
    )


def _mean(values: npt.NDArray[np.bool_] | Floats) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
