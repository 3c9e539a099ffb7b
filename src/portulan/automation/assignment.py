"""Who gets a record: its owner, the owner of its account, else the next of a pool; each decision is kept.

Owns seats, absences and decisions. Never chooses a person who left, is away, is full or lacks a skill, nor
one who had the record and did not take it up.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from portulan.automation import fair
from portulan.automation.approvers import LEADERS
from portulan.automation.fair import Candidate
from portulan.automation.models import Absence, Decision, Seat
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.blueprint.schema import Object
from portulan.maps.rules import Assign, Pool
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.records import related, runtime, values

#: Reasons by which a record went on from who did not take it up: to the next, the last role, who leads.
PASSED = frozenset({"passed", "fallback", "leader"})
#: Reasons that fairness counts.
COUNTED = frozenset({"next", "passed", "fallback"})


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


def choose(kind: Object, row: Any, action: Assign, *, at: datetime, had: Sequence[int] = ()) -> Choice:
    """Give a record to somebody: keep the decision, and count it in the fairness of the pool.

    `had` are those who had it and did not take it up, in order.
    """
    with transaction.atomic():
        choice = decide(kind, row, action, at=at, had=had)
        if choice.reason in COUNTED and choice.person is not None:
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


def decide(kind: Object, row: Any, action: Assign, *, at: datetime, had: Sequence[int] = ()) -> Choice:
    """Return who would get a record; changes nothing but the seats that were missing."""
    last = Choice(action.role, None, "nobody")
    for pool, final, candidates in _pools(kind, row, action, at, had):
        able = {one.person for one in candidates if one.why == "fits"}
        for person, reason in [] if had else _first(row, able):
            return Choice(pool.role, person, reason, tuple(candidates))
        found = fair.pick(candidates)
        last = Choice(pool.role, found, _next(had, final=final) if found else "nobody", tuple(candidates))
        if found is not None:
            return last
    leader = _leader(had, at) if had else None
    return last if leader is None else Choice(last.role, leader, "leader", last.considered)


def round_of(kind: Object, row: Any, action: Assign, *, at: datetime, had: Sequence[int]) -> list[int]:
    """Return who would receive a record in turn, as things stand, if nobody took it up; who leads is last."""
    found = list(had)
    for _, final, candidates in _pools(kind, row, action, at, had):
        able = [one for one in fair.order(candidates) if one not in found]
        if final and able:
            return [*found, able[0]]
        found += able
    leader = _leader(found, at)
    return found if leader is None else [*found, leader]


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


def _pools(
    kind: Object, row: Any, action: Assign, at: datetime, had: Collection[int]
) -> Iterator[tuple[Pool, bool, list[Candidate]]]:
    """Yield the pools for a record in order, whether the round ends there, and how their people stand."""
    seen = _seen(kind, row, action)
    for pool in action.pools:
        if pool.condition is None or met_by(pool.condition, seen, Circumstances(at)):
            yield pool, False, _candidates(pool, kind, seen, at, had)
    pool = Pool(role=action.role)
    yield pool, bool(action.pools), _candidates(pool, kind, seen, at, had)


def _next(had: Collection[int], *, final: bool) -> str:
    if not had:
        return "next"
    return "fallback" if final else "passed"


def _leader(had: Sequence[int], at: datetime) -> int | None:
    """Return who leads the one who had the record last, and is there."""
    found = people.leaders(actors.system(), person=had[-1], roles=LEADERS)
    away = _away(dict.fromkeys(found), at)
    return next((one for one in found if one not in away and one not in had), None)


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


def _candidates(
    pool: Pool, kind: Object | None, seen: Mapping[str, Any], at: datetime, had: Collection[int] = ()
) -> list[Candidate]:
    persons = {one.id: one for one in people.directory(actors.system()) if pool.role in one.roles}
    seats = _seats(pool.role, list(persons))
    away = _away(persons, at)
    held = _held(kind, [one.person_id for one in seats if one.capacity is not None])
    found = []
    for seat in seats:
        why: fair.Why = "fits"
        if seat.person_id in had:
            why = "had"
        elif seat.person_id in away:
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
