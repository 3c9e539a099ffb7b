"""The front desk of deviations, and of what steps lack: accepted, given, proposed to the target map."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.base import clock
from portulan.mining import decide, lacks
from portulan.mining.decide import About
from portulan.mining.lacking import Lack
from portulan.mining.lacks import At, LackAnswer

router = Router(tags=["logs"], by_alias=True)


class DeviationIn(Schema):
    """A deviation by its name, as a log shows it through some filters."""

    key: str
    log: str
    filters: str = ""

    def about(self, map_id: UUID) -> About:
        """Return what a decision is about."""
        return About(map_id, self.key, self.log, self.filters)


class DeviationAcceptIn(DeviationIn):
    """Why a deviation is accepted."""

    motive: str


class DeviationAssignIn(DeviationIn):
    """Whom a deviation is given to, by when; nobody takes it back."""

    person: int | None = None
    due_on: date | None = None


class DeviationKeyIn(Schema):
    """A deviation by its name."""

    key: str


class DeviationProposedOut(Schema):
    """A proposal that was made: to which map, in which thread."""

    map_id: UUID
    thread: UUID


@router.post("/maps/{map_id}/deviations/accept", response={204: None})
def accept_deviation(request: HttpRequest, map_id: UUID, wanted: DeviationAcceptIn) -> None:
    """Accept a deviation of a map, with a motive."""
    decide.accept(actor_of(request), about=wanted.about(map_id), motive=wanted.motive, at=clock.now())


@router.post("/maps/{map_id}/deviations/withdraw", response={204: None})
def withdraw_deviation(request: HttpRequest, map_id: UUID, wanted: DeviationKeyIn) -> None:
    """Accept a deviation no more."""
    decide.withdraw(actor_of(request), map_id=map_id, key=wanted.key, at=clock.now())


@router.post("/maps/{map_id}/deviations/assign", response={204: None})
def assign_deviation(request: HttpRequest, map_id: UUID, wanted: DeviationAssignIn) -> None:
    """Give a deviation to somebody, or take it back."""
    decide.assign(
        actor_of(request),
        about=wanted.about(map_id),
        person=wanted.person,
        due_on=wanted.due_on,
        at=clock.now(),
    )


@router.post("/maps/{map_id}/deviations/adopt", response=DeviationProposedOut)
def adopt_deviation(request: HttpRequest, map_id: UUID, wanted: DeviationIn) -> decide.Proposed:
    """Propose what practice shows to the map as it should be."""
    return decide.adopt(actor_of(request), about=wanted.about(map_id), at=clock.now())


@router.post("/maps/{map_id}/deviations/take-back", response={204: None})
def take_back_deviation(request: HttpRequest, map_id: UUID, wanted: DeviationKeyIn) -> None:
    """Take back what was proposed of a deviation."""
    decide.take_back(actor_of(request), map_id=map_id, key=wanted.key, at=clock.now())


class LackIn(Schema):
    """What a step lacks, as a log shows it."""

    lack: Lack
    log: str


@router.get("/maps/{map_id}/steps/{step}/lacks", response=list[LackAnswer])
def step_lacks(request: HttpRequest, map_id: UUID, step: str, log: str) -> list[LackAnswer]:
    """Return what a map does not give a step, and what can be proposed in its stead."""
    return lacks.lacks(actor_of(request), where=At(map_id, step, log), at=clock.now())


@router.post("/maps/{map_id}/steps/{step}/lacks", response=DeviationProposedOut)
def propose_lack(request: HttpRequest, map_id: UUID, step: str, wanted: LackIn) -> decide.Proposed:
    """Propose what a step lacks to the map as it should be."""
    where = At(map_id, step, wanted.log)
    return lacks.propose(actor_of(request), where=where, lack=wanted.lack, at=clock.now())
