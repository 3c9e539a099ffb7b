"""Records that others work with: one is not deleted from under an open record that the actor may not change.

Refuses such a deletion with what holds it and whose that is, and carries the request to them.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.base.refusals import NotNow, NotValid, Problem
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import happenings, rows, runtime, scope, sight, values

_SHOWN = 5


class HeldByOthers(NotNow):
    """Somebody else’s open records need this one; the details say which, and whose they are."""

    code = "records.held_by_others"


class NothingHolds(NotValid):
    """Nobody has to be asked: the record may be deleted."""

    code = "records.nothing_holds"


def require_free(actor: Actor, kind: Object, row_id: int) -> None:
    """Do nothing when no open record that the actor may not change points to a record.

    :raises HeldByOthers: when some do.
    """
    found = _holding(actor, kind, row_id)
    if not found:
        return
    problems = [
        Problem("", "records.held_by", {"title": one["title"] or "…", "owner": one["owner"] or "…"})
        for one in found
    ]
    raise HeldByOthers(*problems, details={"held_by": found})


@transaction.atomic
def ask(actor: Actor, *, object_name: str, row_id: int, motive: str, at: datetime) -> int:
    """Ask those whose records hold one to let it be deleted, and return how many people were asked.

    :raises NothingHolds: when nobody has to be asked.
    """
    kind = runtime.current().object(object_name)
    row = rows.locked(actor, "delete", object_name, row_id=row_id)
    found = _holding(actor, kind, row_id)
    owners = sorted({one["owner_id"] for one in found if one["owner_id"] is not None})
    if not owners:
        raise NothingHolds
    title = str(getattr(row, sight.title(kind)) or "")
    subject = rows.subject(kind, row_id)
    what = happenings.DeletionAsked(owners, subject, title, motive)
    log.append(what, actor=actor, subject=subject, at=at)
    return len(owners)


def _holding(actor: Actor, kind: Object, row_id: int) -> list[dict[str, Any]]:
    """Return the first open records of others that point to a record, in a query a link."""
    found: list[dict[str, Any]] = []
    for source in runtime.current().blueprint.objects:
        live = values.live(source)
        if source.archived or "closed_at" not in live or scope.holder_of(source) is None:
            continue
        for link in live.values():
            if link.type == "link" and link.to == kind.uid:
                found += _of_link(actor, source, values.attribute(link), row_id)
    return found[:_SHOWN]


def _of_link(actor: Actor, source: Object, attribute: str, row_id: int) -> list[dict[str, Any]]:
    model = runtime.current().model(source.name)
    open_ones = model.objects.filter(**{attribute: row_id}, closed_at=None, deleted_at=None)
    mine = rights.visible(actor, "update", "record", open_ones)
    others = list(open_ones.exclude(pk__in=mine.values("pk")).order_by("pk")[:_SHOWN])
    if not others:
        return []
    seen = rights.visible(actor, "read", "record", model.objects.filter(pk__in=[one.pk for one in others]))
    titles = dict(seen.values_list("pk", sight.title(source)))
    holder = f"{scope.holder_of(source)}_id"
    names = people.named(actor, ids={getattr(one, holder) for one in others} - {None})
    return [
        {
            "object": source.name,
            "id": one.pk if one.pk in titles else None,
            "title": titles.get(one.pk),
            "owner_id": getattr(one, holder),
            "owner": names[getattr(one, holder)].name if getattr(one, holder) in names else None,
        }
        for one in others
    ]
