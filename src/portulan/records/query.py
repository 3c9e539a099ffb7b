"""A condition as SQL: the twin, on both databases, of `base.conditions.meet`.

Owns the translation of checked conditions to Q. The logic has two values like its twin: a negation is
pushed down to the tests, where an absent value answers for itself, so that no null of SQL leaks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, StrIndex
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.db.models.lookups import IntegerGreaterThan as IntegerGreater

from portulan.base.conditions import operands
from portulan.base.conditions.meet import DENIALS, RELATIVE, Circumstances
from portulan.base.conditions.model import All, AnyOf, Condition, Count, NoneOf, Not, Some, Test
from portulan.base.conditions.schema import ConditionSchema, FieldShape
from portulan.base.conditions.window import window
from portulan.base.fold import fold
from portulan.records import folding

NEVER = Q(pk__in=[])
ALWAYS = ~NEVER


@dataclass(frozen=True)
class Ground:
    """What a translation stands on: the schema, the related rows by relation, the circumstances.

    `related(object, relation)` returns the live rows of a relation and the name of their link back.
    """

    schema: ConditionSchema
    now: Circumstances
    related: Callable[[str, str], tuple[QuerySet[Model], str]]


def q_of(condition: Condition, object_name: str, ground: Ground) -> Q:
    """Return the filter that selects the rows which meet a condition that was checked."""
    return _q(condition, object_name, ground, positive=True)


def _q(condition: Condition, name: str, ground: Ground, *, positive: bool) -> Q:
    match condition:
        case All():
            return _join(condition.all, name, ground, every=positive, positive=positive)
        case AnyOf():
            return _join(condition.any, name, ground, every=not positive, positive=positive)
        case Not():
            return _q(condition.not_, name, ground, positive=not positive)
        case Test():
            return _test(condition, name, ground, positive=positive)
        case _:
            return _relation(condition, name, ground, positive=positive)


def _join(parts: tuple[Condition, ...], name: str, ground: Ground, *, every: bool, positive: bool) -> Q:
    made = [_q(part, name, ground, positive=positive) for part in parts]
    if not made:
        return ALWAYS if every else NEVER
    return reduce(and_ if every else or_, made)


def _relation(condition: Some | NoneOf | Count, name: str, ground: Ground, *, positive: bool) -> Q:
    relation, where = _parts(condition)
    rows, link = ground.related(name, relation)
    shape = ground.schema.find_relation(name, relation)
    if where is not None and shape is not None:
        rows = rows.filter(q_of(where, shape.to, ground))
    mine = rows.filter(**{link: OuterRef("pk")})
    if isinstance(condition, Count):
        counted = mine.order_by().values(link).annotate(_n=CountRows("pk")).values("_n")
        number = Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
        holds = Q(_COMPARE[condition.test](number, Value(condition.value)))
    else:
        holds = Q(Exists(mine))
    return holds if positive is not isinstance(condition, NoneOf) else ~holds


def _parts(condition: Some | NoneOf | Count) -> tuple[str, Condition | None]:
    match condition:
        case Some():
            return condition.some, condition.where
        case NoneOf():
            return condition.none, condition.where
        case Count():
            return condition.count, condition.where


def _test(test: Test, name: str, ground: Ground, *, positive: bool) -> Q:
    if test.test in DENIALS:
        denied = test.model_copy(update={"test": DENIALS[test.test]})
        return _test(denied, name, ground, positive=not positive)
    shape = ground.schema.find_field(name, test.field)
    if shape is None:
        raise LookupError(f"the condition was not checked: {test.field}")
    path = column(test.field, shape)
    absent = _absent(path, shape)
    if test.test in ("empty", "not_empty"):
        return absent if positive is (test.test == "empty") else ~absent
    holds = _holds(test, path, shape, ground.now)
    return ~absent & holds if positive else absent | ~holds


def column(field: str, shape: FieldShape) -> str:
    """Return the ORM's path of a dotted field."""
    path = field.replace(".", "__")
    return f"{path}_id" if shape.kind in ("link", "person") else path


def _absent(path: str, shape: FieldShape) -> Q:
    absent = Q(**{f"{path}__isnull": True})
    if shape.kind in ("text", "choice"):
        absent |= Q(**{path: ""})
    if shape.kind == "choices":
        absent |= Q(Exact(Cast(F(path), TextField()), Value("[]")))
    return absent


def _holds(test: Test, path: str, shape: FieldShape, now: Circumstances) -> Q:
    if test.test in RELATIVE:
        return _inside(test, path, shape, now)
    if shape.kind == "boolean":
        return Q(**{path: test.test == "true"})
    if shape.kind == "choices":
        return _choices(test, path)
    if shape.kind == "text":
        return _text(test, path)
    return _plain(test, path, shape, now)


def _inside(test: Test, path: str, shape: FieldShape, now: Circumstances) -> Q:
    kind: Any = shape.kind
    low, high = window(test, kind, now.at, now.calendar)
    span = {f"{path}__gte": low, f"{path}__lt": high}
    return Q(**{key: bound for key, bound in span.items() if bound is not None})


def _choices(test: Test, path: str) -> Q:
    stored = Cast(F(path), TextField())
    held = [
        Q(IntegerGreater(StrIndex(stored, Value(f'"{one}"'), output_field=IntegerField()), 0))
        for one in _list(test.value)
    ]
    if not held:
        return NEVER if test.test == "has_any" else ALWAYS
    return reduce(or_ if test.test == "has_any" else and_, held)


def _text(test: Test, path: str) -> Q:
    value = test.value
    if test.test == "in":
        made = [Q(folding.equals(path, str(one))) for one in _list(value)]
        return reduce(or_, made) if made else NEVER
    return Q(_TEXT[test.test](path, str(value)))


def _plain(test: Test, path: str, shape: FieldShape, now: Circumstances) -> Q:
    if test.test in ("equals", "in"):
        many = _list(test.value) if test.test == "in" else [test.value]
        return Q(**{f"{path}__in": [one for value in many for one in _operands(value, shape, now)]})
    if test.test == "between":
        low, high = (operands.parse(one, shape) for one in _list(test.value))
        return Q(**{f"{path}__gte": low, f"{path}__lte": high})
    return Q(**{f"{path}__{_LOOKUPS[test.test]}": operands.parse(test.value, shape)})


def _operands(value: Any, shape: FieldShape, now: Circumstances) -> list[Any]:
    if isinstance(value, dict):
        me = [now.me] if now.me is not None else []
        return me if value["actor"] == "me" else sorted(now.my_team)
    return [operands.parse(value, shape)]


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def folded_search(path: str, text: str) -> Q:
    """Return the filter "the title contains every word of the text", folded."""
    words = fold(text).split()
    return reduce(and_, (Q(folding.contains(path, word)) for word in words), Q())


_COMPARE: dict[str, Any] = {
    "equals": Exact,
    "greater": GreaterThan,
    "at_least": GreaterThanOrEqual,
    "less": LessThan,
    "at_most": LessThanOrEqual,
}
_TEXT: dict[str, Callable[[str, str], Any]] = {
    "equals": folding.equals,
    "contains": folding.contains,
    "starts_with": folding.starts_with,
}
_LOOKUPS = {
    "greater": "gt", "at_least": "gte", "less": "lt", "at_most": "lte", "before": "lt", "after": "gt",
}  # fmt: skip
