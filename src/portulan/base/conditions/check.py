"""Whether a condition makes sense against a schema; every problem is found before any refusal."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import JsonValue, TypeAdapter, ValidationError

from portulan.base.conditions import operands
from portulan.base.conditions.model import All, AnyOf, Condition, Count, NoneOf, Not, Some, Test
from portulan.base.conditions.schema import ConditionSchema, FieldShape
from portulan.base.conditions.walk import parts_of, relations_of
from portulan.base.refusals import NotValid, Problem

_ADAPTER: TypeAdapter[Condition] = TypeAdapter(Condition)
_SHAPES: dict[str, type[Condition]] = {
    "all": All, "any": AnyOf, "not": Not, "field": Test, "some": Some, "none": NoneOf, "count": Count,
}  # fmt: skip


#: Steps in the path of the deepest part; people nest three or four levels.
_DEEPEST = 40


class ConditionNotValid(NotValid):
    """A condition is misshapen or names what does not exist."""

    code = "base.condition_not_valid"


def read(data: Any, schema: ConditionSchema, object_name: str) -> Condition:
    """Return the condition that the JSON describes, typed against the schema.

    :raises ConditionNotValid: with every problem, each at its place such as `/all/0/value`.
    """
    shape = list(_misshapen(data, ""))
    if shape:
        raise ConditionNotValid(*shape)
    try:
        condition = _ADAPTER.validate_python(data)
    except ValidationError as error:
        raise ConditionNotValid(Problem("/", "base.condition_shape")) from error
    found = problems(condition, schema, object_name)
    if found:
        raise ConditionNotValid(*found)
    return condition


def problems(condition: Condition, schema: ConditionSchema, object_name: str) -> list[Problem]:
    """Return every reason why the condition does not fit the object."""
    return list(_check(condition, schema, object_name, ""))


def _misshapen(data: Any, where: str) -> Iterator[Problem]:
    key = next((key for key in _SHAPES if isinstance(data, dict) and key in data), None)
    if key is None:
        yield Problem(where or "/", "base.condition_shape")
        return
    if where.count("/") > _DEEPEST:
        yield Problem(where, "base.condition_too_deep")
        return
    if key == "field" and str(data.get("test")) not in operands.OPERANDS:
        yield Problem(f"{where}/test", "base.condition_unknown_test", {"test": str(data.get("test"))})
    for place, part in _inside(data, key, where):
        yield from _misshapen(part, place)


def _inside(data: dict[str, Any], key: str, where: str) -> list[tuple[str, Any]]:
    if key in ("all", "any"):
        parts = data[key] if isinstance(data[key], list | tuple) else [None]
        return [(f"{where}/{key}/{index}", part) for index, part in enumerate(parts)]
    if key == "not":
        return [(f"{where}/not", data["not"])]
    if key != "field" and data.get("where") is not None:
        return [(f"{where}/where", data["where"])]
    return []


def _check(condition: Condition, schema: ConditionSchema, name: str, where: str) -> Iterator[Problem]:
    match condition:
        case Test():
            yield from _check_test(condition, schema, name, where)
        case Some() | NoneOf() | Count():
            yield from _check_relation(_relation(condition), condition.where, schema, name, where)
        case Not():
            yield from _check(condition.not_, schema, name, f"{where}/not")
        case _:
            word = "all" if isinstance(condition, All) else "any"
            for index, part in enumerate(parts_of(condition)):
                yield from _check(part, schema, name, f"{where}/{word}/{index}")


def _relation(condition: Some | NoneOf | Count) -> str:
    (relation,) = relations_of(condition)
    return relation


def _check_relation(
    relation: str, inner: Condition | None, schema: ConditionSchema, name: str, where: str
) -> Iterator[Problem]:
    shape = schema.find_relation(name, relation)
    if shape is None:
        yield Problem(where or "/", "base.condition_unknown_relation", {"relation": relation})
    elif inner is not None:
        yield from _check(inner, schema, shape.to, f"{where}/where")


def _check_test(test: Test, schema: ConditionSchema, name: str, where: str) -> Iterator[Problem]:
    shape = schema.find_field(name, test.field)
    operand = operands.OPERANDS[test.test]
    if shape is None:
        yield Problem(f"{where}/field", "base.condition_unknown_field", {"field": test.field})
    elif shape.kind not in operand.kinds:
        facts = {"field": shape.label.fr, "test": test.test}
        yield Problem(f"{where}/test", "base.condition_test_misfit", facts)
    elif not _fits(test, operand.form, shape):
        facts = {"field": shape.label.fr, "value": str(test.value)}
        yield Problem(f"{where}/value", "base.condition_value_misfit", facts)


def _fits(test: Test, form: str, shape: FieldShape) -> bool:
    try:
        _read_value(test, form, shape)
    except ValueError:
        return False
    return True


def _read_value(test: Test, form: str, shape: FieldShape) -> None:
    _FORMS[form](test.value, shape)


def _nothing(value: JsonValue, _shape: FieldShape) -> None:
    if value is not None:
        raise ValueError(value)


def _some_text(value: JsonValue, _shape: FieldShape) -> None:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError(value)


def _many(value: JsonValue, shape: FieldShape) -> None:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(value)
    for one in value:
        operands.parse(one, shape)


def _pair(value: JsonValue, shape: FieldShape) -> None:
    _many(value, shape)
    if len(value) != 2:  # type: ignore[arg-type]  # noqa: PLR2004 - a pair
        raise ValueError(value)


_FORMS: dict[str, Callable[[JsonValue, FieldShape], object]] = {
    "none": _nothing,
    "one": operands.parse,
    "many": _many,
    "pair": _pair,
    "text": _some_text,
    "duration": lambda value, _: operands.parse_duration(value),
    "day": lambda value, _: operands.parse_day(value),
}
