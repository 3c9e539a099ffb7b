"""One change between two maps: what, on which element, and how it says itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from portulan.base import texts
from portulan.base.durations import Duration

Kind = Literal["added", "removed", "moved", "renamed", "changed"]
What = Literal[
    "map", "phase", "lane", "step", "passage", "criterion", "field", "delay", "friction",
    "document", "system", "touchpoint", "risk", "signal", "content", "compliance", "submap",
    "automation", "approval", "effect", "scenario", "measure",
]  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word of the catalogue that a sentence holds, such as the name of a property."""

    name: str


Fact = str | int | bool | Duration | Word | None


@dataclass(frozen=True)
class Change:
    """One change. `element` is what is drawn (step, passage, lane, phase, or the map); `part` lies inside."""

    kind: Kind
    what: What
    element: str
    sentence: str
    part: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def say(self, lang: str) -> str:
        """Return the change as a sentence."""
        return texts.say(
            f"maps.{self.sentence}", lang, **{name: say_fact(fact, lang) for name, fact in self.facts.items()}
        )


def say_fact(fact: Fact, lang: str) -> str:
    """Return a fact as a sentence holds it."""
    match fact:
        case Word():
            return texts.say(f"maps.{fact.name}", lang)
        case Duration():
            return texts.say(f"base.say_unit_{fact.unit}", lang, n=fact.amount)
        case bool():
            return texts.say(f"maps.{'yes' if fact else 'no'}", lang)
        case None:
            return texts.say("maps.nothing", lang)
        case _:
            return str(fact)
