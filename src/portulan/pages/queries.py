"""Reads of what is said: the threads of a target, how one's proposals fared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from portulan.pages.mentions import all_mentioned, mentioned
from portulan.pages.models import Thread, Vote, Watch
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.queries import Person
from portulan.people.rights import Verb

#: Threads of one target that are shown; the newest.
MOST = 500
_ENDING: tuple[Verb, ...] = ("update", "manage")


@dataclass(frozen=True)
class MessageView:
    """What somebody wrote; people stand in the text as `@[id]`, and here by their names."""

    id: UUID
    body: str
    at: datetime
    author: Person | None
    people: tuple[Person, ...]


@dataclass(frozen=True)
class ThreadView:
    """A thread with its messages, oldest first."""

    id: UUID
    target: str
    target_id: UUID
    element: str
    kind: str
    state: str
    reason: str
    who: str
    severity: int | None
    opened_at: datetime
    author: Person | None
    guest: str
    closed_at: datetime | None
    closed_by: Person | None
    votes: int
    voted: bool
    may_close: bool
    may_decide: bool
    carries_change: bool
    messages: tuple[MessageView, ...]


@dataclass(frozen=True)
class Fared:
    """How many proposals a person made, and what became of them."""

    made: int
    accepted: int
    open: int


@dataclass(frozen=True)
class Followed:
    """Where an open thread is, and the people who follow it: they watch it, or gave it their voice."""

    element: str
    people: frozenset[int]


def threads(
    actor: Actor, *, target: str, ids: Iterable[UUID], kinds: Sequence[str] = (), element: str | None = None
) -> list[ThreadView]:
    """Return the threads of some targets that the actor may read, the newest first."""
    rows = rights.visible(
        actor, "read", "thread", Thread.objects.filter(target=target, target_id__in=list(ids))
    )
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if element is not None:
        rows = rows.filter(element=element)
    return _views(actor, rows)


def followed(actor: Actor, *, target: str, ids: Iterable[UUID], kind: str) -> dict[UUID, Followed]:
    """Return who follows the open threads of one kind on some targets, by thread."""
    rows = Thread.objects.filter(target=target, target_id__in=list(ids), kind=kind, state="open")
    found = dict(rights.visible(actor, "read", "thread", rows).values_list("id", "element"))
    people_of: dict[UUID, set[int]] = {one: set() for one in found}
    for following in (Watch, Vote):
        known = following.objects.filter(thread__in=found, person__isnull=False)
        for thread, person in known.values_list("thread", "person"):
            people_of[thread].add(person)
    return {one: Followed(element, frozenset(people_of[one])) for one, element in found.items()}


def fared(actor: Actor) -> Fared:
    """Return how the actor's own proposals fared."""
    own = Thread.objects.filter(kind="proposal", opened_by=actor.id)
    found = dict(own.values_list("state").annotate(n=Count("id")))
    return Fared(sum(found.values()), found.get("accepted", 0), found.get("open", 0))


def _views(actor: Actor, rows: QuerySet[Thread]) -> list[ThreadView]:
    found = list(rows.prefetch_related("messages").order_by("-id")[:MOST])
    ids = [row.pk for row in found]
    votes = dict(Vote.objects.filter(thread__in=ids).values_list("thread").annotate(n=Count("id")))
    mine = set(Vote.objects.filter(thread__in=ids, person=actor.id).values_list("thread", flat=True))
    closable, decidable = (_among(actor, verb, ids) for verb in _ENDING)
    named = people.named(actor, ids=_people_of(found))
    return [
        _view(
            row,
            named,
            votes=votes.get(row.pk, 0),
            voted=row.pk in mine,
            may_close=row.pk in closable,
            may_decide=row.pk in decidable,
        )
        for row in found
    ]


def _among(actor: Actor, verb: Verb, ids: Iterable[UUID]) -> set[UUID]:
    rows = rights.visible(actor, verb, "thread", Thread.objects.filter(pk__in=ids))
    return set(rows.values_list("pk", flat=True))


def _people_of(rows: Iterable[Thread]) -> set[int]:
    found: set[int | None] = set()
    for row in rows:
        said = row.messages.all()
        found |= {row.opened_by_id, row.closed_by_id, *(one.by_id for one in said)}
        found |= all_mentioned(one.body for one in said)
    return {one for one in found if one is not None}


def _view(row: Thread, named: Mapping[int, Person], **more: Any) -> ThreadView:
    return ThreadView(
        id=row.pk,
        target=row.target,
        target_id=row.target_id,
        element=row.element,
        kind=row.kind,
        state=row.state,
        reason=row.reason,
        who=row.who,
        severity=row.severity,
        opened_at=row.opened_at,
        author=_name(named, row.opened_by_id),
        guest=row.guest,
        closed_at=row.closed_at,
        closed_by=_name(named, row.closed_by_id),
        carries_change=row.carries_change,
        messages=tuple(
            MessageView(
                id=one.pk,
                body=one.body,
                at=one.at,
                author=_name(named, one.by_id),
                people=tuple(named[person] for person in mentioned(one.body) if person in named),
            )
            for one in sorted(row.messages.all(), key=lambda said: said.pk)
        ),
        **more,
    )


def _name(named: Mapping[int, Person], person: int | None) -> Person | None:
    return named.get(person) if person is not None else None
