"""Who gets a record: its owner, the owner of its account, else the next of a pool; each decision is kept.

Owns seats, absences and decisions. Never chooses a person who left, is away, is full or lacks a skill.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from portulan.automation import fair
from portulan.automation.fair import Candidate
from portulan.automation.models import Absence, Decision, Seat
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.blueprint.schema import Object
from portulan.maps.rules import Assign, Pool
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.records import related, runtime, values


@dataclass(frozen=True)
class Choice:
    """Who was chosen for which role and why, and how everybody else stood."""

    role: str
    person: int | None
    reason: str
    considered: tuple[Candidate, ...] = ()


def people_of(role: str) -> list[int]:
    """Return the active people who hold a role."""
    return [one.id for one in people.directory(actors.system()) if role in one.roles]


def choose(kind: Object, row: Any, action: Assign, *, at: datetime) -> Choice:
    """Give a record to somebody: keep the decision, and count it in the fairness of the pool."""
    with transaction.atomic():
        choice = decide(kind, row, action, at=at)
        if choice.reason == "next" and choice.person is not None:
            _count(choice, at)
        Decision.objects.create(
            subject=f"{kind.uid}:{row.pk}",
            role=choice.role,
            person_id=choice.person,
            reason=choice.reason,
            considered=considered(choice),
            at=at,
        )
    return choice


def next_of(role: str, *, at: datetime) -> int | None:
    """Return the next person of a role, and count that they were chosen."""
    with transaction.atomic():
        candidates = _candidates(Pool(role=role), None, {}, at)
        choice = Choice(role, fair.pick(candidates), "next", tuple(candidates))
        if choice.person is not None:
            _count(choice, at)
    return choice.person


def decide(kind: Object, row: Any, action: Assign, *, at: datetime) -> Choice:
    """Return who would get a record; changes nothing but the seats that were missing."""
    seen = _seen(kind, row, action)
    last = Choice(action.role, None, "nobody")
    for pool in (*action.pools, Pool(role=action.role)):
        if pool.condition is not None and not met_by(pool.condition, seen, Circumstances(at)):
            continue
        candidates = _candidates(pool, kind, seen, at)
        able = {one.person for one in candidates if one.why == "fits"}
        for person, reason in _first(row, able):
            return Choice(pool.role, person, reason, tuple(candidates))
        found = fair.pick(candidates)
        last = Choice(pool.role, found, "next" if found else "nobody", tuple(candidates))
        if found is not None:
            return last
    return last


def considered(choice: Choice) -> list[dict[str, Any]]:
    """Return how everybody stood, as JSON."""
    return [
        {
            "person": one.person,
            "why": "next" if one.person == choice.person else one.why,
            "level": round(one.level, 3),
        }
        for one in choice.considered
    ]


def _first(row: Any, able: set[int]) -> list[tuple[int, str]]:
    account = getattr(row, "account", None)
    holders = [
        (getattr(row, "owner_id", None), "owner"),
        (getattr(account, "owner_id", None), "account_owner"),
    ]
    return [(person, reason) for person, reason in holders if person in able]


def _seen(kind: Object, row: Any, action: Assign) -> dict[str, Any]:
    asked = [pool.condition for pool in action.pools if pool.condition is not None]
    return related.of_row(kind, row, related.needs_of(asked))


def _candidates(pool: Pool, kind: Object | None, seen: Mapping[str, Any], at: datetime) -> list[Candidate]:
    persons = {one.id: one for one in people.directory(actors.system()) if pool.role in one.roles}
    seats = _seats(pool.role, list(persons))
    away = _away(persons, at)
    held = _held(kind, [one.person_id for one in seats if one.capacity is not None])
    found = []
    for seat in seats:
        why: fair.Why = "fits"
        if seat.person_id in away:
            why = "absent"
        elif seat.capacity is not None and held.get(seat.person_id, 0) >= seat.capacity:
            why = "full"
        elif not _matches(pool, kind, seen, {*seat.skills, persons[seat.person_id].territory}):
            why = "no_skill"
        found.append(Candidate(seat.person_id, seat.weight, seat.assigned, seat.last_at, why))
    return found


def _seats(role: str, persons: Sequence[int]) -> list[Seat]:
    """Return the seats of a role, held until the transaction ends; who is new sits at the least level."""
    rows = Seat.objects.filter(role=role, person__in=persons)
    missing = set(persons) - set(rows.values_list("person_id", flat=True))
    if missing:
        least = min((seat.assigned / seat.weight for seat in rows), default=0.0)
        fresh = [Seat(role=role, person_id=one, assigned=least) for one in sorted(missing)]
        Seat.objects.bulk_create(fresh, ignore_conflicts=True)
    if transaction.get_connection().in_atomic_block:
        rows = rows.select_for_update()
    return list(rows.order_by("person_id"))


def _away(persons: Mapping[int, Any], at: datetime) -> set[int]:
    gone = Absence.objects.filter(person__in=list(persons), begins_at__lte=at, ends_at__gt=at)
    return set(gone.values_list("person_id", flat=True))


def _held(kind: Object | None, persons: Sequence[int]) -> dict[int, int]:
    """Return how many open records of an object people hold."""
    if kind is None or not persons or "owner" not in values.live(kind):
        return {}
    rows = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True, owner__in=persons)
    if "closed_at" in values.live(kind):
        rows = rows.filter(closed_at__isnull=True)
    return dict(rows.values_list("owner").annotate(n=Count("pk")).values_list("owner", "n"))


def _matches(pool: Pool, kind: Object | None, seen: Mapping[str, Any], able: set[str]) -> bool:
    names = {field.uid: name for name, field in values.live(kind).items()} if kind else {}
    wanted = (seen.get(names.get(uid, uid)) for uid in pool.matches)
    return all(one is None or str(one) in able for one in wanted)


def _count(choice: Choice, at: datetime) -> None:
    before = {one.person: one for one in choice.considered}
    for one in fair.serve(choice.considered, choice.person or 0, at):
        if one != before[one.person]:
            Seat.objects.filter(role=choice.role, person=one.person).update(
                assigned=one.assigned, last_at=one.last_at
            )
