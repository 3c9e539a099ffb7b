"""The one way to add to the log: in the caller’s transaction, events together in few statements.

Owns the registry of those who want to know in that same transaction, filled by `server.wiring`: what they
write is kept or lost with the event. What is loaded of the past is told to nobody.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from portulan.base import ids
from portulan.base.registry import Registry
from portulan.events import bulk
from portulan.events.models import Event, EventPersonal
from portulan.events.types import Happening, data_of


class Author(Protocol):
    """What the log keeps of who acts."""

    @property
    def id(self) -> int | None:
        """The person, or None for the product itself."""

    @property
    def provenance(self) -> str:
        """By which path they act."""

    @property
    def robot(self) -> bool:
        """Whether no person is behind."""


#: Called with the rows that were added, in the transaction that added them.
LISTENERS: Registry[Callable[[Sequence[Event]], None]] = Registry("listener")
_CAUSE: ContextVar[UUID | None] = ContextVar("cause", default=None)
_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


@dataclass(frozen=True)
class Entry:
    """One happening to add, with its circumstances."""

    happening: Happening
    subject: str
    at: datetime
    case: str = ""
    actor_id: int | None = None
    personal: Mapping[str, Any] | None = None
    caused_by: UUID | None = None


@contextmanager
def because(event: UUID | None) -> Iterator[None]:
    """Make an event the cause of every event added meanwhile, unless they name their own."""
    token = _CAUSE.set(event)
    try:
        yield
    finally:
        _CAUSE.reset(token)


@contextmanager
def quietly() -> Iterator[None]:
    """Tell nobody of the events added meanwhile: they are a past that is written down late."""
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)


def append(
    happening: Happening, *, actor: Author, subject: str, at: datetime, case: str = "", **more: Any
) -> UUID:
    """Add one event and return its id.

    `more` may hold `caused_by` (the id of the event that led to this one) and `personal` (values that
    erasure can blank).
    """
    return append_many([Entry(happening, subject, at, case, actor.id, **more)], actor=actor)[0]


def append_many(entries: Sequence[Entry], *, actor: Author) -> list[UUID]:
    """Add events, many in one statement, and return their ids, in order."""
    entries = [replace(entry, caused_by=entry.caused_by or _CAUSE.get()) for entry in entries]
    causes = {entry.caused_by for entry in entries if entry.caused_by}
    depths = dict(Event.objects.filter(pk__in=causes).values_list("pk", "depth")) if causes else {}
    rows = [_row(entry, actor, depths) for entry in entries]
    Event.objects.bulk_create(rows, batch_size=2000)
    personal = [
        EventPersonal(event=row, data=dict(entry.personal))
        for row, entry in zip(rows, entries, strict=True)
        if entry.personal
    ]
    if personal:
        EventPersonal.objects.bulk_create(personal, batch_size=2000)
    for name in () if _QUIET.get() else LISTENERS:
        LISTENERS.get(name)(rows)
    return [row.pk for row in rows]


def load(entries: Iterable[Entry], *, actor: Author) -> None:
    """Add events of the past, as many as one likes, in few statements; causes and personal values apart."""
    names = ("id", "at", "kind", "actor_id", "subject", "case", "data", "depth", "provenance", "robot")
    rows = (
        (
            ids.uuid7(),
            entry.at,
            entry.happening.kind,
            entry.actor_id,
            entry.subject,
            entry.case or entry.subject,
            data_of(entry.happening),
            0,
            actor.provenance,
            actor.robot,
        )
        for entry in entries
    )
    bulk.insert(Event, names, rows)


def keep(entries: Iterable[Entry], *, actor: Author, told: bool) -> None:
    """Add events of many records: told to those who want to know, or as a past that concerns nobody."""
    if told:
        append_many(list(entries), actor=actor)
    else:
        load(entries, actor=actor)


def _row(entry: Entry, actor: Author, depths: Mapping[UUID, int]) -> Event:
    return Event(
        id=ids.uuid7(),
        at=entry.at,
        kind=entry.happening.kind,
        actor_id=entry.actor_id,
        subject=entry.subject,
        case=entry.case or entry.subject,
        data=data_of(entry.happening),
        caused_by=entry.caused_by,
        depth=depths[entry.caused_by] + 1 if entry.caused_by else 0,
        provenance=actor.provenance,
        robot=actor.robot,
    )
