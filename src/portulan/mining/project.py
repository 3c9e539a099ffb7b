"""A log projected on a map: what really happens at each step and on each passage, and beside them.

Steps are found by id, never by name: `places` says which step of the map each step of the log is. Several
steps of a log may be one step of the map. Repeats of a step are one stay; events of steps that are on no
map are left out and listed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from portulan.base.durations import Duration
from portulan.maps.model import Map
from portulan.mining import blocked, endings, sentences, store, tell
from portulan.mining.blocked import Blockage
from portulan.mining.flow import quantiles
from portulan.mining.shapes import ExtraArc, OverlayAnswer, PassageMeasure, StepMeasure, Totals
from portulan.mining.store import Codes, Ints, Log
from portulan.mining.study import Study
from portulan.mining.visits import Endings, Floats
from portulan.mining.ways import ways

_MOST_EXTRA = 60
_SECONDS = {
    "minutes": 60, "hours": 3600, "days": 86_400, "weeks": 7 * 86_400, "months": 30 * 86_400,
    "working_hours": 3600, "working_days": 7 * 3600,
}  # fmt: skip


@dataclass(frozen=True)
class Projection:
    """A study whose steps are those of a map, and the labels of the log that have no place on it."""

    study: Study
    drawn: Map
    unmapped: tuple[str, ...]


def place(study: Study, drawn: Map, places: Sequence[str | None]) -> Projection:
    """Return the log with the steps of a map; `places` (k) names the step where each of the log stands."""
    steps = [step for step in drawn.steps if step.kind != "gateway"]
    code_of = {step.id: code for code, step in enumerate(steps)}
    codes = np.array([code_of.get(one or "", -1) for one in places], dtype=np.int32)
    ids = tuple(step.id for step in steps)
    log = store.recoded(study.log, codes, ids)
    states = log
    if study.states is not study.log:
        of_states = [codes[study.code_of[step_id]] for step_id in study.state_ids]
        states = store.recoded(study.states, np.array(of_states, dtype=np.int32), ids)
    kept = _kept_cases(study.log, codes)
    projected = replace(
        study,
        log=log,
        ids=ids,
        labels=tuple(step.label for step in steps),
        states=states,
        ends=_ends(drawn, code_of, study, codes),
        amounts=study.amounts[kept] if study.amounts is not None else None,
    )
    return Projection(
        projected, drawn, tuple(label for label, c in zip(study.labels, codes, strict=True) if c < 0)
    )


def overlay(
    found: Projection, source: str, lang: str, accepted: Collection[tuple[str, str]] = ()
) -> OverlayAnswer:
    """Return what is measured on the map; `accepted` moves between steps are no deviation."""
    aims = {step.id: step.delays.target for step in found.drawn.steps if step.delays.target}
    blockages = told(found.study, aims)
    steps = {step_id: _step(found.study, step_id, blockages, lang) for step_id in found.study.ids}
    moves = _moves(found.study.log)
    drawn = _drawn(found, moves)
    stuck = [one for one in blockages.values() if one.blocked]
    worst = max(stuck, key=lambda one: (one.blocked or 0) * one.visits, default=None)
    return OverlayAnswer(
        source=source,
        steps={step_id: one for step_id, one in steps.items() if one.cases},
        passages=_passages(drawn, moves),
        extra=tuple(_extra(found.study, drawn, moves)),
        worst=found.study.state_ids[worst.step] if worst else None,
        worst_sentence=sentences.stuck(found.study, worst, lang) if worst else None,
        totals=_totals(found.study, drawn, moves, accepted),
        unmapped=found.unmapped,
    )


def told(study: Study, aims: Mapping[str, Duration]) -> dict[str, Blockage]:
    """Return what is known of each step; its horizon is the delay that is aimed at, when there is one.

    A delay in working time is measured in working time.
    """
    if not study.ends.every:
        return {}
    limits: dict[bool, dict[int, float]] = {True: {}, False: {}}
    for step_id, aim in aims.items():
        if step_id in study.state_code_of:
            limits[aim.unit.startswith("working")][study.state_code_of[step_id]] = seconds(aim)
    answers = _within(study, limits[False], working=False)
    if limits[True]:
        worked = _within(study, limits[True], working=True)
        answers |= {step_id: one for step_id, one in worked.items() if one.step in limits[True]}
    return answers


def seconds(duration: Duration) -> float:
    """Return a duration in seconds, of work when its unit is; a working day has seven hours."""
    return float(duration.amount * _SECONDS[duration.unit])


def _within(study: Study, limits: dict[int, float], *, working: bool) -> dict[str, Blockage]:
    found = blocked.blocked(study.visits, horizons=limits, working=working, band=False)
    return {study.state_ids[one.step]: one for one in found}


def _ends(drawn: Map, code_of: Mapping[str, int], study: Study, codes: Codes) -> Endings:
    """Return the endings that the map draws, else those of the log at their places."""
    drawn_ends = endings.of_kinds({code_of[s.id]: s.kind for s in drawn.steps if s.id in code_of})
    if drawn_ends.every:
        return drawn_ends
    at = [int(codes[study.code_of[step_id]]) for step_id in study.state_ids]
    won, lost = (
        frozenset(at[code] for code in some if at[code] >= 0) for some in (study.ends.won, study.ends.lost)
    )
    return Endings(won - lost, lost)


def _kept_cases(log: Log, codes: Codes) -> Ints:
    """Return the cases that have an event with a place."""
    if not len(log.cases):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.add.reduceat(codes[log.step] >= 0, log.first))


@dataclass(frozen=True)
class _Moves:
    """The n moves between two different steps: `pair` (n) as source * k + target, `case`, `wait` seconds."""

    k: int
    pair: Ints
    case: Ints
    wait: Floats


def _moves(log: Log) -> _Moves:
    """Return the moves; the wait runs from the last event of a step to the first of the next."""
    here = log.follows
    here = here[log.step[here] != log.step[here + 1]]
    k = max(len(log.steps), 1)
    pair = log.step[here].astype(np.int64) * k + log.step[here + 1]
    return _Moves(k, pair, log.case[here].astype(np.int64), (log.at[here + 1] - log.at[here]) / 1e6)


@dataclass(frozen=True)
class _Drawn:
    """Where each move goes: `hops` (h, n) the passage of each hop or -1, `on` (n) if it is drawn."""

    passages: tuple[str, ...]
    hops: Ints
    on: Ints


def _drawn(found: Projection, moves: _Moves) -> _Drawn:
    names = tuple(passage.id for passage in found.drawn.passages)
    code_of = {name: code for code, name in enumerate(names)}
    known = {
        found.study.code_of[a] * moves.k + found.study.code_of[b]: [code_of[passage] for passage in way]
        for (a, b), way in ways(found.drawn).items()
    }
    pairs, place_of = np.unique(moves.pair, return_inverse=True)
    depth = max((len(way) for way in known.values()), default=0)
    table = np.full((max(depth, 1), len(pairs)), -1, dtype=np.int64)
    for index, pair in enumerate(pairs.tolist()):
        for hop, passage in enumerate(known.get(pair, [])):
            table[hop, index] = passage
    hops = table[:, place_of]
    return _Drawn(names, hops, hops[0] >= 0)


def _passages(drawn: _Drawn, moves: _Moves) -> dict[str, PassageMeasure]:
    """Return the measures of every passage that was taken; a passage pools the moves that go through it."""
    n = len(drawn.passages)
    taken = drawn.hops >= 0
    codes = drawn.hops[taken]
    waits = np.broadcast_to(moves.wait, drawn.hops.shape)[taken]
    cases = np.broadcast_to(moves.case, drawn.hops.shape)[taken]
    count = np.bincount(codes, minlength=n)
    median, p90 = quantiles(codes, waits, n, (0.5, 0.9))
    distinct = np.unique(np.stack((codes, cases)), axis=1)[0] if len(codes) else codes
    of_cases = np.bincount(distinct, minlength=n)
    return {
        name: PassageMeasure(
            count=int(count[code]),
            cases=int(of_cases[code]),
            median_seconds=tell.number(float(median[code])),
            p90_seconds=tell.number(float(p90[code])),
        )
        for code, name in enumerate(drawn.passages)
        if count[code]
    }


def _extra(study: Study, drawn: _Drawn, moves: _Moves) -> list[ExtraArc]:
    off = ~drawn.on
    frame = pl.DataFrame({"pair": moves.pair[off], "case": moves.case[off], "wait": moves.wait[off]})
    most = (
        frame.group_by("pair")
        .agg(count=pl.len(), cases=pl.col("case").n_unique(), median=pl.col("wait").median())
        .sort("count", "pair", descending=[True, False])
        .head(_MOST_EXTRA)
    )
    return [
        ExtraArc(
            source=study.ids[pair // moves.k],
            target=study.ids[pair % moves.k],
            count=count,
            cases=cases,
            median_seconds=median,
        )
        for pair, count, cases, median in most.iter_rows()
    ]


def _totals(study: Study, drawn: _Drawn, moves: _Moves, accepted: Collection[tuple[str, str]]) -> Totals:
    n = len(study.log.cases)
    won, lost = study.outcome()
    ended = won | lost
    allowed = [study.code_of[a] * moves.k + study.code_of[b] for a, b in accepted if {a, b} <= set(study.ids)]
    deviating = len(np.unique(moves.case[~drawn.on & ~np.isin(moves.pair, allowed)]))
    return Totals(
        cases=n,
        won_share=float(won.sum() / ended.sum()) if ended.any() else None,
        median_cycle_seconds=float(np.median(study.cycles[ended])) if ended.any() else None,
        conformance=1 - deviating / n if n else None,
    )


def _step(study: Study, step_id: str, blockages: Mapping[str, Blockage], lang: str) -> StepMeasure:
    here = study.log.step == study.code_of[step_id]
    one = blockages.get(step_id)
    elapsed, worked = tell.stays(study, step_id)
    median, p90 = np.quantile(elapsed, (0.5, 0.9)) if len(elapsed) else (np.nan, np.nan)
    return StepMeasure(
        cases=len(np.unique(study.log.case[here])),
        visits=one.visits if one else int(here.sum()),
        median_seconds=tell.number(float(median)),
        p90_seconds=tell.number(float(p90)),
        working_median_seconds=float(np.median(worked)) if len(worked) else None,
        blocked_share=one.blocked if one else None,
        waiting_cases=one.waiting if one else None,
        amount_waiting=tell.amount(tell.waiting_amount(study, step_id)) if one else None,
        horizon_seconds=one.horizon if one else None,
        sentence=sentences.stuck(study, one, lang) if one and one.blocked else None,
    )
