"""What is foreseen, in sentences, as it travels: of one case, step by step, and how well it did."""

import math
from dataclasses import replace

import numpy as np

from portulan.base import texts
from portulan.base.value import Value
from portulan.mining import foresee, foresight, sentences
from portulan.mining.foresee import Ahead, Learnt, Still
from portulan.mining.foresight import LEAST, SHOWN, Judged
from portulan.mining.study import Study
from portulan.mining.tell import number


class AheadAnswer(Value):
    """What is foreseen of a case: `step` is empty for the end; what is not said is absent; seconds."""

    step: str | None
    label: str | None
    share: float | None
    n: int
    left_seconds: float | None
    low_seconds: float | None
    high_seconds: float | None
    times: int
    sentence: str


class StepAhead(Value):
    """What most often follows a step of a log, and the seconds that cases last after it."""

    step: str
    label: str
    next_label: str | None
    share: float | None
    n: int
    left_seconds: float | None
    low_seconds: float | None
    high_seconds: float | None


class ForesightAnswer(Value):
    """How well a log is foreseen on its newest cases, in sentences and figures; seconds, shares."""

    early: bool
    learnt: int
    cases: int
    right: float | None
    naive_right: float | None
    off_seconds: float | None
    naive_off_seconds: float | None
    held: float | None
    tells_next: bool
    tells_left: bool
    sentences: tuple[str, ...]
    steps: tuple[StepAhead, ...]


def told(study: Study, lang: str) -> ForesightAnswer:
    """Return how well a log is foreseen, and what is foreseen after each of its steps."""
    found = foresight.found(study)
    if found is None:
        ended = len(np.unique(study.log.case[foresight.told(study)]))
        said = texts.say("mining.foresight_early", lang, least=LEAST, cases=sentences.count(ended, lang))
        return ForesightAnswer(
            early=True, learnt=0, cases=0, right=None, naive_right=None, off_seconds=None, held=None,
            naive_off_seconds=None, tells_next=False, tells_left=False, sentences=(said,), steps=(),
        )  # fmt: skip
    learnt, judged = found
    return ForesightAnswer(
        early=False,
        learnt=judged.learnt,
        cases=judged.cases,
        right=number(judged.right),
        naive_right=number(judged.naive_right),
        off_seconds=number(judged.off),
        naive_off_seconds=number(judged.naive_off),
        held=number(judged.held),
        tells_next=judged.tells_next,
        tells_left=judged.tells_left,
        sentences=trial(judged, lang),
        steps=tuple(_steps(study, learnt)),
    )


def trial(judged: Judged, lang: str) -> tuple[str, ...]:
    """Return how the trial of a log went, in sentences."""
    counts = {name: sentences.count(getattr(judged, name), lang) for name in ("learnt", "cases", "events")}
    shares = {name: sentences.share(getattr(judged, name), lang) for name in ("right", "said") if judged.said}
    said = [texts.say("mining.foresight_trial", lang, **counts)]
    if judged.said:
        key = "sure" if judged.tells_next else "unsure"
        naive = sentences.share(judged.naive_right, lang)
        said.append(texts.say(f"mining.foresight_next_{key}", lang, **shares, naive=naive))
    if not math.isnan(judged.off):
        key = "sure" if judged.tells_left else "loose" if judged.off < judged.naive_off else "worse"
        spans = {"off": sentences.span(judged.off, lang), "naive": sentences.span(judged.naive_off, lang)}
        shares = {"aim": sentences.share(foresee.HELD, lang), "held": sentences.share(judged.held, lang)}
        said.append(texts.say(f"mining.foresight_left_{key}", lang, **spans, **shares))
    return tuple(said)


def _steps(study: Study, learnt: Learnt) -> list[StepAhead]:
    """Return what is foreseen after each step that is no ending, whatever came before it."""
    known = np.unique(study.log.step[foresight.told(study)]).astype(np.int64)
    brief = replace(learnt, nexts=learnt.nexts[:1], lefts=learnt.lefts[:1])
    found = foresee.ahead(brief, [known + 1])
    return [_step(study, code, found, place) for place, code in enumerate(known.tolist())]


def _step(study: Study, code: int, found: Ahead, place: int) -> StepAhead:
    n, times, after = int(found.n[place]), int(found.times[place]), int(found.step[place])
    said, lasting = n >= SHOWN and after >= 0, times >= SHOWN
    spans = (float(side[place]) if lasting else None for side in (found.left, found.low, found.high))
    left, low, high = spans
    return StepAhead(
        step=study.ids[code],
        label=study.labels[code],
        next_label=study.labels[after] if said and after < len(study.labels) else None,
        share=float(found.share[place]) if said else None,
        n=n,
        left_seconds=left,
        low_seconds=low,
        high_seconds=_finite(high),
    )


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def ahead(
    next_one: Ahead | None, still: Still | None, ids: tuple[str, ...], labels: tuple[str, ...], lang: str
) -> AheadAnswer | None:
    """Return what is foreseen of one case as it is said, None when nothing is.

    `next_one` holds one event; `still` is what is left after its wait; None for what is not told.
    """
    n, step, share = 0, -1, 0.0
    if next_one is not None:
        n, step, share = int(next_one.n[0]), int(next_one.step[0]), float(next_one.share[0])
    known = n >= SHOWN and step >= 0
    said = _next(labels[step] if step < len(labels) else None, share, n, lang) if known else None
    lasts = _lasts(still, lang) if still is not None and math.isfinite(still.high) else None
    if said is None and lasts is None:
        return None
    key = "both" if said and lasts else "one"
    whole = texts.say(f"mining.ahead_{key}", lang, next=said, left=lasts, said=said or lasts)
    return AheadAnswer(
        step=ids[step] if known and step < len(ids) else None,
        label=labels[step] if known and step < len(labels) else None,
        share=share if known else None,
        n=n if known else 0,
        left_seconds=still.left if still and lasts else None,
        low_seconds=still.low if still and lasts else None,
        high_seconds=still.high if still and lasts else None,
        times=still.n if still and lasts else 0,
        sentence=whole[0].upper() + whole[1:],
    )


def _next(label: str | None, share: float, n: int, lang: str) -> str:
    facts = {"share": sentences.share(share, lang), "n": sentences.count(n, lang)}
    if label is None:
        return texts.say("mining.ahead_end", lang, **facts)
    return texts.say("mining.ahead_next", lang, step=label, **facts)


def _lasts(still: Still, lang: str) -> str:
    within = sentences.between(still.low, still.high, lang)
    return texts.say("mining.ahead_left", lang, range=within, times=sentences.count(still.n, lang))
