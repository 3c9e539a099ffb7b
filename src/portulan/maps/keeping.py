"""A map kept up to date: who answers for it, what changed since its last review, still valid.

Those who may draw it, and those who answer for it, review it and hand it on.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portulan.base.refusals import NotAllowed
from portulan.events import log
from portulan.maps import codec, happenings, rows
from portulan.maps.changes import Change
from portulan.maps.diff import diff
from portulan.maps.models import MapReview, MapRow
from portulan.pages import reviews
from portulan.pages.targets import Where
from portulan.people import rights
from portulan.people.actor import Actor


@dataclass(frozen=True)
class ReviewView:
    """What changed on a map since it was found valid, or published last; `may`: review it, hand it on."""

    since: datetime | None
    changes: tuple[Change, ...]
    may: bool


def entrust(
    actor: Actor,
    *,
    id: UUID,  # noqa: A002 - the noun of the row
    owner: int | None,
    backup: int | None,
    months: int,
    at: datetime,
) -> None:
    """Say who answers for a map and how often it is reviewed.

    :raises NotAllowed: when the actor neither draws maps nor answers for this one.
    :raises CareNotValid: when a person is gone, or the interval is none of ours.
    """
    with transaction.atomic():
        row = _reviewed(actor, id)
        reviews.assign(actor, Where("map", row.pk), owner=owner, backup=backup, months=months, at=at)


def verify(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Note that the map, as it is drawn now, is still valid; its draft is not touched.

    :raises NotAllowed: when the actor neither draws maps nor answers for this one.
    """
    with transaction.atomic():
        row = rows.drawn(_reviewed(actor, id), at)
        reviews.verified(actor, Where("map", row.pk), version=row.version, at=at)
        MapReview.objects.create(map=row, version=row.version, drawn=row.draft, at=at, by_id=actor.id)
        log.append(happenings.MapVerified(row.version), actor=actor, subject=rows.subject(row.pk), at=at)


def review(actor: Actor, *, id: UUID) -> ReviewView:  # noqa: A002 - the noun of the row
    """Return what changed on a map since it was found valid; of one that never was, since its last version.

    :raises NotThere: when there is no such map.
    """
    row = rows.readable(actor, id)
    known = row.reviews.order_by("-at").first() or row.versions.order_by("-n").first()
    changes = diff(codec.read(known.drawn), codec.read(row.draft)) if known else ()
    return ReviewView(known.at if known else None, tuple(changes), _may(actor, row))


def _reviewed(actor: Actor, map_id: UUID) -> MapRow:
    row = rows.live(actor, "read", map_id)
    if not _may(actor, row):
        raise NotAllowed(details={"verb": "update", "kind": "map"})
    return row


def _may(actor: Actor, row: MapRow) -> bool:
    return rights.allows(actor, "update", "map", row) or reviews.answers(actor, Where("map", row.pk))
