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


@happening
@dataclass(frozen=True)
class SignalRaised:
    """Somebody, or a rule, noticed something about the record."""

    kind: ClassVar[str] = "signal.raised"
    label: str


@happening
@dataclass(frozen=True)
class FormReceived:
    """A form made the record."""

    kind: ClassVar[str] = "form.received"
    label: str


@happening
@dataclass(frozen=True)
class RecordEscalated:
    """A rule told those who lead."""

    kind: ClassVar[str] = "record.escalated"
    text: str
    told: list[int]


@happening
@dataclass(frozen=True)
class DoorOpened:
    """A builder opened a door for forms or mails."""

    kind: ClassVar[str] = "door.opened"
    label: str
    door: str


@happening
@dataclass(frozen=True)
class DoorClosed:
    """A builder closed a door."""

    kind: ClassVar[str] = "door.closed"


@happening
@dataclass(frozen=True)
class AssignmentTaken:
    """Who received the record said that they take it up."""

    kind: ClassVar[str] = "assignment.taken"


@happening
@dataclass(frozen=True)
class AssignmentPassed:
    """Nobody took the record up in time: it went on, to whom and why."""

    kind: ClassVar[str] = "assignment.passed"
    before: int
    after: int
    reason: str


@happening
@dataclass(frozen=True)
class KeyShown:
    """A builder saw the key that signs what webhooks tell a server."""

    kind: ClassVar[str] = "webhook.key_shown"
    host: str


@happening
@dataclass(frozen=True)
class KeyRenewed:
    """A builder renewed the key that signs what webhooks tell a server."""

    kind: ClassVar[str] = "webhook.key_renewed"
    host: str
