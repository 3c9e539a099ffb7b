"""Seats in the rooms of maps: members with the copy that their browser would hold."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from pycrdt import Doc
from pycrdt import Map as YMap

from portulan.people.actor import Actor
from portulan.people.models import User
from portulan.server.live import wire
from portulan.server.live.member import Member
from portulan.server.live.rooms import Rooms


def session_of(actor: Actor) -> str:
    user = User.objects.get(email=actor.email)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


class Seat:
    """A member, and the copy that their browser would hold."""

    def __init__(self, rooms: Rooms, member: Member) -> None:
        self.rooms, self.member, self.doc = rooms, member, Doc[Any]()
        self.told: list[dict[str, Any]] = []
        self.people: list[wire.Presence] = []
        self.ended: int | None = None

    @classmethod
    async def take(cls, rooms: Rooms, actor: Actor, map_id: UUID) -> "Seat":
        member = await rooms.join(session_of_now[actor.email], map_id)
        assert member is not None
        seat = cls(rooms, member)
        await rooms.receive(member, wire.state(seat.doc.get_state()))
        await seat.until(lambda: bool(seat.title()))
        return seat

    def title(self) -> str:
        return str(self.doc.get("map", type=YMap).get("title", ""))

    async def write(self, title: str) -> None:
        before = self.doc.get_state()
        self.doc.get("map", type=YMap)["title"] = title
        await self.rooms.receive(self.member, wire.update(self.doc.get_update(before)))

    async def until(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not seen():
                self.hear(await self.member.waiting.get())

    def hear(self, message: bytes | str | int) -> None:
        if isinstance(message, int):
            self.ended = message
        elif isinstance(message, str):
            self.told.append(orjson.loads(message))
        elif isinstance(found := wire.read(message), wire.Update):
            self.doc.apply_update(found.update)
        elif isinstance(found, wire.Presence):
            self.people.append(found)

    def heard(self, kind: str) -> bool:
        return any(one["kind"] == kind for one in self.told)


session_of_now: dict[str, str] = {}


def played(story: Callable[[], Awaitable[None]], *actors: Actor) -> None:
    session_of_now.update({actor.email: session_of(actor) for actor in actors})
    asyncio.run(asyncio.wait_for(story(), 60))
