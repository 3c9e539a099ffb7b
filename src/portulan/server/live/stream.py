"""The live channel over HTTP: who may listen from where, then a stream of events and heartbeats."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from portulan.server.live.hub import Client, Hub

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
HEARTBEAT_SECONDS = 15.0
_PATIENCE_SECONDS = 20.0
_HEARTBEAT = b": still here\n\n"
_OPENING = b"retry: 2000\n\n"


async def events(scope: Scope, receive: Receive, send: Send, *, hub: Hub) -> None:
    """Answer `GET /events`: refuse strangers, then tell what changes until somebody hangs up."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get("origin", "")
    if not _is_welcome(headers, origin):
        await refuse(send, 403)
        return
    allowed = _allowed(origin)
    client = await hub.join(_session_key(headers), _last(headers))
    if client is None:
        await refuse(send, 401, allowed)
        return
    try:
        await _begin(send, allowed)
        await _tell(client, receive, send)
    finally:
        hub.leave(client)


async def refuse(send: Send, status: int, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    """Answer with a bare status."""
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": b""})


async def _begin(send: Send, allowed: tuple[tuple[bytes, bytes], ...]) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *allowed,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": _OPENING, "more_body": True})


async def _tell(client: Client, receive: Receive, send: Send) -> None:
    gone = asyncio.ensure_future(_hung_up(receive))
    try:
        while not gone.done():
            coming = asyncio.ensure_future(client.waiting.get())
            await asyncio.wait({gone, coming}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
            message = coming.result() if coming.done() and not coming.cancelled() else _HEARTBEAT
            if message is None or gone.done():
                break
            body = message if isinstance(message, bytes) else message.raw()
            sending = send({"type": "http.response.body", "body": body, "more_body": True})
            await asyncio.wait_for(sending, _PATIENCE_SECONDS)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _is_welcome(headers: Mapping[str, str], origin: str) -> bool:
    host, _ = split_domain_port(headers.get("host", ""))
    if not host or not validate_host(host, settings.ALLOWED_HOSTS):
        return False
    own = {f"{scheme}://{host}:{settings.PORT}" for scheme in ("http", "https")}
    return not origin or origin in own or origin in settings.ORIGINS


def _allowed(origin: str) -> tuple[tuple[bytes, bytes], ...]:
    if not origin:
        return ()
    return (
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    )


def _session_key(headers: Mapping[str, str]) -> str:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


def _last(headers: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(headers.get("last-event-id", ""))
    except ValueError:
        return None
