"""Sequences: mails and tasks on working days, until the client answers or the record moves on.

Owns the enrolments. One of a name is active on a record at a time; each step is done, and written in the
ledger, in the transaction that takes the next place: a worker killed anywhere doubles none and loses none.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from portulan.automation import outward, seeing
from portulan.automation.acting import Acting, Did
from portulan.automation.claims import unheld
from portulan.automation.models import Enrolment, Run
from portulan.automation.rules import Happened
from portulan.automation.tasks import create_task
from portulan.base import calendar as calendars
from portulan.base import texts
from portulan.base.refusals import NotThere, Refusal
from portulan.blueprint.schema import Rule
from portulan.events import log
from portulan.maps.rules import CreateTask, SequenceStep, StartSequence, StopSequence
from portulan.people import actor as actors
from portulan.records import runtime


def start_sequence(acting: Acting, action: StartSequence) -> Did:
    """Enrol the record, unless it is already there; its steps are those of this version of the rule."""
    first = action.steps[0]
    made = Enrolment(
        subject=acting.subject,
        name=action.name,
        rule=acting.rule.uid,
        steps=[one.model_dump(mode="json") for one in action.steps],
        stage=getattr(acting.row, "stage", None) or "",
        began_at=acting.at,
        due_at=calendars.DEFAULT.add(acting.at, first.wait),
    )
    Enrolment.objects.bulk_create([made], ignore_conflicts=True)
    return {"do": action.do, "subject": acting.subject, "sequence": action.name}


def stop_sequence(acting: Acting, action: StopSequence) -> Did:
    """Take the record out of a sequence."""
    stop(Enrolment.objects.filter(subject=acting.subject, name=action.name), "stopped", acting.at)
    return {"do": action.do, "subject": acting.subject, "sequence": action.name}


def follow(what: Happened) -> None:
    """Stop the sequences of a record whose client answers, that leaves its stage, or goes to the bin."""
    enrolled = Enrolment.objects.filter(subject=what.subject, began_at__lte=what.at)
    activity = what.activity
    if activity is not None:
        if what.kind == "record.created" and activity.get("direction") == "inbound":
            stop(enrolled, "unless", what.at)
    elif what.kind == "record.deleted":
        stop(enrolled, "deleted", what.at)
    elif what.kind == "record.moved":
        stop(enrolled.filter(~Q(stage=what.data.get("to"))), "left_stage", what.at)


def stop(enrolled: Any, reason: str, at: datetime) -> None:
    """End the enrolments that are active."""
    active = enrolled.filter(state=Enrolment.State.ACTIVE)
    active.update(state=Enrolment.State.STOPPED, reason=reason, due_at=None, ended_at=at)


def due_steps(at: datetime, *, off: Collection[str]) -> Any:
    """Return the enrolments whose next step is due; those of a rule that is off wait."""
    return Enrolment.objects.filter(state=Enrolment.State.ACTIVE, due_at__lte=at).exclude(rule__in=off)


def step_next(at: datetime, *, off: Collection[str]) -> bool:
    """Do the first step that is due, in the caller’s transaction; return whether there was one."""
    due = due_steps(at, off=off).order_by("due_at", "id")
    due = unheld(due)
    one = due.first()
    if one is None:
        return False
    try:
        kind, row = seeing.row_of(one.subject)
        rule = Rule.model_validate(_as_rule(one, kind.uid))
        acting = Acting(actors.system("automation"), rule, kind, row, one.due_at, at)
        with transaction.atomic():
            did = _do(acting, SequenceStep.model_validate(one.steps[one.place]))
    except NotThere:
        stop(Enrolment.objects.filter(pk=one.pk), "deleted", at)
    except Refusal as refusal:
        stop(Enrolment.objects.filter(pk=one.pk), "refused", at)
        _tell(one, at, refusal=refusal)
    else:
        _tell(one, at, did=did)
        _advance(one, at)
    return True


def _do(acting: Acting, step: SequenceStep) -> Did:
    with log.because(None):
        if isinstance(step.action, CreateTask):
            return create_task(acting, step.action)
        return outward.send_mail(acting, step.action)


def _tell(one: Enrolment, at: datetime, *, did: Did | None = None, refusal: Refusal | None = None) -> None:
    """Write a step in the ledger of its record; `event` is the enrolment that it goes on for."""
    place, n = one.place + 1, len(one.steps)
    says = {
        lang: [
            texts.say("automation.sequence_step", lang, name=one.name, place=place, n=n),
            *([refusal.say(lang), *(each.say(lang) for each in refusal.problems)] if refusal else []),
        ]
        for lang in texts.LANGUAGES
    }
    Run.objects.create(
        rule=one.rule,
        version=runtime.current().version,
        key=f"{one.pk}#{place}",
        event=one.pk,
        subject=one.subject,
        state=Run.State.REFUSED if refusal else Run.State.FIRED,
        reason="refused" if refusal else "",
        says=says,
        did=[did] if did else [],
        at=one.due_at or at,
        due_at=one.due_at or at,
        ended_at=at,
    )


def _advance(one: Enrolment, at: datetime) -> None:
    place = one.place + 1
    mine = Enrolment.objects.filter(pk=one.pk, place=one.place, state=Enrolment.State.ACTIVE)
    if place >= len(one.steps):
        mine.update(place=place, state=Enrolment.State.DONE, due_at=None, ended_at=at)
    else:
        wait = SequenceStep.model_validate(one.steps[place]).wait
        mine.update(place=place, due_at=calendars.DEFAULT.add(at, wait))


def _as_rule(one: Enrolment, uid: str) -> dict[str, Any]:
    """Return the rule that a sequence goes on for, as it is known today, or in the sequence’s own name."""
    for rule in runtime.current().blueprint.rules:
        if rule.uid == one.rule:
            return rule.model_dump()
    step = SequenceStep.model_validate(one.steps[one.place]).action.model_dump()
    return {
        "uid": one.rule,
        "label": {"fr": one.name},
        "object": uid,
        "trigger": {"on": "created"},
        "actions": [step],
    }
