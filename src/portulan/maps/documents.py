"""The shared documents of maps in the database: made of a draft, appended to, gathered, told to the draft.

Owns which update comes after which: every write holds the lock of the map's row. Several processes converge
by reading the updates after the last one that they know. Refuses a document too large.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from pycrdt import Doc

from portulan.base.refusals import NotNow
from portulan.maps import codec
from portulan.maps.models import MapDocument, MapRow, MapUpdate
from portulan.maps.shared.read import read
from portulan.maps.shared.write import write
from portulan.people.actor import Actor

#: Bytes of a document, and of one update: a map of 2,000 steps, everything said, takes a quarter.
MOST_BYTES, MOST_UPDATE_BYTES = 16 * 1024**2, 2 * 1024**2
#: Updates kept one by one before they go into the state.
_GATHERED = 200
Json = dict[str, Any]


class DocumentTooLarge(NotNow):
    """The shared document has no room for more."""

    code = "maps.document_too_large"


@dataclass(frozen=True)
class Head:
    """Where a document stands: its last update, the last one that the draft says, the draft's version."""

    n: int
    drawn_n: int
    version: int


@dataclass(frozen=True)
class News:
    """What a reader of a document does not know yet, and where it stands then."""

    updates: tuple[bytes, ...]
    n: int


def of(row: MapRow) -> MapDocument:
    """Return the document of a map that is under lock, made of its draft the first time."""
    found = MapDocument.objects.filter(pk=row.pk).first()
    if found is not None:
        return found
    doc: Doc[Any] = Doc()
    write(doc, ({}, {}), (row.draft, row.layout))
    state = doc.get_update()
    return MapDocument.objects.create(pk=row.pk, state=state, size=len(state))


def append(actor: Actor, row: MapRow, update: bytes, at: datetime) -> int:
    """Add an update to the document of a map that is under lock, and return its number.

    :raises DocumentTooLarge: when there is no room for it.
    """
    document = of(row)
    if (
        document.size + len(update) > MOST_BYTES
        and _gather(document, load(document)) + len(update) > MOST_BYTES
    ):
        raise DocumentTooLarge
    n = document.head_n + 1
    MapUpdate.objects.create(document=document, n=n, change=update, at=at, by_id=actor.id)
    MapDocument.objects.filter(pk=row.pk).update(head_n=n, size=F("size") + len(update))
    return n


def merge(actor: Actor, row: MapRow, draft: Json, layout: Json, at: datetime) -> None:
    """Write what leads from the draft of a map to another one into its document, when it has one."""
    document = MapDocument.objects.filter(pk=row.pk).first()
    if document is None:
        return
    doc = load(document)
    written: list[bytes] = []
    watch = doc.observe(lambda event: written.append(event.update))
    write(doc, (row.draft, row.layout), (draft, layout))
    doc.unobserve(watch)
    for update in written:
        append(actor, row, update, at)


def drawn(row: MapRow) -> tuple[Json, Json, int | None] | None:
    """Return the draft and the layout that a document says, and its last writer; None when nothing is new."""
    document = MapDocument.objects.filter(pk=row.pk).first()
    if document is None or document.drawn_n == document.head_n:
        return None
    doc = load(document)
    found, layout = read(doc, uid=row.uid, state=row.state, title=row.title)
    by = document.updates.order_by("-n").values_list("by_id", flat=True).first()
    if document.head_n - document.base_n > _GATHERED:
        _gather(document, doc)
    MapDocument.objects.filter(pk=row.pk).update(drawn_n=document.head_n)
    return codec.dump(found), codec.dump(layout), by


def load(document: MapDocument) -> Doc[Any]:
    """Return a document with all its updates."""
    doc: Doc[Any] = Doc()
    doc.apply_update(bytes(document.state))
    for update in document.updates.order_by("n").values_list("change", flat=True):
        doc.apply_update(bytes(update))
    return doc


def heads(ids: Iterable[UUID]) -> dict[UUID, Head]:
    """Return where the documents of live maps stand."""
    rows = MapDocument.objects.filter(pk__in=list(ids), map__archived_at__isnull=True)
    known = rows.values_list("pk", "head_n", "drawn_n", "map__version")
    return {pk: Head(*head) for pk, *head in known}


def behind() -> list[UUID]:
    """Return the maps whose draft does not say what their document does."""
    return list(MapDocument.objects.exclude(drawn_n=F("head_n")).values_list("pk", flat=True))


def news(map_id: UUID, after: int) -> News:
    """Return the updates after one of them: the whole state when they were gathered meanwhile."""
    known = MapUpdate.objects.filter(document=map_id, n__gt=after).order_by("n")
    added = list(known.values_list("n", "change"))
    base_n, state = MapDocument.objects.values_list("base_n", "state").get(pk=map_id)
    whole = [(base_n, state)] if base_n > after else []
    told = [*whole, *added]
    return News(tuple(bytes(change) for _, change in told), max([after, *(n for n, _ in told)]))


def _gather(document: MapDocument, doc: Doc[Any]) -> int:
    """Put the updates into the state and return its size."""
    state = doc.get_update()
    document.updates.all().delete()
    MapDocument.objects.filter(pk=document.pk).update(state=state, base_n=document.head_n, size=len(state))
    return len(state)
