"""The live channel over HTTP: who may listen from where, then a stream of events and heartbeats."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from uuid import UUID

from portulan.server.live import visitor
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
    headers = visitor.headers_of(scope)
    if not visitor.is_welcome(headers):
        await refuse(send, 403)
        return
    allowed = visitor.allowed(headers.get("origin", ""))
    client = await hub.join(visitor.session_key(headers), _last(headers))
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


def _last(headers: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(headers.get("last-event-id", ""))
    except ValueError:
        return None
