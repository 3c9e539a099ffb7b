"""Webhooks that rules call: signed, tried again, given up with a notice, played again by hand.

A delivery is made at least once: its id goes with it, so that who receives it can leave the second one alone.
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Case, When

from portulan.automation import notices, reaching, signing, subjects
from portulan.automation.claims import take
from portulan.automation.models import Delivery
from portulan.base.refusals import NotThere
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime

MOST_ATTEMPTS = 6
LEASE = timedelta(minutes=2)
_BACKOFF = timedelta(seconds=30)
_GOOD = range(200, 300)


def write(*, subject: str, rule: str, url: str, body: dict[str, Any], at: datetime) -> Delivery:
    """Keep what is to be delivered, in the caller’s transaction."""
    return Delivery.objects.create(subject=subject, rule=rule, url=url, body=body, at=at, due_at=at)


def deliver_next(at: datetime) -> bool:
    """Deliver the first that is due; return whether there was one."""
    one = _claim(at)
    if one is None:
        return False
    try:
        status, error = _send(one, at), ""
    except (OSError, ValueError) as failure:
        status, error = 0, str(failure)[:255] or type(failure).__name__
    mine = Delivery.objects.filter(pk=one.pk, attempts=one.attempts)
    if status in _GOOD:
        mine.update(state=Delivery.State.DONE, status=status, error="", lease_until=None)
    elif one.attempts >= MOST_ATTEMPTS:
        mine.update(state=Delivery.State.DEAD, status=status, error=error, lease_until=None)
        facts = {"host": urlsplit(one.url).hostname or "", "error": error or str(status)}
        notices.to_administrators("automation.notice_webhook_dead", facts, subject=one.subject, at=at)
    else:
        later = at + _BACKOFF * 4**one.attempts
        mine.update(due_at=later, status=status, error=error, lease_until=None)
    return True


def again(actor: Actor, *, delivery_id: UUID, at: datetime) -> None:
    """Deliver once more what was given up.

    :raises NotThere: when there is no such delivery.
    """
    rights.require(actor, "apply", "blueprint")
    dead = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.DEAD)
    if not dead.update(state=Delivery.State.WAITING, attempts=0, due_at=at):
        raise NotThere


def deliveries(actor: Actor, *, limit: int = 100) -> list[dict[str, Any]]:
    """Return what was delivered and what was not, those given up first, then the newest."""
    rights.require(actor, "apply", "blueprint")
    told = ("id", "subject", "rule", "url", "state", "attempts", "status", "error", "at", "due_at")
    given_up = Case(When(state=Delivery.State.DEAD, then=0), default=1)
    found = list(Delivery.objects.order_by(given_up, "-id")[:limit].values(*told))
    labels = {one.uid: one.label.say(actor.lang) for one in runtime.current().blueprint.rules}
    records = subjects.shown(actor, subjects={one["subject"] for one in found})
    return [
        {**one, "label": labels.get(one["rule"], one["rule"]), "record": records.get(one["subject"])}
        for one in found
    ]


def signature(key: str, moment: int, body: bytes) -> str:
    """Return the signature of a body at a moment, in seconds: hexadecimal HMAC-SHA256 of both (RFC 2104)."""
    return hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def _claim(at: datetime) -> Delivery | None:
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=at).order_by("due_at", "id")
    return take(due, due_at=at + LEASE, lease_until=at + LEASE)


def _send(one: Delivery, at: datetime) -> int:
    body = json.dumps({"id": str(one.pk), **one.body}, ensure_ascii=False, sort_keys=True).encode()
    moment = int(at.timestamp())
    signed = [signature(key, moment, body) for key in signing.of_address(one.url, at=at)]
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Portulan",
        "Portulan-Delivery": str(one.pk),
        "Portulan-Signature": ",".join([f"t={moment}", *(f"v1={each}" for each in signed)]),
    }
    return reaching.post(one.url, body, headers)
