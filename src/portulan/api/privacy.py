"""The front desk of what concerns people as people: agreements, what is kept, who saw it, forgetting."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from portulan.api.actors import actor_of
from portulan.api.answers import as_file, as_json
from portulan.automation import privacy as forgetting
from portulan.base import clock
from portulan.records import consents, portrait, retention

router = Router(tags=["privacy"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
_MEDIA = {"json": "application/json", "pdf": "application/pdf"}


class ConsentIn(Schema):
    """What a person said about a purpose, when, and what proves it."""

    purpose: consents.Purpose
    basis: consents.Basis
    given: bool
    proof: Text = ""
    said_at: AwareDatetime | None = None


class ForgetIn(Schema):
    """Why a person is forgotten."""

    motive: Text


class DueIn(Schema):
    """The people that somebody decided on."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=retention.SHOWN)]


class DueKeptIn(DueIn):
    """Why people are kept although their time is over, and until which day."""

    motive: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
    until: date


class ForgettingRef(Schema):
    """The work that was queued."""

    job: UUID


@router.get("/records/{object_name}/{row_id}/consents")
def consents_of(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return what a person agreed to, purpose by purpose, and everything that was said."""
    return as_json(consents.consents(actor_of(request), object_name=object_name, row_id=row_id))


@router.post("/records/{object_name}/{row_id}/consents", response={204: None})
def record_consent(request: HttpRequest, object_name: str, row_id: Id, consent: ConsentIn) -> HttpResponse:
    """Write down what a person agreed to, or took back."""
    at = clock.now()
    said = consents.Said(**consent.dict() | {"said_at": consent.said_at or at})
    consents.record(actor_of(request), object_name=object_name, row_id=row_id, said=said, at=at)
    return HttpResponse(status=204)


@router.get("/records/{object_name}/{row_id}/readings")
def readings_of(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return who looked at a person, hour by hour, the latest first."""
    return as_json(consents.readings(actor_of(request), object_name=object_name, row_id=row_id))


@router.get("/records/{object_name}/{row_id}/portrait.{form}", response=None)
def portrait_of(request: HttpRequest, object_name: str, row_id: Id, form: portrait.Format) -> HttpResponse:
    """Send everything that is kept about a person; the log keeps that it was done."""
    actor = actor_of(request)
    made = portrait.portrait(actor, object_name=object_name, row_id=row_id, form=form, at=clock.now())
    return as_file(made, f"{object_name}-{row_id}.{form}", _MEDIA[form])


@router.post("/records/{object_name}/{row_id}/forget", response=ForgettingRef)
def forget_person(request: HttpRequest, object_name: str, row_id: Id, why: ForgetIn) -> dict[str, Any]:
    """Queue the forgetting of a person: nothing brings them back."""
    actor, at = actor_of(request), clock.now()
    job = forgetting.ask(actor, object_name=object_name, row_id=row_id, motive=why.motive, at=at)
    return {"job": job}


@router.get("/retention")
def who_is_due(request: HttpRequest) -> HttpResponse:
    """Return the prospects not heard from for three years, and those who are kept all the same."""
    return as_json(retention.proposals(actor_of(request), at=clock.now()))


@router.get("/retention/{object_name}")
def who_is_due_next(request: HttpRequest, object_name: str, after: str = "") -> HttpResponse:
    """Return more of the prospects of an object who are due, after a cursor."""
    return as_json(retention.page(actor_of(request), object_name=object_name, after=after, at=clock.now()))


@router.post("/retention/{object_name}/keep", response={204: None})
def keep_people(request: HttpRequest, object_name: str, decided: DueKeptIn) -> HttpResponse:
    """Keep people off the list until a day."""
    keeping = retention.Keeping(tuple(decided.ids), decided.motive, decided.until)
    retention.keep(actor_of(request), object_name=object_name, keeping=keeping, at=clock.now())
    return HttpResponse(status=204)


@router.post("/retention/{object_name}/release", response={204: None})
def release_people(request: HttpRequest, object_name: str, decided: DueIn) -> HttpResponse:
    """Take back the decision that keeps people."""
    retention.release(actor_of(request), object_name=object_name, ids=decided.ids, at=clock.now())
    return HttpResponse(status=204)


@router.post("/retention/{object_name}/forget", response=ForgettingRef)
def forget_due_people(request: HttpRequest, object_name: str, decided: DueIn) -> dict[str, Any]:
    """Queue the forgetting of people whose time is over: nothing brings them back."""
    actor, at = actor_of(request), clock.now()
    return {"job": forgetting.ask_due(actor, object_name=object_name, ids=decided.ids, at=at)}
