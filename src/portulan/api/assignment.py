"""The front desk of assignment: who sits where, who is away, last month played again by a rule."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime

from portulan.api.actors import actor_of
from portulan.api.automation import SeatedOut
from portulan.automation import absences, tester, timing, turns
from portulan.automation import seats as seating
from portulan.base import clock
from portulan.base.durations import Duration

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
    """A rule that assigns records of an object: the time that it leaves to take them up, the map’s beside."""

    uid: str
    say: str
    object: str
    within: Duration | None
    drawn: Duration | None


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
    """Last month’s assignments played again: how many, how many differ or would have gone on, which."""

    since: datetime
    total: int
    different: int
    passed: int
    rows: list[OtherwiseOut]


class AbsenceOut(Schema):
    """A time during which a person receives nothing; the delegate decides in their stead."""

    begins_at: datetime
    ends_at: datetime
    delegate: int | None


class AbsenceIn(Schema):
    """A time during which a person receives nothing."""

    begins_at: AwareDatetime
    ends_at: AwareDatetime
    delegate: int | None = None


class PatienceIn(Schema):
    """How long people have to take up what a rule gives them; none: as long as they like."""

    within: Duration | None


class TurnOut(Schema):
    """Who is to take a record up, until when."""

    person: str | None
    due_at: datetime
    mine: bool


@router.get("/seats", response=SeatsOut)
def seats(request: HttpRequest) -> Any:
    """Return who may receive records, role by role."""
    return seating.seats(actor_of(request), at=clock.now())


@router.get("/rules/{uid}/replay", response=ReplayOut)
def replay(request: HttpRequest, uid: str) -> Any:
    """Return who would have received last month’s records by a rule; nothing is changed."""
    return seating.replay(actor_of(request), uid=uid, at=clock.now())


@router.put("/rules/{uid}/patience", response={204: None})
def leave(request: HttpRequest, uid: str, body: PatienceIn) -> None:
    """Say how long people have to take up what a rule gives them."""
    tester.leave(actor_of(request), rule=uid, within=body.within, at=clock.now())


@router.delete("/rules/{uid}/patience", response={204: None})
def leave_as_drawn(request: HttpRequest, uid: str) -> None:
    """Go back to the time that the map gives."""
    tester.leave_as_drawn(actor_of(request), rule=uid)


@router.get("/records/{object_name}/{row_id}/turn", response=TurnOut | None)
def turn(request: HttpRequest, object_name: str, row_id: int) -> Any:
    """Return who is to take a record up, until when."""
    return timing.find_turn(actor_of(request), object_name=object_name, row_id=row_id)


@router.post("/records/{object_name}/{row_id}/turn", response={204: None})
def take(request: HttpRequest, object_name: str, row_id: int) -> None:
    """Take up a record that one received."""
    turns.take(actor_of(request), object_name=object_name, row_id=row_id, at=clock.now())


@router.get("/people/{person}/absence", response=AbsenceOut | None)
def absence(request: HttpRequest, person: int) -> Any:
    """Return when a person is or will be away."""
    return absences.find_absence(actor_of(request), person=person, at=clock.now())


@router.put("/people/{person}/absence", response={204: None})
def be_away(request: HttpRequest, person: int, body: AbsenceIn) -> None:
    """Say when a person is away, and who decides in their stead."""
    absences.be_away(actor_of(request), person=person, **body.dict())


@router.delete("/people/{person}/absence", response={204: None})
def be_back(request: HttpRequest, person: int) -> None:
    """Say that a person is there again."""
    absences.be_back(actor_of(request), person=person, at=clock.now())
