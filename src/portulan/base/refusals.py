"""Refusals: answers that say no, with every reason at once.

A refusal is an answer, not a bug. Its code names the sentence in the room's
catalogue (`room.key`); its problems say where each reason lies. Concrete
refusals live beside the code that raises them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from portulan.base import texts


@dataclass(frozen=True)
class Problem:
    """One reason of a refusal: where it lies, its code `room.key`, and the facts of its sentence."""

    where: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def say(self, lang: str) -> str:
        """Return the reason as a sentence."""
        return texts.say(self.code, lang, **self.facts)


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The base of every answer that says no."""

    status: ClassVar[int]
    code: ClassVar[str]

    def __init__(self, *problems: Problem, details: Mapping[str, Any] | None = None, **facts: Any) -> None:
        """Keep the problems, the machine-readable details and the facts of the sentence."""
        super().__init__(self.code)
        self.problems: Sequence[Problem] = problems
        self.details: Mapping[str, Any] = details or {}
        self.facts = facts

    def say(self, lang: str) -> str:
        """Return the refusal as a sentence for a person."""
        return texts.say(self.code, lang, **self.facts)

    def __str__(self) -> str:
        return " ".join([self.say("en"), *(f"[{p.where}] {p.say('en')}" for p in self.problems)])


class NotAllowed(Refusal):
    """The actor has no right to do this."""

    status = 403
    code = "base.not_allowed"


class NotThere(Refusal):
    """There is no such thing, or the actor may not know that there is."""

    status = 404
    code = "base.not_there"


class NotNow(Refusal):
    """The state of things does not allow it at this moment."""

    status = 409
    code = "base.not_now"


class NotValid(Refusal):
    """What was given does not hold; the problems say where."""

    status = 422
    code = "base.not_valid"
