"""Where cases block: the share of visits to a step that have not advanced within a horizon.

A visit begins when a case enters a step and competes for exits: it advances, goes back (to a step that
the case had reached before), is lost, or is still waiting when the log ends. Open visits are censored:
they count for as long as they were observed. Blocked(H) = 1 - CIF_advance(H) - CIF_back(H), with the
Aalen-Johansen estimator (1978): at each exit time t, CIF_k += S d_k / r and S *= 1 - d / r.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.mining.store import Ints, Log

Floats = npt.NDArray[np.float64]
LEAST_VISITS = 30
_MICRO = 1_000_000
ADVANCE, BACK, LOST, OPEN = range(4)


@dataclass(frozen=True)
class Blockage:
    """What is known of one step. Shares are of visits, times in seconds.

    `blocked` is None when fewer than 30 visits were observed as long as the horizon: too early to say.
    """

    step: int
    visits: int
    cases: int
    horizon: float
    blocked: float | None
    lost: float
    waiting: int


@dataclass(frozen=True)
class Endings:
    """Which steps end a case well, which end it as lost, by step code; the others leave it open."""

    won: frozenset[int]
    lost: frozenset[int]


def blocked(
    log: Log, endings: Endings, *, horizon: float | None = None, until: int | None = None
) -> list[Blockage]:
    """Return one blockage for each step that is no ending.

    `horizon` is in seconds; without it each step takes the 90th percentile of its visits that advanced.
    `until` is the moment of extraction in UTC microseconds, by default that of the last event.
    """
    visits = _visits(log, endings, int(log.at.max()) if until is None and len(log.at) else until or 0)
    endings_all = endings.won | endings.lost
    return [
        _blockage(visits, step, horizon)
        for step in range(len(log.steps))
        if step not in endings_all and (visits.step == step).any()
    ]


@dataclass(frozen=True)
class _Visits:
    step: Ints
    case: Ints
    length: Floats
    exit: Ints


def _visits(log: Log, endings: Endings, until: int) -> _Visits:
    """Return the visits of every step but endings; consecutive events of one step are one visit."""
    last = np.zeros(len(log.step), dtype=np.bool_)
    last[log.last] = True
    changes = np.ones(len(log.step), dtype=np.bool_)
    changes[:-1] = (log.step[1:] != log.step[:-1]) | last[:-1]
    ends = np.flatnonzero(changes)
    begins = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    following = np.minimum(ends + 1, len(log.step) - 1)
    final = last[ends]
    leaves_at = np.where(final, until, log.at[following])
    here, there = log.step[begins], log.step[following]
    lost = np.isin(there, list(endings.lost)) & ~final
    back = ~lost & ~final & (_first_seen(log, following) < begins)
    exits = np.select([final, lost, back], [OPEN, LOST, BACK], default=ADVANCE)
    kept = ~np.isin(here, list(endings.won | endings.lost))
    length = (leaves_at - log.at[begins]) / _MICRO
    case = log.case[begins]
    return _Visits(here[kept].astype(np.int64), case[kept].astype(np.int64), length[kept], exits[kept])


def _first_seen(log: Log, at: Ints) -> Ints:
    """Return, for events at some positions, where their case first reached the same step."""
    key = log.case.astype(np.int64) * len(log.steps) + log.step
    keys, first = np.unique(key, return_index=True)
    return np.asarray(first[np.searchsorted(keys, key[at])])


def _blockage(visits: _Visits, step: int, horizon: float | None) -> Blockage:
    mine = visits.step == step
    length, exits = visits.length[mine], visits.exit[mine]
    advanced = length[exits == ADVANCE]
    limit = horizon if horizon is not None else float(np.quantile(advanced, 0.9)) if len(advanced) else 0.0
    incidence = incidences(length, exits, limit)
    observed = int(((exits != OPEN) | (length >= limit)).sum())
    return Blockage(
        step=step,
        visits=len(length),
        cases=len(np.unique(visits.case[mine])),
        horizon=limit,
        blocked=1 - incidence[ADVANCE] - incidence[BACK] if observed >= LEAST_VISITS else None,
        lost=incidence[LOST],
        waiting=int((exits == OPEN).sum()),
    )


def incidences(length: Floats, exits: Ints, horizon: float) -> tuple[float, float, float]:
    """Return the cumulative incidences of advance, back and lost at the horizon (Aalen-Johansen).

    `length` (n) is how long each visit was observed, `exits` (n) how it ended; open visits are censored.
    """
    order = np.lexsort((exits, length))
    length, exits = length[order], exits[order]
    survival, found = 1.0, [0.0, 0.0, 0.0]
    times, begins = np.unique(length, return_index=True)
    bounds = np.append(begins, len(length))
    for index, time in enumerate(times):
        if time > horizon:
            break
        at_risk = len(length) - bounds[index]
        leaving = np.bincount(exits[bounds[index] : bounds[index + 1]], minlength=4)[:3]
        for kind in (ADVANCE, BACK, LOST):
            found[kind] += survival * float(leaving[kind]) / at_risk
        survival *= 1 - float(leaving.sum()) / at_risk
    return found[0], found[1], found[2]
