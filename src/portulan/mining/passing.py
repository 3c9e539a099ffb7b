"""What sets the cases that block at a step apart from those that pass it: how much more often, over how many.

Owns an association, never a cause: two shares, their difference and its interval (Newcombe, Interval
estimation for the difference between independent proportions, 1998), corrected for all the values tried
(Holm). Looks only at what was known when the case came to the step. Names nobody.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from portulan.mining.chance import holm, two_proportions
from portulan.mining.store import Ints
from portulan.mining.study import Study
from portulan.mining.visits import ADVANCE, BACK, LOST

Mask = npt.NDArray[np.bool_]
#: Fewer cases with a value, or blocked, or passed, say nothing.
LEAST = 10
_MOST_VALUES, _SURE, _SURE_Z = 50, 0.05, 1.959963984540054
#: What says who had the case: people are not compared.
_PEOPLE = frozenset({"case:owner"})


@dataclass(frozen=True)
class Sides:
    """The cases that blocked at a step and those that passed it, as codes; the others are neither."""

    blocked: Ints
    passed: Ints
    #: The event with which each case first came to the step, blocked ones first.
    came: Ints


@dataclass(frozen=True)
class Setting:
    """A value: of `cases` with it a `share` blocked, of the `others` `other_share`.

    `low` and `high` hold the difference 19 times out of 20; `chance` is corrected for all that was tried.
    `least` is the amount from which on, where the value is one.
    """

    attribute: str
    value: str
    cases: int
    share: float
    others: int
    other_share: float
    low: float
    high: float
    chance: float
    least: float | None = None

    @property
    def difference(self) -> float:
        """How much more of the cases with the value block."""
        return self.share - self.other_share


def sides(study: Study, step: str, horizon: float, *, working: bool = False) -> Sides:
    """Return who blocked at a step and who passed it.

    A case blocked when a visit was lost, or had not left after `horizon` seconds; it passed when it left in
    time at each visit. One that has not waited so long yet is neither.
    """
    visits = study.visits
    here = np.flatnonzero(visits.step == study.state_code_of.get(step, -1))
    length, exits = visits.length(working=working)[here], visits.exit[here]
    stuck = (exits == LOST) | (length > horizon)
    left = ~stuck & np.isin(exits, (ADVANCE, BACK))
    case = study.case_of_state[visits.case[here]]
    blocked = np.unique(case[stuck])
    waiting = np.unique(case[~stuck & ~left])
    passed = np.setdiff1d(np.unique(case[left]), np.union1d(blocked, waiting))
    both = np.concatenate((blocked, passed)).astype(np.int64)
    code = study.code_of[step]
    events = np.flatnonzero(study.log.step == code)
    first = events[np.searchsorted(study.log.case[events], both)] if len(events) else both
    return Sides(blocked.astype(np.int64), passed.astype(np.int64), first.astype(np.int64))


def passing(study: Study, found: Sides) -> tuple[list[Setting], int]:
    """Return the values that set blocked cases apart, the widest first, and how many were tried."""
    b, n = len(found.blocked), len(found.blocked) + len(found.passed)
    if min(b, n - b) < LEAST:
        return [], 0
    stuck = np.arange(n) < b
    tried = []
    for name, value, least, bears in _values(study, found):
        cases = int(bears.sum())
        if min(cases, n - cases) >= LEAST:
            tried.append(_setting((name, value, least), bears, stuck))
    corrected = holm([one.chance for one in tried])
    kept = [
        Setting(**{**vars(one), "chance": chance})
        for one, chance in zip(tried, corrected, strict=True)
        if chance <= _SURE
    ]
    return sorted(kept, key=lambda one: -abs(one.difference)), len(tried)


def _setting(named: tuple[str, str, float | None], bears: Mask, stuck: Mask) -> Setting:
    with_, without = int(bears.sum()), int((~bears).sum())
    here, there = int((bears & stuck).sum()), int((~bears & stuck).sum())
    low, high = interval(here, with_, there, without)
    return Setting(
        attribute=named[0],
        value=named[1],
        cases=with_,
        share=here / with_,
        others=without,
        other_share=there / without,
        low=low,
        high=high,
        chance=two_proportions(here, with_, there, without),
        least=named[2],
    )


def interval(here: int, n: int, there: int, others: int) -> tuple[float, float]:
    """Return what holds the difference of two shares 19 times out of 20 (Newcombe's hybrid score)."""
    one, two = here / n, there / others
    (low, high), (other_low, other_high) = _wilson(here, n), _wilson(there, others)
    down = math.hypot(one - low, other_high - two)
    up = math.hypot(high - one, two - other_low)
    return one - two - down, one - two + up


def _wilson(k: int, n: int) -> tuple[float, float]:
    z = _SURE_Z
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
    return middle - half, middle + half


def _values(study: Study, found: Sides) -> Iterator[tuple[str, str, float | None, Mask]]:
    """Yield every usual value known at the step, with the cases (blocked, then passed) that bear it."""
    both = np.concatenate((found.blocked, found.passed))
    if study.amounts is not None:
        yield from _halves("amount", study.amounts[both])
    for name in study.log.case_rows.columns:
        if name not in _PEOPLE:
            yield from _of_column(name.removeprefix("case:"), study.log.case_rows[name].gather(both))
    for name in study.log.events.columns:
        if name not in (study.owner, "seq", "end_at"):
            yield from _of_column(name, study.log.events[name].gather(found.came))


def _of_column(name: str, column: pl.Series) -> Iterator[tuple[str, str, float | None, Mask]]:
    known = column.drop_nulls()
    distinct = known.n_unique()
    if column.dtype.is_numeric() and distinct > _MOST_VALUES:
        yield from _halves(name, column.cast(pl.Float64).fill_null(np.nan).to_numpy())
    elif 1 < distinct <= _MOST_VALUES:
        text = column.cast(pl.String)
        for value in text.drop_nulls().unique(maintain_order=True):
            yield name, str(value), None, text.eq(value).fill_null(value=False).to_numpy()


def _halves(name: str, values: npt.NDArray[np.float64]) -> Iterator[tuple[str, str, float | None, Mask]]:
    """Yield the greater half of numbers, as one value."""
    known = values[~np.isnan(values)]
    if len(known) and known.min() < known.max():
        centre = float(np.median(known))
        upper = known[known >= centre] if (known < centre).any() else known[known > centre]
        middle = float(upper.min())
        yield name, "", middle, values >= middle
