"""What happened in the last thirty days where a map says to look: steps entered, touchpoints, weak signals.

Owns the honest silence: what cannot be counted (nothing is watched, the map is not in force, the actor may
not read those records) is absent, never zero.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from portulan.base.conditions.model import All, Condition, Test
from portulan.base.refusals import Refusal
from portulan.blueprint.schema import Pipeline
from portulan.events import queries as events
from portulan.maps import queries as maps
from portulan.maps.model import Map, Signal, Touchpoint, Watch
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import rows, runtime, summary
from portulan.records.asked import Asked

DAYS = 30
_MOVED, _CREATED = "record.moved", "record.created"


@dataclass(frozen=True)
class Lately:
    """How often, by step, and by what is watched: `step.touchpoint` or `step.signal`."""

    days: int
    steps: dict[str, int]
    watched: dict[str, int]


def lately(actor: Actor, *, map_id: UUID, at: datetime) -> Lately:
    """Return what happened lately on a map.

    :raises NotThere: when there is no such map.
    """
    drawn = maps.get_map(actor, id=map_id).map
    counted = {key: _count(actor, watch, at) for key, watch in _watches(drawn)}
    return Lately(
        days=DAYS,
        steps=_entered(actor, drawn, at),
        watched={key: n for key, n in counted.items() if n is not None},
    )


def _watches(drawn: Map) -> Iterator[tuple[str, Watch]]:
    for step in drawn.steps:
        watched: tuple[Touchpoint | Signal, ...] = (*step.touchpoints, *step.signals)
        for one in watched:
            if one.watch is not None:
                yield f"{step.id}.{one.id}", one.watch


def _count(actor: Actor, watch: Watch, at: datetime) -> int | None:
    """Return how many records came that meet what is watched, None when nobody can say."""
    kind = next((one for one in runtime.current().blueprint.objects if one.uid == watch.object), None)
    if kind is None:
        return None
    recent = Test(field="created_at", test="within_last", value={"amount": DAYS, "unit": "days"})
    parts: tuple[Condition, ...] = (recent, watch.condition) if watch.condition is not None else (recent,)
    condition = All(all=parts).model_dump(mode="json", by_alias=True)
    try:
        found = summary.summary(actor, object_name=kind.name, asked=Asked(condition), at=at)
    except Refusal:
        return None
    return int(found["count"])


def _entered(actor: Actor, drawn: Map, at: datetime) -> dict[str, int]:
    """Return how many records came to each step of a map in force, of those that the actor may see."""
    travelled = _in_force(drawn)
    if travelled is None:
        return {}
    kind = next(one for one in runtime.current().blueprint.objects if one.uid == travelled.object)
    if not rights.allows(actor, "read", "record", kind.name):
        return {}
    seen = {rows.subject(kind, pk) for pk in asks.seen(actor, kind.name).values_list("pk", flat=True)}
    happened = events.of_kinds((_MOVED, _CREATED), since=at - timedelta(days=DAYS), until=at)
    counted: Counter[str] = Counter()
    for subject, what, data in happened.values_list("subject", "kind", "data"):
        if data.get("pipeline") == travelled.uid and subject in seen:
            counted[data["to"] if what == _MOVED else data["stage"]] += 1
    return {stage.uid: counted[stage.uid] for stage in travelled.stages if not stage.archived}


def _in_force(drawn: Map) -> Pipeline | None:
    live = (one for one in runtime.current().blueprint.pipelines if not one.archived)
    return next((one for one in live if one.uid == drawn.uid and drawn.state == "to_be"), None)
