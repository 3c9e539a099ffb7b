"""What would make cases follow a map, in sentences: steps skipped, steps too many, steps that it lacks."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from babel.numbers import format_decimal

from portulan.base import texts
from portulan.base.refusals import NotThere
from portulan.maps.model import Map
from portulan.mining import align, automaton, filters, sentences
from portulan.mining.align import Alignments, Needed
from portulan.mining.conformance import AlignmentAnswer, CorrectionAnswer
from portulan.mining.store import Ints
from portulan.mining.study import Study

_MOST = 40


def aligned(
    study: Study,
    drawn: Map,
    places: Sequence[str | None],
    allowed: Collection[tuple[str, str]],
    seconds: float,
) -> Alignments:
    """Return the alignments of a log with a map; `places` (k) names the step where each of the log stands.

    Moves between steps that are `allowed` count as drawn.
    """
    counts = study.flow.step_count.tolist()
    happening = {place for place, count in zip(places, counts, strict=True) if place and count}
    model = automaton.of_map(drawn, happening, allowed)
    return align.align(replace(study.log, steps=study.ids), model, places, budget=seconds)


def told(
    study: Study, drawn: Map, places: Sequence[str | None], found: Alignments, lang: str
) -> AlignmentAnswer:
    """Return what the alignments of a log with a map say, what most cases need first."""
    labels = {step.id: step.label for step in drawn.steps}
    others = dict(zip(study.ids, study.labels, strict=True))
    checked = int(found.cases[found.checked].sum())
    conforming = int(found.conforming.sum()) / max(checked, 1)
    return AlignmentAnswer(
        cases=len(found.of_case),
        checked=found.checked_cases,
        checked_variants=int(found.checked.sum()),
        variants=len(found.cost),
        conforming=conforming,
        fitness=found.fitness,
        precision=found.precision,
        sentence=_sentence(found, checked, conforming, lang),
        corrections=tuple(
            _correction(
                one,
                checked,
                (labels if one.drawn else others)[one.step],
                _stack(study, places, found, one),
                lang,
            )
            for one in found.needed()[:_MOST]
        ),
    )


def cases(found: Alignments, key: str) -> Ints:
    """Return the cases that a correction is about.

    :raises NotThere: when there is no such correction.
    """
    one = next((one for one in found.needed() if _key(one) == key), None)
    if one is None:
        raise NotThere
    return np.flatnonzero(one.variants[found.of_case])


def _kind(one: Needed) -> str:
    return one.kind if one.drawn else "unknown"


def _key(one: Needed) -> str:
    return f"{_kind(one)}:{one.step}"


def _sentence(found: Alignments, checked: int, conforming: float, lang: str) -> str:
    """Return how much was checked, how much of it needs nothing, and what the rest needs on average."""
    facts = {
        "share": sentences.share(conforming, lang),
        "checked": sentences.share(found.checked_cases, lang),
        "cases": sentences.count(checked, lang),
        "variants": sentences.count(int(found.checked.sum()), lang),
        "all": sentences.count(len(found.cost), lang),
        "n": checked,
    }
    said = texts.say(f"mining.aligned_{'whole' if found.checked.all() else 'part'}", lang, **facts)
    wrong = found.cost > 0
    if not wrong.any():
        return said
    mean = round(float(np.average(found.cost[wrong], weights=found.cases[wrong])), 1)
    each = texts.say("mining.aligned_each", lang, n=mean, mean=format_decimal(mean, locale=lang))
    return f"{said} {each}"


def _correction(
    one: Needed, checked: int, label: str, stack: tuple[filters.Filter, ...], lang: str
) -> CorrectionAnswer:
    facts = {
        "n": one.cases,
        "share": sentences.share(one.cases / checked, lang),
        "cases": sentences.count(one.cases, lang),
        "count": sentences.count(one.count, lang),
        "step": label,
    }
    return CorrectionAnswer(
        key=_key(one),
        kind=_kind(one),
        step=one.step,
        label=label,
        count=one.count,
        cases=one.cases,
        share=one.cases / checked,
        sentence=texts.say(f"mining.correction_{_kind(one)}", lang, **facts),
        stack=filters.written(stack) if stack else None,
    )


def _stack(
    study: Study, places: Sequence[str | None], found: Alignments, one: Needed
) -> tuple[filters.Filter, ...]:
    """Return the filter that chooses the very cases of a correction, where one does."""
    named = (id_ for id_, place in zip(study.ids, places, strict=True) if place == one.step)
    steps = list(named) if one.drawn else [one.step]
    if len(steps) != 1:
        return ()
    stack = (filters.Through(step=steps[0], without=one.kind == "skipped"),)
    same = filters.chosen(study, stack) == one.variants[found.of_case]
    return stack if same.all() else ()
