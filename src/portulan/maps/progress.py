"""How far the answer to an irritant has come: named, planned (on a published map), in force, taken back.

Owns the three moments of each, and tells who follows it: who said it, who watches its thread, who gave it
their voice. What is in force is known by an upper room (`IN_FORCE`). Refuses to tell twice what is known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from portulan.base.registry import Registry
from portulan.events import log
from portulan.maps import codec, happenings, rows
from portulan.maps.discussed import label_of
from portulan.maps.model import Map
from portulan.maps.models import MapIrritant, MapRow, MapVersion, MapVoice
from portulan.pages import queries as said
from portulan.people import actor as actors
from portulan.people.actor import Actor

Told = Literal["answered", "planned", "in_force", "taken_back", "resolved"]


@dataclass(frozen=True)
class InForce:
    """The elements of maps that something in force was made from, by process, and since when it is."""

    elements: frozenset[tuple[str, str]] = frozenset()
    since: datetime | None = None


#: What is in force now, given by the room that builds.
IN_FORCE: Registry[Callable[[Actor], InForce]] = Registry("what is in force")


def settled(actor: Actor, one: MapIrritant, before: str, *, ended: bool, at: datetime) -> None:
    """Note that somebody named what answers an irritant, or that a drawn one is over."""
    told: Told | None = None
    if one.answer != before:
        one.answered_at = at if one.answer else None
        _plan(one, one.answer, None)
        told = "answered" if one.answer else None
        version = _published(one.map.uid)
        if one.answer and version is not None and version.drawn == version.map.draft:
            told = _catch_up(one, version) or told
        one.save()
    if ended:
        told = "resolved"
    if told is not None:
        _tell(actor, {told: [one]}, at)


def published(actor: Actor, row: MapRow, drawn: Map, at: datetime) -> None:
    """Note which irritants of a process the map of it that was just published answers."""
    maps = {one.pk: one for one in MapRow.objects.filter(uid=row.uid, archived_at=None)}
    linked = {one.friction: one.element for one in drawn.answers}
    _keep_linked(maps, linked)
    told: list[MapIrritant] = []
    for one in MapIrritant.objects.filter(map__in=maps).select_related("map"):
        element = one.answer or linked.get(one.key, "")
        stands = bool(element) and label_of(drawn, element) is not None
        if stands != (one.planned_at is not None) or (stands and one.planned != element):
            _plan(one, element, at if stands else None)
            one.save()
            told += [one] if stands else []
    _tell(actor, {"planned": told}, at)


def built(actor: Actor, now: InForce, *, undone: datetime | None = None, at: datetime) -> None:
    """Note which planned answers are in force; those that came since a version now undone are not."""
    told: dict[Told, list[MapIrritant]] = {"in_force": [], "taken_back": []}
    for one in MapIrritant.objects.filter(planned_at__isnull=False).select_related("map"):
        stands = (one.map.uid, one.planned) in now.elements
        if one.in_force_at is not None and (not stands or (undone and one.in_force_at >= undone)):
            one.in_force_at = None
            told["taken_back"].append(one)
        elif one.in_force_at is None and stands and undone is None:
            one.in_force_at = at
            told["in_force"].append(one)
        else:
            continue
        one.save(update_fields=["in_force_at"])
    _tell(actor, told, at)


def _plan(one: MapIrritant, element: str, at: datetime | None) -> None:
    one.planned, one.planned_at, one.in_force_at = element if at else "", at, None


def _catch_up(one: MapIrritant, version: MapVersion) -> Told | None:
    """Note how far an answer is that was published before anybody named it; None when it was not."""
    if label_of(codec.read(version.drawn), one.answer) is None:
        return None
    _plan(one, one.answer, version.at)
    for name in IN_FORCE:
        now = IN_FORCE.get(name)(actors.system())
        if (one.map.uid, one.planned) in now.elements and now.since and now.since > version.at:
            one.in_force_at = now.since
            return "in_force"
    return "planned"


def _published(uid: str) -> MapVersion | None:
    """Return the last published version of the map of a process as it should be."""
    row = MapRow.objects.filter(uid=uid, state="to_be", archived_at=None).first()
    if row is None or row.published_n is None:
        return None
    return MapVersion.objects.filter(map=row, n=row.published_n).select_related("map").first()


def _keep_linked(maps: Mapping[UUID, MapRow], linked: Mapping[str, str]) -> None:
    """Have a line for each drawn irritant that the map says is answered."""
    if not linked:
        return
    missing = [
        MapIrritant(map=row, key=hurt["id"])
        for row in maps.values()
        for step in row.draft["steps"]
        for hurt in step.get("frictions", ())
        if hurt["id"] in linked
    ]
    MapIrritant.objects.bulk_create(missing, ignore_conflicts=True)


def _tell(actor: Actor, told: Mapping[Told, list[MapIrritant]], at: datetime) -> None:
    """Tell those who follow each irritant how far its answer has come."""
    ones = [one for many in told.values() for one in many]
    if not ones:
        return
    book = _Following.of(actor, ones)
    for stage, many in told.items():
        for one in many:
            element, watchers = book.place(one)
            what = happenings.IrritantAdvanced(
                key=one.key,
                stage=stage,
                on=rows.subject(one.map_id),
                element=element,
                title=one.map.title,
                label=label_of(book.drawn[one.map_id], element) or "",
                answer=book.answer(one),
                watchers=watchers,
            )
            log.append(what, actor=actor, subject=what.on, at=at)


@dataclass(frozen=True)
class _Following:
    """Where irritants hurt, who follows them, and the maps that name what answers them."""

    drawn: Mapping[UUID, Map]
    target: Mapping[str, Map]
    threads: Mapping[str, said.Followed]
    voices: Mapping[tuple[UUID, str], list[int]]

    @staticmethod
    def of(actor: Actor, ones: Sequence[MapIrritant]) -> "_Following":
        maps = {one.map_id: one.map for one in ones}
        uids = {row.uid for row in maps.values()}
        aimed = MapRow.objects.filter(uid__in=uids, state="to_be", archived_at=None)
        voices: dict[tuple[UUID, str], list[int]] = {}
        for map_id, key, person in MapVoice.objects.filter(map__in=maps).values_list("map", "key", "person"):
            voices.setdefault((map_id, key), []).append(person)
        followed = said.followed(actor, target="map", ids=maps, kind="irritant")
        return _Following(
            {pk: codec.read(row.draft) for pk, row in maps.items()},
            {row.uid: codec.read(row.draft) for row in aimed},
            {pk.hex: one for pk, one in followed.items()},
            voices,
        )

    def place(self, one: MapIrritant) -> tuple[str, list[int]]:
        """Return the element where an irritant hurts, and who follows it."""
        thread = self.threads.get(one.key)
        if thread is not None:
            return thread.element, sorted(thread.people)
        steps = self.drawn[one.map_id].steps
        held = (step.id for step in steps if any(hurt.id == one.key for hurt in step.frictions))
        return next(held, ""), sorted(self.voices.get((one.map_id, one.key), ()))

    def answer(self, one: MapIrritant) -> str:
        """Return what the element that answers is called."""
        element = one.planned or one.answer
        places = (self.target.get(one.map.uid), self.drawn[one.map_id])
        return next((label for each in places if each and (label := label_of(each, element))), "")
