"""Weak signals marked on a record, by a person or a rule; rules may follow."""

from datetime import datetime

from portulan.automation.happenings import SignalRaised
from portulan.base.refusals import NotValid, Problem
from portulan.events import log
from portulan.people.actor import Actor
from portulan.records import queries, rows, runtime

_LONGEST = 200


def mark(actor: Actor, *, object_name: str, row_id: int, label: str, at: datetime) -> None:
    """Say that something was noticed about a record.

    :raises NotThere: when the actor may not see it.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    said = " ".join(label.split())
    if not 0 < len(said) <= _LONGEST:
        raise NotValid(Problem("label", "automation.signal_misfit", {"n": _LONGEST}))
    subject = rows.subject(runtime.current().object(object_name), row_id)
    log.append(SignalRaised(said), actor=actor, subject=subject, at=at)
