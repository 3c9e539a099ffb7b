"""The glossary: what words mean, and which meaning is kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import JsonValue

from portulan.api.actors import actor_of
from portulan.api.pages.said import OpenedOut, WriterOut
from portulan.base import clock
from portulan.pages import glossary
from portulan.pages.glossary import Meaning

router = Router(tags=["pages"])


class TermOut(Schema):
    """A meaning of a word; `says` is its condition in words, `rivals` what differs, `uses` what uses it."""

    id: UUID
    word: str
    team: str
    definition: str
    object_name: str
    condition: dict[str, JsonValue] | None
    says: str
    owner: WriterOut | None
    version: int
    updated_at: datetime
    rivals: list[UUID]
    uses: list[str]
    may_change: bool
    may_settle: bool


class MeaningIn(Schema):
    """A word and what it means for a team."""

    word: str
    definition: str
    team: str = ""
    object_name: str = ""
    condition: dict[str, JsonValue] | None = None


class ChangedMeaningIn(MeaningIn):
    """What a word means from now on, and the version that was read."""

    version: int


class WrittenOut(Schema):
    """The version of a meaning that was changed."""

    version: int


@router.get("/terms", response=list[TermOut])
def terms(request: HttpRequest) -> Any:
    """Return the words of the company, by word, then by team."""
    return glossary.terms(actor_of(request))


@router.post("/terms", response=OpenedOut)
def define(request: HttpRequest, body: MeaningIn) -> Any:
    """Say what a word means for a team."""
    return {"id": glossary.define(actor_of(request), meaning=Meaning(**body.dict()), at=clock.now())}


@router.put("/terms/{uuid:term_id}", response=WrittenOut)
def redefine(request: HttpRequest, term_id: UUID, body: ChangedMeaningIn) -> Any:
    """Change what a word means for a team."""
    meaning = Meaning(**body.dict(exclude={"version"}))
    actor = actor_of(request)
    written = glossary.redefine(actor, id=term_id, version=body.version, meaning=meaning, at=clock.now())
    return {"version": written}


@router.post("/terms/{uuid:term_id}/keep", response={204: None})
def keep(request: HttpRequest, term_id: UUID) -> None:
    """Keep one meaning of a word; the others go."""
    glossary.keep(actor_of(request), id=term_id, at=clock.now())


@router.delete("/terms/{uuid:term_id}", response={204: None})
def remove(request: HttpRequest, term_id: UUID) -> None:
    """Put a meaning of a word into the bin."""
    glossary.remove(actor_of(request), id=term_id, at=clock.now())


@router.post("/terms/{uuid:term_id}/restore", response={204: None})
def restore(request: HttpRequest, term_id: UUID) -> None:
    """Take a meaning of a word out of the bin."""
    glossary.restore(actor_of(request), id=term_id, at=clock.now())
