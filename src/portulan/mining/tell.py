"""What a log under study tells the screens: where it blocks, how long it waits, which cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from portulan.base.refusals import NotThere
from portulan.mining import sentences
from portulan.mining.blocked import Blockage
from portulan.mining.flow import quantiles
from portulan.mining.shapes import (
    Bin,
    BlockedAnswer,
    BlockedStep,
    CaseRow,
    CasesPage,
    StageMeasure,
    WaitsAnswer,
)
from portulan.mining.store import Ints
from portulan.mining.study import Study
from portulan.mining.visits import OPEN, Floats

_BINS = 20
_PAGE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(micros: int) -> datetime:
    """Return a moment from UTC microseconds."""
    return _EPOCH + timedelta(microseconds=int(micros))


def number(value: float) -> float | None:
    """Return a figure, or None where there is none."""
    return None if np.isnan(value) else float(value)


def amount(value: float) -> str | None:
    """Return an amount as a text, or None where there is none."""
    return None if np.isnan(value) else f"{value:.2f}"


def blocked(study: Study, lang: str) -> BlockedAnswer:
    """Return where cases block, the most blocked visits first."""
    ordered = sorted(study.blockages, key=lambda one: (-(one.blocked or 0) * one.visits, one.step))
    return BlockedAnswer(
        steps=tuple(_blocked_step(study, one, lang) for one in ordered),
        sentence=sentences.worst(study, ordered, lang),
    )


def _blocked_step(study: Study, one: Blockage, lang: str) -> BlockedStep:
    step_id = study.state_ids[one.step]
    return BlockedStep(
        step=step_id,
        label=study.label(step_id),
        blocked_share=one.blocked,
        low=one.low,
        high=one.high,
        lost_share=one.lost,
        horizon_seconds=one.horizon,
        visits=one.visits,
        cases=one.cases,
        waiting_cases=one.waiting,
        asleep_cases=one.asleep,
        awake_share=one.awake,
        amount_waiting=amount(waiting_amount(study, step_id)),
        too_early=one.blocked is None,
        sentence=sentences.blockage(study.label(step_id), one, lang),
    )


def waiting_amount(study: Study, step_id: str) -> float:
    """Return the amounts of the cases that are at a step now, added up; NaN where amounts are unknown."""
    if study.amounts is None:
        return float("nan")
    cases = study.case_of_state[study.visits.case[study.open_at(step_id)]]
    return float(np.nansum(study.amounts[cases]))


def waits(study: Study, step_id: str, *, sla: float | None = None) -> WaitsAnswer:
    """Return how long cases stay at a step.

    :raises NotThere: when the log has no such step.
    """
    elapsed, worked = stays(study, step_id)
    if not len(elapsed):
        return WaitsAnswer(bins=(), median=None, p90=None, working_median=None, working_p90=None, sla=sla)
    one = np.zeros(len(elapsed), dtype=np.int64)
    (median,), (p90,) = quantiles(one, elapsed, 1, (0.5, 0.9))
    (working_median,), (working_p90,) = quantiles(one, worked, 1, (0.5, 0.9))
    return WaitsAnswer(
        bins=_bins(elapsed),
        median=float(median),
        p90=float(p90),
        working_median=float(working_median),
        working_p90=float(working_p90),
        sla=sla,
    )


def stays(study: Study, step_id: str) -> tuple[Floats, Floats]:
    """Return how long the visits to a step lasted that have left it, elapsed and working.

    :raises NotThere: when the log has no such step.
    """
    if step_id not in study.code_of:
        raise NotThere
    visits = study.visits
    if step_id in study.state_code_of:
        here = (visits.step == study.state_code_of[step_id]) & (visits.exit != OPEN)
        return visits.elapsed[here], visits.worked[here]
    log = study.log
    here = log.follows[log.step[log.follows] == study.code_of[step_id]]
    worked = study.calendar.worked(np.concatenate((log.at[here], log.at[here + 1])))
    return (log.at[here + 1] - log.at[here]) / 1e6, (worked[len(here) :] - worked[: len(here)]) / 1e6


def _bins(elapsed: Floats) -> tuple[Bin, ...]:
    end = float(np.quantile(elapsed, 0.95)) or float(elapsed.max()) or 1.0
    edges = np.linspace(0, end, _BINS + 1)
    counts, _ = np.histogram(np.minimum(elapsed, end), bins=edges)
    return tuple(
        Bin(from_=float(edges[i]), to=float(edges[i + 1]), count=int(counts[i])) for i in range(_BINS)
    )


@dataclass(frozen=True)
class CasesAsked:
    """Which cases: through a step or any, those that wait there now only, from a place on."""

    step: str | None = None
    blocked: bool = False
    after: str = ""


def cases(study: Study, asked: CasesAsked) -> CasesPage:
    """Return a page of cases: all of them, those that went through a step, or those that wait there now.

    :raises NotThere: when the log has no such step.
    """
    if asked.step is not None and asked.step not in study.code_of:
        raise NotThere
    waiting = _waiting(study, asked.step)
    found = np.array(list(waiting), dtype=np.int64) if asked.blocked else _through(study, asked.step)
    return page(study, found, asked.after, waiting)


def page(study: Study, found: Ints, after: str, waiting: Mapping[int, float] | None = None) -> CasesPage:
    """Return a page of some cases, from a place on, with how long those that wait have waited."""
    begin = int(after) if after.isdecimal() else 0
    chosen = found[begin : begin + _PAGE]
    more = begin + _PAGE < len(found)
    rows = tuple(_case(study, int(case), (waiting or {}).get(int(case))) for case in chosen)
    return CasesPage(rows=rows, next=str(begin + _PAGE) if more else None)


def _waiting(study: Study, step: str | None) -> dict[int, float]:
    """Return how long each case waits now, the longest first, at a step or anywhere."""
    if step is not None:
        here = study.open_at(step)
    else:
        here = np.flatnonzero(study.visits.exit == OPEN)
        here = here[np.argsort(-study.visits.elapsed[here], kind="stable")]
    found = study.case_of_state[study.visits.case[here]]
    return dict(zip(found.tolist(), study.visits.elapsed[here].tolist(), strict=True))


def _through(study: Study, step: str | None) -> Ints:
    if step is None:
        return np.arange(len(study.log.cases), dtype=np.int64)
    return np.unique(study.log.case[study.log.step == study.code_of[step]]).astype(np.int64)


def _case(study: Study, case: int, waiting: float | None) -> CaseRow:
    log = study.log
    closed = int(study.final[case]) in study.ends.every
    return CaseRow(
        case=str(log.cases[case]),
        started=moment(log.at[log.first[case]]),
        ended=moment(log.at[log.last[case]]) if closed else None,
        steps=int(log.lengths[case]),
        waiting_seconds=waiting,
        amount=amount(float(study.amounts[case])) if study.amounts is not None else None,
    )


def stage(study: Study, step_id: str, one: Blockage | None) -> StageMeasure:
    """Return what our own events say of a stage; nothing happened at one it does not know."""
    if step_id not in study.code_of:
        return StageMeasure(waiting_cases=0)
    found = waits(study, step_id)
    return StageMeasure(
        median_seconds=found.median,
        working_median_seconds=found.working_median,
        p90_seconds=found.p90,
        blocked_share=one.blocked if one else None,
        waiting_cases=one.waiting if one else 0,
        amount_waiting=amount(waiting_amount(study, step_id)) if one else None,
    )
