"""How a map lies in a shared document, and how a part of it is told from what is none.

Each collection is a map of elements by id; an element holds its properties, the last writer of each wins.
A list of things with an id is held thing by thing (`frictions/f1`), so that two who add to it both stay.
`#` is the place of an element among its like.
"""

import json
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Literal

from pycrdt import Doc
from pycrdt import Map as YMap
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from portulan.base.value import ElementId, Value, holds_nul
from portulan.maps.layout import Position
from portulan.maps.model import Lane, Map, Passage, Phase, Step
from portulan.maps.shared import order

Collection = Literal["phases", "lanes", "steps", "passages"]
Shared = YMap[Any]
#: A property, and the place in its list where it is one thing of it.
Misfit = tuple[str, int | None]
ELEMENTS: dict[Collection, type[Value]] = {"phases": Phase, "lanes": Lane, "steps": Step, "passages": Passage}
#: What the row of a map says, whatever its document does.
FIXED = frozenset({"id", "uid", "state"})
#: The roots of a document: the map's own properties, its elements, where they stand.
HEAD, POSITIONS = "map", "positions"
PLACE = "#"
_ID: TypeAdapter[str] = TypeAdapter(ElementId)
#: What an element needs that a broken one may lack.
_GROUND: dict[str, dict[str, Any]] = {
    "phases": {"label": ""},
    "lanes": {"label": ""},
    "steps": {"label": "", "lane": "a", "phase": "a"},
    "passages": {"source": "a", "target": "a"},
    HEAD: {"uid": "a", "title": "?"},
}


def root(doc: Doc[Any], name: str) -> Shared:
    """Return a root of a document."""
    found: Shared = doc.get(name, type=YMap)
    return found


def plain(value: Any) -> Any:
    """Return a shared value as JSON has it: whole numbers are integers, what is no number is none."""
    match value:
        case float():
            return (int(value) if value.is_integer() else value) if isfinite(value) else None
        case dict():
            return {str(key): plain(one) for key, one in value.items()}
        case list():
            return [plain(one) for one in value]
        case _:
            return value


def values(held: Shared) -> dict[str, Any]:
    """Return what a shared map holds, as JSON has it, in one reading."""
    read: dict[str, Any] = json.loads(str(held), parse_float=_number)
    return read


def properties(element: Shared) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return what an element says, and the keys that hold the things of each of its lists, in order."""
    said: dict[str, Any] = {}
    things: dict[str, list[tuple[str, str, Any]]] = {}
    for key, value in values(element).items():
        name, _, thing = key.partition("/")
        if thing and isinstance(value, list) and len(value) == 2 and order.is_key(value[0]):  # noqa: PLR2004
            things.setdefault(name, []).append((value[0], key, value[1]))
        elif key != PLACE and not thing:
            said[key] = value
    keys: dict[str, list[str]] = {}
    for name, listed in things.items():
        listed.sort(key=lambda one: one[:2])
        first = said.get(name) if isinstance(said.get(name), list) else []
        said[name] = [*(first or []), *(value for _, _, value in listed)]
        keys[name] = [""] * len(first or []) + [key for _, key, _ in listed]
    return said, keys


def misfits(kind: str, said: Mapping[str, Any]) -> set[Misfit]:
    """Return the properties that do not fit an element, with the place in the list where it is one thing."""
    nameless = {misfit for name, value in said.items() for misfit in _unprintable(name, value)}
    if nameless:
        return nameless
    shape, given = (Map, said) if kind == HEAD else (ELEMENTS[kind], {**said, "id": "a"})  # type: ignore[index]
    try:
        shape.model_validate({**_GROUND[kind], **given})
    except ValidationError as error:
        return {misfit for one in error.errors() for misfit in _places(one, said)}
    return set()


def fitting(kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """Return an element without what does not fit it."""
    found = misfits(kind, said)
    while found:
        said = {
            name: _without(name, value, found) for name, value in said.items() if (name, None) not in found
        }
        found = misfits(kind, said)
    return said


def is_id(value: str) -> bool:
    """Return whether a key may be the id of an element."""
    try:
        _ID.validate_python(value)
    except ValidationError:
        return False
    return True


def fits_position(value: Any) -> bool:
    """Return whether a value says where something stands."""
    try:
        Position.model_validate(value)
    except ValidationError:
        return False
    return True


def _number(written: str) -> Any:
    return plain(float(written))


def _places(error: ErrorDetails, said: Mapping[str, Any]) -> Iterable[Misfit]:
    name, *rest = error["loc"]
    if error["type"] == "too_long" and not rest:
        return [(str(name), place) for place in range(error["ctx"]["max_length"], len(said[str(name)]))]
    return [(str(name), rest[0] if rest and isinstance(rest[0], int) else None)]


def _unprintable(name: str, value: Any) -> Iterable[Misfit]:
    """Yield what holds a character that no database stores in JSON."""
    for place, one in enumerate(value) if isinstance(value, list) else ((None, value),):
        if holds_nul(json.dumps([name, one], default=str)):
            yield name, place


def _without(name: str, value: Any, found: set[Misfit]) -> Any:
    if not isinstance(value, list):
        return value
    return [one for place, one in enumerate(value) if (name, place) not in found]
