"""The activities of a record and of a person: done ones as a timeline tells them, open ones as work to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import activities, queries, related, runtime, sight, values
from portulan.records import asked as asks

#: Open activities of one record that are shown at most.
LIMIT = 50


@dataclass(frozen=True)
class Book:
    """The activities that an actor may read, and how they are told."""

    actor: Actor
    seen: sight.Sight

    @property
    def names(self) -> dict[str, str]:
        """The API names of the fields that the actor may read, by uid."""
        return self.seen.names

    def rows(self) -> QuerySet[Any]:
        """Return the activities that the actor may read, with the titles of what they link to."""
        rows: QuerySet[Any] = asks.seen(self.actor, self.seen.kind.name).annotate(**self.seen.titles)
        return rows

    def read(self, rows: QuerySet[Any]) -> list[dict[str, Any]]:
        """Return some of them as they are read."""
        return self.seen.complete(self.actor, list(rows.values(*self.seen.columns)))

    def told(self, raw: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return activities as JSON, by the uid of each field, with what one may do."""
        ids = [one["id"] for one in raw]
        model = runtime.current().model(self.seen.kind.name)
        mine = rights.visible(self.actor, "update", "record", model.objects.filter(pk__in=ids))
        may = set(mine.values_list("pk", flat=True)) if ids else set()
        return [{**self._told(one), "may_update": one["id"] in may} for one in raw]

    def _told(self, raw: dict[str, Any]) -> dict[str, Any]:
        links = [one for one in self.seen.fields if values.is_link(one)]
        linked = {
            one.uid: {
                "id": raw[values.attribute(one)],
                "title": raw[sight.title_key(one)],
                "object": related.target_of(one).name if one.to else None,
            }
            for one in links
            if raw[values.attribute(one)]
        }
        plain = {one.uid: values.dump(raw[one.name]) for one in self.seen.fields if one not in links}
        return {"id": raw["id"], "version": raw["version"], **plain, "linked": linked}


def book(actor: Actor) -> Book | None:
    """Return the activities that an actor may read, or None when they may read none."""
    kind = runtime.find_object(activities.UID)
    seen = sight.of(actor, kind) if kind else None
    if seen is None or not {"kind", "due_at", "done_at"} <= set(seen.names):
        return None
    return Book(actor, seen)


def about(book: Book, object_uid: str, row_id: int) -> Q | None:
    """Return the filter of the activities about a record, or None when none can be about such a record."""
    link = activities.links_of(book.seen.kind).get(object_uid)
    if link is None or link.uid not in book.names:
        return None
    return Q(**{values.attribute(link): row_id})


def done(
    book: Book, mine: Q, *, kinds: Iterable[str], before: Q, limit: int
) -> list[tuple[datetime, dict[str, Any]]]:
    """Return what was done about a record, the latest first, each with its moment."""
    at = book.names["done_at"]
    rows = book.rows().filter(mine, before, **{f"{at}__isnull": False})
    wanted = list(kinds)
    if wanted:
        rows = rows.filter(**{f"{book.names['kind']}__in": wanted})
    raw = book.read(rows.order_by(f"-{at}", "-id")[:limit])
    return [(one[at], told) for one, told in zip(raw, book.told(raw), strict=True)]


def waiting(actor: Actor, *, object_name: str, row_id: int) -> list[dict[str, Any]] | None:
    """Return what is still to do about a record, the nearest first; None when nothing can be about it.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    known = book(actor)
    mine = about(known, runtime.current().object(object_name).uid, row_id) if known else None
    if known is None or mine is None:
        return None
    at = known.names["due_at"]
    rows = known.rows().filter(mine, **{f"{known.names['done_at']}__isnull": True})
    return known.told(known.read(rows.order_by(F(at).asc(nulls_last=True), "id")[:LIMIT]))
