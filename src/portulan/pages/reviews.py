"""Who answers for what, when it is to be looked at again, and who is reminded.

Verified is an event, not an edit. Refuses people who no longer work here, and intervals that nobody keeps.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from portulan.base.calendar import months_later
from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.events import log
from portulan.pages import happenings
from portulan.pages.models import Care
from portulan.pages.targets import TARGETS, Where, place_of
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.people.queries import Person

INTERVALS, USUAL = (1, 3, 6, 12), 6
#: When people are reminded, in days around the due day: the owner twice, then the backup, then RevOps.
REMINDERS = (-7, 0, 7, 14)
_BACKUP_FROM, _LAST = 2, len(REMINDERS)
_REVOPS = "revops"


class CareNotValid(NotValid):
    """Nobody can answer for it that way."""

    code = "pages.care_not_valid"


@dataclass(frozen=True)
class CareView:
    """Who answers for a target, and where its review stands; `orphan`: nobody does who works here."""

    owner: Person | None
    backup: Person | None
    months: int
    due_on: date
    overdue: bool
    orphan: bool
    verified_at: datetime | None
    verified_by: Person | None
    verified_version: int | None


@dataclass(frozen=True)
class Due:
    """What a person is to look at: as its owner, in the owner’s stead, or because nobody answers for it."""

    target: str
    id: UUID
    title: str
    due_on: date
    overdue: bool
    role: str


def begin(actor: Actor, where: Where, *, at: datetime) -> None:
    """Have the actor answer for something new, to be reviewed at the usual interval."""
    due = months_later(at.date(), USUAL)
    Care.objects.create(
        target=where.target, target_id=where.id, owner_id=actor.id, months=USUAL, **_dated(due)
    )


def assign(
    actor: Actor, where: Where, *, owner: int | None, backup: int | None, months: int, at: datetime
) -> None:
    """Say who answers for a target and how often it is reviewed; the new owner is told.

    :raises CareNotValid: when a person is unknown or gone, or the interval is none of ours.
    """
    problems = [] if months in INTERVALS else [Problem("months", "pages.interval_unknown")]
    problems += [
        Problem(name, "pages.person_gone")
        for name, one in (("owner", owner), ("backup", backup))
        if one is not None and not _works_here(one)
    ]
    if owner is None:
        problems.append(Problem("owner", "pages.owner_missing"))
    if problems:
        raise CareNotValid(*problems)
    title = place_of(actor, where).title
    with transaction.atomic():
        row = held(where)
        told = [one for one in (owner,) if one not in (None, row.owner_id, actor.id)]
        since = row.verified_at.date() if row.verified_at else at.date()
        due = months_later(since, months) if months != row.months else row.due_on
        fields = {"owner_id": owner, "backup_id": backup, "months": months}
        Care.objects.filter(pk=row.pk).update(**fields, **(_dated(due) if due != row.due_on else {}))
        what = happenings.CareAssigned(where.subject, title, owner, backup, months, told)
        log.append(what, actor=actor, subject=where.subject, at=at)


def verified(actor: Actor, where: Where, *, version: int, at: datetime) -> None:
    """Note that the actor found a version of a target still valid; the next review is an interval away."""
    row = held(where)
    due = months_later(at.date(), row.months)
    done = {"verified_at": at, "verified_by_id": actor.id, "verified_version": version}
    Care.objects.filter(pk=row.pk).update(**done, **_dated(due))


def held(where: Where) -> Care:
    """Return the care of a target under lock.

    :raises NotThere: when nobody was ever named.
    """
    row = Care.objects.select_for_update().filter(target=where.target, target_id=where.id).first()
    if row is None:
        raise NotThere
    return row


def answers(actor: Actor, where: Where) -> bool:
    """Return whether the actor answers for a target, as its owner or in their stead."""
    mine = Q(owner=actor.id) | Q(backup=actor.id)
    return (
        actor.id is not None and Care.objects.filter(mine, target=where.target, target_id=where.id).exists()
    )


def keepers(where: Where) -> tuple[int, ...]:
    """Return the people who answer for a target."""
    row = Care.objects.filter(target=where.target, target_id=where.id).values_list("owner", "backup").first()
    return tuple(one for one in row or () if one is not None)


def cares(actor: Actor, *, target: str, at: datetime) -> dict[UUID, CareView]:
    """Return who answers for the targets of a kind that the actor may read, by id."""
    rows = list(_readable(actor, target).select_related("owner", "backup"))
    ids = {
        one for row in rows for one in (row.owner_id, row.backup_id, row.verified_by_id) if one is not None
    }
    named = people.named(actor, ids=ids)
    return {
        row.target_id: CareView(
            owner=named.get(row.owner_id or 0),
            backup=named.get(row.backup_id or 0),
            months=row.months,
            due_on=row.due_on,
            overdue=row.due_on < at.date(),
            orphan=row.owner is None or not row.owner.is_active,
            verified_at=row.verified_at,
            verified_by=named.get(row.verified_by_id or 0),
            verified_version=row.verified_version,
        )
        for row in rows
    }


def due(actor: Actor, *, target: str | None = None, at: datetime) -> list[Due]:
    """Return what the actor is to review within a week, or should have, the latest first.

    A backup sees what its owner is late with, or has left. Without a target, whatever is reviewed.
    """
    soon = at.date() + timedelta(days=-REMINDERS[0])
    gone = Q(owner=None) | Q(owner__is_active=False)
    mine = Q(owner=actor.id, due_on__lte=soon) | Q(gone | Q(due_on__lt=at.date()), backup=actor.id)
    if _REVOPS in actor.roles or actor.is_admin:
        mine |= gone
    readable = [_readable(actor, one).values("pk") for one in ((target,) if target else TARGETS)]
    known = reduce(or_, (Q(pk__in=one) for one in readable))
    rows = Care.objects.filter(known, mine).select_related("owner").order_by("due_on", "id")
    return [
        Due(
            row.target,
            row.target_id,
            place_of(actor, row.where).title,
            row.due_on,
            row.due_on < at.date(),
            "owner" if row.owner_id == actor.id else "backup" if row.backup_id == actor.id else "orphan",
        )
        for row in rows
    ]


def waiting(at: datetime) -> QuerySet[Care]:
    """Return what somebody is to be reminded of by now."""
    return Care.objects.filter(remind_on__lte=at.date())


def remind(at: datetime) -> bool:
    """Remind of the first review that waits, once for each of its moments; return whether there was one."""
    rows = waiting(at).order_by("remind_on", "id")
    if transaction.get_connection().features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    row = rows.first()
    if row is None:
        return False
    passed = sum(at.date() >= row.due_on + timedelta(days=days) for days in REMINDERS)
    following = row.due_on + timedelta(days=REMINDERS[passed]) if passed < _LAST else None
    Care.objects.filter(pk=row.pk).update(level=passed, remind_on=following)
    system = actors.system("automation")
    try:
        title = place_of(system, row.where).title
    except NotThere:  # in the bin: nobody is asked to look at it
        return True
    told = _told(row, passed - 1)
    what = happenings.ReviewReminded(row.where.subject, title, row.due_on.isoformat(), passed - 1, told)
    log.append(what, actor=system, subject=row.where.subject, at=at)
    return True


def _told(row: Care, level: int) -> list[int]:
    """Return who is reminded: the owner; the backup later, or at once in the stead of one who is gone."""
    named = [row.owner_id] + ([row.backup_id] if level >= _BACKUP_FROM else [])
    present = [one for one in named if one is not None and _works_here(one)]
    if not present and row.backup_id is not None and _works_here(row.backup_id):
        present = [row.backup_id]
    if level >= _LAST - 1 or not present:
        system = actors.system()
        present += [one.id for one in people.directory(system) if _REVOPS in one.roles]
    return sorted(set(present))


def _readable(actor: Actor, target: str) -> QuerySet[Care]:
    known = TARGETS.get(target).rows(actor, "read").values("pk")
    return Care.objects.filter(target=target, target_id__in=known)


def _dated(due: date) -> dict[str, object]:
    return {"due_on": due, "level": 0, "remind_on": due + timedelta(days=REMINDERS[0])}


def _works_here(person: int) -> bool:
    try:
        people.get_actor(actors.system(), id=person)
    except NotThere:
        return False
    return True
