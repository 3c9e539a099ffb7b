"""The voices for irritants drawn on maps: one a person, given and taken back.

Refuses those who are nobody; an irritant that was said has the votes of its thread.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from portulan.base.refusals import NotAllowed
from portulan.events import log
from portulan.maps import happenings, rows
from portulan.maps.models import MapRow, MapVoice
from portulan.people.actor import Actor


@dataclass(frozen=True)
class Tally:
    """How many gave an irritant their voice; `mine`: the actor did."""

    votes: int = 0
    mine: bool = False


def tallies(actor: Actor, maps: Iterable[UUID]) -> dict[tuple[UUID, str], Tally]:
    """Return the voices for the irritants of some maps, by map and key."""
    counted = (
        MapVoice.objects.filter(map__in=maps)
        .values_list("map", "key")
        .annotate(votes=Count("id"), mine=Count("id", filter=Q(person=actor.id)))
    )
    return {(pk, key): Tally(votes, mine > 0) for pk, key, votes, mine in counted}


def give(actor: Actor, row: MapRow, key: str, *, given: bool, at: datetime) -> None:
    """Give an irritant of a map the actor's voice, or take it back; doing it twice changes nothing.

    :raises NotAllowed: when the actor is no person.
    """
    if actor.id is None:
        raise NotAllowed(details={"verb": "update", "kind": "map"})
    if given:
        _, changed = MapVoice.objects.get_or_create(map=row, key=key, person_id=actor.id)
    else:
        changed = bool(MapVoice.objects.filter(map=row, key=key, person=actor.id).delete()[0])
    if changed:
        what = happenings.IrritantVoted(key, given)
        log.append(what, actor=actor, subject=rows.subject(row.pk), at=at)
