"""Who is on which map now, as the live processes tell one another through the database.

Owns a row for each line that somebody came by; one not told again for half a minute says nothing. Binds to no
map and to no person: what is said may be lost, and never makes who draws wait.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from portulan.maps.models import MapPresence, MapRow
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.queries import Person

LASTS = timedelta(seconds=30)
#: What a column holds; a line that calls itself something larger is not told.
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Seen:
    """Somebody on a map: their line, how often it spoke, who they are, and what others are shown of them."""

    map: UUID
    client: int
    clock: int
    person: int
    place: Mapping[str, Any]


def tell(process: str, here: Collection[Seen], *, at: datetime) -> None:
    """Say who is here by a live process, take back who left it, and sweep what was not told again."""
    rows = [
        MapPresence(process=process, seen_at=at, **{part: getattr(one, part) for part in _PARTS})
        for one in here
        if max(one.client, one.clock) <= LARGEST
    ]
    with transaction.atomic():
        MapPresence.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["map", "client"],
            update_fields=["clock", "person", "place", "process", "seen_at"],
        )
        left = Q(process=process, seen_at__lt=at) | Q(seen_at__lt=at - LASTS)
        MapPresence.objects.filter(left).delete()


def elsewhere(process: str, maps: Collection[UUID], *, at: datetime) -> Sequence[Seen]:
    """Return who is on some maps by the other live processes."""
    rows = MapPresence.objects.filter(map__in=maps, seen_at__gte=at - LASTS).exclude(process=process)
    return [Seen(**row) for row in rows.order_by("map", "client").values(*_PARTS)]


def here(actor: Actor, *, at: datetime) -> dict[UUID, list[Person]]:
    """Return who is on each of the maps that the actor may read, by name."""
    seen: dict[UUID, set[int]] = {}
    told = MapPresence.objects.filter(seen_at__gte=at - LASTS)
    for map_id, person in told.values_list("map", "person"):
        seen.setdefault(map_id, set()).add(person)
    live = MapRow.objects.filter(pk__in=seen, archived_at__isnull=True)
    maps = set(rights.visible(actor, "read", "map", live).values_list("pk", flat=True))
    known = people.named(actor, ids={one for map_id in maps for one in seen[map_id]})
    found = {map_id: [known[one] for one in seen[map_id] if one in known] for map_id in maps}
    return {map_id: sorted(some, key=lambda one: one.name) for map_id, some in found.items() if some}


_PARTS = ("map", "client", "clock", "person", "place")
