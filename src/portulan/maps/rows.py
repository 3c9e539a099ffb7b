"""The rows of maps: found under lock for a write, inserted, redrawn.

Refuses a second live map of one process in one state.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.base.refusals import NotNow, NotThere
from portulan.maps import codec, documents
from portulan.maps.layout import Layout
from portulan.maps.model import Map
from portulan.maps.models import MapRow
from portulan.pages import reviews
from portulan.pages.targets import Where
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb


class PlaceTaken(NotNow):
    """The process already has a live map in that state."""

    code = "maps.place_taken"


@dataclass(frozen=True)
class Origin:
    """The log that a map was found in, and which step each label of the log became."""

    log: str
    mapping: dict[str, str | None] = field(default_factory=dict)


def live(actor: Actor, verb: Verb, map_id: UUID) -> MapRow:
    """Return a live map under lock, when the actor may do this to it.

    :raises NotThere: when there is none.
    """
    return one(actor, verb, map_id, archived=False)


def one(actor: Actor, verb: Verb, map_id: UUID, *, archived: bool) -> MapRow:
    """Return a map, live or of the bin, under lock, when the actor may do this to it.

    :raises NotThere: when there is none.
    """
    known = rights.visible(actor, "read", "map", MapRow.objects.select_for_update())
    row = known.filter(pk=map_id, archived_at__isnull=not archived).first()
    if row is None:
        raise NotThere
    rights.require(actor, verb, "map", row)
    return row


def readable(actor: Actor, map_id: UUID) -> MapRow:
    """Return a live map that the actor may read.

    :raises NotThere: when there is none.
    """
    row = (
        rights.visible(actor, "read", "map", MapRow.objects.all()).filter(pk=map_id, archived_at=None).first()
    )
    if row is None:
        raise NotThere
    return row


def insert(actor: Actor, drawn: Map, layout: Layout, origin: Origin | None, at: datetime) -> MapRow:
    """Store a new map; who draws it answers for it until somebody else does.

    :raises PlaceTaken: when its process already has a live map in that state.
    """
    require_place(drawn.uid, drawn.state)
    row = MapRow.objects.create(
        uid=drawn.uid,
        state=drawn.state,
        title=drawn.title,
        subject=drawn.subject or "",
        draft=codec.dump(drawn),
        layout=codec.dump(layout),
        origin_log=origin.log if origin else "",
        mappings={origin.log: origin.mapping} if origin else {},
        created_at=at,
        created_by_id=actor.id,
        updated_at=at,
        updated_by_id=actor.id,
    )
    reviews.begin(actor, Where("map", row.pk), at=at)
    return row


def redraw(actor: Actor, row: MapRow, draft: dict[str, Any], layout: dict[str, Any], at: datetime) -> int:
    """Give a map another draft, merged into what others draw now, and return its new version."""
    documents.merge(actor, row, draft, layout, at)
    told = documents.drawn(row)
    drawn, placed, _ = told or (draft, layout, None)
    return _store(row, drawn, placed, actor.id, at)


def drawn(row: MapRow, at: datetime) -> MapRow:
    """Return a map that is under lock, its draft as its shared document says."""
    told = documents.drawn(row)
    if told is None or told[:2] == (row.draft, row.layout):
        return row
    _store(row, *told, at)
    row.refresh_from_db()
    return row


def _store(row: MapRow, draft: dict[str, Any], layout: dict[str, Any], by: int | None, at: datetime) -> int:
    MapRow.objects.filter(pk=row.pk).update(
        draft=draft,
        layout=layout,
        title=draft["title"],
        subject=draft["subject"] or "",
        version=row.version + 1,
        updated_at=at,
        updated_by_id=by,
    )
    return row.version + 1


def require_place(uid: str, state: str) -> None:
    """Do nothing when a process has no live map in that state.

    :raises PlaceTaken: when it has one.
    """
    taken = MapRow.objects.filter(uid=uid, state=state, archived_at__isnull=True).first()
    if taken is not None:
        raise PlaceTaken(title=taken.title, details={"id": str(taken.pk)})


def is_live(uid: str, *states: str) -> bool:
    """Return whether a process has a live map, in one of some states where they are named."""
    live = MapRow.objects.filter(uid=uid, archived_at__isnull=True)
    return (live.filter(state__in=states) if states else live).exists()


def step_ids() -> set[str]:
    """Return the ids of the steps of every live map."""
    drafts = MapRow.objects.filter(archived_at__isnull=True).values_list("draft__steps", flat=True)
    return {step["id"] for steps in drafts for step in steps}


def uids() -> set[str]:
    """Return the processes that have or had a map."""
    return set(MapRow.objects.values_list("uid", flat=True))


def subject(map_id: UUID) -> str:
    """Return how the log of events names a map."""
    return f"map:{map_id}"
