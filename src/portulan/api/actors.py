"""Who acts behind a request, and whether in a sandbox: worked out once, kept on the request."""

import re
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.security import APIKeyCookie

from portulan.automation import staging
from portulan.base import clock
from portulan.base.refusals import NotAllowed, NotNow, NotThere, Refusal
from portulan.people import operations, queries
from portulan.people.actor import Actor

_AS, _BACK = "look_as", "/session/myself"
_SANDBOX = "sandbox"
#: What may be changed in a sandbox, and what may not be read there: files of the real house.
_TRIED = re.compile(
    r"/api/(records/[a-z0-9_]+(/(bulk|\d+(/(move|restore))?))?|views(/\d+)?|sandbox(/(enter|leave))?)"
)
_REAL = re.compile(
    r"/api/(logs|imports|exports|configuration|brief|documents)|/(export|documents)\b|[.][a-z]{3,4}$"
)


class OnlyLooking(NotAllowed):
    """Somebody looks through the eyes of another, and would change something."""

    code = "api.only_looking"


class InSandbox(NotNow):
    """What is asked for would touch the real house, from inside a sandbox."""

    code = "api.in_sandbox"


class SignedOut(Refusal):
    """Nobody is signed in behind the request."""

    status = 401
    code = "api.signed_out"


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts.

    :raises SignedOut: when nobody is signed in.
    """
    known: Actor | None = getattr(request, "portulan_actor", None)
    if known is None:
        if isinstance(request.user, AnonymousUser):
            raise SignedOut
        if sandbox_of(request) is not None:
            _require_tried(request)
        known = _eyes(request, queries.actor_of(request.user))
        request.portulan_actor = known  # type: ignore[attr-defined]
    return known


def sandbox_of(request: HttpRequest) -> Path | None:
    """Return the sandbox that this session works in, None outside; one that was thrown away is left."""
    person = request.user.pk
    if person is None or not request.session.get(_SANDBOX):
        return None
    path = staging.path_of(person)
    if path.exists():
        return path
    leave_sandbox(request)
    return None


def enter_sandbox(request: HttpRequest) -> None:
    """Have this session work in the sandbox of its person.

    :raises NotThere: when they have none.
    """
    if not staging.path_of(actor_of(request).id or 0).exists():
        raise NotThere
    request.session[_SANDBOX] = True


def leave_sandbox(request: HttpRequest) -> None:
    """Have this session work in the real house again."""
    request.session.pop(_SANDBOX, None)


def _require_tried(request: HttpRequest) -> None:
    reading = request.method in ("GET", "HEAD", "OPTIONS")
    if _REAL.search(request.path) or not (reading or _TRIED.fullmatch(request.path)):
        raise InSandbox


def look_as(request: HttpRequest, user_id: int) -> None:
    """Have this session look through the eyes of a person; the log keeps that it did."""
    operations.see_as(actor_of(request), user_id=user_id, at=clock.now())
    request.session[_AS] = user_id


def look_as_oneself(request: HttpRequest) -> None:
    """Have this session look through its own eyes again."""
    request.session.pop(_AS, None)


def _eyes(request: HttpRequest, own: Actor) -> Actor:
    """Return through whose eyes a request looks; an administrator looks, and changes nothing, as another."""
    user_id = request.session.get(_AS)
    if user_id is None or not own.is_admin or request.path.endswith(_BACK):
        return own
    try:
        whom = queries.get_actor(own, id=user_id)
    except NotThere:
        look_as_oneself(request)
        return own
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        raise OnlyLooking(name=whom.name)
    return replace(whom, seen_by=own.name)


class SessionOfPerson(APIKeyCookie):
    """The key of the front desk: a signed-in session, its CSRF token checked on every write."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor:  # noqa: ARG002 - the session is the key
        """Return who acts.

        :raises SignedOut: when nobody is signed in.
        """
        return actor_of(request)
