"""The front desk of what mends a map: fixes, a phase gathered, a sketch that becomes a process."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.api.maps import MadeOut
from portulan.base import clock
from portulan.maps import codec, fixes, operations, queries
from portulan.maps.model import Map

router = Router(tags=["maps"], by_alias=True)


class OfferOut(Schema):
    """What would mend a finding in one move, in words; with a phase, gathering it into a map of its own."""

    code: str
    element: str | None
    about: str
    say: str
    phase: str


class FixIn(Schema):
    """A map as it is on screen, and the finding to mend."""

    map: dict[str, Any]
    code: str
    element: str | None = None
    about: str = ""


class ProcessIn(Schema):
    """What travels through the process that is made."""

    subject: str | None = None


class GatherIn(Schema):
    """A map as it is on screen, and the phase to gather."""

    map: dict[str, Any]
    phase: str


class GatheredOut(Schema):
    """The map as it is once a phase is gathered, and the map that was made of it."""

    map: Map
    made: UUID


class FixedOut(Schema):
    """The map as it is once mended."""

    map: Map


@router.post("/maps/fix", response=FixedOut)
def fix_map(request: HttpRequest, wanted: FixIn) -> Any:  # noqa: ARG001 - a map in, a map out, nothing stored
    """Return a map once one of its findings is mended; nothing is saved."""
    return {"map": fixes.mended(codec.read(wanted.map), wanted.code, wanted.element or "", wanted.about)}


@router.get("/maps/{uuid:map_id}/fixes", response=list[OfferOut])
def map_fixes(request: HttpRequest, map_id: UUID) -> Any:
    """Return what would mend the findings of a map, for those that one move mends."""
    actor = actor_of(request)
    return [
        {
            "code": offer.finding.code,
            "element": offer.finding.element or None,
            "about": offer.finding.about,
            "say": offer.say(actor.lang),
            "phase": offer.phase,
        }
        for offer in queries.fixes_of(actor, id=map_id)
    ]


@router.post("/maps/{uuid:map_id}/process", response=MadeOut)
def become_process(request: HttpRequest, map_id: UUID, wanted: ProcessIn) -> Any:
    """Make a process of a map that builds nothing; the map stays as it is."""
    actor = actor_of(request)
    return {"id": operations.become_process(actor, id=map_id, subject=wanted.subject, at=clock.now())}


@router.post("/maps/{uuid:map_id}/gather", response=GatheredOut)
def gather_phase(request: HttpRequest, map_id: UUID, wanted: GatherIn) -> Any:
    """Draw a phase as a map of its own, and return the map as it would be; that one is not saved."""
    actor = actor_of(request)
    drawn = codec.read(wanted.map)
    made, outer = operations.gather(actor, id=map_id, drawn=drawn, phase=wanted.phase, at=clock.now())
    return {"map": outer, "made": made}
