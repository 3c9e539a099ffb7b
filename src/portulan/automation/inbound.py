"""Doors for what comes from outside: a form that makes a record, a mail that becomes an activity.

A door is an address with a secret, opened and closed by builders; only its hash is kept. It takes the fields
that were said and no others, so many times a minute, and tells nothing of what is inside.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import F

from portulan.automation import calls
from portulan.automation.happenings import DoorClosed, DoorOpened, FormReceived
from portulan.automation.models import Door
from portulan.automation.outbox import ACTIVITY
from portulan.base.refusals import NotThere, NotValid, Problem, Refusal
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import actor as actors
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import operations, runtime, values
from portulan.records.pipeline import is_empty

#: What a door takes in a minute.
MOST = 60
_MINUTE = timedelta(minutes=1)
_LONGEST_BODY = 20_000


class TooOften(Refusal):
    """The door takes no more for now."""

    status: ClassVar[int] = 429
    code = "automation.too_often"


@dataclass(frozen=True)
class Opening:
    """A door to be: what it is for, which object a form makes, with which fields and which values besides."""

    label: str
    kind: str = "form"
    object: str = ""
    fields: tuple[str, ...] = ()
    values: Mapping[str, Any] | None = None


def open_door(actor: Actor, *, opening: Opening, at: datetime) -> tuple[UUID, str]:
    """Open a door and return its id and its secret, told this once.

    :raises NotValid: when what it names does not exist.
    """
    rights.require(actor, "apply", "blueprint")
    problems = list(_problems(opening))
    if problems:
        raise NotValid(*problems)
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        door = Door.objects.create(
            label=opening.label.strip(),
            kind=opening.kind,
            object=opening.object,
            fields=list(opening.fields),
            values=dict(opening.values or {}),
            secret=_hash(secret),
            opened_at=at,
            opened_by_id=actor.id,
        )
        log.append(DoorOpened(door.label, door.kind), actor=actor, subject=f"door:{door.pk}", at=at)
    return door.pk, secret


def close_door(actor: Actor, *, door_id: UUID, at: datetime) -> None:
    """Close a door for good.

    :raises NotThere: when it is not open.
    """
    rights.require(actor, "apply", "blueprint")
    with transaction.atomic():
        if not Door.objects.filter(pk=door_id, closed_at=None).update(closed_at=at):
            raise NotThere
        log.append(DoorClosed(), actor=actor, subject=f"door:{door_id}", at=at)


def doors(actor: Actor) -> list[dict[str, Any]]:
    """Return the open doors with their last calls, the newest first."""
    rights.require(actor, "apply", "blueprint")
    shown = ("id", "label", "kind", "object", "fields", "opened_at")
    found = list(Door.objects.filter(closed_at=None).order_by("-opened_at").values(*shown))
    last = calls.last(actor, doors=[one["id"] for one in found])
    return [{**one, "calls": last[one["id"]]} for one in found]


def receive(secret: str, *, given: Mapping[str, Any], at: datetime) -> None:
    """Take in what comes through a door.

    :raises NotThere: when no open door has this secret.
    :raises TooOften: when it was used too often in this minute.
    """
    door = Door.objects.filter(secret=_hash(secret), closed_at=None).first()
    if door is None:
        raise NotThere
    _count(door, at)
    try:
        with transaction.atomic():
            made = _mail(given, at) if door.kind == Door.Kind.MAIL else _form(door, given, at)
            calls.keep(door, at, subject=made)
    except Refusal as refusal:
        calls.keep(door, at, refusal=refusal)
        raise


def _form(door: Door, given: Mapping[str, Any], at: datetime) -> str:
    actor = actors.system("connector")
    taken = {name: given[name] for name in door.fields if not is_empty(given.get(name))}
    made = operations.create(actor, object_name=door.object, given={**taken, **door.values}, at=at)
    subject = f"{runtime.current().object(door.object).uid}:{made}"
    log.append(FormReceived(door.label), actor=actor, subject=subject, at=at)
    return subject


def _mail(given: Mapping[str, Any], at: datetime) -> str:
    """Keep a mail as an activity of whoever wrote it: contacts and leads of that address."""
    kind = runtime.find_object(ACTIVITY)
    address = str(given.get("from", "")).strip()[:254]
    if kind is None or not address:
        raise NotValid(Problem("from", "automation.mail_without_sender"))
    links = {one.to: one.name for one in values.live(kind).values() if one.to in ("contact", "lead")}
    found = {links[uid]: pk for uid in links if (pk := _known(uid, address)) is not None}
    if not found:
        raise NotValid(Problem("from", "automation.mail_of_nobody"))
    said = {
        "name": str(given.get("subject", "")).strip()[:200] or address,
        "kind": "email",
        "direction": "inbound",
        "body": str(given.get("text", ""))[:_LONGEST_BODY],
        "done_at": at.isoformat(),
    }
    actor = actors.system("connector")
    made = operations.create(actor, object_name=kind.name, given={**said, **found}, at=at)
    return f"{kind.uid}:{made}"


def _known(uid: str | None, address: str) -> int | None:
    kind = runtime.find_object(uid or "")
    if kind is None or "email" not in values.live(kind):
        return None
    rows = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True, email__iexact=address)
    newest: int | None = rows.order_by("-pk").values_list("pk", flat=True).first()
    return newest


def _count(door: Door, at: datetime) -> None:
    """Count one use, refused when the minute is full; the count begins again with each minute."""
    mine = Door.objects.filter(pk=door.pk)
    fresh = mine.exclude(minute__gt=at - _MINUTE).update(minute=at, uses=1)
    if not fresh and not mine.filter(uses__lt=MOST).update(uses=F("uses") + 1):
        raise TooOften


def _problems(opening: Opening) -> Any:
    if not opening.label.strip():
        yield Problem("label", "automation.door_without_name")
    if opening.kind == "mail":
        return
    every = runtime.current().blueprint.objects
    kind = next((one for one in every if one.name == opening.object and not one.archived), None)
    if kind is None:
        yield Problem("object", "automation.door_without_object")
        return
    yield from _fields(kind, (*opening.fields, *(opening.values or {})))


def _fields(kind: Object, names: tuple[str, ...]) -> Any:
    live = values.live(kind)
    for name in names:
        if name not in live or live[name].system or live[name].type in ("link", "links", "person"):
            yield Problem("fields", "automation.door_field_misfit", {"field": name})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
