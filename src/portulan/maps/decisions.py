"""Where a map branches: criteria that lack, that are the same, that overlap.

Compares what is plain to compare, one test of one field on both sides; leaves what is nested to people.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Any

from portulan.base.conditions.model import Condition, Test
from portulan.maps.findings import Finding, error, warning
from portulan.maps.model import Map, Passage, Step
from portulan.maps.ways import Ways

#: From, to, and whether each bound belongs.
Range = tuple[Decimal, bool, Decimal, bool]
#: Ways out of one step that are compared with one another: nobody reads more.
_COMPARED = 50
_LEAST, _MOST = Decimal("-Infinity"), Decimal("Infinity")


def lint(drawn: Map, ways: Ways) -> Iterator[Finding]:
    """Return what is wrong where a map branches."""
    for step in drawn.steps:
        out = ways.leaving.get(step.id, [])
        bare = sum(passage.before.condition is None for passage in out)
        if step.kind == "gateway":
            if bare > 1:
                yield error("gateway_without_criteria", step.id, step=step.label)
        elif step.kind == "decision" and not step.exit and bare:
            yield warning("decision_without_criteria", step.id, step=step.label)
        if step.kind in ("gateway", "decision"):
            yield from overlaps(step, out)


def overlaps(step: Step, out: list[Passage]) -> Iterator[Finding]:
    """Return the ways out of a step whose criteria are the same or overlap."""
    for one, other in combinations(out[:_COMPARED], 2):
        facts = {"step": step.label, "one": one.label or one.target, "other": other.label or other.target}
        if one.before.condition is None or other.before.condition is None:
            continue
        if one.before.condition == other.before.condition:
            yield error("same_criteria", step.id, other.id, **facts)
        elif overlap(one.before.condition, other.before.condition):
            yield warning("overlapping_criteria", step.id, other.id, **facts)


def overlap(one: Condition, other: Condition) -> bool:
    """Return whether two tests of one field plainly hold for a same value."""
    if not (isinstance(one, Test) and isinstance(other, Test) and one.field == other.field):
        return False
    values, others = _values(one), _values(other)
    if values and others:
        return not values.isdisjoint(others)
    first, second = _range(one), _range(other)
    return first is not None and second is not None and _meet(first, second)


def _values(test: Test) -> set[str]:
    listed = test.value if isinstance(test.value, list) else [test.value]
    return {str(value) for value in listed} if test.test in ("equals", "in") else set()


def _range(test: Test) -> Range | None:
    if test.test == "between" and isinstance(test.value, list):
        low, high = (_number(value) for value in [*test.value, None, None][:2])
        return (low, True, high, True) if low is not None and high is not None else None
    value = _number(test.value)
    if value is None:
        return None
    known: dict[str, Range] = {
        "greater": (value, False, _MOST, True),
        "at_least": (value, True, _MOST, True),
        "less": (_LEAST, True, value, False),
        "at_most": (_LEAST, True, value, True),
        "equals": (value, True, value, True),
    }
    return known.get(test.test)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _meet(one: Range, other: Range) -> bool:
    low, low_in = max((one[0], not one[1]), (other[0], not other[1]))
    high, high_in = min((one[2], one[3]), (other[2], other[3]))
    return low < high or (low == high and not low_in and high_in)
