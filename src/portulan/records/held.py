"""Deletions that are refused: of records that are not the actor's, or that others work with.

Owns the reasons, what holds a record and whose that is, and carries the request to them, once: an ask stands
until who was asked did something to the record.
"""

from datetime import datetime
from typing import Any, NoReturn

from django.db import transaction

from portulan.base.refusals import NotAllowed, NotNow, NotValid, Problem
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.events import queries as events
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import happenings, rows, runtime, scope, sight, values

_SHOWN = 5


class HeldByOthers(NotNow):
    """Somebody else’s open records need this one; the details say which, and whose they are."""

    code = "records.held_by_others"


class NotYours(NotAllowed):
    """The actor may not delete this record; the problems say why, the details whom they may ask."""

    code = "records.not_yours"


class AlreadyAsked(NotNow):
    """The actor asked for this deletion, and nobody answered yet."""

    code = "records.already_asked"


class NothingHolds(NotValid):
    """Nobody has to be asked: the record may be deleted, or is nobody’s."""

    code = "records.nothing_holds"


def require_free(actor: Actor, kind: Object, row: Any) -> None:
    """Do nothing when the actor may delete a record, and no open record of others points to it.

    :raises NotYours: when they may not delete it.
    :raises HeldByOthers: when such records do.
    """
    found = _holding(actor, kind, row.pk)
    if not rights.allows(actor, "delete", "record", row):
        _refuse_anothers(actor, kind, row, found)
    if found:
        problems = [_held_by(one) for one in found]
        raise HeldByOthers(*problems, details={"held_by": found, **_asking(actor, kind, row, found)})


@transaction.atomic
def ask(actor: Actor, *, object_name: str, row_id: int, motive: str, at: datetime) -> int:
    """Ask those who follow a record, or what holds it, to let it be deleted; return how many were asked.

    :raises NothingHolds: when nobody has to be asked.
    :raises AlreadyAsked: when all of them were, and none of them answered.
    """
    kind = runtime.current().object(object_name)
    row = rows.locked(actor, "read", object_name, row_id=row_id)
    owners = _to_ask(actor, kind, row, _holding(actor, kind, row_id))
    if not owners:
        raise NothingHolds
    subject = rows.subject(kind, row_id)
    left = sorted(owners - _asked(actor, subject))
    if not left:
        raise AlreadyAsked
    title = str(getattr(row, sight.title(kind)) or "") if _reads_title(actor, kind) else f"#{row_id}"
    followed = not rights.allows(actor, "delete", "record", row)
    what = happenings.DeletionAsked(left, subject, title, motive, followed)
    log.append(what, actor=actor, subject=subject, at=at)
    return len(left)


def _refuse_anothers(actor: Actor, kind: Object, row: Any, found: list[dict[str, Any]]) -> NoReturn:
    given = scope.scope_of(runtime.current().blueprint, actor, kind, "delete")
    named = people.named(actor, ids={_holder(kind, row)} - {None, actor.id})
    problems = [
        Problem("", f"records.delete_{given}"),
        *(Problem("", "records.followed_by", {"owner": one.name}) for one in named.values()),
        *(_held_by(one) for one in found),
    ]
    raise NotYours(*problems, details={"held_by": found, **_asking(actor, kind, row, found)})


def _held_by(one: dict[str, Any]) -> Problem:
    owner = one["owner"] or "…"
    if one["title"]:
        return Problem("", "records.held_by", {"title": one["title"], "owner": owner})
    untitled = "deal" if one["object"] == "opportunity" else "record"
    return Problem("", f"records.held_by_some_{untitled}", {"owner": owner})


def _asking(actor: Actor, kind: Object, row: Any, found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the names of those whom the actor may ask, and of those whom they asked already."""
    owners = _to_ask(actor, kind, row, found)
    asked = owners & _asked(actor, rows.subject(kind, row.pk))
    names = {one: person.name for one, person in people.named(actor, ids=owners).items()}
    return {
        "ask": sorted(names[one] for one in owners - asked if one in names),
        "asked": sorted(names[one] for one in asked if one in names),
    }


def _to_ask(actor: Actor, kind: Object, row: Any, found: list[dict[str, Any]]) -> set[int]:
    """Return who follows a record that is not the actor's to delete, else those whose records hold it."""
    holder = _holder(kind, row)
    if holder not in (None, actor.id) and not rights.allows(actor, "delete", "record", row):
        return {holder}
    return {one["owner_id"] for one in found} - {None, actor.id}


def _asked(actor: Actor, subject: str) -> set[int]:
    """Return whom the actor asked for a deletion, and who did nothing to the record since."""
    asks = events.of_subject(subject, kinds=(happenings.DeletionAsked.kind,))
    return {
        person
        for one in asks
        if one.actor_id == actor.id
        for person in one.data["owners"]
        if not events.acts_of(person, subjects=[subject], since=one.pk)
    }


def _holder(kind: Object, row: Any) -> Any:
    holder = scope.holder_of(kind)
    return getattr(row, f"{holder}_id") if holder else None


def _reads_title(actor: Actor, kind: Object) -> bool:
    return sight.title(kind) in sight.of(actor, kind).names.values()


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
    title = sight.title(source)
    titles = dict(seen.values_list("pk", title)) if _reads_title(actor, source) else {}
    names = people.named(actor, ids={_holder(source, one) for one in others} - {None})
    return [
        {
            "object": source.name,
            "id": one.pk if one.pk in titles else None,
            "title": titles.get(one.pk),
            "owner_id": _holder(source, one),
            "owner": names[_holder(source, one)].name if _holder(source, one) in names else None,
        }
        for one in others
    ]
