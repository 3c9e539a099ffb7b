"""The front desk of who is where: the maps that somebody looks at now."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.base import clock
from portulan.maps import presence

router = Router(tags=["maps"])


class ThereOut(Schema):
    """Somebody on a map."""

    id: int
    name: str
    initials: str
    hue: int


class PresenceOut(Schema):
    """A map, and who is on it now, by name."""

    map: UUID
    people: list[ThereOut]


@router.get("/presences", response=list[PresenceOut])
def presences(request: HttpRequest) -> Any:
    """Return the maps on which somebody is now."""
    found = presence.here(actor_of(request), at=clock.now())
    return [{"map": map_id, "people": people} for map_id, people in found.items()]
