"""What a picture of a flow is worth: how much of its log it tells, how much it allows that nobody does.

Owns the reading of a picture as a model: cases begin and end at the steps where cases do, move along the
passages that are shown, and may be in one step at a time. It is judged as a model in blocks is; what a time
budget did not allow is told as unchecked.
"""

from dataclasses import dataclass, replace

import numpy as np
from babel.lists import format_list
from babel.numbers import format_decimal

from portulan.base import texts
from portulan.mining import align, automaton, sentences
from portulan.mining.automaton import Automaton
from portulan.mining.shapes import WorthAnswer
from portulan.mining.show import Shown

#: Seconds that the alignments of a picture may take unless stated.
BUDGET = 2.0


@dataclass(frozen=True)
class Worth:
    """Shares from 0 to 1: fitness, precision, and the cases that were checked; without any, neither."""

    fitness: float | None
    precision: float | None
    checked: float


def worth(shown: Shown, *, budget: float = BUDGET) -> Worth:
    """Return what a picture is worth, of the cases of its study."""
    if not shown.flow.starts.any():
        return Worth(None, None, 0.0)
    study = shown.study
    found = align.align(replace(study.log, steps=study.ids), model(shown), budget=budget)
    return Worth(found.fitness, found.precision, found.checked_cases)


def told(shown: Shown, lang: str) -> WorthAnswer:
    """Return what a picture is worth, and what it leaves out, as it travels."""
    known = worth(shown)
    return WorthAnswer(
        fitness=known.fitness,
        precision=known.precision,
        checked=known.checked,
        sentence=left_out(shown, lang),
    )


def left_out(shown: Shown, lang: str) -> str:
    """Return what the picture of a flow leaves out: how many passages and steps, first the most frequent."""
    study, flow, hidden = shown.study, shown.flow, np.flatnonzero(~shown.view.shown)
    parts = []
    if len(hidden):
        first = hidden[int(flow.count[hidden].argmax())]
        part = format_decimal(round(100 * (1 - shown.view.coverage), 1), locale=lang)
        facts = {
            "ways": sentences.count(len(hidden), lang),
            "share": texts.say("mining.percent", lang, value=part),
            "source": study.labels[int(flow.source[first])],
            "target": study.labels[int(flow.target[first])],
            "count": sentences.count(int(flow.count[first]), lang),
        }
        parts.append(texts.say("mining.left_ways", lang, n=len(hidden), **facts))
    if len(shown.hidden):
        step = max(shown.hidden.tolist(), key=lambda code: int(study.flow.step_count[code]))
        events = sentences.count(int(study.flow.step_count[step]), lang)
        named = {"step": study.labels[step], "events": events}
        parts.append(texts.say("mining.left_steps", lang, n=len(shown.hidden), **named))
    if not parts:
        return texts.say("mining.left_nothing", lang)
    return texts.say("mining.left_out", lang, what=format_list(parts, locale=lang))


def model(shown: Shown) -> Automaton:
    """Return what a picture allows: state 0 before the first step, then the last step that happened."""
    flow, arcs = shown.flow, np.flatnonzero(shown.view.shown)
    pairs = zip(flow.source[arcs].tolist(), flow.target[arcs].tolist(), strict=True)
    begins = np.flatnonzero(flow.starts).tolist()
    moves = [(0, code, code + 1) for code in begins]
    moves += [(source + 1, target, target + 1) for source, target in pairs]
    ends = (np.flatnonzero(flow.ends) + 1).tolist()
    return automaton.of_transitions(shown.study.ids, moves, 0, ends)
