"""What happens to rules themselves."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class RuleSwitchedOff:
    """A person switched a rule off; `*` holds everything."""

    kind: ClassVar[str] = "rule.switched_off"
    rule: str


@happening
@dataclass(frozen=True)
class RuleSwitchedOn:
    """A person switched a rule on again."""

    kind: ClassVar[str] = "rule.switched_on"
    rule: str
