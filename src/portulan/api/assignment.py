"""The front desk of assignment: who sits where, and last month played again by a rule as it is now."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.api.automation import SeatedOut
from portulan.automation import seats as seating
from portulan.base import clock

router = Router(tags=["automation"])


class SeatOut(Schema):
    """How much of a role a person takes; `assigned` is what fairness counts."""

    person: SeatedOut
    territory: str
    weight: float
    capacity: int | None
    skills: list[str]
    assigned: float
    away_until: datetime | None


class RoleSeatsOut(Schema):
    """The people of a role."""

    uid: str
    label: str
    seats: list[SeatOut]


class GivingOut(Schema):
    """A rule that assigns records of an object."""

    uid: str
    say: str
    object: str


class SeatsOut(Schema):
    """Who may receive records, and the rules that give them."""

    may_edit: bool
    rules: list[GivingOut]
    roles: list[RoleSeatsOut]


class OtherwiseOut(Schema):
    """A record that would have gone to somebody else."""

    object: str
    row_id: int
    title: str
    at: datetime
    was: str | None
    now: str | None


class ReplayOut(Schema):
    """Last month’s assignments played again: how many, how many differ, which."""

    since: datetime
    total: int
    different: int
    rows: list[OtherwiseOut]


@router.get("/seats", response=SeatsOut)
def seats(request: HttpRequest) -> Any:
    """Return who may receive records, role by role."""
    return seating.seats(actor_of(request), at=clock.now())


@router.get("/rules/{uid}/replay", response=ReplayOut)
def replay(request: HttpRequest, uid: str) -> Any:
    """Return who would have received last month’s records by a rule; nothing is changed."""
    return seating.replay(actor_of(request), uid=uid, at=clock.now())
