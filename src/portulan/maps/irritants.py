"""The ledger of irritants: those drawn on the steps of every map, and those that people said.

Owns what answers each of them (an element of the map as it should be), by which measure one will know, and
whether it is over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from portulan.base import tables, texts
from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.events import log
from portulan.maps import codec, happenings, progress, rows, voices
from portulan.maps.discussed import label_of
from portulan.maps.model import Map
from portulan.maps.models import MapIrritant, MapRow
from portulan.maps.voices import Tally
from portulan.pages import operations as pages
from portulan.pages import queries as said
from portulan.pages.mentions import named
from portulan.pages.queries import ThreadView
from portulan.people import rights, roles
from portulan.people.actor import Actor

LONGEST_METRIC = 200
#: How far an irritant has come: its answer is named, on a published map, in force; it is over.
Stage = Literal["said", "answered", "planned", "in_force", "resolved"]


@dataclass(frozen=True)
class Answer:
    """The element of a map that answers an irritant."""

    map_id: UUID
    element: str
    label: str


@dataclass(frozen=True)
class Irritant:
    """Something that hurts: where, whom, how much; what answers it, how one will know, since when it is over.

    `process` is the uid of the map; `key` is the id of a drawn irritant, or of the thread of one that was
    said; `mine`: the actor said it.
    """

    process: str
    map_id: UUID
    map: str
    state: str
    element: str
    where: str
    key: str
    thread: UUID | None
    label: str
    who: str
    severity: int
    votes: int
    voted: bool
    author: str
    mine: bool
    answer: Answer | None
    metric: str
    stage: Stage
    answered_at: datetime | None
    planned_at: datetime | None
    in_force_at: datetime | None
    resolved_at: datetime | None
    reason: str
    may: bool


@dataclass(frozen=True)
class Fate:
    """What becomes of an irritant: the element that answers it, the measure, whether it is over."""

    answer: str = ""
    metric: str = ""
    resolved: bool = False
    reason: str = ""


def irritants(actor: Actor) -> list[Irritant]:
    """Return every irritant of the maps that the actor may read: open ones first, the heaviest first.

    One that was drawn on a map as it is, and kept by the map as it should be, is told once, of the former.
    """
    known: dict[tuple[str, str], Irritant] = {}
    for one in sorted(wherever(actor), key=lambda one: one.state != "as_is"):
        known.setdefault((one.process, one.key), one)
    return sorted(known.values(), key=_weight)


def wherever(actor: Actor) -> list[Irritant]:
    """Return the irritants of each map that the actor may read, those that two maps bear on both."""
    return _ledger(actor, MapRow.objects.filter(archived_at=None))


def at_step(actor: Actor, *, uid: str, element: str) -> list[Irritant]:
    """Return the open irritants of one step of a process, the heaviest first, each said once."""
    found = _ledger(actor, MapRow.objects.filter(archived_at=None, uid=uid))
    open_ones = (one for one in found if one.element == element and one.resolved_at is None)
    return list({one.key: one for one in open_ones}.values())


def _ledger(actor: Actor, maps: QuerySet[MapRow]) -> list[Irritant]:
    live = {row.pk: row for row in rights.visible(actor, "read", "map", maps)}
    drawn = {pk: codec.read(row.draft) for pk, row in live.items()}
    fates = {(one.map_id, one.key): one for one in MapIrritant.objects.filter(map__in=live)}
    may = {pk: rights.allows(actor, "update", "map", row) for pk, row in live.items()}
    book = _Book(live, drawn, fates, voices.tallies(actor, live), may, roles.names(actor.lang), actor.id)
    threads = said.threads(actor, target="map", ids=live, kinds=("irritant",))
    found = [*book.drawn_ones(), *(book.said_one(thread) for thread in threads)]
    return sorted(found, key=_weight)


def _weight(one: Irritant) -> tuple[bool, int, int, str, str]:
    """Return what orders irritants: open ones first, the heaviest first."""
    return one.resolved_at is not None, -one.severity, -one.votes, one.map, one.key


def settle(actor: Actor, *, map_id: UUID, key: str, fate: Fate, at: datetime) -> None:
    """Say what becomes of an irritant.

    :raises NotThere: when the map has no such irritant.
    :raises NotValid: when the element that answers is on neither map of the process.
    """
    with transaction.atomic():
        row = rows.live(actor, "update", map_id)
        thread = _thread_of(actor, row, key)
        if fate.answer and _answer(row, fate.answer) is None:
            raise NotValid(Problem("answer", "maps.answer_unknown"))
        metric = " ".join(fate.metric.replace("\0", "").split())[:LONGEST_METRIC]
        known = MapIrritant.objects.filter(map=row, key=key).first()
        since = (known.resolved_at if known else None) or at
        one, _ = MapIrritant.objects.update_or_create(
            map=row,
            key=key,
            defaults={
                "answer": fate.answer,
                "metric": metric,
                "resolved_at": since if fate.resolved else None,
                "resolved_by_id": actor.id if fate.resolved else None,
            },
        )
        ended = fate.resolved and thread is None and (known is None or known.resolved_at is None)
        progress.settled(actor, one, known.answer if known else "", ended=ended, at=at)
        if thread is not None and (thread.state != "open") != fate.resolved:
            _turn(actor, thread.id, fate, at)
        what = happenings.IrritantSettled(key, fate.answer, metric, fate.resolved)
        log.append(what, actor=actor, subject=rows.subject(row.pk), at=at)


def vote(actor: Actor, *, map_id: UUID, key: str, given: bool, at: datetime) -> None:
    """Give an irritant the actor's voice, or take it back; doing it twice changes nothing.

    :raises NotThere: when the map has no such irritant.
    :raises NotAllowed: when the actor is no person.
    """
    with transaction.atomic():
        row = rows.live(actor, "read", map_id)
        thread = _thread_of(actor, row, key)
        if thread is None:
            voices.give(actor, row, key, given=given, at=at)
        else:
            pages.vote(actor, id=thread.id, given=given, at=at)


def as_csv(actor: Actor) -> str:
    """Return the ledger as a table for a spreadsheet, in the actor's language."""
    lang = actor.lang
    rows = [texts.say("maps.irritant_columns", lang).split("|")]
    for one in irritants(actor):
        answer = one.answer.label if one.answer else ""
        over = one.resolved_at.date().isoformat() if one.resolved_at else ""
        stage = texts.say(f"maps.irritant_{one.stage}", lang)
        said_so = (one.map, one.where, one.label, one.who, one.severity, one.votes)
        cells = (*said_so, answer, one.metric, stage, over)
        rows.append([tables.inert(str(cell)) for cell in cells])
    return tables.BOM + tables.lines(rows, tables.HABITS[lang][0])


@dataclass(frozen=True)
class _Book:
    """What the lines of the ledger are made of."""

    live: Mapping[UUID, MapRow]
    drawn: Mapping[UUID, Map]
    fates: Mapping[tuple[UUID, str], MapIrritant]
    tallies: Mapping[tuple[UUID, str], Tally]
    may: Mapping[UUID, bool]
    roles: Mapping[str, str]
    me: int | None

    def drawn_ones(self) -> Iterator[Irritant]:
        """Yield the irritants drawn on the steps."""
        for pk, drawn in self.drawn.items():
            names = {**self.roles, **{lane.role: lane.label for lane in drawn.lanes if lane.role}}
            for step in drawn.steps:
                for one in step.frictions:
                    fate, tally = self.fates.get((pk, one.id)), self.tallies.get((pk, one.id), Tally())
                    yield self._line(
                        pk,
                        fate,
                        element=step.id,
                        key=one.id,
                        thread=None,
                        label=one.label,
                        who=names.get(one.who, one.who),
                        severity=one.severity,
                        votes=tally.votes,
                        voted=tally.mine,
                        author="",
                        mine=False,
                        resolved_at=fate.resolved_at if fate else None,
                        reason="",
                    )

    def said_one(self, thread: ThreadView) -> Irritant:
        """Return the line of an irritant that somebody said."""
        return self._line(
            thread.target_id,
            self.fates.get((thread.target_id, thread.id.hex)),
            element=thread.element,
            key=thread.id.hex,
            thread=thread.id,
            label=_words(thread),
            who=self.roles.get(thread.who, thread.who),
            severity=thread.severity or 2,
            votes=thread.votes,
            voted=thread.voted,
            author=thread.author.name if thread.author else thread.guest,
            mine=thread.author is not None and thread.author.id == self.me,
            resolved_at=thread.closed_at,
            reason=thread.reason,
        )

    def _line(
        self, pk: UUID, fate: MapIrritant | None, *, element: str, key: str, **more: object
    ) -> Irritant:
        row = self.live[pk]
        answer = self._answer(row, key, fate.answer if fate else "")
        over = more["resolved_at"] is not None
        known = fate if answer else None
        return Irritant(
            process=row.uid,
            map_id=pk,
            map=row.title,
            state=row.state,
            element=element,
            where=label_of(self.drawn[pk], element) or "",
            key=key,
            answer=answer,
            stage="resolved" if over else _stage(known, answer),
            answered_at=known.answered_at if known else None,
            planned_at=known.planned_at if known else None,
            in_force_at=known.in_force_at if known else None,
            metric=fate.metric if fate else "",
            may=self.may[pk],
            **more,  # type: ignore[arg-type]
        )

    def _answer(self, row: MapRow, key: str, named: str) -> Answer | None:
        """Return what answers: the element named in the ledger, else the one that a map says answers."""
        for pk, drawn in self.drawn.items():
            if self.live[pk].uid != row.uid:
                continue
            linked = next((one.element for one in drawn.answers if one.friction == key), "")
            label = label_of(drawn, named or linked)
            if label:
                return Answer(pk, named or linked, label)
        return None


def _stage(fate: MapIrritant | None, answer: Answer | None) -> Stage:
    if fate is not None and fate.in_force_at:
        return "in_force"
    if fate is not None and fate.planned_at:
        return "planned"
    return "answered" if answer else "said"


def _words(thread: ThreadView) -> str:
    """Return what was said first, people by their names."""
    for first in thread.messages[:1]:
        return named(first.body, {one.id: one.name for one in first.people})
    return ""


def _thread_of(actor: Actor, row: MapRow, key: str) -> ThreadView | None:
    """Return the thread of an irritant that was said, None for a drawn one.

    :raises NotThere: when it is neither.
    """
    if any(one.id == key for step in codec.read(row.draft).steps for one in step.frictions):
        return None
    for one in said.threads(actor, target="map", ids=[row.pk], kinds=("irritant",)):
        if one.id.hex == key:
            return one
    raise NotThere


def _answer(row: MapRow, element: str) -> str | None:
    live = MapRow.objects.filter(uid=row.uid, archived_at=None).values_list("draft", flat=True)
    return next((label for one in live if (label := label_of(codec.read(one), element))), None)


def _turn(actor: Actor, thread: UUID, fate: Fate, at: datetime) -> None:
    if fate.resolved:
        pages.close(actor, id=thread, reason=fate.reason, at=at)
    else:
        pages.reopen(actor, id=thread, at=at)
