"""The front desk of what is said and kept up to date: threads on anything, reviews, who answers for what."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.base import clock
from portulan.maps import codec, keeping, proposals
from portulan.maps.changes import Change
from portulan.pages import operations, queries, reviews
from portulan.pages.operations import Said
from portulan.pages.targets import Where

router = Router(tags=["pages"])
Kind = Literal["comment", "question", "proposal", "irritant"]
State = Literal["open", "resolved", "accepted", "refused"]
Target = Literal["map"]


class WriterOut(Schema):
    """Who wrote, or who is mentioned."""

    id: int
    name: str
    initials: str
    hue: int


class MessageOut(Schema):
    """A message; people stand in its body as `@[id]`, and in `people` by their names."""

    id: UUID
    body: str
    at: datetime
    author: WriterOut | None
    people: list[WriterOut]


class ThreadOut(Schema):
    """A thread and its messages, oldest first."""

    id: UUID
    element: str
    kind: Kind
    state: State
    reason: str
    who: str
    severity: int | None
    opened_at: datetime
    author: WriterOut | None
    guest: str
    closed_at: datetime | None
    closed_by: WriterOut | None
    votes: int
    voted: bool
    may_close: bool
    may_decide: bool
    carries_change: bool
    messages: list[MessageOut]


class ThreadIn(Schema):
    """What is said first, and about what."""

    target: Target
    id: UUID
    element: str = ""
    kind: Kind = "comment"
    body: str
    who: str = ""
    severity: int | None = None


class OpenedOut(Schema):
    """The thread that was opened."""

    id: UUID


class ReplyIn(Schema):
    """An answer."""

    body: str


class CloseIn(Schema):
    """How a thread ends, and why."""

    state: Literal["resolved", "accepted", "refused"] = "resolved"
    reason: str = ""


class VoteIn(Schema):
    """Whether one gives one's voice."""

    given: bool


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


class FaredOut(Schema):
    """How many proposals the person made, and what became of them."""

    made: int
    accepted: int
    open: int


class CareOut(Schema):
    """Who answers for a target, and where its review stands."""

    id: UUID
    owner: WriterOut | None
    backup: WriterOut | None
    months: int
    due_on: date
    overdue: bool
    orphan: bool
    verified_at: datetime | None
    verified_by: WriterOut | None
    verified_version: int | None


class CareIn(Schema):
    """Who is to answer for a map, and how often it is reviewed, in months."""

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


@router.get("/threads", response=list[ThreadOut])
def threads(request: HttpRequest, target: Target, id: UUID, element: str | None = None) -> Any:  # noqa: A002 - the noun of the row
    """Return the threads of a target, or of one of its elements, the newest first."""
    return queries.threads(actor_of(request), target=target, ids=[id], element=element)


@router.post("/threads", response=OpenedOut)
def open_thread(request: HttpRequest, body: ThreadIn) -> Any:
    """Open a thread."""
    where = Where(body.target, body.id, body.element)
    said = Said(body.kind, body.body, body.who, body.severity)
    return {"id": operations.open_thread(actor_of(request), where=where, said=said, at=clock.now())}


@router.post("/threads/{uuid:thread_id}/messages", response={204: None})
def reply(request: HttpRequest, thread_id: UUID, body: ReplyIn) -> None:
    """Answer in a thread."""
    operations.reply(actor_of(request), id=thread_id, body=body.body, at=clock.now())


@router.post("/threads/{uuid:thread_id}/close", response={204: None})
def close(request: HttpRequest, thread_id: UUID, body: CloseIn) -> None:
    """Close a thread."""
    operations.close(actor_of(request), id=thread_id, **body.dict(), at=clock.now())


@router.post("/threads/{uuid:thread_id}/reopen", response={204: None})
def reopen(request: HttpRequest, thread_id: UUID) -> None:
    """Open a closed thread again."""
    operations.reopen(actor_of(request), id=thread_id, at=clock.now())


@router.put("/threads/{uuid:thread_id}/vote", response={204: None})
def vote(request: HttpRequest, thread_id: UUID, body: VoteIn) -> None:
    """Give a thread one's voice, or take it back."""
    operations.vote(actor_of(request), id=thread_id, given=body.given, at=clock.now())


@router.get("/proposals/mine", response=FaredOut)
def fared(request: HttpRequest) -> Any:
    """Return how the person's own proposals fared."""
    return queries.fared(actor_of(request))


@router.get("/cares", response=list[CareOut])
def cares(request: HttpRequest, target: Target = "map") -> Any:
    """Return who answers for the targets of a kind, and where their reviews stand."""
    found = reviews.cares(actor_of(request), target=target, at=clock.now())
    return [{"id": one, **vars(care)} for one, care in found.items()]


@router.get("/reviews/due", response=list[DueOut])
def due(request: HttpRequest, target: Target = "map") -> Any:
    """Return what the person is to review, the latest first."""
    return reviews.due(actor_of(request), target=target, at=clock.now())


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
