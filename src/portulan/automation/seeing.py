"""An event as rules see it: on its record, and, for an activity, on every record that it links to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from portulan.automation.outbox import ACTIVITY
from portulan.automation.rules import Happened
from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Object
from portulan.records import runtime, values


def seen(event: Any) -> Iterator[Happened]:
    """Yield what the event is on the record itself, then on those that it is an activity of."""
    uid, _, row_id = event.subject.partition(":")
    kind = runtime.find_object(uid)
    if kind is None or not row_id.isdecimal():
        return
    yield _happened(event, uid, int(row_id))
    if uid == ACTIVITY:
        row = runtime.current().model(kind.name).objects.filter(pk=row_id).values().first()
        for target, linked in _links(kind, row or {}):
            yield _happened(event, target, linked, activity=row)


def get_object(uid: str) -> Object:
    """Return the live object of that uid.

    :raises NotThere: when there is none.
    """
    found = runtime.find_object(uid)
    if found is None:
        raise NotThere
    return found


def row_of(subject: str) -> tuple[Object, Any]:
    """Return the object and the row of a subject, outside the bin, held until the end of the transaction.

    :raises NotThere: when there is none.
    """
    uid, _, row_id = subject.partition(":")
    kind = get_object(uid)
    rows = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True)
    row = rows.select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise NotThere
    return kind, row


def link_to(target: str) -> str | None:
    """Return the name of the field by which an activity links to an object, or None."""
    kind = runtime.find_object(ACTIVITY)
    links = values.live(kind).values() if kind else ()
    return next((one.name for one in links if one.to == target), None)


def about(subjects: Iterable[str], *, since: datetime) -> dict[str, str]:
    """Return which record the events of records of one object, and of activities changed since, are about."""
    found = {one: one for one in subjects}
    uid = next(iter(found), "").partition(":")[0]
    link = link_to(uid)
    kind = runtime.find_object(ACTIVITY)
    if link and kind:
        ids = [one.partition(":")[2] for one in found]
        linked = runtime.current().model(kind.name).objects.filter(**{f"{link}__in": ids})
        changed = linked.filter(updated_at__gte=since).values_list("pk", f"{link}_id")
        found |= {f"{ACTIVITY}:{pk}": f"{uid}:{row_id}" for pk, row_id in changed}
    return found


def _links(kind: Object, row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for field in values.live(kind).values():
        linked = row.get(values.attribute(field)) if field.to else None
        if field.to and linked:
            yield field.to, linked


def _happened(event: Any, uid: str, row_id: int, *, activity: Mapping[str, Any] | None = None) -> Happened:
    return Happened(
        event=str(event.pk),
        at=event.at,
        kind=event.kind,
        object=uid,
        row_id=row_id,
        data=event.data,
        depth=event.depth,
        activity=activity,
        by_plan=event.provenance == "system" and event.caused_by is not None,
    )
