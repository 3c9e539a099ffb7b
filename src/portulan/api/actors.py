"""Who acts behind a request: worked out once, kept on the request."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.security import APIKeyCookie

from portulan.base.refusals import Refusal
from portulan.people import queries
from portulan.people.actor import Actor


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
        known = queries.actor_of(request.user)
        request.portulan_actor = known  # type: ignore[attr-defined]
    return known


class SessionOfPerson(APIKeyCookie):
    """The key of the front desk: a signed-in session, its CSRF token checked on every write."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor:  # noqa: ARG002 - the session is the key
        """Return who acts.

        :raises SignedOut: when nobody is signed in.
        """
        return actor_of(request)
