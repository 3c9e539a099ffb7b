"""Whether values meet a condition: the meaning in memory, of which `records.query` is the twin in SQL.

Logic has two values. A value is absent when it is None, an empty text or an empty list. On an absent
value every test is false but `empty`, and but the tests that deny another (`not_equals`, `not_in`,
`not_contains`, `has_none`), which are exactly its negation and so hold. `not` turns any answer over.
Text is compared folded (case and accents ignored). A path through an absent link is absent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portulan.base import calendar as calendars
from portulan.base.calendar import WorkingCalendar
from portulan.base.conditions import operands
from portulan.base.conditions.model import All, AnyOf, Condition, Count, NoneOf, Not, Some, Test
from portulan.base.conditions.schema import FieldShape
from portulan.base.conditions.window import window
from portulan.base.fold import fold

Values = Mapping[str, Any]
#: Tests that are exactly the negation of another.
DENIALS = {"not_equals": "equals", "not_in": "in", "not_contains": "contains", "has_none": "has_any"}
RELATIVE = frozenset({"within_next", "within_last", "older_than", "later_than", "on"})


@dataclass(frozen=True)
class Circumstances:
    """What relative tests need to know: the moment, the calendar, who `me` and `my_team` are."""

    at: datetime
    calendar: WorkingCalendar = calendars.DEFAULT
    me: int | None = None
    my_team: frozenset[int] = frozenset()


def met_by(condition: Condition, values: Values, now: Circumstances) -> bool:
    """Return whether the values of a record meet a condition that was checked against its schema.

    `values` maps a field's name to its Python value; a link to the mapping of the target's values (with
    `id`) or None; a relation to the list of such mappings; several choices to a list of ids.
    """
    match condition:
        case All():
            return all(met_by(part, values, now) for part in condition.all)
        case AnyOf():
            return any(met_by(part, values, now) for part in condition.any)
        case Not():
            return not met_by(condition.not_, values, now)
        case Test():
            return _test(condition, _at_path(values, condition.field), now)
        case _:
            return _relation(condition, values, now)


def _relation(condition: Some | NoneOf | Count, values: Values, now: Circumstances) -> bool:
    match condition:
        case Some():
            return _count(values, condition.some, condition.where, now) > 0
        case NoneOf():
            return _count(values, condition.none, condition.where, now) == 0
        case Count():
            number = _count(values, condition.count, condition.where, now)
            return _COMPARE[condition.test](number, condition.value)


def _count(values: Values, relation: str, where: Condition | None, now: Circumstances) -> int:
    related: Sequence[Values] = values.get(relation, ())
    return sum(1 for one in related if where is None or met_by(where, one, now))


def _at_path(values: Values, path: str) -> Any:
    found: Any = values
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found.get("id") if isinstance(found, Mapping) else found


def _test(test: Test, value: Any, now: Circumstances) -> bool:
    if test.test in DENIALS:
        return not _holds(DENIALS[test.test], test, value, now)
    return _holds(test.test, test, value, now)


def _holds(name: str, test: Test, value: Any, now: Circumstances) -> bool:
    if value is None or value == "" or (isinstance(value, list | tuple | frozenset) and not value):
        return name == "empty"
    if name in RELATIVE:
        return _inside(test, value, now)
    if name in _UNARY:
        return _UNARY[name](value)
    if name == "between":
        low, high = (_same(one, value, now) for one in _list(test.value))
        return bool(low <= value <= high)
    if name in _MANY:
        return _MANY[name](value, [_same(one, value, now) for one in _list(test.value)])
    return _BINARY[name](_folded(value), _same(test.value, value, now))


def _inside(test: Test, value: date | datetime, now: Circumstances) -> bool:
    low, high = window(test, "datetime" if isinstance(value, datetime) else "date", now.at, now.calendar)
    return (low is None or low <= value) and (high is None or value < high)


def _folded(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _same(operand: Any, value: Any, now: Circumstances) -> Any:
    """Return the operand as the kind of thing that the value is; a person token becomes ids."""
    if isinstance(operand, dict) and "actor" in operand:
        return now.me if operand["actor"] == "me" else now.my_team
    if isinstance(value, str):
        return fold(str(operand))
    if isinstance(value, list | tuple | frozenset):
        return operand
    return operands.parse(operand, FieldShape(_kind_of(value), _NO_LABEL))


def _kind_of(value: Any) -> Any:
    if isinstance(value, datetime):
        return "datetime"
    if isinstance(value, date):
        return "date"
    return "number"


def _equals(value: Any, operand: Any) -> bool:
    return value in operand if isinstance(operand, frozenset) else bool(value == operand)


_NO_LABEL: Any = None
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "equals": _equals,
    "greater": lambda a, b: a > b,
    "at_least": lambda a, b: a >= b,
    "less": lambda a, b: a < b,
    "at_most": lambda a, b: a <= b,
}
_UNARY: dict[str, Callable[[Any], bool]] = {
    "empty": lambda _: False,
    "not_empty": lambda _: True,
    "true": lambda value: value is True,
    "false": lambda value: value is False,
}
_MANY: dict[str, Callable[[Any, list[Any]], bool]] = {
    "in": lambda value, many: any(_equals(_folded(value), one) for one in many),
    "has_any": lambda value, many: bool(set(value) & set(many)),
    "has_all": lambda value, many: set(many) <= set(value),
}
_BINARY: dict[str, Callable[[Any, Any], bool]] = {
    **_COMPARE,
    "contains": lambda a, b: b in a,
    "starts_with": lambda a, b: a.startswith(b),
    "before": lambda a, b: a < b,
    "after": lambda a, b: a > b,
}
