"""What people are told about promises: a warning to the owner before the time is over, then role by role."""

from datetime import datetime
from typing import Any

from portulan.automation import assignment, notices, promises, seeing
from portulan.automation.claims import unheld
from portulan.automation.happenings import PromiseAtRisk, PromiseBroken
from portulan.automation.models import Clock
from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Promise
from portulan.events import log
from portulan.people import actor as actors
from portulan.records import runtime, sight


def due_alerts(at: datetime) -> Any:
    """Return the clocks about which somebody is to be told."""
    return Clock.objects.filter(alert_at__lte=at)


def claim(at: datetime) -> Clock | None:
    """Return the clock that alerts first and that no worker holds, held until the end of the transaction."""
    waiting = due_alerts(at).order_by("alert_at", "id")
    waiting = unheld(waiting)
    clock: Clock | None = waiting.first()
    return clock


def alert(clock: Clock, *, at: datetime) -> None:
    """Tell who is to be told, and note when the next alert comes."""
    uid = clock.subject.partition(":")[0]
    promise = next((one for one in promises.of_object(uid) if one.uid == clock.promise), None)
    try:
        kind, row = seeing.row_of(clock.subject)
    except NotThere:
        promise = None
    if promise is None:
        Clock.objects.filter(pk=clock.pk).update(alert_at=None)
        return
    _tell(clock, promise, row, str(getattr(row, sight.title(kind))), at)
    clock.level += 1
    clock.alert_at = promises.next_alert(promises.marks_of(clock), promise, clock.level)
    clock.save(update_fields=["level", "alert_at"])


def _tell(clock: Clock, promise: Promise, row: Any, title: str, at: datetime) -> None:
    people = {row.owner_id} - {None}
    if clock.level:
        what: Any = PromiseBroken(promise.uid, promise.measure, clock.level)
        for role in promise.escalate[: clock.level]:
            people |= set(assignment.people_of(role))
    else:
        what = PromiseAtRisk(promise.uid, promise.measure)
        people |= set() if people else set(assignment.people_of(_first_role(promise)))
    log.append(what, actor=actors.system("automation"), subject=clock.subject, at=at)
    code = "automation.notice_broken" if clock.level else "automation.notice_at_risk"
    facts = {"promise": promise.label, "record": title, "share": promise.warn_at}
    notices.tell(people, code, facts, subject=clock.subject, at=at)


def _first_role(promise: Promise) -> str:
    """Return who is told when nobody holds the record: the first to escalate to, else those of its lane."""
    if promise.escalate:
        return promise.escalate[0]
    known = {one.uid for one in runtime.current().blueprint.roles}
    return "support" if "support" in known and promise.object == "ticket" else "manager"
