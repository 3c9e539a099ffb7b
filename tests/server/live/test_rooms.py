"""The rooms of maps: who draws is heard by the others, wherever they are; a reader listens."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections
from pycrdt import Doc
from pycrdt import Map as YMap

import make
from portulan.maps import operations, queries
from portulan.people.actor import Actor
from portulan.people.models import User
from portulan.server.live import wire
from portulan.server.live.member import GONE, REFUSED, Member
from portulan.server.live.rooms import Rooms

pytestmark = pytest.mark.django_db(transaction=True)


def session_of(actor: Actor) -> str:
    user = User.objects.get(email=actor.email)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@pytest.fixture
def claire() -> Actor:
    return make.actor(role="manager")


@pytest.fixture
def map_id(claire: Actor) -> UUID:
    return operations.create(claire, title="V", state="to_be", subject=None, starter="vente", at=make.AT)


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


def test_what_one_draws_the_others_see_in_this_process_and_in_another(claire: Actor, map_id: UUID) -> None:
    paul = make.actor("paul.petit@nordet.example", role="manager")

    async def story() -> None:
        here, elsewhere = Rooms(turn_seconds=0.02), Rooms(turn_seconds=0.02)
        one, two = await Seat.take(here, claire, map_id), await Seat.take(here, paul, map_id)
        far = await Seat.take(elsewhere, paul, map_id)
        await one.write("Vente à trois")
        for seat in (two, far):
            await seat.until(lambda seat=seat: seat.title() == "Vente à trois")  # type: ignore[misc]
        await one.until(lambda: one.heard("kept") and one.heard("draft"))
        await far.write("De loin")
        await one.until(lambda: one.title() == "De loin")
        for seat in (one, two, far):
            await seat.rooms.leave(seat.member)
        await here.stop()
        await elsewhere.stop()

    played(story, claire, paul)
    assert queries.get_map(claire, id=map_id).map.title == "De loin"


def test_a_presence_names_who_it_is_and_speaks_for_nobody_else(claire: Actor, map_id: UUID) -> None:
    paul = make.actor("paul.petit@nordet.example", role="sales")

    async def story() -> None:
        rooms = Rooms(turn_seconds=0.02)
        one, two = await Seat.take(rooms, claire, map_id), await Seat.take(rooms, paul, map_id)
        lie = {"user": {"name": "Une autre"}, "at": {"x": 1, "y": 2}, "selected": ["gagne"], "more": "x" * 9}
        await rooms.receive(one.member, wire.presence(wire.Presence(7, 1, lie)))
        await rooms.receive(one.member, wire.presence(wire.Presence(8, 1, {})))
        await two.until(lambda: bool(two.people))
        assert two.people[0].state == {"at": {"x": 1, "y": 2}, "selected": ["gagne"]}
        assert one.member.presence is not None
        assert one.member.presence.state is not None
        assert one.member.presence.state["user"]["name"] == claire.name
        await rooms.leave(one.member)
        await two.until(lambda: len(two.people) > 1)
        assert (two.people[1].client, two.people[1].clock, two.people[1].state) == (7, 2, None)
        await rooms.stop()

    played(story, claire, paul)


def test_a_reader_who_writes_is_told_why_not_and_shown_out_and_a_map_that_goes_ends_its_room(
    claire: Actor, map_id: UUID
) -> None:
    paul = make.actor("paul.petit@nordet.example", role="sales")

    def delete() -> None:
        operations.delete(claire, id=map_id, at=make.AT)
        connections.close_all()

    async def story() -> None:
        rooms = Rooms(turn_seconds=0.02)
        one, reader = await Seat.take(rooms, claire, map_id), await Seat.take(rooms, paul, map_id)
        assert (one.told[0]["may"], reader.told[0]["may"]) == (True, False)
        await reader.write("À moi")
        await reader.until(lambda: reader.ended == REFUSED)
        assert reader.heard("refused")
        await rooms.leave(reader.member)
        await asyncio.to_thread(delete)
        await one.until(lambda: one.ended == GONE)
        assert one.title() != "À moi"
        await rooms.leave(one.member)
        assert await rooms.join(session_of_now[claire.email], map_id) is None
        assert await rooms.join("nobody’s", map_id) is None
        await rooms.stop()

    played(story, claire, paul)


@pytest.mark.parametrize(
    "raw", [b"", b"\x05", b"\x01\x03\x01\x02", b"\x01\x05\x01\x01\x01\x02[]", b"\x00\xff\xff"]
)
def test_bytes_that_are_no_message_are_no_message(raw: bytes) -> None:
    with pytest.raises(wire.NotAMessage):
        wire.read(raw)
