"""What happens in discussions and reviews. `mentions` and `watchers` are the people who are told of it."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class ThreadOpened:
    """Something was said about an element."""

    kind: ClassVar[str] = "thread.opened"
    on: str
    element: str
    what: str
    title: str
    label: str
    mentions: list[int]
    watchers: list[int]


@happening
@dataclass(frozen=True)
class ThreadReplied:
    """Somebody answered in a thread."""

    kind: ClassVar[str] = "thread.replied"
    on: str
    element: str
    what: str
    title: str
    label: str
    mentions: list[int]
    watchers: list[int]


@happening
@dataclass(frozen=True)
class ThreadClosed:
    """A thread was resolved, accepted or refused, and why."""

    kind: ClassVar[str] = "thread.closed"
    on: str
    element: str
    what: str
    title: str
    label: str
    state: str
    reason: str
    watchers: list[int]


@happening
@dataclass(frozen=True)
class ThreadReopened:
    """A thread is open again."""

    kind: ClassVar[str] = "thread.reopened"
    on: str
    element: str
    what: str
    title: str
    label: str
    watchers: list[int]


@happening
@dataclass(frozen=True)
class ThreadVoted:
    """Somebody gave a thread their voice, or took it back."""

    kind: ClassVar[str] = "thread.voted"
    on: str
    element: str
    given: bool


@happening
@dataclass(frozen=True)
class CareAssigned:
    """Somebody answers for a target, another one stands in, and it is reviewed every so many months."""

    kind: ClassVar[str] = "care.assigned"
    on: str
    title: str
    owner: int | None
    backup: int | None
    months: int
    watchers: list[int]


@happening
@dataclass(frozen=True)
class ReviewReminded:
    """Somebody was reminded that a target is to be reviewed, or was to be."""

    kind: ClassVar[str] = "review.reminded"
    on: str
    title: str
    due_on: str
    level: int
    watchers: list[int]


@happening
@dataclass(frozen=True)
class WorkshopOpened:
    """A link lets people say what hurts about a target, until a moment."""

    kind: ClassVar[str] = "workshop.opened"
    on: str
    title: str
    ends_at: str


@happening
@dataclass(frozen=True)
class WorkshopClosed:
    """The link of a workshop leads nowhere any more."""

    kind: ClassVar[str] = "workshop.closed"
    on: str


@happening
@dataclass(frozen=True)
class TermDefined:
    """A word has a meaning, or another one; `watchers` own one that differs."""

    kind: ClassVar[str] = "term.defined"
    on: str
    title: str
    team: str
    watchers: list[int]


@happening
@dataclass(frozen=True)
class TermSettled:
    """Of several meanings of a word one is kept; `watchers` owned the others."""

    kind: ClassVar[str] = "term.settled"
    on: str
    title: str
    team: str
    watchers: list[int]


@happening
@dataclass(frozen=True)
class TermRemoved:
    """A meaning of a word lies in the bin."""

    kind: ClassVar[str] = "term.removed"
    on: str
    title: str


@happening
@dataclass(frozen=True)
class TermRestored:
    """A meaning of a word is back."""

    kind: ClassVar[str] = "term.restored"
    on: str
    title: str
