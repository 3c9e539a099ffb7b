"""The keys that sign what webhooks are told: one a server, shown once, renewed at will.

Keeps no key: each is made from the secret of the installation, the server and how often it was renewed. For
a day after that, the key before signs as well, so that nothing is lost while the other side changes it.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from portulan.automation.happenings import KeyRenewed, KeyShown
from portulan.automation.models import SigningKey
from portulan.base.refusals import NotNow, NotThere
from portulan.events import log
from portulan.maps.rules import CallWebhook
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime

OVERLAP = timedelta(days=1)
_HINT = 4


class KeyAlreadyShown(NotNow):
    """The key was shown to somebody; it can be renewed."""

    code = "automation.key_already_shown"


def keys(actor: Actor) -> list[dict[str, Any]]:
    """Return the servers that rules call, each with the end of its key, when it was shown and renewed."""
    rights.require(actor, "apply", "blueprint")
    known = {one.host: one for one in SigningKey.objects.all()}
    return [
        {
            "host": host,
            "hint": _key(host, known[host].turn if host in known else 0)[-_HINT:],
            "shown_at": known[host].shown_at if host in known else None,
            "renewed_at": known[host].renewed_at if host in known else None,
        }
        for host in sorted(_hosts())
    ]


def show(actor: Actor, *, host: str, at: datetime) -> str:
    """Return the key of a server, this once.

    :raises NotThere: when no rule calls it.
    :raises KeyAlreadyShown: when somebody saw it.
    """
    with transaction.atomic():
        kept = _kept(actor, host)
        if not SigningKey.objects.filter(pk=kept.pk, shown_at=None).update(shown_at=at):
            raise KeyAlreadyShown
        log.append(KeyShown(host), actor=actor, subject=f"webhook:{host}", at=at)
        return _key(host, kept.turn)


def renew(actor: Actor, *, host: str, at: datetime) -> str:
    """Make another key for a server and return it, this once; for a day, the one before signs as well.

    :raises NotThere: when no rule calls it.
    """
    with transaction.atomic():
        kept = _kept(actor, host)
        kept.turn, kept.shown_at, kept.renewed_at = kept.turn + 1, at, at
        kept.save(update_fields=["turn", "shown_at", "renewed_at"])
        log.append(KeyRenewed(host), actor=actor, subject=f"webhook:{host}", at=at)
        return _key(host, kept.turn)


def of_address(url: str, *, at: datetime) -> tuple[str, ...]:
    """Return the keys that sign for an address at a moment, the newest first."""
    host = urlsplit(url).netloc
    kept = SigningKey.objects.filter(pk=host).first()
    if kept is None:
        return (_key(host, 0),)
    before = kept.turn and kept.renewed_at is not None and at < kept.renewed_at + OVERLAP
    return (_key(host, kept.turn), *([_key(host, kept.turn - 1)] if before else []))


def _kept(actor: Actor, host: str) -> SigningKey:
    rights.require(actor, "apply", "blueprint")
    if host not in _hosts():
        raise NotThere
    SigningKey.objects.get_or_create(host=host)
    return SigningKey.objects.select_for_update().get(host=host)


def _hosts() -> set[str]:
    """Return the servers that rules call."""
    live = (one for one in runtime.current().blueprint.rules if not one.archived)
    called = {each.url for one in live for each in one.actions if isinstance(each, CallWebhook)}
    return {host for url in called if (host := urlsplit(url).netloc)}


def _key(host: str, turn: int) -> str:
    about = f"webhook|{host}" + (f"|{turn}" if turn else "")
    return hmac.new(settings.SECRET_KEY.encode(), about.encode(), hashlib.sha256).hexdigest()
