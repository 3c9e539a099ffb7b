"""The ledger of irritants, and workshops whose guests have no account."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.api.answers import CSV, as_file
from portulan.api.pages.said import OpenedOut, VoteIn
from portulan.base import clock, ids
from portulan.maps import irritants
from portulan.pages import workshops
from portulan.pages.targets import Where
from portulan.pages.workshops import Guest, Hurt

router = Router(tags=["pages"])
#: The device of a guest, signed so that nobody makes up many of them.
_DEVICE, _A_DAY = "portulan_guest", 86_400


class AnswerOut(Schema):
    """The element of a map that answers an irritant."""

    map_id: UUID
    element: str
    label: str


class IrritantOut(Schema):
    """Something that hurts: where, whom, how much, what answers it, since when it is over."""

    map_id: UUID
    map: str
    state: Literal["as_is", "to_be"]
    element: str
    where: str
    key: str
    thread: UUID | None
    label: str
    who: str
    severity: int
    votes: int
    voted: bool
    author: str
    mine: bool
    answer: AnswerOut | None
    metric: str
    stage: Literal["said", "answered", "planned", "in_force", "resolved"]
    answered_at: datetime | None
    planned_at: datetime | None
    in_force_at: datetime | None
    resolved_at: datetime | None
    reason: str
    may: bool


class FateIn(Schema):
    """What becomes of an irritant: the element that answers it, the measure, whether it is over and why."""

    answer: str = ""
    metric: str = ""
    resolved: bool = False
    reason: str = ""


class WorkshopIn(Schema):
    """How long a workshop lasts."""

    hours: int = 4


class WorkshopOut(Schema):
    """An open workshop as its host sees it."""

    id: UUID
    token: str
    ends_at: datetime
    irritants: int
    voices: int


class HurtOut(Schema):
    """What somebody said hurts."""

    id: UUID
    element: str
    body: str
    name: str
    severity: int
    votes: int
    voted: bool


class StepOut(Schema):
    """A step that a guest may say something about."""

    id: str
    label: str


class RoomOut(Schema):
    """What a guest of a workshop sees."""

    title: str
    ends_at: datetime
    elements: list[StepOut]
    irritants: list[HurtOut]


class HurtIn(Schema):
    """What a guest says hurts; a name is theirs to give."""

    element: str = ""
    body: str
    severity: int = 2
    name: str = ""


@router.get("/irritants", response=list[IrritantOut])
def ledger(request: HttpRequest) -> Any:
    """Return the irritants of every map: open ones first, the heaviest first."""
    return irritants.irritants(actor_of(request))


@router.get("/irritants.csv")
def ledger_csv(request: HttpRequest) -> HttpResponse:
    """Return the irritants as a table for a spreadsheet."""
    return as_file(irritants.as_csv(actor_of(request)), "irritants.csv", CSV)


@router.put("/maps/{uuid:map_id}/irritants/{key}", response={204: None})
def settle(request: HttpRequest, map_id: UUID, key: str, body: FateIn) -> None:
    """Say what becomes of an irritant."""
    fate = irritants.Fate(**body.dict())
    irritants.settle(actor_of(request), map_id=map_id, key=key, fate=fate, at=clock.now())


@router.put("/maps/{uuid:map_id}/irritants/{key}/vote", response={204: None})
def vote(request: HttpRequest, map_id: UUID, key: str, body: VoteIn) -> None:
    """Give an irritant one's voice, or take it back."""
    irritants.vote(actor_of(request), map_id=map_id, key=key, given=body.given, at=clock.now())


@router.get("/maps/{uuid:map_id}/workshop", response=WorkshopOut | None)
def workshop(request: HttpRequest, map_id: UUID) -> Any:
    """Return the workshop that is open on a map, for those who may host it."""
    return workshops.find_workshop(actor_of(request), Where("map", map_id), at=clock.now())


@router.post("/maps/{uuid:map_id}/workshop", response=OpenedOut)
def open_workshop(request: HttpRequest, map_id: UUID, body: WorkshopIn) -> Any:
    """Open a workshop on a map; an earlier one is closed."""
    opened = workshops.open_workshop(
        actor_of(request), Where("map", map_id), hours=body.hours, at=clock.now()
    )
    return {"id": opened}


@router.delete("/maps/{uuid:map_id}/workshop", response={204: None})
def close_workshop(request: HttpRequest, map_id: UUID) -> None:
    """Close the workshop of a map."""
    workshops.close_workshop(actor_of(request), Where("map", map_id), at=clock.now())


@router.get("/workshops/{token}", response=RoomOut, auth=None)
def room(request: HttpRequest, response: HttpResponse, token: str) -> Any:
    """Return what a guest of a workshop sees; gives their device its mark."""
    guest = _guest(request)
    found = workshops.room(token, guest, at=clock.now())
    mark = signing.dumps(guest.device, salt=_DEVICE)
    response.set_cookie(
        _DEVICE, mark, max_age=_A_DAY, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )
    elements = [{"id": one, "label": label} for one, label in found.elements.items()]
    return {**vars(found), "elements": elements}


@router.post("/workshops/{token}/irritants", response=OpenedOut, auth=None)
def say(request: HttpRequest, token: str, body: HurtIn) -> Any:
    """Say what hurts."""
    return {"id": workshops.say(token, _guest(request), Hurt(**body.dict()), at=clock.now())}


@router.put("/workshops/{token}/votes/{uuid:thread_id}", response={204: None}, auth=None)
def vote_as_guest(request: HttpRequest, token: str, thread_id: UUID, body: VoteIn) -> None:
    """Give an irritant the voice of a guest, or take it back."""
    workshops.vote(token, _guest(request), thread=thread_id, given=body.given, at=clock.now())


def _guest(request: HttpRequest) -> Guest:
    """Return who acts without an account: the device that the cookie marks, else a new one."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        device = str(signing.loads(request.COOKIES.get(_DEVICE, ""), salt=_DEVICE, max_age=_A_DAY))
    except signing.BadSignature:
        return Guest(ids.uuid7().hex, address)
    return Guest(device, address, known=True)
