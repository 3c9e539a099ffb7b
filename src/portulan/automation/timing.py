"""Reads of clocks: what is promised on a record, how much is consumed, and every slot and pause of it.

Tells too whose turn it is to take a record up, and until when.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db.models import F

from portulan.automation import clocks, promises, turns
from portulan.automation.models import Clock
from portulan.blueprint.schema import Promise
from portulan.blueprint.wording import Wording
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import queries, rows, runtime


def clocks_of(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> list[dict[str, Any]]:
    """Return the clocks of a record, each with why its due time is what it is.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    blueprint = runtime.current().blueprint
    subject = rows.subject(runtime.current().object(object_name), row_id)
    known = {one.uid: one for one in blueprint.promises}
    wording = Wording(actor.lang, blueprint)
    found = Clock.objects.filter(subject=subject).order_by("id")
    return [_told(one, known.get(one.promise), wording, at) for one in found]


def standing_of(
    *, object_name: str, row_id: int, measure: str, at: datetime
) -> Literal["running", "paused", "kept", "broken"] | None:
    """Return how the newest clock of a measure stands, as the house knows it; None when none began."""
    subject = rows.subject(runtime.current().object(object_name), row_id)
    clock = Clock.objects.filter(subject=subject, measure=measure).order_by("-turn").first()
    if clock is None:
        return None
    marks = promises.marks_of(clock)
    target = clocks.promised(marks)
    if target is not None and clocks.consumed(marks, clock.ended_at or at) > target:
        return "broken"
    state = clocks.state(marks)
    return "kept" if state == "stopped" else state


def find_turn(actor: Actor, *, object_name: str, row_id: int) -> dict[str, Any] | None:
    """Return who is to take a record up and until when, or None when nobody is waited for.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    turn = turns.waiting(rows.subject(runtime.current().object(object_name), row_id)).first()
    if turn is None:
        return None
    named = people.named(actor, ids=[turn.person_id]).get(turn.person_id)
    mine = turn.person_id == actor.id and not actor.seen_by
    return {"person": named and named.name, "due_at": turn.due_at, "mine": mine}


def running(actor: Actor, subjects: Sequence[str], at: datetime) -> list[dict[str, Any]]:
    """Return the clocks that are not stopped of some records which the actor may see, the next due first."""
    blueprint = runtime.current().blueprint
    known = {one.uid: one for one in blueprint.promises}
    wording = Wording(actor.lang, blueprint)
    found = Clock.objects.filter(subject__in=subjects).exclude(state="stopped")
    return [
        {"subject": one.subject, **_told(one, known.get(one.promise), wording, at)}
        for one in found.order_by(F("due_at").asc(nulls_last=True), "id")
    ]


def _told(clock: Clock, promise: Promise | None, wording: Wording, at: datetime) -> dict[str, Any]:
    marks = promises.marks_of(clock)
    until = clock.ended_at or at
    target = clocks.promised(marks)
    consumed = clocks.consumed(marks, until)
    return {
        "measure": clock.measure,
        "turn": clock.turn,
        "label": promise.label.say(wording.lang) if promise else clock.promise,
        "say": wording.promise(promise) if promise else "",
        "state": clock.state,
        "due_at": clock.due_at,
        "promised_seconds": target and target.total_seconds(),
        "consumed_seconds": consumed.total_seconds(),
        "kept": None if target is None else consumed <= target,
        "spans": [vars(one) for one in clocks.explain(marks, until)],
    }
