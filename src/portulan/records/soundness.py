"""What is counted of how sound records are: the checks of an object, and their counts by whose they are.

Critical are the fields that gates ask for, those that identify, and whose a record is. A check is named by
the uid of its field, so that what was counted before a rename goes on.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from portulan.blueprint.schema import Field, Object
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import runtime
from portulan.records.asked import Asked
from portulan.records.models import Suspect
from portulan.records.pipeline import LOSS_REASON

_IDENTIFYING = frozenset({"siren", "email", "phone"})
_EMPTY, _SLEEPS = "empty", "sleeps"
DUPLICATES, CHECKED = "duplicates", "checked"
_OLD: dict[str, Any] = {
    "field": "updated_at",
    "test": "older_than",
    "value": {"amount": 12, "unit": "months"},
}
#: Counts by the key of their check, with how many records there are and how many pairs wait.
Figures = Counter[str]


@dataclass(frozen=True)
class Check:
    """Something that records should not be, as the condition that its number counts."""

    key: str
    label: str
    condition: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """What sort of check it is."""
        return self.key.partition(":")[0]


def checks_of(actor: Actor, kind: Object, fields: Iterable[Field]) -> list[Check]:
    """Return the checks of an object, over the fields that the actor may read."""
    known = list(fields)
    found = [
        Check(f"{_EMPTY}:{one.uid}", one.label.say(actor.lang), {"field": one.name, "test": "empty"})
        for one in _critical(kind, known)
    ]
    dated = any(one.name == "updated_at" for one in known)
    return [*found, *([Check(_SLEEPS, "", _OLD)] if dated else [])]


def figures_by_holder(
    actor: Actor, kind: Object, checks: Iterable[Check], *, where: Mapping[str, Any] | None, at: datetime
) -> dict[int | None, Figures]:
    """Return what the actor may see of the counts, by the owner of the records, in two queries.

    An object without a readable owner has them all under None.
    """
    counts = {
        one.key: Count("pk", filter=asks.wanted(actor, kind, Asked(condition=one.condition), at))
        for one in checks
    }
    columns = {f"_{index}": count for index, count in enumerate((Count("pk"), *counts.values()))}
    names = (CHECKED, *counts)
    rows = asks.seen(actor, kind.name).order_by()
    whole = rows.filter(asks.wanted(actor, kind, Asked(condition=where), at))
    if not is_owned(actor, kind):
        found = whole.aggregate(**columns)
        figures = Figures(dict(zip(names, (found[one] for one in columns), strict=True)))
        figures[DUPLICATES] = Suspect.objects.filter(object=kind.uid, one__in=whole.values("pk")).count()
        return {None: figures}
    grouped: Any = whole.values_list("owner_id").annotate(**columns)
    told = {
        holder: Figures({DUPLICATES: 0, **dict(zip(names, counted, strict=True))})
        for holder, *counted in grouped
    }
    owner = Subquery(rows.filter(pk=OuterRef("one")).values("owner_id")[:1])
    pairs = Suspect.objects.filter(object=kind.uid, one__in=whole.values("pk")).annotate(_owner=owner)
    for holder, n in pairs.order_by().values_list("_owner").annotate(n=Count("pk")):
        told.setdefault(holder, Figures())[DUPLICATES] = n
    return told


def is_owned(actor: Actor, kind: Object) -> bool:
    """Return whether the actor may read whose the records are."""
    return asks.may_read(actor, kind, "owner")


def together(figures: Mapping[int | None, Figures], people: Collection[int | None] | None = None) -> Figures:
    """Return the counts of the records of some people, or of everybody's and nobody's."""
    found = Figures()
    for holder, one in figures.items():
        if people is None or holder in people:
            found.update(one)
    return found


def complete(figures: Mapping[str, int], keys: Iterable[str]) -> float | None:
    """Return the share of the critical fields that are filled; None when there is nothing to fill."""
    empty = [figures[key] for key in keys if key.partition(":")[0] == _EMPTY and key in figures]
    cells = len(empty) * figures.get(CHECKED, 0)
    return round(1 - sum(empty) / cells, 4) if cells else None


def _critical(kind: Object, fields: list[Field]) -> list[Field]:
    """Return the fields that gates ask for, those that identify, and whose a record is."""
    travelled = [one for one in runtime.current().blueprint.pipelines if one.object == kind.uid]
    wanted = {
        uid
        for one in travelled
        if not one.archived
        for required in (*(s.required for s in one.stages), *(p.required for p in one.transitions))
        for uid in required
        if uid != LOSS_REASON  # asked of what is lost alone
    }
    return [
        one
        for one in fields
        if one.type != "links" and (one.uid in wanted or one.type in _IDENTIFYING or one.name == "owner")
    ]
