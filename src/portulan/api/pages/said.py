"""Threads on anything, answers, votes."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.base import clock
from portulan.pages import operations, queries
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


class FaredOut(Schema):
    """How many proposals the person made, and what became of them."""

    made: int
    accepted: int
    open: int


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
