"""How sound the records are: what critical fields lack, whose nobody is, what sleeps, what is there twice.

Every number is the count of a condition of the one language, which is given with it: what is counted is what
the list then shows. Critical are the fields that gates ask for and those that identify.
"""

from datetime import datetime
from typing import Any, Literal

from django.db.models import Count

from portulan.blueprint.schema import Field, Object
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import runtime, sight
from portulan.records.asked import Asked
from portulan.records.models import Suspect
from portulan.records.pipeline import LOSS_REASON

Whose = Literal["all", "team", "me"]
_IDENTIFYING = frozenset({"siren", "email", "phone"})
_TOKENS = {"team": "my_team", "me": "me"}
_SLEEPS: dict[str, Any] = {
    "field": "updated_at",
    "test": "older_than",
    "value": {"amount": 12, "unit": "months"},
}


def quality(actor: Actor, *, whose: Whose, at: datetime) -> list[dict[str, Any]]:
    """Return, object by object, what the actor may see of how sound the records are, in two queries each."""
    kinds = (one for one in runtime.current().blueprint.objects if not one.archived)
    return [told for kind in kinds if (told := _told(actor, kind, whose, at)) is not None]


def _told(actor: Actor, kind: Object, whose: Whose, at: datetime) -> dict[str, Any] | None:
    seen = sight.of(actor, kind)
    names = {one.name for one in seen.fields}
    if not names or (whose != "all" and "owner" not in names):
        return None
    mine = (
        [{"field": "owner", "test": "equals", "value": {"actor": _TOKENS[whose]}}] if whose != "all" else []
    )
    checks = {f"empty:{one.name}": _empty(one.name) for one in _critical(kind, seen)}
    if "updated_at" in names:
        checks["sleeps"] = _SLEEPS
    conditions = {name: {"all": [*mine, one]} if mine else one for name, one in checks.items()}
    counts = {
        f"_{index}": Count("pk", filter=asks.wanted(actor, kind, Asked(condition=one), at))
        for index, one in enumerate(conditions.values())
    }
    rows = asks.seen(actor, kind.name).order_by()
    whole = rows.filter(asks.wanted(actor, kind, Asked(condition={"all": mine} if mine else None), at))
    found = whole.aggregate(_total=Count("pk"), **counts)
    labels = {one.name: one.label.say(actor.lang) for one in seen.fields}
    return {
        "object": kind.name,
        "label": kind.plural.say(actor.lang),
        "total": found["_total"],
        "checks": [
            {
                "kind": name.partition(":")[0],
                "label": labels.get(name.partition(":")[2], ""),
                "count": found[f"_{index}"],
                "condition": one,
            }
            for index, (name, one) in enumerate(conditions.items())
        ],
        "duplicates": Suspect.objects.filter(object=kind.uid, one__in=whole.values("pk")).count(),
    }


def _critical(kind: Object, seen: sight.Sight) -> list[Field]:
    """Return the readable fields that gates ask for, those that identify, and whose a record is."""
    travelled = [one for one in runtime.current().blueprint.pipelines if one.object == kind.uid]
    asked = {
        uid
        for one in travelled
        if not one.archived
        for required in (*(s.required for s in one.stages), *(p.required for p in one.transitions))
        for uid in required
        if uid != LOSS_REASON  # asked of what is lost alone
    }
    return [
        one
        for one in seen.fields
        if one.type != "links" and (one.uid in asked or one.type in _IDENTIFYING or one.name == "owner")
    ]


def _empty(name: str) -> dict[str, Any]:
    return {"field": name, "test": "empty"}
