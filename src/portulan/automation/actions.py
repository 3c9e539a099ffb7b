"""What a rule can do: one registered function per action, through the same operations as the screens.

Owns the registry of actions, filled here and by upper rooms. An action acts as the product itself:
gates, checks and events are those of everybody. It refuses as operations do.
"""

from collections.abc import Callable
from typing import Any

from portulan.automation import approvals, assignment, merging, notices, seeing, signals, turns
from portulan.automation.acting import Acting, Did, NobodyThere
from portulan.automation.approvers import LEADERS
from portulan.automation.happenings import RecordEscalated
from portulan.automation.outward import call_webhook, send_mail
from portulan.automation.sequences import start_sequence, stop_sequence
from portulan.automation.tasks import create_task
from portulan.base.registry import Registry
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.maps.rules import (
    AskApproval,
    Assign,
    CreateRecord,
    Escalate,
    MarkSignal,
    MoveTo,
    Notify,
    UpdateRecord,
)
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.records import operations, values
from portulan.records.operations import Move


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
    turns.arm(acting, chosen)
    return {"do": action.do, "subject": acting.subject, "person": chosen.person, "reason": chosen.reason}


def notify(acting: Acting, action: Notify) -> Did:
    """Tell the owner, or everybody of a role."""
    if action.to == "owner":
        people = [acting.row.owner_id] if acting.row.owner_id else []
    else:
        people = assignment.people_of(action.to)
    if not people:
        raise NobodyThere(role=action.to)
    facts: dict[str, Any] = {
        "text": merging.filled(acting.kind, acting.row, action.text),
        "rule": acting.rule.label,
    }
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


def escalate(acting: Acting, action: Escalate) -> Did:
    """Tell those who lead the team of the owner; administrators when nobody does."""
    owner = getattr(acting.row, "owner_id", None)
    system = actors.system("automation")
    told = people.leaders(system, person=owner, roles=LEADERS) if owner else []
    told = told or people.administrators(system)
    facts: dict[str, Any] = {
        "text": merging.filled(acting.kind, acting.row, action.text),
        "rule": acting.rule.label,
    }
    notices.tell(told, "automation.notice_escalated", facts, subject=acting.subject, at=acting.at)
    log.append(RecordEscalated(facts["text"], told), actor=system, subject=acting.subject, at=acting.at)
    return {"do": action.do, "people": told}


def mark_signal(acting: Acting, action: MarkSignal) -> Did:
    """Mark a signal on the record."""
    label = merging.filled(acting.kind, acting.row, action.label)
    signals.mark(acting.actor, object_name=acting.kind.name, row_id=acting.row.pk, label=label, at=acting.at)
    return {"do": action.do, "subject": acting.subject}


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
for _function in (
    create_task, create_record, update_record, assign, notify, move, ask_approval, escalate, mark_signal,
    send_mail, call_webhook, start_sequence, stop_sequence,
):  # fmt: skip
    ACTIONS.register(_function.__name__, _function)
