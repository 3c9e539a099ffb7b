"""Somebody in the room of a map, and what waits to be sent to them."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from portulan.base.refusals import Refusal
from portulan.people.actor import Actor
from portulan.server.live import wire

QUEUE = 400
#: Why a connection ends, as its other side reads it (RFC 6455, 7.4): codes from 4000 are our own.
STOPPING, TOO_MUCH, REFUSED, GONE, SLOW = 1001, 1009, 4403, 4404, 4408


@dataclass(eq=False)
class Member:
    """Somebody in a room: what they may do, where they are on the map, and what waits to be sent."""

    map_id: UUID
    session: str
    actor: Actor
    may_draw: bool
    presence: wire.Presence | None = None
    waiting: asyncio.Queue[bytes | str | int] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def give(self, message: bytes | str) -> None:
        """Queue a message; who cannot follow is let go."""
        if self.waiting.full():
            self.end(SLOW)
        else:
            self.waiting.put_nowait(message)

    def hint(self, message: bytes) -> None:
        """Queue what may be lost, such as where somebody points."""
        if self.waiting.qsize() < QUEUE // 4:
            self.waiting.put_nowait(message)

    def refuse(self, refusal: Refusal) -> None:
        """Say why a change was not taken, then close: the member's copy holds what nobody else will see."""
        self.tell("refused", code=refusal.code, say=refusal.say(self.actor.lang))
        if not self.waiting.full():
            self.waiting.put_nowait(REFUSED)

    def end(self, code: int) -> None:
        """Forget what waits and have the connection closed."""
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(code)

    def tell(self, kind: str, **facts: Any) -> None:
        """Queue a message about the drawing rather than of it."""
        self.give(orjson.dumps({"kind": kind, **facts}).decode())
