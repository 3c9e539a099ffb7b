"""Who draws on which map in this process: changes go to the database first, then to the others of the room.

One thread reads and writes for all rooms. Other processes are heard by asking the database several times a
second; who is there by them is told by `presences`, in a thread of its own. A member too slow to read is
dropped: they come back and are told what they missed.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import connections

from portulan.base.refusals import Refusal
from portulan.people import queries as people
from portulan.server.live import wire
from portulan.server.live.drawings import Drawings, News
from portulan.server.live.member import GONE, STOPPING, Member
from portulan.server.live.presences import Presences

#: Turns between two looks at everybody's rights.
_RIGHTS_EVERY = 8
_PAUSE_SECONDS, _LONGEST_SECONDS = 0.6, 2.5
T = TypeVar("T")


class Rooms:
    """The rooms of this process."""

    def __init__(self, *, turn_seconds: float = 0.2, meeting_seconds: float = 2.0) -> None:
        """Begin with nobody."""
        self._turn_seconds = turn_seconds
        self._members: dict[UUID, set[Member]] = {}
        self._due: dict[UUID, tuple[float, float]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._drawings = Drawings()
        self._presences = Presences(self._members, turn_seconds=meeting_seconds)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rooms")

    async def catch_up(self) -> None:
        """Tell the drafts that a process which died had not told."""
        await self._ask(self._drawings.catch_up)

    async def join(self, session: str, map_id: UUID) -> Member | None:
        """Let somebody into the room of a map; None when they may not see it."""
        come = await self._ask(partial(self._drawings.come, session, map_id))
        if come is None:
            return None
        member = Member(map_id, session, *come)
        self._members.setdefault(map_id, set()).add(member)
        state, told_n = await self._ask(partial(self._drawings.state, map_id))
        member.tell("welcome", may=member.may_draw, n=told_n)
        member.give(wire.state(state))
        there = [one.presence for one in self._others(member) if one.presence]
        if there := [*there, *self._presences.there(map_id)]:
            member.give(wire.presence(*there))
        self._presences.wake()
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look())
        return member

    async def leave(self, member: Member) -> None:
        """Let somebody out; the last one leaves a draft that is told."""
        room = self._members.get(member.map_id, set())
        room.discard(member)
        if member.presence:
            gone = wire.Presence(member.presence.client, member.presence.clock + 1, None)
            _hint(room, wire.presence(gone))
        if not room:
            self._members.pop(member.map_id, None)
            if self._due.pop(member.map_id, None):
                await self._ask(partial(self._drawings.tell_draft, member.map_id))
        if member.map_id not in self._members:
            await self._ask(partial(self._drawings.forget, member.map_id))

    async def receive(self, member: Member, raw: bytes) -> None:
        """Take a message of a member in.

        :raises NotAMessage: when it is none.
        """
        match wire.read(raw):
            case wire.State(held):
                give = partial(self._drawings.missing, member.map_id, held)
                await self._answer(member, give, lambda lacking: member.give(wire.missing(lacking)))
            case wire.Update(change):
                keep = partial(self._drawings.receive, member.session, member.map_id, change)
                await self._answer(member, keep, lambda kept: self._kept(member, *kept))
            case wire.Presence() as presence:
                self._show(member, presence)

    async def stop(self) -> None:
        """End every member and let go of the database: the process is about to stop."""
        self.close()
        await self._presences.stop()
        await self._ask(connections.close_all)

    def close(self) -> None:
        """End every member."""
        for room in self._members.values():
            for member in room:
                member.end(STOPPING)

    async def _answer(self, member: Member, question: Callable[[], T], told: Callable[[T], None]) -> None:
        try:
            answer = await self._ask(question)
        except Refusal as refusal:
            member.refuse(refusal)
        else:
            told(answer)

    def _kept(self, member: Member, n: int, change: bytes) -> None:
        member.tell("kept", n=n)
        if change:
            now = asyncio.get_running_loop().time()
            _, latest = self._due.get(member.map_id, (0.0, now + _LONGEST_SECONDS))
            self._due[member.map_id] = (now + _PAUSE_SECONDS, latest)
            for other in self._others(member):
                other.give(wire.update(change))

    def _show(self, member: Member, presence: wire.Presence) -> None:
        """Tell where a member is; who they are is ours to say, and they speak for themselves alone."""
        if member.presence and member.presence.client != presence.client:
            return
        actor = member.actor
        user = {"name": actor.name, "initials": people.initials(actor.name), "hue": actor.hue}
        state = None if presence.state is None else {**presence.state, "user": user}
        member.presence = wire.Presence(presence.client, presence.clock, state)
        _hint(self._others(member), wire.presence(member.presence))

    def _others(self, member: Member) -> set[Member]:
        return self._members.get(member.map_id, set()) - {member}

    async def _look(self) -> None:
        turn = 0
        try:
            while self._members:
                await asyncio.sleep(self._turn_seconds)
                await self._tell_due()
                for map_id, news in (await self._ask(partial(self._drawings.news, [*self._members]))).items():
                    self._share(map_id, news)
                turn += 1
                if turn % _RIGHTS_EVERY == 0:
                    await self._check_rights()
        finally:
            self.close()  # a look that failed is a bug: members come back to a fresh one

    async def _tell_due(self) -> None:
        now = asyncio.get_running_loop().time()
        for map_id in [one for one, times in self._due.items() if now >= min(times)]:
            del self._due[map_id]
            await self._ask(partial(self._drawings.tell_draft, map_id))

    def _share(self, map_id: UUID, news: News | None) -> None:
        for member in list(self._members.get(map_id, ())):
            if news is None:
                member.end(GONE)
                continue
            for change in news.changes:
                member.give(wire.update(change))
            if news.draft:
                draft = news.draft
                findings = draft.findings[member.actor.lang]
                member.tell("draft", n=draft.n, version=draft.version, findings=findings)

    async def _check_rights(self) -> None:
        for member in [one for room in self._members.values() for one in room]:
            come = await self._ask(partial(self._drawings.come, member.session, member.map_id))
            if come is None:
                member.end(GONE)
            elif come[1] != member.may_draw:
                member.may_draw = come[1]
                member.tell("may", may=member.may_draw)

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)


def _hint(members: Iterable[Member], message: bytes) -> None:
    for member in members:
        member.hint(message)
