"""The figures that say how one stands with a record: what is open about it, was won, renews next.

Every number is the count of a condition of the one language, which is given with it: what is counted is what
the list then shows. Counts what the actor may see alone, in one query per object that points there.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Sum

from portulan.base import calendar as calendars
from portulan.blueprint.schema import Object
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import queries, runtime, sight, values
from portulan.records.asked import Asked


def figures(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> list[dict[str, Any]]:
    """Return, object by object, how many records about this one are open or won, and what they are worth.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    about = runtime.current().object(object_name)
    kinds = (one for one in runtime.current().blueprint.objects if not one.archived)
    return [told for kind in kinds if (told := _told(actor, kind, about, row_id, at)) is not None]


def _told(actor: Actor, kind: Object, about: Object, row_id: int, at: datetime) -> dict[str, Any] | None:
    seen = sight.of(actor, kind)
    link = next((one for one in seen.fields if one.to == about.uid and one.type == "link"), None)
    if link is None or "closed_at" not in seen.names:
        return None
    conditions = _conditions(kind, seen, {"field": link.name, "test": "equals", "value": row_id}, at)
    aggregates: dict[str, Any] = {}
    for name, condition in conditions.items():
        meets = asks.wanted(actor, kind, Asked(condition=condition), at)
        aggregates[f"{name}_count"] = Count("pk", filter=meets)
        if "amount" in seen.names:
            aggregates[f"{name}_amount"] = Sum(seen.names["amount"], filter=meets)
    if "renews" in conditions:
        meets = asks.wanted(actor, kind, Asked(condition=conditions["renews"]), at)
        aggregates["renews_on"] = Min(seen.names["renews_on"], filter=meets)
    here = {values.attribute(link): row_id}
    found = asks.seen(actor, kind.name).filter(**here).order_by().aggregate(**aggregates)
    return {
        "object": kind.name,
        "label": kind.plural.model_dump(),
        "figures": [_figure(name, condition, found) for name, condition in conditions.items()],
    }


def _conditions(
    kind: Object, seen: sight.Sight, here: Mapping[str, Any], at: datetime
) -> dict[str, dict[str, Any]]:
    """Return what is counted of an object: what is open, was won for money, renews from today on."""
    still = {"field": "closed_at", "test": "empty"}
    found: dict[str, dict[str, Any]] = {"open": {"all": [here, still]}}
    pipelines = (one for one in runtime.current().blueprint.pipelines if one.object == kind.uid)
    won = [stage.uid for one in pipelines for stage in one.stages if stage.kind == "won"]
    if won and {"stage", "amount"} <= set(seen.names):
        found["won"] = {"all": [here, {"field": "stage", "test": "in", "value": won}]}
    if "renews_on" in seen.names:
        today = at.astimezone(calendars.DEFAULT.tz).date().isoformat()
        found["renews"] = {"all": [here, still, {"field": "renews_on", "test": "at_least", "value": today}]}
    return found


def _figure(name: str, condition: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": name,
        "count": found[f"{name}_count"],
        "amount": values.dump(found.get(f"{name}_amount")),
        "on": values.dump(found["renews_on"]) if name == "renews" else None,
        "condition": condition,
    }
