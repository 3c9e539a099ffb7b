"""What each test expects beside the field: which kinds of field it fits, and what its value must be.

Owns the one table of tests. A duration value reads `{"amount": 15, "unit": "days"}`; the value of
a person test may be `{"actor": "me"}` or `{"actor": "my_team"}`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import JsonValue, ValidationError

from portulan.base.conditions.schema import FieldKind, FieldShape
from portulan.base.durations import Duration

EVERY: tuple[FieldKind, ...] = (
    "text", "number", "date", "datetime", "boolean", "choice", "choices", "link", "person",
)  # fmt: skip
ORDERED: tuple[FieldKind, ...] = ("number", "date", "datetime")
MOMENTS: tuple[FieldKind, ...] = ("date", "datetime")
SINGLE: tuple[FieldKind, ...] = ("text", "number", "date", "datetime", "choice", "link", "person")


@dataclass(frozen=True)
class Operand:
    """The kinds of field a test fits and the form of its value."""

    kinds: tuple[FieldKind, ...]
    form: str


#: Every test by name. Forms: none, one, many, pair, text, duration, day.
OPERANDS: dict[str, Operand] = {
    "equals": Operand(SINGLE, "one"),
    "not_equals": Operand(SINGLE, "one"),
    "in": Operand(SINGLE, "many"),
    "not_in": Operand(SINGLE, "many"),
    "contains": Operand(("text",), "text"),
    "not_contains": Operand(("text",), "text"),
    "starts_with": Operand(("text",), "text"),
    "greater": Operand(ORDERED, "one"),
    "at_least": Operand(ORDERED, "one"),
    "less": Operand(ORDERED, "one"),
    "at_most": Operand(ORDERED, "one"),
    "between": Operand(ORDERED, "pair"),
    "empty": Operand(EVERY, "none"),
    "not_empty": Operand(EVERY, "none"),
    "true": Operand(("boolean",), "none"),
    "false": Operand(("boolean",), "none"),
    "has_any": Operand(("choices",), "many"),
    "has_all": Operand(("choices",), "many"),
    "has_none": Operand(("choices",), "many"),
    "within_next": Operand(MOMENTS, "duration"),
    "within_last": Operand(MOMENTS, "duration"),
    "older_than": Operand(MOMENTS, "duration"),
    "later_than": Operand(MOMENTS, "duration"),
    "before": Operand(MOMENTS, "one"),
    "after": Operand(MOMENTS, "one"),
    "on": Operand(MOMENTS, "day"),
}
#: Powers of ten of the largest number, and the first id beyond those that a database can give.
_LARGEST, _IDS = 17, 2**63
ACTOR_TOKENS = ("me", "my_team")


def parse(value: JsonValue, shape: FieldShape) -> Any:
    """Return one JSON value as the Python value that the field holds.

    Numbers become Decimal, dates date, date-times aware datetime, links and persons int; a person
    token `{"actor": ...}` stays as it is.

    :raises ValueError: when the value does not fit the kind of the field.
    """
    return _PARSERS[shape.kind](value, shape)


def parse_duration(value: JsonValue) -> Duration:
    """Return a duration value.

    :raises ValueError: when it is not an amount and a unit.
    """
    try:
        return Duration.model_validate(value)
    except ValidationError as error:
        raise ValueError(str(value)) from error


def parse_day(value: JsonValue) -> date:
    """Return an ISO day.

    :raises ValueError: when it is not one.
    """
    return date.fromisoformat(_text(value))


def _text(value: JsonValue) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def _number(value: JsonValue) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(value)  # noqa: TRY004 - one kind of refusal for every misfit
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(value) from error
    if not number.is_finite() or number.adjusted() > _LARGEST:
        raise ValueError(value)
    return number


def _moment(value: JsonValue) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(value) from error


def _boolean(value: JsonValue) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)  # noqa: TRY004 - one kind of refusal for every misfit
    return value


def _choice(value: JsonValue, shape: FieldShape) -> str:
    choice = _text(value)
    if shape.choices and choice not in shape.choices:
        raise ValueError(value)
    return choice


def _record(value: JsonValue) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _IDS:
        raise ValueError(value)
    return value


def _person(value: JsonValue) -> Any:
    if isinstance(value, dict) and set(value) == {"actor"} and value["actor"] in ACTOR_TOKENS:
        return value
    return _record(value)


_PARSERS: dict[str, Callable[[JsonValue, FieldShape], Any]] = {
    "text": lambda value, _: _text(value),
    "number": lambda value, _: _number(value),
    "date": lambda value, _: parse_day(value),
    "datetime": lambda value, _: _moment(value),
    "boolean": lambda value, _: _boolean(value),
    "choice": _choice,
    "choices": _choice,
    "link": lambda value, _: _record(value),
    "person": lambda value, _: _person(value),
}
