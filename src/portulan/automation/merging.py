"""A text with the values of a record in it, as people read them; what is empty says nothing."""

from collections.abc import Mapping
from typing import Any

from portulan.base import placeholders
from portulan.base.conditions.model import Test
from portulan.blueprint.schema import Field, Object
from portulan.people import actor as actors
from portulan.records import related, values
from portulan.records.wording import Wording


def filled(kind: Object, row: Any, text: str) -> str:
    """Return a text with the values that its words ask for."""
    paths = placeholders.names(text)
    if not paths:
        return text
    seen = related.of_row(kind, row, related.needs_of(Test(field=path, test="not_empty") for path in paths))
    found = {path: (_field(kind, path), values.dump(_value(seen, path))) for path in paths}
    said = [(field, value) for field, value in found.values() if field is not None and value is not None]
    wording = Wording(actors.system("automation"), said)

    def say(path: str) -> str:
        field, value = found[path]
        return (wording.say(field, value) or "") if field is not None else ""

    return placeholders.fill(text, say)


def value_at(kind: Object, row: Any, path: str) -> Any:
    """Return the value that a dotted name leads to, or None."""
    return _value(related.of_row(kind, row, related.needs_of([Test(field=path, test="not_empty")])), path)


def _field(kind: Object, path: str) -> Field | None:
    name, _, rest = path.partition(".")
    field = values.live(kind).get(name)
    if field is None or not rest:
        return field
    return _field(related.target_of(field), rest) if field.to else None


def _value(seen: Mapping[str, Any], path: str) -> Any:
    value: Any = seen
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value.get("id") if isinstance(value, Mapping) else value
