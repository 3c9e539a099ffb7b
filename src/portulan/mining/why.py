"""Why cases wait at a step, or on the way to the next: causes of waiting, what sets blocked cases apart.

Owns the joining of both for whoever may look. Owners are followed over every case that the actor may see,
whatever the filters; the delay that a map sets is the horizon of what blocks in our own events.
"""

from datetime import datetime

from portulan.base import texts
from portulan.base.durations import Duration
from portulan.base.value import Value
from portulan.mining import filters as filtering
from portulan.mining import own, passing, project, queries, sentences, waited
from portulan.mining.passing import LEAST, Setting, Sides
from portulan.mining.study import Study
from portulan.mining.waited import WaitSplit
from portulan.people.actor import Actor
from portulan.records import runtime

_MOST = 6


class ApartAnswer(Value):
    """A value that goes with blocking: of `cases` with it a share blocked, and of the `others` another.

    `low` and `high` hold the difference of shares 19 times out of 20; `chance` is corrected for all tried.
    """

    attribute: str
    value: str
    cases: int
    share: float
    others: int
    other_share: float
    difference: float
    low: float
    high: float
    chance: float
    sentence: str


class PassingAnswer(Value):
    """What sets the cases that blocked at a step apart from those that passed within `horizon_seconds`."""

    blocked: int
    passed: int
    horizon_seconds: float
    tried: int
    sentence: str
    apart: tuple[ApartAnswer, ...]


class WhyAnswer(Value):
    """Why cases wait; `passing` is of a step where cases can block, and of no passage."""

    split: WaitSplit
    passing: PassingAnswer | None


def why(
    actor: Actor, *, log: str, step: str, target: str | None = None, filters: str = "", at: datetime
) -> WhyAnswer:
    """Return why the cases of a log wait after a step, or on the way to `target`.

    :raises NotThere: when there is no such log, or no such step in it.
    :raises FilterNotValid: when a filter cannot be read or names what the log does not hold.
    """
    whole = queries.study(actor, log=log, at=at)
    stack = filtering.read(filters)
    chosen = filtering.chosen(whole, stack) if stack else None
    states = target is None and whole.states is not whole.log and step in whole.state_code_of
    found = whole.answer(("waits", stack, states), lambda: waited.split(whole, chosen, states=states))
    split = waited.told(whole, found, step, target, actor.lang)
    if target is not None:
        return WhyAnswer(split=split, passing=None)
    study = queries.study(actor, log=log, filters=filters, at=at)
    asked = ("passing", step, actor.lang)
    return WhyAnswer(split=split, passing=study.answer(asked, lambda: _passing(study, log, step, actor.lang)))


def _passing(study: Study, log: str, step: str, lang: str) -> PassingAnswer | None:
    if step not in study.state_code_of:
        return None
    known = {study.state_ids[one.step]: one.horizon for one in study.blockages}
    if step not in known:
        return None
    aim = _aim(log, step)
    horizon = project.seconds(aim) if aim else known[step]
    sides = passing.sides(study, step, horizon, working=bool(aim and aim.unit.startswith("working")))
    found, tried = passing.passing(study, sides)
    return PassingAnswer(
        blocked=len(sides.blocked),
        passed=len(sides.passed),
        horizon_seconds=horizon,
        tried=tried,
        sentence=_sentence(sides, found, tried, lang),
        apart=tuple(_apart(one, lang) for one in _one_way(found)[:_MOST]),
    )


def _aim(log: str, step: str) -> Duration | None:
    """Return the delay that the map in force sets to a step of our own events."""
    if not log.startswith(own.PREFIX):
        return None
    stages = runtime.current().pipeline(log.removeprefix(own.PREFIX)).stages
    return next((stage.delay for stage in stages if stage.uid == step), None)


def _one_way(found: list[Setting]) -> list[Setting]:
    """Return values without those that only say again that the other of two blocks more."""
    more = {(one.attribute, one.cases) for one in found if one.difference > 0}
    return [one for one in found if one.difference > 0 or (one.attribute, one.others) not in more]


def _sentence(sides: Sides, found: list[Setting], tried: int, lang: str) -> str:
    facts = {
        "blocked": sentences.count(len(sides.blocked), lang),
        "passed": sentences.count(len(sides.passed), lang),
    }
    if min(len(sides.blocked), len(sides.passed)) < LEAST:
        return texts.say("mining.passing_early", lang, least=LEAST, **facts)
    key = "mining.passing_some" if found else "mining.passing_none" if tried else "mining.passing_nothing"
    return texts.say(key, lang, n=tried, **facts)


def _apart(one: Setting, lang: str) -> ApartAnswer:
    least = None if one.least is None else sentences.figure(one.least, lang)
    attribute = (
        texts.say("mining.amount", lang)
        if one.attribute == "amount" and one.least is not None
        else one.attribute
    )
    value = one.value if least is None else texts.say("mining.at_least", lang, value=least)
    points = (sentences.points(part, lang) for part in (one.difference, one.low, one.high))
    facts = dict(zip(("difference", "low", "high"), points, strict=True))
    said = texts.say(
        "mining.passing_apart",
        lang,
        attribute=attribute,
        value=value,
        share=sentences.share(one.share, lang),
        cases=sentences.count(one.cases, lang),
        other=sentences.share(one.other_share, lang),
        others=sentences.count(one.others, lang),
        **facts,
    )
    return ApartAnswer(
        attribute=attribute,
        value=value,
        cases=one.cases,
        share=one.share,
        others=one.others,
        other_share=one.other_share,
        difference=one.difference,
        low=one.low,
        high=one.high,
        chance=one.chance,
        sentence=said,
    )
