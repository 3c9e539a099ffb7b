"""Keeps the clocks of promises: every event of a record starts, rests, resumes, changes or stops them.

The promise of a measure is the first of the blueprint that fits the record; when another one fits, the
clock goes on under it and keeps what was consumed. Written with the reaction to the event.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from portulan.automation import clocks, seeing
from portulan.automation.clocks import Mark, What
from portulan.automation.models import Clock
from portulan.automation.rules import Happened
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.base.durations import Duration
from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Object, Promise
from portulan.records import related, runtime

#: Escalation after the first: each time this share of the promised time passed again.
AGAIN = 0.5


def keep(what: Happened, *, by_person: bool) -> None:
    """Let the clocks of a record follow what happened to it, or to an activity of it."""
    offered = of_object(what.object)
    if not offered:
        return
    if what.kind == "record.deleted" and what.activity is None:
        _mark_all(what, "stop")
        return
    try:
        kind, row = seeing.row_of(what.subject)
    except NotThere:
        return
    for measure in dict.fromkeys(one.measure for one in offered):
        some = [one for one in offered if one.measure == measure]
        fits = _fitting(some, kind, row, what.at)
        if measure == "next_response" and (getattr(row, "closed_at", None) or _unanswered(what)):
            fits = None
        _keep(what, some, fits, by_person=by_person)


def of_object(uid: str) -> tuple[Promise, ...]:
    """Return the promises on an object, the first that fits first."""
    return tuple(
        one for one in runtime.current().blueprint.promises if one.object == uid and not one.archived
    )


def marks_of(clock: Clock) -> list[Mark]:
    """Return what happened to a clock."""
    return [
        Mark(
            datetime.fromisoformat(one["at"]),
            one["what"],
            Duration.model_validate(one["target"]) if one.get("target") else None,
            one.get("promise", ""),
        )
        for one in clock.marks
    ]


def next_alert(marks: Sequence[Mark], promise: Promise, level: int) -> datetime | None:
    """Return when somebody is told next, None when nobody is or the clock rests."""
    if clocks.state(marks) == "stopped" or level > max(len(promise.escalate), 1):
        return None
    share = promise.warn_at / 100 if level == 0 else 1 + AGAIN * (level - 1)
    return clocks.due(marks, share)


def _keep(what: Happened, offered: Sequence[Promise], fits: Promise | None, *, by_person: bool) -> None:
    clock = Clock.objects.filter(subject=what.subject, measure=offered[0].measure).order_by("-turn").first()
    if clock is None or clock.state == "stopped":
        turn = clock.turn + 1 if clock else 1
        if fits is not None and _starts(what, fits, turn):
            _write(
                Clock(subject=what.subject, measure=fits.measure, turn=turn), fits, [_start(what.at, fits)]
            )
        return
    told = next((one for one in offered if one.uid == clock.promise), fits)
    if told is None:
        return
    marks = [*marks_of(clock), *_marks(what, told, by_person=by_person)]
    if fits is not None and fits.uid != clock.promise:
        marks.append(Mark(what.at, "policy", fits.target, fits.uid))
        told = fits
    if len(marks) > len(clock.marks):
        _write(clock, told, marks)


def _unanswered(what: Happened) -> bool:
    """Return whether nobody answered the record yet: it is the first answer that is waited for."""
    first = Clock.objects.filter(subject=what.subject, measure="first_response")
    return first.exclude(state="stopped").exists()


def _starts(what: Happened, promise: Promise, turn: int) -> bool:
    if promise.measure == "next_response":
        asked = what.activity is not None and what.activity.get("direction") == "inbound"
        return asked and what.kind == "record.created"
    if what.activity is not None or what.data.get("pipeline") != promise.pipeline:
        return False
    if what.kind == "record.created":
        return turn == 1
    reopened = what.kind == "record.moved" and what.data.get("from") in promise.stops
    return reopened and promise.measure == "resolution" and what.data.get("to") not in promise.stops


def _marks(what: Happened, promise: Promise, *, by_person: bool) -> Iterator[Mark]:
    if what.activity is not None:
        yield from _of_activity(what, what.activity.get("direction"), promise, by_person=by_person)
    elif what.kind == "record.moved":
        to, left = what.data.get("to"), what.data.get("from")
        answered = promise.measure in ("pick_up", "first_response") and left == promise.starts
        if to in promise.stops or answered:
            yield Mark(what.at, "stop")
        elif to in promise.pauses:
            yield Mark(what.at, "pause")
        elif left in promise.pauses:
            yield Mark(what.at, "resume")


def _of_activity(what: Happened, direction: Any, promise: Promise, *, by_person: bool) -> Iterator[Mark]:
    if what.kind != "record.created":
        return
    if direction == "inbound":
        yield Mark(what.at, "resume")
    elif direction == "outbound" and by_person and promise.measure != "resolution":
        yield Mark(what.at, "stop")


def _fitting(offered: Sequence[Promise], kind: Object, row: Any, at: datetime) -> Promise | None:
    asked = [one.condition for one in offered if one.condition is not None]
    seen = related.of_row(kind, row, related.needs_of(asked)) if asked else {}
    fits = (one for one in offered if one.condition is None or met_by(one.condition, seen, Circumstances(at)))
    return next(fits, None)


def _start(at: datetime, promise: Promise) -> Mark:
    return Mark(at, "start", promise.target, promise.uid)


def _mark_all(what: Happened, done: What) -> None:
    for clock in Clock.objects.filter(subject=what.subject).exclude(state="stopped"):
        promise = next((one for one in of_object(what.object) if one.uid == clock.promise), None)
        if promise is not None:
            _write(clock, promise, [*marks_of(clock), Mark(what.at, done)])


def _write(clock: Clock, promise: Promise, marks: Sequence[Mark]) -> None:
    clock.promise = promise.uid
    clock.marks = [_dump(one) for one in marks]
    clock.state = clocks.state(marks)
    clock.due_at = clocks.due(marks)
    clock.alert_at = next_alert(marks, promise, clock.level)
    clock.ended_at = marks[-1].at if clock.state == "stopped" else None
    clock.save()


def _dump(mark: Mark) -> dict[str, Any]:
    plain = {"at": mark.at.isoformat(), "what": mark.what}
    return (
        plain
        if mark.target is None
        else {**plain, "target": mark.target.model_dump(), "promise": mark.promise}
    )
