"""The clock of a promise: a list of starts, pauses, resumes, changes of promise and a stop.

Pure. What was consumed is the sum of the running times, each measured on the calendar of the promise in
force then; a change of promise keeps it. Says every slot and every pause. Refuses nothing: marks that make
no sense where they stand (a pause while it rests) change nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from portulan.base import calendar as calendars
from portulan.base.calendar import WorkingCalendar
from portulan.base.durations import Duration

What = Literal["start", "pause", "resume", "policy", "stop"]
_NONE = timedelta(0)


@dataclass(frozen=True)
class Mark:
    """Something that happened to a clock; a start and a change of promise give the time promised."""

    at: datetime
    what: What
    target: Duration | None = None
    promise: str = ""


@dataclass(frozen=True)
class Span:
    """A part of a clock's life: a slot that counts, or a time that does not, and why."""

    begins_at: datetime
    ends_at: datetime
    counts: bool
    why: Literal["open", "closed", "paused"]


@dataclass(frozen=True)
class _Running:
    begins_at: datetime
    ends_at: datetime | None
    working: bool


def consumed(marks: Sequence[Mark], at: datetime, calendar: WorkingCalendar = calendars.DEFAULT) -> timedelta:
    """Return how much of the time was consumed by a moment."""
    total = _NONE
    for one in _running(marks):
        if one.begins_at < at:
            total += _between(one, min(one.ends_at or at, at), calendar)
    return total


def due(
    marks: Sequence[Mark], share: float = 1.0, calendar: WorkingCalendar = calendars.DEFAULT
) -> datetime | None:
    """Return when a share of the promised time is consumed, None while the clock rests before that."""
    target = promised(marks, calendar)
    if target is None:
        return None
    left = target * share
    for one in _running(marks):
        end = one.ends_at
        inside = None if end is None else _between(one, end, calendar)
        if inside is None or inside >= left:
            return calendar.after(one.begins_at, left) if one.working else one.begins_at + left
        left -= inside
    return None


def promised(marks: Sequence[Mark], calendar: WorkingCalendar = calendars.DEFAULT) -> timedelta | None:
    """Return the time promised by the newest promise."""
    targets = [mark.target for mark in _ordered(marks) if mark.target is not None]
    return length(targets[-1], calendar) if targets else None


def length(target: Duration, calendar: WorkingCalendar = calendars.DEFAULT) -> timedelta:
    """Return a promised time as a span: opening time for working units, time round the clock for others."""
    match target.unit:
        case "working_hours":
            return timedelta(hours=target.amount)
        case "working_days":
            return calendar.day_length * target.amount
        case "months":
            return timedelta(days=30 * target.amount)
        case unit:
            return timedelta(**{unit: target.amount})


def state(marks: Sequence[Mark]) -> Literal["running", "paused", "stopped"]:
    """Return what the clock does after its last mark."""
    runs = False
    for mark in _ordered(marks):
        if mark.what == "stop":
            return "stopped"
        runs = mark.what != "pause" and (runs or mark.what in ("start", "resume"))
    return "running" if runs else "paused"


def explain(marks: Sequence[Mark], at: datetime, calendar: WorkingCalendar = calendars.DEFAULT) -> list[Span]:
    """Return every slot that counted, every closed time and every pause, from the start to a moment."""
    spans: list[Span] = []
    here: datetime | None = None
    for one in _running(marks):
        if here is not None and here < one.begins_at:
            spans.append(Span(here, one.begins_at, counts=False, why="paused"))
        end = max(min(one.ends_at or at, at), one.begins_at)
        spans += _slots(one, end, calendar)
        here = one.ends_at
    if here is not None and here < at and state(marks) == "paused":
        spans.append(Span(here, at, counts=False, why="paused"))
    return spans


def _ordered(marks: Sequence[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: mark.at)


def _running(marks: Sequence[Mark]) -> Iterator[_Running]:
    """Yield the times during which the clock runs, each under one promise; the last one may be open."""
    since: datetime | None = None
    working = True
    for mark in _ordered(marks):
        if since is not None and mark.what in ("pause", "stop", "policy"):
            yield _Running(since, mark.at, working)
            since = mark.at if mark.what == "policy" else None
        if mark.target is not None:
            working = mark.target.unit.startswith("working_")
        if mark.what == "stop":
            return
        if since is None and mark.what in ("start", "resume"):
            since = mark.at
    if since is not None:
        yield _Running(since, None, working)


def _between(one: _Running, end: datetime, calendar: WorkingCalendar) -> timedelta:
    return calendar.between(one.begins_at, end) if one.working else end - one.begins_at


def _slots(one: _Running, end: datetime, calendar: WorkingCalendar) -> Iterator[Span]:
    here = one.begins_at
    for begins_at, ends_at in calendar.openings(here, end) if one.working else [(here, end)]:
        if here < begins_at:
            yield Span(here, begins_at, counts=False, why="closed")
        if begins_at < ends_at:
            yield Span(begins_at, ends_at, counts=True, why="open")
        here = ends_at
    if here < end:
        yield Span(here, end, counts=False, why="closed")
