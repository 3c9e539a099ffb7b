"""What a rule can do: one registered function per action, through the same operations as the screens.

Owns the registry of actions, filled here and by upper rooms. An action acts as the product itself:
gates, checks and events are those of everybody. It refuses as operations do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portulan.automation import approvals, assignment, notices, seeing
from portulan.automation.outbox import ACTIVITY
from portulan.base import calendar as calendars
from portulan.base.refusals import NotNow
from portulan.base.registry import Registry
from portulan.blueprint.schema import Object, Rule
from portulan.maps.rules import AskApproval, Assign, CreateRecord, CreateTask, MoveTo, Notify, UpdateRecord
from portulan.people.actor import Actor
from portulan.records import operations, values
from portulan.records.operations import Move

#: What was done, as the ledger keeps it: the name of the action and what it concerns.
Did = dict[str, Any]


class NobodyThere(NotNow):
    """Nobody holds the role that the rule speaks to."""

    code = "automation.nobody_there"


@dataclass(frozen=True)
class Acting:
    """A rule at work on a record; `due_at` is when it should have acted, `at` when it does."""

    actor: Actor
    rule: Rule
    kind: Object
    row: Any
    due_at: datetime
    at: datetime

    @property
    def subject(self) -> str:
        """The name that events know the record by."""
        return f"{self.kind.uid}:{self.row.pk}"


def create_task(acting: Acting, action: CreateTask) -> Did:
    """Give somebody something to do about the record."""
    kind = seeing.get_object(ACTIVITY)
    due_at = calendars.DEFAULT.add(acting.due_at, action.due) if action.due else acting.due_at
    given: dict[str, Any] = {"name": action.label, "kind": action.kind, "due_at": due_at.isoformat()}
    link = seeing.link_to(acting.kind.uid)
    if link:
        given[link] = acting.row.pk
    given["owner"] = _person(acting, action.to)
    row_id = operations.create(acting.actor, object_name=kind.name, given=given, at=acting.at)
    return {"do": action.do, "subject": f"{ACTIVITY}:{row_id}"}


def create_record(acting: Acting, action: CreateRecord) -> Did:
    """Create a record from the one at hand."""
    kind = seeing.get_object(action.object)
    theirs, ours = _names(kind), _names(acting.kind)
    given = {theirs[uid]: value for uid, value in action.values.items()}
    for uid, source in action.copied.items():
        field = values.live(acting.kind)[ours[source]]
        given[theirs[uid]] = values.dump(getattr(acting.row, values.attribute(field)))
    if action.link:
        given[theirs[action.link]] = acting.row.pk
    row_id = operations.create(acting.actor, object_name=kind.name, given=given, at=acting.at)
    return {"do": action.do, "subject": f"{kind.uid}:{row_id}"}


def update_record(acting: Acting, action: UpdateRecord) -> Did:
    """Set values of the record."""
    names = _names(acting.kind)
    _update(acting, {names[uid]: value for uid, value in action.values.items()})
    return {"do": action.do, "subject": acting.subject}


def assign(acting: Acting, action: Assign) -> Did:
    """Give the record to somebody of a role, fairly, and keep why."""
    chosen = assignment.choose(acting.kind, acting.row, action, at=acting.at)
    if chosen.person is None:
        raise NobodyThere(role=chosen.role)
    if chosen.person != acting.row.owner_id:
        _update(acting, {"owner": chosen.person})
    return {"do": action.do, "subject": acting.subject, "person": chosen.person, "reason": chosen.reason}


def notify(acting: Acting, action: Notify) -> Did:
    """Tell the owner, or everybody of a role."""
    if action.to == "owner":
        people = [acting.row.owner_id] if acting.row.owner_id else []
    else:
        people = assignment.people_of(action.to)
    if not people:
        raise NobodyThere(role=action.to)
    facts = {"text": action.text, "rule": acting.rule.label.fr}
    notices.tell(people, "automation.notice_rule", facts, subject=acting.subject, at=acting.at)
    return {"do": action.do, "people": people}


def move(acting: Acting, action: MoveTo) -> Did:
    """Take the record to a stage through the gates; one that is already there stays."""
    if acting.row.stage != action.stage:
        going = Move(action.stage, acting.row.version, motive=action.motive or acting.rule.label.fr)
        name = acting.kind.name
        operations.move(acting.actor, object_name=name, row_id=acting.row.pk, move=going, at=acting.at)
    return {"do": action.do, "subject": acting.subject}


def ask_approval(acting: Acting, action: AskApproval) -> Did:
    """Ask somebody to agree; the record stays as it is until they decided."""
    role, after = action.role, action.remind_after
    approvals.ask_by_rule(acting, role=role, text=action.text, remind_after=after)
    return {"do": action.do, "subject": acting.subject}


def _person(acting: Acting, to: str) -> int | None:
    if to == "owner":
        owner: int | None = getattr(acting.row, "owner_id", None)
        return owner
    return assignment.next_of(to, at=acting.at)


def _update(acting: Acting, given: dict[str, Any]) -> None:
    operations.update(
        acting.actor,
        object_name=acting.kind.name,
        row_id=acting.row.pk,
        version=acting.row.version,
        given=given,
        at=acting.at,
    )


def _names(kind: Object) -> dict[str, str]:
    return {field.uid: name for name, field in values.live(kind).items()}


ACTIONS: Registry[Callable[[Acting, Any], Did]] = Registry("action")
for _function in (create_task, create_record, update_record, assign, notify, move, ask_approval):
    ACTIONS.register(_function.__name__, _function)
