"""Who knocks on the live channel: from where, under which session."""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers of a request, their names in lower case."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def is_welcome(headers: Mapping[str, str]) -> bool:
    """Return whether a request comes to our own host, from a page of ours or from no page at all."""
    origin = headers.get("origin", "")
    host, _ = split_domain_port(headers.get("host", ""))
    if not host or not validate_host(host, settings.ALLOWED_HOSTS):
        return False
    own = {f"{scheme}://{host}:{settings.PORT}" for scheme in ("http", "https")}
    return not origin or origin in own or origin in settings.ORIGINS


def allowed(origin: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers that let a page of ours read the answer."""
    if not origin:
        return ()
    return (
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    )


def session_key(headers: Mapping[str, str]) -> str:
    """Return the session that a request is under, `""` without one."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""
