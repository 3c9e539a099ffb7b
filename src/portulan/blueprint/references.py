"""What stands for something in a scenario: a record, a person, a moment near now.

Owns the words of these tokens (`record`, `person`, `in`, `ago`); refuses nothing, `check_scenarios` does.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from portulan.base import calendar as calendars
from portulan.base.conditions.model import Condition
from portulan.base.durations import Duration

_CONDITIONS: TypeAdapter[Condition] = TypeAdapter(Condition)
ALIASES = ("record", "person")
MOMENTS = ("in", "ago")


def token(value: Any) -> str | None:
    """Return the word of a token, or None when the value stands for itself."""
    if isinstance(value, dict) and len(value) == 1:
        ((word, inner),) = value.items()
        if word in MOMENTS or (word in ALIASES and isinstance(inner, str)):
            return str(word)
    return None


def aliases(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the word and the alias of every record and person that a JSON value holds."""
    word = token(value)
    if word in ALIASES:
        yield word, value[word]
    elif isinstance(value, dict):
        for inner in value.values():
            yield from aliases(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from aliases(inner)


def moment(value: Mapping[str, Any], at: datetime) -> datetime:
    """Return the moment that a token says, in working time where its unit is."""
    ((word, span),) = value.items()
    shift = calendars.DEFAULT.add if word == "in" else calendars.DEFAULT.back
    return shift(at, Duration.model_validate(span))


def find_span(value: Mapping[str, Any]) -> Duration | None:
    """Return the duration of a token that says a moment, or None when it cannot be read."""
    (span,) = value.values()
    try:
        return Duration.model_validate(span)
    except ValidationError:
        return None


def resolved(condition: Condition, ids: Mapping[str, int]) -> Condition:
    """Return a condition whose records and people are ids; an unknown alias becomes 0."""
    raw = condition.model_dump(mode="json", by_alias=True)
    return _CONDITIONS.validate_python(_replaced(raw, ids))


def _replaced(value: Any, ids: Mapping[str, int]) -> Any:
    if token(value) in ALIASES:
        (alias,) = value.values()
        return ids.get(alias, 0)
    if isinstance(value, dict):
        return {key: _replaced(inner, ids) for key, inner in value.items()}
    return [_replaced(inner, ids) for inner in value] if isinstance(value, list) else value
