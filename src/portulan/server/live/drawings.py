"""What drawing together reads and writes in the database: documents, changes, rights; one thread at a time.

Holds a copy of each document that somebody draws on. A copy whose writing failed is loaded again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import close_old_connections
from pycrdt import Doc

from portulan.api.maps import said
from portulan.base import clock, texts
from portulan.base.refusals import NotAllowed, NotThere
from portulan.maps import documents, live, queries
from portulan.maps.shared import screen
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.server.live.desk import listener

#: Bytes that changed nothing before a copy is loaded again: they may wait in it for what never comes.
_MOST_IDLE = documents.MOST_BYTES


@dataclass
class _Copy:
    doc: Doc[Any]
    n: int
    told: tuple[int, int]
    idle: int = 0


@dataclass(frozen=True)
class Draft:
    """A draft that was told: up to which change, as which version, and what is wrong with it, by language."""

    n: int
    version: int
    findings: Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class News:
    """What became of a map: the changes made elsewhere, and its draft when it was told."""

    changes: tuple[bytes, ...] = ()
    draft: Draft | None = None


class Drawings:
    """The copies of this process."""

    def __init__(self) -> None:
        """Begin without any."""
        self._copies: dict[UUID, _Copy] = {}

    def come(self, session: str, map_id: UUID) -> tuple[Actor, bool] | None:
        """Return who comes to a map and whether they may draw, None when they may not see it."""
        close_old_connections()
        actor = listener(session)
        may = live.may_draw(actor, id=map_id) if actor else None
        return None if actor is None or may is None else (actor, may)

    def state(self, map_id: UUID) -> tuple[bytes, int]:
        """Return what a document has, by client, and the last change that the draft says."""
        copy = self._copy(map_id)
        return copy.doc.get_state(), copy.told[0]

    def missing(self, map_id: UUID, state: bytes) -> bytes:
        """Return what somebody who has a state lacks.

        :raises UpdateNotReadable: when the bytes are no state.
        """
        if state:
            screen.state(state)
        return self._copy(map_id).doc.get_update(state or None)

    def receive(self, session: str, map_id: UUID, update: bytes) -> tuple[int, bytes]:
        """Keep what somebody changed; return the number after which it is kept, and what to tell others.

        :raises Refusal: when they may not draw, or when it is no change of a map.
        """
        close_old_connections()
        actor = listener(session)
        if actor is None:
            raise NotAllowed
        copy, kept = self._copy(map_id), False
        try:
            n, told = live.receive(actor, id=map_id, doc=copy.doc, update=update, at=clock.now())
            copy.idle += 0 if told else len(update)
            kept = copy.idle < _MOST_IDLE
        finally:
            if not kept:
                copy.doc, copy.idle = live.join(actors.system(), id=map_id).doc, 0
        if n == copy.n + 1:
            copy.n = n
        return n or copy.n, told

    def news(self, ids: Iterable[UUID]) -> dict[UUID, News | None]:
        """Return what became of maps since the last asking, None for those that are gone."""
        close_old_connections()
        wanted = list(ids)
        heads = documents.heads(wanted)
        told = {one: self._news(one, heads[one]) if one in heads else None for one in wanted}
        return {one: news for one, news in told.items() if news != News()}

    def tell_draft(self, map_id: UUID) -> None:
        """Let the draft of a map say what its document does, when the map is still there."""
        close_old_connections()
        try:
            live.tell_draft(actors.system(), id=map_id, at=clock.now())
        except NotThere:
            self.forget(map_id)

    def catch_up(self) -> None:
        """Tell the drafts that a process which died had not told."""
        close_old_connections()
        for map_id in documents.behind():
            self.tell_draft(map_id)

    def forget(self, map_id: UUID) -> None:
        """Let go of a copy that nobody draws on any more."""
        self._copies.pop(map_id, None)

    def _copy(self, map_id: UUID) -> _Copy:
        if map_id not in self._copies:
            opened = live.join(actors.system(), id=map_id)
            head = opened.head
            self._copies[map_id] = _Copy(opened.doc, head.n, (head.drawn_n, head.version))
        return self._copies[map_id]

    def _news(self, map_id: UUID, head: documents.Head) -> News:
        copy, changes = self._copy(map_id), tuple[bytes, ...]()
        if head.n > copy.n:
            found = documents.news(map_id, copy.n)
            for change in found.updates:
                copy.doc.apply_update(change)
            changes, copy.n = found.updates, found.n
        if copy.told == (head.drawn_n, head.version):
            return News(changes)
        copy.told = (head.drawn_n, head.version)
        view = queries.get_map(actors.system(), id=map_id)
        findings = {lang: said(view.findings, lang) for lang in texts.LANGUAGES}
        return News(changes, Draft(head.drawn_n, head.version, findings))
