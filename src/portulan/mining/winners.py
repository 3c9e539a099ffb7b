"""What won cases have that lost ones have not, in sentences, as it travels."""

from dataclasses import replace

from babel.numbers import format_decimal

from portulan.base import texts
from portulan.base.value import Value
from portulan.mining import compare, sentences, winning
from portulan.mining.filters import MEASURES, Contacts, Filter, Outcome, written
from portulan.mining.study import Study
from portulan.mining.tell import number
from portulan.mining.touches import Channels
from portulan.mining.winning import Number, Pattern, Winning

_MOST = 20
_ONE = 1.0


class WinningNumber(Value):
    """A number of won and of lost cases (medians; gaps in seconds) and how often a won one has more."""

    what: str
    won: float
    lost: float
    won_cases: int
    lost_cases: int
    more: float
    low: float
    high: float
    chance: float
    established: bool
    verdict: str
    sentence: str


class WinningPattern(Value):
    """What some cases have: `cases` of them ended, of which `won`; `others` ended without it.

    `subject` says it; `difference` of shares, with its interval, is at an equal number of contacts; `stack`
    chooses those cases.
    """

    what: str
    subject: str
    channels: tuple[str, ...]
    least: float | None
    most: float | None
    cases: int
    won: int
    others: int
    others_won: int
    difference: float | None
    low: float | None
    high: float | None
    chance: float
    established: bool
    verdict: str
    sentence: str
    equal: str
    stack: str


class WinningAnswer(Value):
    """What distinguishes the won cases of a log, the surest first, and the sentence to read first."""

    won: int
    lost: int
    early: bool
    tried: int
    steps: bool
    sentence: str
    numbers: tuple[WinningNumber, ...]
    patterns: tuple[WinningPattern, ...]


def told(study: Study, lang: str, most: int | None = _MOST) -> WinningAnswer:
    """Return what the contacts of won cases have that those of lost ones have not, at most so many patterns.

    :raises NotAllowed: in our own log, when who looks may not read its contacts.
    """
    found = winning.winning(study)
    channels = Channels((), ()) if found.early else study.touches.channels
    if channels.steps:
        channels = replace(channels, labels=study.labels)
    apart = sum(one.established for one in found.numbers) + sum(one.established for one in found.patterns)
    return WinningAnswer(
        won=found.won,
        lost=found.lost,
        early=found.early,
        tried=found.tried,
        steps=channels.steps,
        sentence=_whole(study, found, apart, lang),
        numbers=tuple(_number(one, lang) for one in found.numbers),
        patterns=tuple(_pattern(one, channels, lang) for one in found.patterns[:most]),
    )


def _whole(study: Study, found: Winning, apart: int, lang: str) -> str:
    if not study.ends.won or not study.ends.lost:
        return texts.say("mining.winning_unknown", lang)
    key = "early" if found.early else "some" if apart else "none" if found.tried else "silent"
    facts = {"won": sentences.count(found.won, lang), "lost": sentences.count(found.lost, lang)}
    facts |= {"tried": sentences.count(found.tried, lang), "least": str(compare.LEAST)}
    return texts.say(f"mining.winning_{key}", lang, n=apart, **facts)


def _number(one: Number, lang: str) -> WinningNumber:
    facts = {"won": _size(one.what, one.won, lang), "lost": _size(one.what, one.lost, lang)}
    facts |= {"n": sentences.count(one.won_cases, lang), "m": sentences.count(one.lost_cases, lang)}
    shares = {name: sentences.share(getattr(one, name), lang) for name in ("more", "low", "high")}
    return WinningNumber(
        **vars(one),
        established=one.established,
        verdict=_verdict(one, lang),
        sentence=texts.say(f"mining.winning_{one.what}", lang, **facts, **shares),
    )


def _verdict(one: Number | Pattern, lang: str) -> str:
    return texts.say(f"mining.verdict_{'sure' if one.established else 'unsure'}", lang)


def _size(what: str, value: float, lang: str) -> str:
    return format_decimal(value, "#,##0.#", locale=lang) if what == "count" else sentences.span(value, lang)


def _pattern(one: Pattern, channels: Channels, lang: str) -> WinningPattern:
    subject = _subject(one, channels, lang)
    facts = {
        "subject": subject,
        "share": sentences.share(one.won / one.cases, lang),
        "cases": sentences.count(one.cases, lang),
        "other": sentences.share(one.others_won / one.others, lang),
        "others": sentences.count(one.others, lang),
    }
    return WinningPattern(
        what=one.what,
        subject=subject,
        channels=tuple(channels.labels[code] for code in one.of),
        least=one.least,
        most=one.most,
        cases=one.cases,
        won=one.won,
        others=one.others,
        others_won=one.others_won,
        difference=number(one.difference),
        low=number(one.low),
        high=number(one.high),
        chance=one.chance,
        established=one.established,
        verdict=_verdict(one, lang),
        sentence=texts.say("mining.winning_pattern", lang, **facts),
        equal=_equal(one, lang),
        stack=written(_stack(one, channels)),
    )


def _subject(one: Pattern, channels: Channels, lang: str) -> str:
    named = [texts.say("base.say_quoted", lang, value=channels.labels[code]) for code in one.of]
    if named:
        return texts.say(f"mining.winning_has_{one.what}", lang, channels=" → ".join(named))
    least, most = (_size(one.what, bound or 0.0, lang) for bound in (one.least, one.most))
    if least == most:
        return texts.say(f"mining.winning_has_{one.what}_exactly", lang, n=one.least or 0, least=least)
    return texts.say(f"mining.winning_has_{one.what}", lang, least=least, most=most)


def _equal(one: Pattern, lang: str) -> str:
    """Return how the shares differ once the number of contacts is held equal."""
    if one.chance >= _ONE and number(one.difference) is None:
        return texts.say("mining.winning_alone", lang)
    points = {name: sentences.points(getattr(one, name), lang) for name in ("difference", "low", "high")}
    key = "winning_difference" if one.what == "count" else "winning_equal"
    return texts.say(f"mining.{key}", lang, **points)


def _stack(one: Pattern, channels: Channels) -> tuple[Filter, ...]:
    """Return the filters that choose the cases of a pattern."""
    ended = Outcome(which="ended")
    ids = tuple(channels.ids[code] for code in one.of)
    if one.what == "first":
        return (ended, Contacts(channels=ids, where="start"))
    if one.what == "last":
        return (ended, Contacts(channels=ids, where="end"))
    if ids:
        return (ended, Contacts(channels=ids))
    measure = next(each for each in MEASURES if each == one.what)
    return (ended, Contacts(measure=measure, least=one.least, most=one.most))
