"""How a log keeps to a map, in sentences: the usual deviations, what each costs, what goes with it."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from babel.lists import format_list

from portulan.base import texts
from portulan.maps.model import Map
from portulan.mining import causes, conform, project, sentences
from portulan.mining.conform import Deviation, Lost
from portulan.mining.conformance import CauseAnswer, ConformanceAnswer, ConformMonth, DeviationAnswer
from portulan.mining.filters import Filter, Path, Through, written
from portulan.mining.study import Study

_MOST, _EXPLAINED, _EXAMPLES = 40, 12, 5


def told(
    study: Study,
    drawn: Map,
    places: Sequence[str | None],
    lang: str,
    *,
    accepted: frozenset[str] = frozenset(),
) -> ConformanceAnswer:
    """Return how a log keeps to a map; `places` (k) names the step where each of the log stands.

    Deviations that are `accepted`, by their names, stand apart and count no more.
    """
    projection = project.place(study, drawn, places)
    found = conform.conform(study, projection, places, accepted)
    labels = dict(zip(study.ids, study.labels, strict=True))
    labels |= {step.id: step.label for step in drawn.steps}
    share = float(found.conforming.mean()) if len(found.conforming) else 1.0
    same = not projection.unmapped and tuple(places) == study.ids
    waiting = [one for one in found.deviations if one.key not in accepted]
    apart = [one for one in found.deviations if one.key in accepted]
    return ConformanceAnswer(
        cases=len(found.conforming),
        share=share,
        sentence=_share(share, len(found.conforming), len(apart), lang),
        deviations=tuple(
            _told(study, one, labels, lang, explained=rank < _EXPLAINED, same=same)
            for rank, one in enumerate(waiting[:_MOST])
        ),
        accepted=tuple(_told(study, one, labels, lang, explained=False, same=same) for one in apart[:_MOST]),
        months=tuple(
            ConformMonth(month=month, cases=n, share=part)
            for month, n, part in conform.by_month(study, found.conforming)
        ),
        unmapped=projection.unmapped,
    )


def _share(share: float, cases: int, apart: int, lang: str) -> str:
    facts = {"share": sentences.share(share, lang), "cases": sentences.count(cases, lang)}
    said = texts.say("mining.conforming", lang, **facts)
    return f"{said} {texts.say('mining.conforming_apart', lang, n=apart)}" if apart else said


def _told(
    study: Study, one: Deviation, labels: dict[str, str], lang: str, *, explained: bool, same: bool
) -> DeviationAnswer:
    cases = int(one.cases.sum())
    share = cases / max(len(one.cases), 1)
    quoted = [texts.say("base.say_quoted", lang, value=labels.get(step, step)) for step in one.through]
    facts: dict[str, Any] = {
        "n": cases,
        "share": sentences.share(share, lang),
        "cases": sentences.count(cases, lang),
        "source": labels.get(one.source, one.source),
        "target": labels.get(one.target, one.target),
        "through": format_list(quoted, locale=lang) if quoted else "",
    }
    found = causes.apart(study, one.cases) if explained else []
    examples = study.log.cases.gather(np.flatnonzero(one.cases)[:_EXAMPLES].tolist())
    stack = _stack(one) if same or one.kind == "unknown" else ()
    return DeviationAnswer(
        key=one.key,
        kind=one.kind,
        source=one.source,
        target=one.target,
        source_label=facts["source"],
        target_label=facts["target"],
        count=one.count,
        cases=cases,
        share=share,
        extra_seconds=one.lost.median if one.lost else None,
        extra_low=one.lost.low if one.lost else None,
        extra_high=one.lost.high if one.lost else None,
        sentence=texts.say(f"mining.deviation_{one.kind}", lang, **facts),
        cost=_cost(one.lost, lang),
        causes=tuple(CauseAnswer(**vars(cause)) for cause in found),
        examples=tuple(str(case) for case in examples),
        stack=written(stack) if stack else None,
    )


def _stack(one: Deviation) -> tuple[Filter, ...]:
    """Return the filter that chooses the cases of a deviation, where one does."""
    if one.kind in ("skipped", "back", "repeat", "passage"):
        return (Path(source=one.source, target=one.target),)
    if one.kind == "start":
        return (Through(step=one.source, where="start"),)
    return (Through(step=one.source),) if one.kind == "unknown" else ()


def _cost(lost: Lost | None, lang: str) -> str:
    """Return what a deviation costs; nothing is said to differ when the interval holds zero."""
    if lost is None:
        return texts.say("mining.deviation_few", lang)
    if lost.low <= 0 <= lost.high:
        return texts.say("mining.deviation_same", lang)
    low, high = sorted((math.fabs(lost.low), math.fabs(lost.high)))
    key = "mining.deviation_longer" if lost.median > 0 else "mining.deviation_shorter"
    spans = (sentences.span(one, lang) for one in (math.fabs(lost.median), low, high))
    return texts.say(key, lang, **dict(zip(("span", "low", "high"), spans, strict=True)))
