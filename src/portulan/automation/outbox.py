"""Events that rules have still to look at: noted in the transaction of the event, so that none is lost."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from portulan.automation.claims import again, unheld
from portulan.automation.models import Outbox
from portulan.blueprint.schema import Blueprint, Rule
from portulan.maps.rules import ActivityDone, Answered, Inactive, MailReceived, StartSequence
from portulan.records import runtime

ACTIVITY = "activity"
#: Events looked at in one transaction.
BATCH = 200
#: What rules may be set off by: what happens to records, what is decided and noticed about them.
_WATCHED = ("record.", "approval.", "form.", "signal.")
_BACKOFF = timedelta(seconds=5)


def note(events: Sequence[Any]) -> None:
    """Note the events of records that rules of the blueprint in force watch."""
    events = [one for one in events if one.kind.startswith(_WATCHED)]
    if not events:
        return
    watched = watched_objects(runtime.current().blueprint)
    rows = [Outbox(event=one.pk, due_at=one.at) for one in events if one.subject.partition(":")[0] in watched]
    Outbox.objects.bulk_create(rows)


def claim(at: datetime) -> list[Outbox]:
    """Return the next events to look at, held until the end of the transaction; one that failed, alone."""
    waiting = Outbox.objects.filter(due_at__lte=at).order_by("event")
    waiting = unheld(waiting)
    return list(waiting.filter(attempts=0)[:BATCH]) or list(waiting[:1])


def put_off(notes: Iterable[Outbox], at: datetime) -> None:
    """Look at some events later, one by one, however often that takes: none is dropped."""
    for one in notes:
        later = again(at, first=_BACKOFF, attempts=one.attempts)
        Outbox.objects.filter(pk=one.pk).update(attempts=one.attempts + 1, due_at=later)


def watched_objects(blueprint: Blueprint) -> frozenset[str]:
    """Return the objects whose happenings may concern a rule or a promise."""
    live = [rule for rule in blueprint.rules if not rule.archived]
    promised = {one.object for one in blueprint.promises if not one.archived}
    found = {rule.object for rule in live} | promised
    answers = bool(promised) or any(map(_watches_activities, live))
    return frozenset(found | {ACTIVITY} if answers else found)


def _watches_activities(rule: Rule) -> bool:
    watches = Answered | ActivityDone | Inactive | MailReceived
    starts = any(isinstance(one, StartSequence) for one in rule.actions)
    return starts or any(isinstance(one, watches) for one in (rule.trigger, *rule.unless))
