"""Who decides: the people of the roles asked, or those who lead; delegates while they are away.

Pure of writes. Never the person who asked. When nobody is left, those who look after the product.
"""

from dataclasses import dataclass
from datetime import datetime

from portulan.automation.models import Absence, Request
from portulan.base.refusals import NotNow
from portulan.maps.rules import HIERARCHY
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.queries import Person

#: Roles that lead a team.
LEADERS = frozenset({"manager", "direction"})


class NobodyDecides(NotNow):
    """Nobody but the person who asks could decide."""

    code = "automation.nobody_decides"


@dataclass(frozen=True)
class Deciders:
    """Who may decide, and who of them is told: those who are there, the delegates of the others."""

    allowed: frozenset[int]
    told: tuple[int, ...]


def of(request: Request, at: datetime) -> Deciders:
    """Return who decides a request at a moment."""
    known = {one.id: one for one in people.directory(actors.system())}
    named = _named(request, known)
    away = {one.person_id: one.delegate_id for one in _absences(named, at)}
    delegates = {one for one in away.values() if one in known} - {request.asked_by_id}
    told = (named - away.keys()) | delegates
    if not told:
        told = set(people.administrators(actors.system())) - {request.asked_by_id}
    return Deciders(frozenset(named | told), tuple(sorted(told)))


def names(request: Request) -> list[str]:
    """Return the names of those whom a request is for."""
    known = {one.id: one for one in people.directory(actors.system())}
    return sorted(known[one].name for one in _named(request, known))


def leading(request: Request) -> set[int]:
    """Return those who lead the team of whoever asked, or else of the record’s owner."""
    who = request.asked_by_id or request.owner_id
    if who is None:
        return set()
    return set(people.leaders(actors.system(), person=who, roles=LEADERS)) - {request.asked_by_id}


def _named(request: Request, known: dict[int, Person]) -> set[int]:
    found = {one.id for one in known.values() if set(request.approvers) & set(one.roles)}
    if HIERARCHY in request.approvers:
        found |= leading(request)
    return found - {request.asked_by_id}


def _absences(persons: set[int], at: datetime) -> list[Absence]:
    return list(Absence.objects.filter(person__in=persons, begins_at__lte=at, ends_at__gt=at))
