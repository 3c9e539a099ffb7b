"""The front desk of what comes in and goes out by itself: doors, mails, digests, webhooks, signals."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Schema
from pydantic import Field, JsonValue

from portulan.api.actors import actor_of
from portulan.automation import deliveries, digests, inbound, mails, signals, signing
from portulan.base import clock

router = Router(tags=["automation"])
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class AboutOut(Schema):
    """A record that one sees."""

    object: str
    row_id: int
    title: str


class CallOut(Schema):
    """One use of a door: the record that came of it, or why it was refused."""

    at: datetime
    record: AboutOut | None
    refused: str | None


class DoorOut(Schema):
    """An open door with its last calls, without its secret."""

    id: UUID
    label: str
    kind: str
    object: str
    fields: list[str]
    opened_at: datetime
    calls: list[CallOut]


class DoorIn(Schema):
    """A door to be: a form makes records of an object, with these fields and no others."""

    label: Annotated[str, Field(max_length=100)]
    kind: Literal["form", "mail"] = "form"
    object: Annotated[str, Field(max_length=48)] = ""
    fields: Annotated[list[str], Field(max_length=50)] = []
    values: dict[str, JsonValue] = {}


class DoorOpenedOut(Schema):
    """The address of a new door, told this once."""

    id: UUID
    address: str


class DeliveryOut(Schema):
    """What a webhook was told, or is to be told."""

    id: UUID
    subject: str
    rule: str
    label: str
    record: AboutOut | None
    url: str
    state: str
    attempts: int
    status: int
    error: str
    at: datetime
    due_at: datetime


class MailOut(Schema):
    """A mail that a rule wrote; shown: nothing leaves from here."""

    id: UUID
    to: str
    title: str
    body: str
    state: str
    at: datetime
    error: str


class SignalIn(Schema):
    """What was noticed, in a few words."""

    label: Line


class KeyOut(Schema):
    """The key that signs what one server receives."""

    key: str


@router.post("/inbound/{secret}", auth=None, response={204: None})
def come_in(request: HttpRequest, secret: str, body: Body[dict[str, JsonValue]]) -> None:  # noqa: ARG001 - no session
    """Take in a form or a mail through its door."""
    inbound.receive(secret, given=body, at=clock.now())


class DigestOut(Schema):
    """The hour of a digest, on working days, if one is wanted; whether mails leave this house."""

    hour: int | None
    leaves: bool


class DigestIn(Schema):
    """The hour of a digest, from 0 to 23."""

    hour: int


@router.get("/doors", response=list[DoorOut])
def doors(request: HttpRequest) -> Any:
    """Return the open doors."""
    return inbound.doors(actor_of(request))


@router.post("/doors", response=DoorOpenedOut)
def open_door(request: HttpRequest, body: DoorIn) -> Any:
    """Open a door for forms or mails."""
    opening = inbound.Opening(**{**body.dict(), "fields": tuple(body.fields)})
    door, secret = inbound.open_door(actor_of(request), opening=opening, at=clock.now())
    return {"id": door, "address": request.build_absolute_uri(f"/api/inbound/{secret}")}


@router.delete("/doors/{door_id}", response={204: None})
def close_door(request: HttpRequest, door_id: UUID) -> None:
    """Close a door for good."""
    inbound.close_door(actor_of(request), door_id=door_id, at=clock.now())


@router.get("/deliveries", response=list[DeliveryOut])
def delivered(request: HttpRequest) -> Any:
    """Return what webhooks were told, those given up first, then the newest."""
    return deliveries.deliveries(actor_of(request))


@router.post("/deliveries/{delivery_id}/again", response={204: None})
def deliver_again(request: HttpRequest, delivery_id: UUID) -> None:
    """Deliver once more what was given up."""
    deliveries.again(actor_of(request), delivery_id=delivery_id, at=clock.now())


class SignedOut(Schema):
    """A server that rules call: the end of its key, when it was shown and renewed."""

    host: str
    hint: str
    shown_at: datetime | None
    renewed_at: datetime | None


class HostIn(Schema):
    """A server that rules call."""

    host: Line


@router.get("/digest", response=DigestOut)
def digest(request: HttpRequest) -> Any:
    """Return at which hour the person gets their digest by mail, if they chose one."""
    return digests.choice(actor_of(request))


@router.put("/digest", response={204: None})
def choose_digest(request: HttpRequest, body: DigestIn) -> None:
    """Choose the hour of one's digest."""
    digests.choose(actor_of(request), hour=body.hour, at=clock.now())


@router.delete("/digest", response={204: None})
def stop_digest(request: HttpRequest) -> None:
    """Get no digest any more."""
    digests.stop(actor_of(request))


@router.post("/digest/leave/{way}", auth=None, response={204: None})
def leave_digest(request: HttpRequest, way: str) -> None:  # noqa: ARG001 - no session
    """Get no digest any more, in one click of a mail reader (RFC 8058); reading the address does nothing."""
    digests.leave(way)


@router.get("/webhooks/keys", response=list[SignedOut])
def webhook_keys(request: HttpRequest) -> Any:
    """Return the servers that rules call, each with the end of the key that signs."""
    return signing.keys(actor_of(request))


@router.post("/webhooks/keys/show", response=KeyOut)
def show_key(request: HttpRequest, body: HostIn) -> Any:
    """Return the key that signs what goes to a server, this once."""
    return {"key": signing.show(actor_of(request), host=body.host, at=clock.now())}


@router.post("/webhooks/keys/renew", response=KeyOut)
def renew_key(request: HttpRequest, body: HostIn) -> Any:
    """Make another key for a server and return it, this once."""
    return {"key": signing.renew(actor_of(request), host=body.host, at=clock.now())}


@router.get("/records/{object_name}/{row_id}/mails", response=list[MailOut])
def written(request: HttpRequest, object_name: str, row_id: int) -> Any:
    """Return the mails that rules wrote about a record, newest first."""
    return mails.of_record(actor_of(request), object_name=object_name, row_id=row_id)


@router.post("/records/{object_name}/{row_id}/signals", response={204: None})
def notice(request: HttpRequest, object_name: str, row_id: int, body: SignalIn) -> None:
    """Mark a signal on a record."""
    actor, label = actor_of(request), body.label
    signals.mark(actor, object_name=object_name, row_id=row_id, label=label, at=clock.now())
