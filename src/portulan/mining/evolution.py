"""When a process changed and what differs between two groups of its cases, in sentences."""

from babel.dates import format_date

from portulan.base import texts
from portulan.mining import compare, drift, sentences
from portulan.mining.compare import Difference, Mask
from portulan.mining.drift import Change, Shift
from portulan.mining.shapes import ChangeAnswer, ComparisonAnswer, DifferenceAnswer, DriftAnswer
from portulan.mining.study import Study
from portulan.mining.tell import moment, number

_MOST = 12


def changes(study: Study, lang: str) -> DriftAnswer:
    """Return when the process of a log changed."""
    found = drift.drift(study)
    log = study.log
    facts = {"cases": sentences.count(found.cases, lang), "left": sentences.count(found.left, lang)}
    key = "drift_none" if not found.changes else "drift_some"
    if found.cases < drift.LEAST:
        key = "drift_few"
    return DriftAnswer(
        sentence=texts.say(f"mining.{key}", lang, n=len(found.changes), **facts),
        from_=moment(log.at.min()) if len(log.at) else None,
        to=moment(log.at.max()) if len(log.at) else None,
        changes=tuple(_change(study, one, lang) for one in found.changes),
    )


def _change(study: Study, one: Change, lang: str) -> ChangeAnswer:
    at = moment(one.at)
    facts = {
        "date": format_date(at, "long", locale=lang),
        "before": sentences.count(one.before, lang),
        "after": sentences.count(one.after, lang),
    }
    return ChangeAnswer(
        at=at,
        sentence=texts.say("mining.drift_change", lang, **facts),
        shifts=tuple(_shift(study, shift, lang) for shift in one.shifts),
    )


def _shift(study: Study, one: Shift, lang: str) -> str:
    ends = (study.labels[code] if code >= 0 else "" for code in (one.source, one.target))
    source, target = ends
    key = "starts" if one.source < 0 else "ends" if one.target < 0 else "passage"
    facts = {"before": sentences.share(one.before, lang), "after": sentences.share(one.after, lang)}
    return texts.say(f"mining.shift_{key}", lang, source=source, target=target, **facts)


def comparison(study: Study, before: Mask, after: Mask, lang: str) -> ComparisonAnswer:
    """Return how some cases (m) of a log differ from others, the established differences first."""
    found = compare.compare(study, before, after)
    told = [one for one in found if one.what in ("length", "won")]
    rest = sorted((one for one in found if one.established and one not in told), key=_weight)
    n, m = int(before.sum()), int(after.sum())
    facts = {"before": sentences.count(n, lang), "after": sentences.count(m, lang)}
    key = "compared_few" if min(n, m) < compare.LEAST else "compared" if rest else "compared_alike"
    said = [texts.say(f"mining.{key}", lang, n=len(rest), **facts)]
    return ComparisonAnswer(
        before_cases=n,
        after_cases=m,
        sentence=" ".join([*said, *(_said(study, one, lang) for one in told)]),
        differences=tuple(_difference(study, one, lang) for one in [*told, *rest[:_MOST]]),
    )


def _weight(one: Difference) -> tuple[float, float]:
    """Return what orders differences: the least likely by chance, then the widest share."""
    wide = abs(one.after - one.before) if one.what in ("passage", "variant") else 0.0
    return (one.chance or 0.0, -wide)


def _difference(study: Study, one: Difference, lang: str) -> DifferenceAnswer:
    return DifferenceAnswer(
        what=one.what,
        steps=tuple(study.ids[code] for code in one.of),
        before=number(one.before),
        after=number(one.after),
        before_cases=one.before_cases,
        after_cases=one.after_cases,
        chance=one.chance,
        established=one.established,
        sentence=_said(study, one, lang),
    )


def _said(study: Study, one: Difference, lang: str) -> str:
    written = sentences.span if one.what in ("length", "wait") else sentences.share
    verdict = "early" if one.chance is None else "sure" if one.established else "unsure"
    facts = {
        "steps": " → ".join(study.labels[code] for code in one.of),
        "before": written(one.before, lang),
        "after": written(one.after, lang),
        "verdict": texts.say(f"mining.verdict_{verdict}", lang),
    }
    return texts.say(f"mining.differs_{one.what}", lang, **facts)
