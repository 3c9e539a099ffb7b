"""The rooms of maps: who draws is heard by the others, wherever they are; a reader listens."""

import asyncio
from uuid import UUID

import pytest
from django.db import connections

import make
from portulan.maps import operations, queries
from portulan.people.actor import Actor
from portulan.server.live import wire
from portulan.server.live.member import GONE, REFUSED
from portulan.server.live.rooms import Rooms
from seats import Seat, played, session_of_now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_file")]


@pytest.fixture
def claire() -> Actor:
    return make.actor(role="manager")


@pytest.fixture
def map_id(claire: Actor) -> UUID:
    return operations.create(claire, title="V", state="to_be", subject=None, starter="vente", at=make.AT)


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
