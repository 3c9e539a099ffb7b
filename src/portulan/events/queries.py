"""Reads of the log. The rights on a subject are its own room's: ask them before you read its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portulan.events.models import Event


@dataclass(frozen=True)
class Added:
    """What somebody who follows the log learns of an event."""

    id: UUID
    kind: str
    subject: str
    data: Mapping[str, Any]


#: Where a page goes on: before a moment, and at that moment before an event if any.
Before = tuple[datetime, UUID | None]


def of_subject(
    subject: str,
    *,
    also: Iterable[str] = (),
    kinds: Iterable[str] = (),
    without: Iterable[str] = (),
    before: Before | None = None,
    limit: int = 50,
) -> list[Event]:
    """Return the events of a subject and of others beside it, newest first, from before a place on.

    `kinds`: of these kinds only.
    """
    rows = Event.objects.filter(subject__in=[subject, *also]).exclude(kind__in=list(without))
    wanted = list(kinds)
    return list(_newest(rows.filter(kind__in=wanted) if wanted else rows, before)[:limit])


def all_of(subject: str) -> QuerySet[Event]:
    """Return every event of a subject, oldest first, lazily."""
    return Event.objects.filter(subject=subject).order_by("at", "id")


def of_case(case: str, *, before: Before | None = None, limit: int = 50) -> list[Event]:
    """Return the events of a case, newest first, from before a place on."""
    return list(_newest(Event.objects.filter(case=case), before)[:limit])


def by_ids(ids: Iterable[UUID]) -> dict[UUID, Event]:
    """Return events by their ids."""
    return Event.objects.in_bulk(list(ids))


def of_subjects_since(subjects: Iterable[str], *, event: UUID) -> list[Event]:
    """Return what happened to some subjects after an event, oldest first."""
    return list(Event.objects.filter(subject__in=list(subjects), pk__gt=event).order_by("at", "id"))


def acts_of(person: int, *, subjects: Iterable[str], since: UUID) -> bool:
    """Return whether a person did something to one of some subjects after an event."""
    mine = Event.objects.filter(subject__in=list(subjects), pk__gt=since, actor=person, robot=False)
    return mine.exists()


def by_people(subjects: Iterable[str], *, since: datetime) -> list[tuple[str, int, datetime]]:
    """Return which people did something to some subjects since a moment, and when, oldest first."""
    found = Event.objects.filter(subject__in=list(subjects), at__gte=since, actor__isnull=False, robot=False)
    return list(found.order_by("at", "id").values_list("subject", "actor", "at"))


def of_kinds(
    kinds: Iterable[str], *, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Event]:
    """Return the events of some kinds in a period `[since, until)`, oldest first, lazily."""
    period = Q()
    if since is not None:
        period &= Q(at__gte=since)
    if until is not None:
        period &= Q(at__lt=until)
    return Event.objects.filter(period, kind__in=list(kinds)).order_by("at", "id")


def caused(by: UUID, *, kind: str, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Return the subject and the data of the events of a kind that another event caused at once."""
    found = Event.objects.filter(caused_by=by, kind=kind, at=at).order_by("id")
    return list(found.values_list("subject", "data"))


def ids_since(after: UUID) -> set[UUID]:
    """Return the identifiers that follow another."""
    return set(Event.objects.filter(pk__gt=after).values_list("pk", flat=True))


def since(after: UUID, *, limit: int) -> list[Added]:
    """Return the events whose identifier follows another, in the order they were made."""
    added = Event.objects.filter(pk__gt=after).order_by("pk")[:limit]
    return [Added(*row) for row in added.values_list("pk", "kind", "subject", "data")]


def appended(kinds: Iterable[str], *, prefix: str, after: UUID | None = None) -> QuerySet[Event]:
    """Return the events of some kinds about subjects of a prefix, in the order they were added, lazily."""
    rows = Event.objects.filter(kind__in=list(kinds), subject__startswith=prefix)
    return (rows.filter(pk__gt=after) if after else rows).order_by("id")


def is_kept(event_id: UUID) -> bool:
    """Return whether the log holds an event."""
    return Event.objects.filter(pk=event_id).exists()


def replay(subject: str, *, before: Before | None = None) -> dict[str, Any] | None:
    """Return the values that a record has according to its events alone; None when it was never created.

    A created event carries `values`; updated and moved events carry `changes`: {field: [before, after]}.
    `before`: the values that it had then.
    """
    values: dict[str, Any] | None = None
    told = _earlier(Event.objects.filter(subject=subject), before).order_by("at", "id")
    for data in told.values_list("data", flat=True):
        if "values" in data:
            values = dict(data["values"])
        if values is not None:
            values.update(_after(data.get("changes", {})))
    return values


def _after(changes: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {field: after for field, (_, after) in changes.items()}


def _newest(rows: QuerySet[Event], before: Before | None) -> QuerySet[Event]:
    return _earlier(rows, before).order_by("-at", "-id")


def _earlier(rows: QuerySet[Event], before: Before | None) -> QuerySet[Event]:
    if before is None:
        return rows
    at, event = before
    return rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=event) if event else Q(at__lt=at))
