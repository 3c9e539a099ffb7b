"""What activities tell the records that they are about: when somebody last did something, what comes next.

An activity is about every record that it links to. Records that keep `last_activity_at`, `next_step` and
`next_step_on` get them from their activities alone, in the transaction of the activity's own event, without
a new version: whoever is typing in such a record is not in conflict with a call that was logged.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Max, Model, QuerySet

from portulan.base import calendar as calendars
from portulan.blueprint.schema import Field, Object
from portulan.events import log
from portulan.pages.mentions import mentioned
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.records import happenings, related, rows, runtime, values

#: The uid of the object.
UID = "activity"
_LAST, _NEXT, _NEXT_ON = "last_activity_at", "next_step", "next_step_on"
_DERIVED = frozenset({_LAST, _NEXT, _NEXT_ON})
_WATCHED = frozenset({"name", "due_at", "done_at", "deleted_at"})
_CHANGES = frozenset({"record.created", "record.updated", "record.deleted", "record.restored"})


def note(events: Sequence[Any]) -> None:
    """Let records follow what happened to activities about them, and say who is mentioned."""
    for event in events:
        uid, _, row_id = event.subject.partition(":")
        kind = runtime.find_object(UID) if uid == UID and event.kind in _CHANGES else None
        if kind is not None:
            row = runtime.current().model(kind.name).objects.filter(pk=row_id).first()
            for link, target, ids in _touched(kind, row, event.data):
                _follow(kind, link, target, ids, event)
            _mention(kind, row, event)


def links_of(kind: Object) -> dict[str, Field]:
    """Return the links of activities to what they are about, by the uid of the object."""
    return {field.to: field for field in values.live(kind).values() if field.to and field.type == "link"}


def named(kind: Object) -> dict[str, str]:
    """Return the API names of the live fields of an object, by uid."""
    return {field.uid: name for name, field in values.live(kind).items()}


def inherited(kind: Object, read: Mapping[str, Any]) -> dict[str, Any]:
    """Return the account that a new activity takes over from what it is about, unless one was given."""
    if kind.uid != UID:
        return {}
    links = links_of(kind)
    account = links.get("account")
    if account is None or read.get(account.name):
        return {}
    for uid, link in links.items():
        target = related.target_of(link)
        theirs = next((one for one in values.live(target).values() if one.to == "account"), None)
        if read.get(link.name) and theirs is not None and uid != "account":
            source = runtime.current().model(target.name).objects.filter(pk=read[link.name])
            return {account.name: source.values_list(values.attribute(theirs), flat=True).first()}
    return {}


def _touched(
    kind: Object, row: Model | None, data: Mapping[str, Any]
) -> Iterator[tuple[Field, Object, set[int]]]:
    """Yield the links through which records have something to follow, and their ids, now and before."""
    changes = data.get("changes", {})
    links = links_of(kind)
    if changes and not (_WATCHED | {one.uid for one in links.values()}) & set(changes):
        return
    for link in links.values():
        target = related.target_of(link)
        if _DERIVED & set(named(target)):
            now = getattr(row, values.attribute(link), None)
            ids = {now, *changes.get(link.uid, ())} - {None}
            if ids:
                yield link, target, ids


def _follow(kind: Object, link: Field, target: Object, ids: set[int], event: Any) -> None:
    model = runtime.current().model(target.name)
    live = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True)
    for row in model.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
        mine = live.filter(**{values.attribute(link): row.pk})
        changes = rows.preview(target, row, _derived(kind, target, mine))
        if changes:
            names = named(target)
            row.save(update_fields=[names[uid] for uid in changes])
            log.append(
                happenings.RecordFollowed(changes),
                actor=actors.system("automation"),
                subject=rows.subject(target, row.pk),
                at=event.at,
                caused_by=event.pk,
            )


def _derived(kind: Object, target: Object, mine: QuerySet[Any]) -> dict[str, Any]:
    """Return what a record follows of its activities, by the API names of its fields."""
    ours, theirs = named(kind), named(target)
    name, due, done = (ours[uid] for uid in ("name", "due_at", "done_at"))
    found: dict[str, Any] = {}
    if _LAST in theirs:
        found[theirs[_LAST]] = mine.aggregate(last=Max(done))["last"]
    if _NEXT in theirs or _NEXT_ON in theirs:
        waiting = mine.filter(**{f"{done}__isnull": True, f"{due}__isnull": False}).order_by(due, "pk")
        first = waiting.values_list(name, due).first()
        told = (first[0], first[1].astimezone(calendars.DEFAULT.tz).date()) if first else (None, None)
        found |= {
            theirs[uid]: said for uid, said in zip((_NEXT, _NEXT_ON), told, strict=True) if uid in theirs
        }
    return found


def _mention(kind: Object, row: Any, event: Any) -> None:
    """Tell the log who is mentioned now and was not before."""
    field = next((one for one in values.live(kind).values() if one.uid == "body"), None)
    if field is None:
        return
    if event.kind == "record.created":
        before, after = "", event.data["values"].get(field.uid)
    else:
        before, after = event.data.get("changes", {}).get(field.uid, ("", ""))
    new = set(mentioned(after or "")) - set(mentioned(before or "")) - {event.actor_id}
    known = sorted(people.named(actors.system(), ids=new)) if new else []
    if known:
        on = next(_subjects(kind, row), event.subject)
        what = happenings.PeopleMentioned(known, on, str(getattr(row, named(kind)["name"])))
        log.append(what, actor=_Author(event), subject=event.subject, at=event.at, caused_by=event.pk)


def _subjects(kind: Object, row: Any) -> Iterator[str]:
    for uid, link in links_of(kind).items():
        row_id = getattr(row, values.attribute(link), None)
        if row_id:
            yield f"{uid}:{row_id}"


class _Author:
    """Who wrote an event, as the author of what follows from it."""

    def __init__(self, event: Any) -> None:
        self.id: int | None = event.actor_id
        self.provenance: str = event.provenance
        self.robot: bool = event.robot
