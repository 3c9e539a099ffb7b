"""The front desk's first answer: who is signed in."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.middleware.csrf import get_token
from ninja import Router, Schema

from portulan.api.actors import actor_of, sandbox_of
from portulan.people import operations, queries, rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import runtime, schema

router = Router(tags=["session"])


class UserOut(Schema):
    """The person signed in."""

    id: int
    name: str
    email: str
    lang: str
    initials: str
    hue: int


class SessionOut(Schema):
    """Who is signed in, their roles, and what they may do: by object and by kind of work.

    `seen_by` names the administrator who looks through their eyes, if any.
    """

    user: UserOut
    roles: list[str]
    is_admin: bool
    rights: dict[str, dict[str, bool]]
    may: dict[str, bool]
    schema_version: int
    company: str
    seen_by: str
    sandbox: bool
    live: str


class ProfileIn(Schema):
    """What a person may change of their profile."""

    lang: str


@router.get("/session", response=SessionOut, auth=None)
def session(request: HttpRequest) -> Any:
    """Return who is signed in; sets the CSRF cookie in any case."""
    get_token(request)
    return _told(request, actor_of(request))


@router.patch("/session", response=SessionOut)
def change_session(request: HttpRequest, profile: ProfileIn) -> Any:
    """Change the language of the person signed in."""
    actor = actor_of(request)
    operations.set_profile(actor, user_id=actor.id or 0, lang=profile.lang)
    return _told(request, replace(actor, lang=profile.lang))


def _told(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """Return the portrait of who acts; a sandbox has no live channel, which tells of the real house."""
    inside = sandbox_of(request) is not None
    return {**_portrait(actor), "sandbox": inside, "live": "" if inside else live_url(request)}


def live_url(request: HttpRequest) -> str:
    """Return the address of the live channel, on the host that the browser already talks to."""
    if settings.LIVE_URL:
        return str(settings.LIVE_URL).rstrip("/")
    host, _ = split_domain_port(request.get_host())
    scheme = "https" if settings.SESSION_COOKIE_SECURE else request.scheme
    return f"{scheme}://{host}:{settings.LIVE_PORT}"


def _portrait(actor: Actor) -> dict[str, Any]:
    user = {
        "id": actor.id,
        "name": actor.name,
        "email": actor.email,
        "lang": actor.lang,
        "initials": queries.initials(actor.name),
        "hue": actor.hue,
    }
    return {
        "user": user,
        "roles": sorted(actor.roles),
        "is_admin": actor.is_admin,
        "rights": schema.rights_of(actor),
        "may": {name: rights.allows(actor, verb, kind) for name, (verb, kind) in _WORK.items()},
        "schema_version": runtime.current().version,
        "company": settings.COMPANY,
        "seen_by": actor.seen_by,
    }


#: What a person may do beside records, as the screens call it: the verb and the kind of subject.
_WORK: dict[str, tuple[Verb, str]] = {
    "maps": ("create", "map"),
    "publish": ("publish", "map"),
    "apply": ("apply", "blueprint"),
    "logs": ("create", "log"),
    "people": ("manage", "person"),
}
