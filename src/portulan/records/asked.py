"""What a list, a board or a summary is asked for, as a filter and a sort that the actor may use.

Refuses conditions and sorts on fields hidden from the actor, at any depth: what one may not read, one
may not guess by filtering either.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Round

from portulan.base.conditions import check, walk
from portulan.base.conditions.meet import Circumstances
from portulan.base.conditions.model import Condition
from portulan.base.fold import fold
from portulan.base.refusals import NotValid, Problem
from portulan.blueprint import shapes
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import finding, folding, keyset, query, related, runtime, scope, sight, state, values

#: The sort by what a record is worth: its amount times its probability.
WEIGHTED = "weighted"


class SortNotValid(NotValid):
    """The list cannot be sorted so."""

    code = "records.sort_not_valid"


@dataclass(frozen=True)
class Asked:
    """What a list, or the bin, is asked for: a condition as JSON, words, a sort, the place to go on from."""

    condition: Any = None
    words: str = ""
    sort: str = "id"
    after: str = ""
    limit: int = 50
    binned: bool = False


def seen(actor: Actor, object_name: str) -> QuerySet[Model]:
    """Return the live records that the actor may read."""
    rows = runtime.current().model(object_name).objects.filter(deleted_at__isnull=True)
    return rights.visible(actor, "read", "record", rows)


def binned(actor: Actor, object_name: str) -> QuerySet[Model]:
    """Return the records of the bin that the actor may read and take back."""
    rows = runtime.current().model(object_name).objects.filter(deleted_at__isnull=False)
    return rights.visible(actor, "delete", "record", rights.visible(actor, "read", "record", rows))


def wanted(actor: Actor, kind: Object, asked: Asked, at: datetime) -> Q:
    """Return the filter of the words and the condition.

    :raises ConditionNotValid: when the condition does not read, or names what the actor may not read.
    """
    wanted = _holding(actor, kind, asked)
    if asked.condition is None:
        return wanted
    schema = shapes.conditions_of(runtime.current().blueprint)
    condition = check.read(asked.condition, schema, kind.name)
    hidden = sorted(set(_hidden(actor, kind, condition)))
    if hidden:
        raise check.ConditionNotValid(
            *(Problem(path, "records.field_unknown", {"field": path}) for path in hidden)
        )
    now = Circumstances(at, me=actor.id, my_team=actor.teammate_ids)

    def rows_of(object_name: str, name: str) -> tuple[QuerySet[Model], str]:
        here = runtime.current().object(object_name)
        linked = related.linked_field(here, name)
        if linked is not None:
            return seen(actor, related.target_of(linked).name), f"{state.reverse_name(here, linked)}__a"
        source, link = related.relation(here, name)
        return seen(actor, source.name), values.attribute(link)

    return wanted & query.q_of(condition, kind.name, query.Ground(schema, now, rows_of))


def may_ask(actor: Actor, kind: Object, *, fields: Iterable[str], conditions: Iterable[Condition]) -> bool:
    """Return whether the actor may read the title of an object, these fields and what conditions name."""
    return all(may_read(actor, kind, one) for one in (sight.title(kind), *fields)) and not any(
        True for one in conditions for _ in _hidden(actor, kind, one)
    )


def sorting(sort: str, seen: sight.Sight) -> tuple[list[keyset.Key], dict[str, Any]]:
    """Return the keys of a sort, and the annotations that they need.

    :raises SortNotValid: when nothing readable bears that name, or it has no order.
    """
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    if name == "id":
        return [], {}
    if name == WEIGHTED:
        return [keyset.Key("_sort", descending)], {"_sort": _weighted(seen.kind, seen.fields)}
    field = next((one for one in seen.fields if one.name == name), None)
    if field is None or TYPES.get(field.type).kind in ("choices", "links"):
        raise SortNotValid(Problem("sort", "records.field_unknown", {"field": name}))
    if values.is_link(field) or TYPES.get(field.type).kind == "text":
        text = seen.titles[sight.title_key(field)] if values.is_link(field) else F(name)
        return [keyset.Key("_sort", descending)], {"_sort": folding.Folded(text)}
    return [keyset.Key(name, descending)], {}


def may_read(actor: Actor, kind: Object, path: str) -> bool:
    """Return whether the actor may read a field, or a field of what it links to."""
    name, _, rest = path.partition(".")
    readable = scope.readable(runtime.current().blueprint, actor, kind)
    field = next((one for one in readable if one.name == name), None)
    if field is None:
        return False
    return not rest or may_read(actor, related.target_of(field), rest)


def _holding(actor: Actor, kind: Object, asked: Asked) -> Q:
    """Return the filter of the words, as search finds them; the bin, which it leaves out, by its titles."""
    title, words = sight.title(kind), fold(asked.words.replace("\0", " ")).split()
    if not may_read(actor, kind, title):
        return query.NEVER
    if not words:
        return Q()
    named = query.folded_search(title, asked.words.replace("\0", " "))
    if asked.binned:
        return named
    found = Q(pk__in=finding.rows_holding(kind, words))
    return found & named if finding.sees_titles_only(actor, kind) else found


def _hidden(actor: Actor, kind: Object, condition: Condition) -> Iterator[str]:
    for path in walk.fields_of(condition):
        if not may_read(actor, kind, path):
            yield path
    for name, where in walk.looks_of(condition):
        source, owner, link = _looked_into(kind, name)
        if not may_read(actor, owner, link):
            yield name
        elif where is not None:
            yield from _hidden(actor, source, where)


def _looked_into(kind: Object, name: str) -> tuple[Object, Object, str]:
    """Return the object that a relation looks into, and the field by which, of which object."""
    linked = related.linked_field(kind, name)
    if linked is not None:
        return related.target_of(linked), kind, linked.name
    source, link = related.relation(kind, name)
    return source, source, link.name


def _weighted(kind: Object, fields: tuple[Field, ...]) -> Any:
    """Return the worth as a whole number, in which both databases agree to the last digit."""
    names = {field.uid: field.name for field in fields}
    if "amount" not in names or "stage" not in names:
        raise SortNotValid(Problem("sort", "records.field_unknown", {"field": WEIGHTED}))
    stages = [
        When(Q(stage=stage.uid), then=Value(stage.probability))
        for one in runtime.current().blueprint.pipelines
        for stage in one.stages
        if one.object == kind.uid and stage.probability is not None
    ]
    standard = Case(*stages, default=Value(None), output_field=BigIntegerField())
    chance = Coalesce(F(names["probability"]), standard) if "probability" in names else standard
    return Cast(Round(F(names["amount"]) * Cast(chance, BigIntegerField())), BigIntegerField())
