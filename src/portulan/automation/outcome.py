"""What came of playing a scenario: act by act, expectation by expectation, each with its reason when red."""

from datetime import datetime
from typing import Any

from portulan.base import texts
from portulan.base.refusals import Refusal
from portulan.base.value import Value, Words


class Check(Value):
    """Whether an expectation holds, and why not."""

    green: bool
    reason: Words | None = None


class Played(Value):
    """An act that was played: when, at which step its record then stood, how it was refused, what held."""

    green: bool
    at: datetime
    step: str | None = None
    refused: Words | None = None
    checks: tuple[Check, ...] = ()


class Outcome(Value):
    """What came of a scenario; `failing` is the act where it turned red, `step` where that is on the map.

    `moments` stops at an act that was refused although nobody expected it.
    """

    map: str
    scenario: str
    green: bool
    failing: int | None = None
    step: str | None = None
    reason: Words | None = None
    moments: tuple[Played, ...] = ()
    seconds: float = 0.0


def words(code: str, **facts: Any) -> Words:
    """Return a sentence of a catalogue in the languages of the product."""
    said = {
        lang: texts.say(code, lang, **{key: _said(one, lang) for key, one in facts.items()})
        for lang in texts.LANGUAGES
    }
    return Words(**said)


def words_of(refusal: Refusal) -> Words:
    """Return a refusal with every reason."""
    return Words(
        **{
            lang: " ".join([refusal.say(lang), *(one.say(lang) for one in refusal.problems)])
            for lang in texts.LANGUAGES
        }
    )


def crashed(map_uid: str, scenario: str, reason: Words) -> Outcome:
    """Return the red outcome of a scenario that could not be played to its end."""
    return Outcome(map=map_uid, scenario=scenario, green=False, reason=reason)


def _said(fact: Any, lang: str) -> Any:
    return fact.say(lang) if isinstance(fact, Words) else fact
