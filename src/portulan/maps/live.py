"""Drawing one map together: come to its shared document, take in what somebody changed, tell the draft.

The draft of the map stays what everything else reads; it is told shortly after the last change, and before
a publication. Rights are asked anew for every change.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from pycrdt import Doc

from portulan.maps import documents, rows
from portulan.maps.models import MapRow
from portulan.maps.shared import contain
from portulan.people import rights
from portulan.people.actor import Actor


@dataclass(frozen=True)
class Opened:
    """The shared document of a map, and where it stands."""

    doc: Doc[Any]
    head: documents.Head


def join(actor: Actor, *, id: UUID) -> Opened:  # noqa: A002 - the noun of the row
    """Return the shared document of a live map, made of its draft the first time.

    :raises NotThere: when there is no such map for the actor.
    """
    with transaction.atomic():
        row = rows.live(actor, "read", id)
        document = documents.of(row)
        head = documents.Head(document.head_n, document.drawn_n, row.version)
        return Opened(documents.load(document), head)


def receive(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    doc: Doc[Any],
    update: bytes,
    at: datetime,
) -> tuple[int | None, bytes]:
    """Take an update into a copy of the document and keep it; return its number and what it did.

    The number is None when it changed nothing. A refusal after the first line of defence may leave the copy
    ahead of what is kept: load it again then.

    :raises NotAllowed: when the actor may not draw, or no longer.
    :raises UpdateNotReadable: when the bytes are no update of a map.
    :raises DocumentTooLarge: when there is no room for it.
    """
    with transaction.atomic():
        row = rows.live(actor, "update", id)
        told = contain.receive(doc, update)
        return (documents.append(actor, row, told, at) if told else None), told


def tell_draft(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Let the draft of a map say what its shared document does.

    :raises NotThere: when there is no such live map.
    """
    with transaction.atomic():
        rows.drawn(rows.live(actor, "read", id), at)


def may_draw(actor: Actor, *, id: UUID) -> bool | None:  # noqa: A002 - the noun of the row
    """Return whether the actor may draw on a live map, None when they may not even read it."""
    row = rights.visible(actor, "read", "map", MapRow.objects.filter(pk=id, archived_at__isnull=True)).first()
    return None if row is None else rights.allows(actor, "update", "map", row)
