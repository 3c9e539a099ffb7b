"""Drawing together over a websocket: who may come to which map, then messages until one hangs up."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portulan.maps.documents import MOST_UPDATE_BYTES
from portulan.server.live import visitor
from portulan.server.live.member import GONE, TOO_MUCH, Member
from portulan.server.live.rooms import Rooms
from portulan.server.live.stream import Receive, Scope, Send
from portulan.server.live.wire import NotAMessage

_NOT_A_MESSAGE = 1003
_STRANGER = 1008


async def draw(scope: Scope, receive: Receive, send: Send, *, rooms: Rooms) -> None:
    """Answer `/maps/<id>`: strangers are turned away, everybody else is told why they may not come."""
    await receive()
    headers = visitor.headers_of(scope)
    if not visitor.is_welcome(headers):
        await send({"type": "websocket.close", "code": _STRANGER})
        return
    await send({"type": "websocket.accept"})
    map_id = _map_id(scope["path"])
    member = map_id and await rooms.join(visitor.session_key(headers), map_id)
    if not member:
        await send({"type": "websocket.close", "code": GONE})
        return
    try:
        await _converse(member, receive, send, rooms)
    finally:
        await rooms.leave(member)


async def _converse(member: Member, receive: Receive, send: Send, rooms: Rooms) -> None:
    hearing = asyncio.ensure_future(_hear(member, receive, rooms))
    telling = asyncio.ensure_future(_tell(member, send))
    try:
        await asyncio.wait({hearing, telling}, return_when=asyncio.FIRST_COMPLETED)
        for done in (hearing, telling):
            if done.done():
                done.result()
    finally:
        hearing.cancel()
        telling.cancel()


async def _hear(member: Member, receive: Receive, rooms: Rooms) -> None:
    while (message := await receive())["type"] == "websocket.receive":
        raw = message.get("bytes") or b""
        if len(raw) > MOST_UPDATE_BYTES:
            member.end(TOO_MUCH)
            continue
        try:
            await rooms.receive(member, raw)
        except NotAMessage:
            member.end(_NOT_A_MESSAGE)


async def _tell(member: Member, send: Send) -> None:
    while not isinstance(message := await member.waiting.get(), int):
        await send({"type": "websocket.send", **_frame(message)})
    await send({"type": "websocket.close", "code": message})


def _frame(message: bytes | str) -> Mapping[str, Any]:
    return {"bytes": message} if isinstance(message, bytes) else {"text": message}


def _map_id(path: str) -> UUID | None:
    try:
        return UUID(path.removeprefix("/maps/"))
    except ValueError:
        return None
