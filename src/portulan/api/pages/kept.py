"""Who answers for what, reviews, and changes proposed to a map."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.api.pages.said import OpenedOut, Target, WriterOut
from portulan.base import clock
from portulan.maps import codec, keeping, proposals
from portulan.maps.changes import Change
from portulan.pages import reviews

router = Router(tags=["pages"])


class ProposeIn(Schema):
    """A map as it was, as it is proposed to be, where its new elements stand, and why."""

    base: dict[str, Any]
    map: dict[str, Any]
    layout: dict[str, Any]
    why: str


class ClashOut(Schema):
    """A place that the draft and the proposal both changed."""

    path: str
    element: str
    say: str
    draft: str | None
    proposal: str | None


class AcceptIn(Schema):
    """What stays where both changed the same, by place, and why it is accepted."""

    choices: dict[str, Literal["draft", "proposal"]] = {}
    reason: str = ""


class UpheldOut(Schema):
    """Who answers for something, and where its review stands."""

    owner: WriterOut | None
    backup: WriterOut | None
    months: int
    due_on: date
    overdue: bool
    orphan: bool
    verified_at: datetime | None
    verified_by: WriterOut | None
    verified_version: int | None


class CareOut(UpheldOut):
    """Who answers for a target, and where its review stands."""

    id: UUID


class CareIn(Schema):
    """Who is to answer for something, and how often it is reviewed, in months."""

    owner: int | None
    backup: int | None = None
    months: int = 6


class DueOut(Schema):
    """Something the person is to review, and why they are."""

    target: str
    id: UUID
    title: str
    due_on: date
    overdue: bool
    role: Literal["owner", "backup", "orphan"]


class DriftedOut(Schema):
    """A change of a map, in words."""

    kind: str
    element: str
    say: str


class ProposalOut(Schema):
    """What a proposal changes, and where it clashes with the draft of now."""

    changes: list[DriftedOut]
    clashes: list[ClashOut]


class ReviewOut(Schema):
    """What changed since a map was found valid, or published last; `may`: review it, hand it on."""

    since: datetime | None
    changes: list[DriftedOut]
    may: bool


@router.get("/cares", response=list[CareOut])
def cares(request: HttpRequest, target: Target = "map") -> Any:
    """Return who answers for the targets of a kind, and where their reviews stand."""
    found = reviews.cares(actor_of(request), target=target, at=clock.now())
    return [{"id": one, **vars(care)} for one, care in found.items()]


@router.get("/reviews/due", response=list[DueOut])
def due(request: HttpRequest) -> Any:
    """Return whatever the person is to review, the latest first."""
    return reviews.due(actor_of(request), at=clock.now())


@router.get("/maps/{uuid:map_id}/review", response=ReviewOut)
def review(request: HttpRequest, map_id: UUID) -> Any:
    """Return what changed on a map since its last review."""
    actor = actor_of(request)
    found = keeping.review(actor, id=map_id)
    return {"since": found.since, "changes": _said(found.changes, actor.lang), "may": found.may}


@router.post("/maps/{uuid:map_id}/verify", response={204: None})
def verify(request: HttpRequest, map_id: UUID) -> None:
    """Note that a map is still valid."""
    keeping.verify(actor_of(request), id=map_id, at=clock.now())


@router.put("/maps/{uuid:map_id}/care", response={204: None})
def entrust(request: HttpRequest, map_id: UUID, body: CareIn) -> None:
    """Say who answers for a map, and how often it is reviewed."""
    keeping.entrust(actor_of(request), id=map_id, **body.dict(), at=clock.now())


@router.post("/maps/{uuid:map_id}/proposals", response=OpenedOut)
def propose(request: HttpRequest, map_id: UUID, body: ProposeIn) -> Any:
    """Propose a change set to a map."""
    base, drawn, layout = codec.read(body.base), codec.read(body.map), codec.read_layout(body.layout)
    sketch = proposals.Sketch(base, drawn, layout)
    thread = proposals.propose(actor_of(request), id=map_id, sketch=sketch, why=body.why, at=clock.now())
    return {"id": thread}


@router.get("/proposals/{uuid:thread_id}", response=ProposalOut)
def proposal(request: HttpRequest, thread_id: UUID) -> Any:
    """Return what a proposal changes, in words, and where the draft changed the same meanwhile."""
    actor = actor_of(request)
    found = proposals.proposal(actor, id=thread_id)
    return {"changes": _said(found.changes, actor.lang), "clashes": found.clashes}


@router.post("/proposals/{uuid:thread_id}/accept", response={204: None})
def accept(request: HttpRequest, thread_id: UUID, body: AcceptIn) -> None:
    """Take a proposal into the draft of its map."""
    proposals.accept(actor_of(request), id=thread_id, **body.dict(), at=clock.now())


def _said(changes: Iterable[Change], lang: str) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "element": one.element, "say": one.say(lang)} for one in changes]
