"""When people are away, and who decides in their stead; said by themselves or by those who lead.

Owns one absence a person, present or to come: saying another one takes its place.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.automation.models import Absence
from portulan.automation.tester import may_lead
from portulan.base.refusals import NotAllowed, NotValid, Problem
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor


def find_absence(actor: Actor, *, person: int, at: datetime) -> dict[str, Any] | None:
    """Return the absence of a person that is not over, or None."""
    _require(actor, person)
    one = Absence.objects.filter(person=person, ends_at__gt=at).order_by("begins_at").first()
    if one is None:
        return None
    return {"begins_at": one.begins_at, "ends_at": one.ends_at, "delegate": one.delegate_id}


def be_away(
    actor: Actor, *, person: int, begins_at: datetime, ends_at: datetime, delegate: int | None = None
) -> None:
    """Say that a person receives nothing for a time, and who decides in their stead."""
    _require(actor, person)
    if ends_at <= begins_at:
        raise NotValid(Problem("ends_at", "automation.absence_misfit"))
    known = {one.id for one in people.directory(actors.system())} - {person}
    if delegate is not None and delegate not in known:
        raise NotValid(Problem("delegate", "automation.delegate_misfit"))
    with transaction.atomic():
        Absence.objects.filter(person=person, ends_at__gt=begins_at).delete()
        Absence.objects.create(person_id=person, begins_at=begins_at, ends_at=ends_at, delegate_id=delegate)


def be_back(actor: Actor, *, person: int, at: datetime) -> None:
    """Say that a person is there again, or will not leave."""
    _require(actor, person)
    Absence.objects.filter(person=person, ends_at__gt=at).delete()


def _require(actor: Actor, person: int) -> None:
    if not (actor.id == person or may_lead(actor)):
        raise NotAllowed
