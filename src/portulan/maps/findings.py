"""What is found on a map: how grave, what, on which element, about which of its parts."""

from dataclasses import dataclass, field
from typing import Any, Literal

from portulan.base import texts
from portulan.base.refusals import Problem
from portulan.people import roles


@dataclass(frozen=True)
class Finding:
    """One finding: how grave, what, on which element ("" for the map), with the facts of its sentence.

    `about` names what of the element it is about, where there may be several: an information, a role.
    """

    severity: Literal["error", "warning"]
    code: str
    element: str
    facts: dict[str, Any] = field(default_factory=dict)
    about: str = ""

    def say(self, lang: str) -> str:
        """Return the finding as a sentence, its role by the name that the company gives it."""
        named = {"role": roles.name(self.facts["role"], lang)} if "role" in self.facts else {}
        return texts.say(self.code, lang, **{**self.facts, **named})

    def as_problem(self) -> Problem:
        """Return the finding as a reason of refusal."""
        return Problem(self.element, self.code, self.facts)


def error(code: str, element: str, about: str = "", **facts: Any) -> Finding:
    """Return a finding that refuses a publication."""
    return Finding("error", f"maps.{code}", element, facts, about)


def warning(code: str, element: str, about: str = "", **facts: Any) -> Finding:
    """Return a finding that does not."""
    return Finding("warning", f"maps.{code}", element, facts, about)
