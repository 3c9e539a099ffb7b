"""Who is on the maps by the other live processes: told to them, and heard from them, every other second.

While people of two processes are on one map, turns come more often, so that a cursor is seen to move. Has a
thread of its own, so that who draws never waits for it. What fails is tried again at the next turn; until
then each browser forgets by itself who was not heard of for half a minute.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import DatabaseError, close_old_connections, connections

from portulan.base import clock
from portulan.maps import presence
from portulan.maps.presence import Seen
from portulan.server.live import wire
from portulan.server.live.member import Member

_AGAIN = timedelta(seconds=10)
#: While somebody is on a map of this process by another one, turns are that many times shorter.
_TOGETHER = 8
T = TypeVar("T")
log = logging.getLogger(__name__)


class Presences:
    """Those who came to the rooms of this process, and those who came to the same maps elsewhere."""

    def __init__(self, members: Mapping[UUID, set[Member]], *, turn_seconds: float) -> None:
        """Begin with nobody elsewhere; `members` are the rooms as they stand."""
        self._members = members
        self._turn_seconds = turn_seconds
        self._process = uuid4().hex
        self._told: tuple[Sequence[Seen], datetime] | None = None
        self._away: dict[UUID, dict[int, Seen]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="presences")

    def wake(self) -> None:
        """Tell and hear from now on, until everybody left."""
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._meet())

    def there(self, map_id: UUID) -> list[wire.Presence]:
        """Return who is on a map by another process, as far as this one heard."""
        return [_shown(one) for one in self._away.get(map_id, {}).values()]

    async def stop(self) -> None:
        """Take back who was told, and let go of the database."""
        if self._watch:
            self._watch.cancel()
        await self._exchange([])
        await self._ask(connections.close_all)

    async def _meet(self) -> None:
        while self._members:
            together = any(one in self._members for one in self._away)
            await asyncio.sleep(self._turn_seconds / (_TOGETHER if together else 1))
            await self._exchange(self._here())
        await self._exchange([])

    async def _exchange(self, here: Sequence[Seen]) -> None:
        try:
            away = await self._ask(partial(self._tell_and_hear, here, [*self._members]))
        except DatabaseError as error:
            self._told = None
            log.warning("presence on maps is not told: %s", error)
        else:
            self._share(away)

    def _tell_and_hear(self, here: Sequence[Seen], maps: Sequence[UUID]) -> Sequence[Seen]:
        close_old_connections()
        at = clock.now()
        if self._told is None or self._told[0] != here or (here and at - self._told[1] >= _AGAIN):
            presence.tell(self._process, here, at=at)
            self._told = (here, at)
        return presence.elsewhere(self._process, maps, at=at) if maps else []

    def _here(self) -> list[Seen]:
        return [
            Seen(map_id, said.client, said.clock, member.actor.id, said.state)
            for map_id, room in self._members.items()
            for member in room
            if (said := member.presence) and said.state is not None and member.actor.id is not None
        ]

    def _share(self, found: Sequence[Seen]) -> None:
        """Tell each room what changed about who is on its map elsewhere."""
        before, self._away = self._away, {}
        for one in found:
            self._away.setdefault(one.map, {})[one.client] = one
        for map_id, room in self._members.items():
            known, now = before.get(map_id, {}), self._away.get(map_id, {})
            ours = {member.presence.client for member in room if member.presence}
            changed = [_shown(one) for client, one in now.items() if known.get(client) != one]
            gone = [
                wire.Presence(one.client, one.clock + 1, None)
                for one in known.values()
                if one.client not in now
            ]
            told = [one for one in (*changed, *gone) if one.client not in ours]
            for member in room if told else ():
                member.hint(wire.presence(*told))

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)


def _shown(one: Seen) -> wire.Presence:
    return wire.Presence(one.client, one.clock, dict(one.place))
