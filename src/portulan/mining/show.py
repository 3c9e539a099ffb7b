"""The flow of a log as it is shown: a readable part of it, and the list of what the picture leaves out.

Steps beyond the wanted share are taken out of the log, which is projected again: the arcs that remain join
what is shown. A picture without a stated share keeps to 50 elements, of which one is left
for the opening of a map.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.mining import store, view
from portulan.mining.flow import Flow, flow, quantiles
from portulan.mining.names import element_id
from portulan.mining.shapes import FlowAnswer, FlowEdge, FlowStep, HiddenEdge, HiddenStep, VariantAnswer
from portulan.mining.store import Ints
from portulan.mining.study import Study
from portulan.mining.tell import moment, number
from portulan.mining.view import View

MOST_ELEMENTS = 50
_MOST_HIDDEN, _MOST_VARIANTS = 200, 30


@dataclass(frozen=True)
class Shown:
    """A flow whose step codes are those of `study`, its view, and the steps taken out."""

    study: Study
    flow: Flow
    view: View
    hidden: Ints
    chosen: npt.NDArray[np.bool_] | None = None


def show(
    study: Study,
    *,
    paths: float | None = None,
    steps: float | None = None,
    chosen: npt.NDArray[np.bool_] | None = None,
) -> Shown:
    """Return what to show: `paths` is the share of transitions, `steps` that of steps, the frequent first.

    Of the cases (m) that are `chosen` only, waits are rough and steps stay those of the whole log.
    """
    order = np.argsort(-study.flow.step_count, kind="stable")[: np.count_nonzero(study.flow.step_count)]
    kept = len(order) if steps is not None else min(MOST_ELEMENTS - 1, len(order))
    if steps is not None and steps < 1:
        kept = max(int(np.ceil(steps * len(order))), min(2, len(order)))
    hidden = np.sort(order[kept:]).astype(np.int64)
    if not len(hidden):
        found = study.flow if chosen is None else study.flow_of(chosen, rough=True)
    else:
        log, left = store.leaving_out(study.log, hidden)
        found = flow(log, study.calendar, None if chosen is None else chosen[left], rough=chosen is not None)
    return Shown(study, found, view.view(found, coverage=paths), hidden, chosen)


def answer(shown: Shown, *, sentence: str | None, all_cases: int) -> FlowAnswer:
    """Return what is shown, as it travels, of so many cases before any filter."""
    study, found = shown.study, shown.flow
    log = study.log
    return FlowAnswer(
        cases=len(log.cases) if shown.chosen is None else int(np.count_nonzero(shown.chosen)),
        all_cases=all_cases,
        rough=shown.chosen is not None,
        events=len(log.step) if shown.chosen is None else int(log.lengths[shown.chosen].sum()),
        from_=moment(log.at.min()) if len(log.at) else None,
        to=moment(log.at.max()) if len(log.at) else None,
        steps=tuple(_step(shown, code) for code in np.flatnonzero(found.step_count).tolist()),
        edges=tuple(_edge(shown, int(edge)) for edge in np.flatnonzero(shown.view.shown)),
        variants=() if shown.chosen is not None else tuple(variants(study)),
        coverage=shown.view.coverage,
        hidden_edges=tuple(_hidden(study, found, shown.view)),
        hidden_steps=tuple(hidden_step(study, code) for code in shown.hidden.tolist()),
        sentence=sentence,
    )


def edge_id(source: str, target: str) -> str:
    """Return the id of a passage between two steps, the same in a flow and on its map."""
    return element_id(f"p_{source[:18]}_{target[:18]}")


def variants(study: Study, *, most: int = _MOST_VARIANTS) -> list[VariantAnswer]:
    """Return the most followed variants."""
    found, log = study.variants, study.log
    n = len(found.cases)
    (median,) = quantiles(found.of_case, study.cycles, n, (0.5,))
    won, lost = study.outcome()
    wins = np.bincount(found.of_case, weights=won, minlength=n)
    ended = wins + np.bincount(found.of_case, weights=lost, minlength=n)
    told = []
    for index in range(min(most, n)):
        case = int(found.example[index])
        path = log.step[log.offsets[case] : log.offsets[case + 1]]
        told.append(
            VariantAnswer(
                steps=tuple(study.ids[code] for code in path.tolist()),
                cases=int(found.cases[index]),
                share=float(found.cases[index]) / max(len(log.cases), 1),
                median_seconds=number(float(median[index])),
                won_share=float(wins[index] / ended[index]) if ended[index] else None,
            )
        )
    return told


def _step(shown: Shown, code: int) -> FlowStep:
    found = shown.flow
    return FlowStep(
        id=shown.study.ids[code],
        label=shown.study.labels[code],
        cases=int(found.step_cases[code]),
        events=int(found.step_count[code]),
        median_seconds=number(float(found.sojourns.median[code])),
        p90_seconds=number(float(found.sojourns.p90[code])),
        working_median_seconds=number(float(found.sojourns.working_median[code])),
        working_p90_seconds=number(float(found.sojourns.working_p90[code])),
        starts=int(found.starts[code]),
        ends=int(found.ends[code]),
    )


def _edge(shown: Shown, edge: int) -> FlowEdge:
    found, ids = shown.flow, shown.study.ids
    source, target = ids[int(found.source[edge])], ids[int(found.target[edge])]
    return FlowEdge(
        id=f"{source}__{target}",
        source=source,
        target=target,
        count=int(found.count[edge]),
        cases=int(found.edge_cases[edge]),
        median_seconds=number(float(found.waits.median[edge])),
        p90_seconds=number(float(found.waits.p90[edge])),
        working_median_seconds=number(float(found.waits.working_median[edge])),
        working_p90_seconds=number(float(found.waits.working_p90[edge])),
    )


def _hidden(study: Study, found: Flow, seen: View) -> list[HiddenEdge]:
    total = max(int(found.count.sum()), 1)
    left = np.flatnonzero(~seen.shown)
    left = left[np.argsort(-found.count[left], kind="stable")][:_MOST_HIDDEN]
    return [
        HiddenEdge(
            source=study.ids[int(found.source[edge])],
            target=study.ids[int(found.target[edge])],
            count=int(found.count[edge]),
            share=int(found.count[edge]) / total,
        )
        for edge in left
    ]


def hidden_step(study: Study, code: int) -> HiddenStep:
    """Return a step that is not drawn, with what it would have shown."""
    whole = study.flow
    return HiddenStep(
        id=study.ids[code],
        label=study.labels[code],
        events=int(whole.step_count[code]),
        cases=int(whole.step_cases[code]),
    )
