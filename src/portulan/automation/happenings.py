"""What happens to rules and promises themselves."""

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


@happening
@dataclass(frozen=True)
class PromiseAtRisk:
    """Most of the promised time is consumed."""

    kind: ClassVar[str] = "promise.at_risk"
    promise: str
    measure: str


@happening
@dataclass(frozen=True)
class PromiseBroken:
    """The promised time is over; `level` says how often it was told."""

    kind: ClassVar[str] = "promise.broken"
    promise: str
    measure: str
    level: int


@happening
@dataclass(frozen=True)
class ApprovalAsked:
    """Somebody, or a rule, asked whether the record may go on; `told` are those who may decide."""

    kind: ClassVar[str] = "approval.asked"
    approval: str
    label: str
    to: str
    motive: str
    told: list[int]


@happening
@dataclass(frozen=True)
class ApprovalDecided:
    """One of those who may agreed, or refused and said why."""

    kind: ClassVar[str] = "approval.decided"
    approval: str
    label: str
    granted: bool
    motive: str


@happening
@dataclass(frozen=True)
class ApprovalWithdrawn:
    """Who asked took the question back."""

    kind: ClassVar[str] = "approval.withdrawn"
    approval: str
    label: str
