"""When a rule is set off, when it is called off, and when it is due.

Pure. Looks at one happening at a time, seen from the record that it concerns: an activity's happenings are
seen from the records that the activity links to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from portulan.base import calendar as calendars
from portulan.base.calendar import WorkingCalendar
from portulan.blueprint.schema import Rule
from portulan.maps.rules import (
    ActivityDone,
    Answered,
    Changed,
    Created,
    DateReached,
    Decided,
    Entered,
    FormReceived,
    Inactive,
    Left,
    MailReceived,
    SignalRaised,
    Taken,
    Trigger,
    Updated,
)

#: How many causes may stand behind an event before rules leave it alone.
MOST_DEPTH = 8
_MORNING = time(9)
_NEWS = frozenset({"record.created", "record.updated", "record.moved", "record.restored"})

#: The event of what a trigger calls by a name.
_NAMED = {"form_received": "form.received", "signal_raised": "signal.raised"}

Verdict = Literal["left_stage", "unless", "deleted"]


@dataclass(frozen=True)
class Happened:
    """An event as rules see it: on a record of an object; `activity` holds the values of its activity.

    `by_plan`: the record was taken there by a plan that was applied, not by anybody’s work.
    """

    event: str
    at: datetime
    kind: str
    object: str
    row_id: int
    data: Mapping[str, Any]
    depth: int = 0
    activity: Mapping[str, Any] | None = None
    by_plan: bool = False

    @property
    def subject(self) -> str:
        """The name that events know the record by."""
        return f"{self.object}:{self.row_id}"

    @property
    def changes(self) -> Mapping[str, Any]:
        """The values that changed, by the uid of the field: those before and after."""
        changes: Mapping[str, Any] = self.data.get("changes", {})
        return changes


def sets_off(trigger: Trigger, what: Happened) -> bool:
    """Return whether a happening is what a trigger waits for, dates and silences set aside."""
    return _by_activity(trigger, what) if what.activity is not None else _by_record(trigger, what)


def calls_off(rule: Rule, what: Happened) -> Verdict | None:
    """Return why a happening takes the reason of a waiting rule away, or None."""
    if what.kind == "record.deleted" and what.activity is None:
        return "deleted"
    if what.activity is None and isinstance(rule.trigger, Entered) and _left(what) == rule.trigger.stage:
        return "left_stage"
    return "unless" if any(sets_off(one, what) for one in rule.unless) else None


def due(rule: Rule, at: datetime, calendar: WorkingCalendar = calendars.DEFAULT) -> datetime:
    """Return when a rule set off at a moment acts."""
    return at if rule.wait is None else calendar.add(at, rule.wait)


def restarts(rule: Rule, what: Happened) -> bool:
    """Return whether a happening ends a silence, or touches the date that a rule waits for."""
    match rule.trigger:
        case Inactive():
            return what.activity is not None or what.kind in _NEWS
        case DateReached(field=name):
            created = what.kind == "record.created"
            return what.activity is None and (
                created or what.kind == "record.restored" or name in what.changes
            )
    return False


def next_due(
    rule: Rule, values: Mapping[str, Any], at: datetime, calendar: WorkingCalendar = calendars.DEFAULT
) -> datetime | None:
    """Return when a date or a silence is reached, None when there is nothing to wait for.

    `values` are those of the record, by API name. A date that is already past waits for nothing.
    """
    match rule.trigger:
        case Inactive(span=span):
            return None if values.get("closed_at") else calendar.add(at, span)
        case DateReached(offset=offset, early=early) as trigger:
            moment = _moment(values.get(trigger.field), calendar)
            if moment is not None and offset is not None:
                moment = (calendar.back if early else calendar.add)(moment, offset)
            return moment if moment is not None and moment > at else None
    return None


def _by_record(trigger: Trigger, what: Happened) -> bool:
    match trigger:
        case Created() | Updated():
            return what.kind == f"record.{trigger.on}"
        case Changed():
            return what.kind != "record.created" and trigger.field in what.changes
        case Entered():
            return _entered(what) == trigger.stage
        case Left() | Taken():
            return what.kind == "record.moved" and _moved_by(trigger, what)
    return _by_word(trigger, what)


def _by_word(trigger: Trigger, what: Happened) -> bool:
    """Return whether something was said about the record: a form, a signal, a decision."""
    match trigger:
        case FormReceived() | SignalRaised():
            named = trigger.label in (None, what.data.get("label"))
            return named and what.kind == _NAMED[trigger.on]
        case Decided():
            granted = what.data.get("granted") if what.kind == "approval.decided" else None
            return granted is not None and trigger.granted in (None, granted)
    return False


def _by_activity(trigger: Trigger, what: Happened) -> bool:
    activity = what.activity or {}
    match trigger:
        case Answered():
            return what.kind == "record.created" and activity.get("direction") == "inbound"
        case MailReceived():
            mail = activity.get("direction") == "inbound" and activity.get("kind") == "email"
            return mail and what.kind == "record.created"
        case ActivityDone():
            return _just_done(what, activity) and trigger.kind in (None, activity.get("kind"))
    return False


def _just_done(what: Happened, activity: Mapping[str, Any]) -> bool:
    if not activity.get("done_at"):
        return False
    before, after = what.changes.get("done_at", (None, None))
    return what.kind == "record.created" or (before is None and after is not None)


def _entered(what: Happened) -> str | None:
    match what.kind:
        case "record.created":
            return what.data.get("stage")
        case "record.moved":
            return what.data.get("to")
    return None


def _left(what: Happened) -> str | None:
    return what.data.get("from") if what.kind == "record.moved" else None


def _moved_by(trigger: Left | Taken, what: Happened) -> bool:
    if isinstance(trigger, Left):
        return _left(what) == trigger.stage
    return what.data.get("passage") == trigger.passage


def _moment(value: Any, calendar: WorkingCalendar) -> datetime | None:
    if isinstance(value, datetime) or value is None:
        return value
    return datetime.combine(value, _MORNING, calendar.tz) if isinstance(value, date) else None
