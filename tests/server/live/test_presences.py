"""Who is on a map is known to who came to it by another process; what fails there never cuts who draws."""

import asyncio
from time import monotonic
from uuid import UUID

import pytest
from django.db import DatabaseError

import make
from portulan.maps import operations, presence
from portulan.maps.models import MapPresence
from portulan.people.actor import Actor
from portulan.server.live import wire
from portulan.server.live.rooms import Rooms
from seats import Seat, played

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_file")]


@pytest.fixture
def claire() -> Actor:
    return make.actor(role="manager")


@pytest.fixture
def paul() -> Actor:
    return make.actor("paul.petit@nordet.example", role="sales")


@pytest.fixture
def map_id(claire: Actor) -> UUID:
    return operations.create(claire, title="V", state="to_be", subject=None, starter="vente", at=make.AT)


def rooms() -> Rooms:
    return Rooms(turn_seconds=0.02, meeting_seconds=0.05)


async def points(seat: Seat, client: int, clock: int, x: int) -> None:
    place = {"at": {"x": x, "y": 2}, "selected": ["gagne"]}
    await seat.rooms.receive(seat.member, wire.presence(wire.Presence(client, clock, place)))


def test_who_points_by_one_process_is_seen_by_another_until_they_leave(
    claire: Actor, paul: Actor, map_id: UUID
) -> None:
    async def story() -> None:
        here, elsewhere = rooms(), rooms()
        one, far = await Seat.take(here, claire, map_id), await Seat.take(elsewhere, paul, map_id)
        await points(one, 7, 1, 1)
        await far.until(lambda: any(said.client == 7 for said in far.people))
        await points(one, 7, 2, 40)
        await far.until(lambda: far.people[-1].clock == 2)
        assert far.people[-1].state == {"at": {"x": 40, "y": 2}, "selected": ["gagne"]}
        late = await Seat.take(elsewhere, paul, map_id)
        await late.until(lambda: any(said.client == 7 for said in late.people))
        await here.leave(one.member)
        await far.until(lambda: far.people[-1].state is None)
        assert (far.people[-1].client, far.people[-1].clock) == (7, 3)
        for seat in (far, late):
            await elsewhere.leave(seat.member)
        await here.stop()
        await elsewhere.stop()

    played(story, claire, paul)
    assert not MapPresence.objects.exists()


def test_turns_are_shorter_while_people_of_two_processes_are_on_one_map(
    claire: Actor, paul: Actor, map_id: UUID
) -> None:
    turn = 0.5

    async def moves(one: Seat, far: Seat, clock: int) -> float:
        begun = monotonic()
        await points(one, 7, clock, clock)
        await far.until(lambda: bool(far.people) and far.people[-1].clock == clock)
        return monotonic() - begun

    async def story() -> None:
        here, elsewhere = (Rooms(turn_seconds=0.02, meeting_seconds=turn) for _ in range(2))
        one, far = await Seat.take(here, claire, map_id), await Seat.take(elsewhere, paul, map_id)
        await points(far, 8, 1, 1)
        await points(one, 7, 1, 1)
        await one.until(lambda: bool(one.people))
        await far.until(lambda: bool(far.people))
        assert sum([await moves(one, far, clock) for clock in range(2, 6)]) < 3 * turn
        for seat in (one, far):
            await seat.rooms.leave(seat.member)
        await here.stop()
        await elsewhere.stop()

    played(story, claire, paul)


def test_a_line_that_comes_back_by_another_process_is_not_told_to_itself(claire: Actor, map_id: UUID) -> None:
    async def story() -> None:
        here, elsewhere = rooms(), rooms()
        one, again = await Seat.take(here, claire, map_id), await Seat.take(elsewhere, claire, map_id)
        await points(again, 7, 5, 1)
        await points(one, 7, 1, 1)
        await points(one, 7, 2, 2)
        for _ in range(10):
            await asyncio.sleep(0.02)
        assert not again.people
        await here.leave(one.member)
        await elsewhere.leave(again.member)
        await here.stop()
        await elsewhere.stop()

    played(story, claire)


def test_what_fails_there_is_tried_again_and_never_cuts_who_draws(
    claire: Actor,
    paul: Actor,
    map_id: UUID,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tell, failures = presence.tell, iter(range(3))

    def locked(*given: object, **more: object) -> None:
        if next(failures, None) is not None:
            raise DatabaseError("database table is locked: maps_mappresence")
        tell(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(presence, "tell", locked)

    async def story() -> None:
        here, elsewhere = rooms(), rooms()
        one, far = await Seat.take(here, claire, map_id), await Seat.take(elsewhere, paul, map_id)
        await points(one, 7, 1, 1)
        await one.write("Vente à trois")
        await far.until(lambda: far.title() == "Vente à trois")
        await far.until(lambda: any(said.client == 7 for said in far.people))
        assert one.ended is None
        for seat in (one, far):
            await seat.rooms.leave(seat.member)
        await here.stop()
        await elsewhere.stop()

    played(story, claire, paul)
    assert "presence on maps is not told" in caplog.text
