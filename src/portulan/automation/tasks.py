"""Something to do about a record, given to its owner or to the next of a role."""

from typing import Any

from portulan.automation import assignment, merging, seeing
from portulan.automation.acting import Acting, Did
from portulan.automation.outbox import ACTIVITY
from portulan.base import calendar as calendars
from portulan.maps.rules import CreateTask
from portulan.records import operations


def create_task(acting: Acting, action: CreateTask) -> Did:
    """Give somebody something to do about the record."""
    kind = seeing.get_object(ACTIVITY)
    due_at = calendars.DEFAULT.add(acting.due_at, action.due) if action.due else acting.due_at
    label = merging.filled(acting.kind, acting.row, action.label)
    given: dict[str, Any] = {"name": label, "kind": action.kind, "due_at": due_at.isoformat()}
    link = seeing.link_to(acting.kind.uid)
    if link:
        given[link] = acting.row.pk
    given["owner"] = _person(acting, action.to)
    row_id = operations.create(acting.actor, object_name=kind.name, given=given, at=acting.at)
    return {"do": action.do, "subject": f"{ACTIVITY}:{row_id}"}


def _person(acting: Acting, to: str) -> int | None:
    if to == "owner":
        owner: int | None = getattr(acting.row, "owner_id", None)
        return owner
    return assignment.next_of(to, at=acting.at)
