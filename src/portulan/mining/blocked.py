"""Where cases block: the share of visits to a step that have not advanced within a horizon.

Open visits are censored: they count for as long as they were observed. Blocked(H) = 1 - CIF_advance(H) -
CIF_back(H), with the Aalen-Johansen estimator (1978): at each exit time t, CIF_k += S d_k / r and
S *= 1 - d / r. The band is a bootstrap over cases: visits of one case are not independent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.mining.store import Ints
from portulan.mining.visits import ADVANCE, BACK, LOST, OPEN, Floats, Visits

LEAST_VISITS = 30
#: An open visit without an event for so long is asleep: an old case that nobody closed.
ASLEEP = 180 * 86_400.0
_BAND = (2.5, 97.5)
_LEAST_DRAWS, _MOST_DRAWS, _WORK = 40, 200, 6e6


@dataclass(frozen=True)
class Blockage:
    """What is known of one step. Shares are of visits, times in seconds of the clock that was asked for.

    `blocked` is None when fewer than 30 visits were observed as long as the horizon: too early to say.
    `low` and `high` hold it 19 times out of 20; `awake` is the share without the visits that are asleep.
    """

    step: int
    visits: int
    cases: int
    horizon: float
    blocked: float | None
    lost: float
    waiting: int
    low: float | None = None
    high: float | None = None
    asleep: int = 0
    awake: float | None = None


def blocked(
    visits: Visits, *, horizons: Mapping[int, float] | None = None, working: bool = False, band: bool = True
) -> list[Blockage]:
    """Return one blockage for each visited step, by step code.

    `horizons` are in seconds, by step; a step without one takes the 90th percentile of its visits that
    advanced. With `working`, lengths and horizons are in working time.
    """
    length = visits.length(working=working)
    horizons = horizons or {}
    curves = [_curve(visits, length, int(step), horizons.get(int(step))) for step in np.unique(visits.step)]
    bands = _bands(curves, visits) if band else {}
    return [_blockage(visits, curve, bands.get(curve.step)) for curve in curves]


def incidences(length: Floats, exits: Ints, horizon: float) -> tuple[float, float, float]:
    """Return the cumulative incidences of advance, back and lost at the horizon (Aalen-Johansen).

    `length` (n) is how long each visit was observed, `exits` (n) how it ended; open visits are censored.
    """
    order = np.argsort(length, kind="stable")
    found = _incidences(_Sorted.of(length[order], exits[order], horizon), np.ones(len(length)))
    return found[ADVANCE], found[BACK], found[LOST]


@dataclass(frozen=True)
class _Sorted:
    """Visits ordered by length: where each distinct length up to the horizon begins, who left and how."""

    begins: Ints
    known: int
    left: tuple[Floats, Floats, Floats]

    @classmethod
    def of(cls, length: Floats, exits: Ints, horizon: float) -> "_Sorted":
        times, begins = np.unique(length, return_index=True)
        known = int(np.searchsorted(times, horizon, side="right"))
        one, two, three = ((exits == kind).astype(np.float64) for kind in (ADVANCE, BACK, LOST))
        return cls(begins.astype(np.int64), known, (one, two, three))


def _incidences(ordered: _Sorted, weight: Floats) -> list[float]:
    """Return the three incidences when each visit counts `weight` times."""
    known = ordered.known
    if not known:
        return [0.0, 0.0, 0.0]
    risk = weight[::-1].cumsum()[::-1][ordered.begins[:known]]
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = [
            np.where(risk > 0, np.add.reduceat(weight * left, ordered.begins)[:known] / risk, 0.0)
            for left in ordered.left
        ]
    survival = np.cumprod(np.maximum(1 - rates[0] - rates[1] - rates[2], 0.0))
    before = np.concatenate(([1.0], survival[:-1]))
    return [float(before @ rate) for rate in rates]


@dataclass(frozen=True)
class _Curve:
    """The visits of one step, ordered, and its horizon."""

    step: int
    horizon: float
    mine: Ints
    ordered: _Sorted


def _curve(visits: Visits, length: Floats, step: int, horizon: float | None) -> _Curve:
    mine = np.flatnonzero(visits.step == step)
    mine = mine[np.argsort(length[mine], kind="stable")]
    advanced = length[mine][visits.exit[mine] == ADVANCE]
    if horizon is None:
        horizon = float(np.quantile(advanced, 0.9)) if len(advanced) else 0.0
    return _Curve(step, horizon, mine, _Sorted.of(length[mine], visits.exit[mine], horizon))


def _blockage(visits: Visits, curve: _Curve, band: tuple[float, float] | None) -> Blockage:
    mine = curve.mine
    exits = visits.exit[mine]
    found = _incidences(curve.ordered, np.ones(len(mine)))
    seen = _observed(curve, exits)
    asleep = (exits == OPEN) & (visits.quiet[mine] > ASLEEP)
    awake = _incidences(curve.ordered, (~asleep).astype(np.float64)) if asleep.any() else found
    told = seen >= LEAST_VISITS
    return Blockage(
        step=curve.step,
        visits=len(mine),
        cases=len(np.unique(visits.case[mine])),
        horizon=curve.horizon,
        blocked=_remaining(found) if told else None,
        lost=found[LOST],
        waiting=int((exits == OPEN).sum()),
        low=band[0] if told and band else None,
        high=band[1] if told and band else None,
        asleep=int(asleep.sum()),
        awake=_remaining(awake) if told else None,
    )


def _observed(curve: _Curve, exits: Ints) -> int:
    """Return how many visits were seen until they left or until the horizon."""
    begins = curve.ordered.begins
    reached = begins[curve.ordered.known] if curve.ordered.known < len(begins) else len(exits)
    return int((exits[:reached] != OPEN).sum()) + len(exits) - int(reached)


def _remaining(found: list[float]) -> float:
    return min(max(1 - found[ADVANCE] - found[BACK], 0.0), 1.0)


def _bands(curves: list[_Curve], visits: Visits) -> dict[int, tuple[float, float]]:
    """Return the band of each step: cases drawn with replacement (Poisson weights), always the same draws."""
    if not len(visits.step):
        return {}
    draws = int(np.clip(_WORK / len(visits.step), _LEAST_DRAWS, _MOST_DRAWS))
    random = np.random.default_rng(7)
    cases = int(visits.case.max()) + 1
    found = np.empty((draws, len(curves)))
    for draw in range(draws):
        weight: npt.NDArray[np.float64] = random.poisson(1.0, cases).astype(np.float64)
        for index, curve in enumerate(curves):
            found[draw, index] = _remaining(_incidences(curve.ordered, weight[visits.case[curve.mine]]))
    low, high = np.percentile(found, _BAND, axis=0)
    return {curve.step: (float(low[i]), float(high[i])) for i, curve in enumerate(curves)}
