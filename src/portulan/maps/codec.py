"""A map and its layout to and from plain JSON values.

Refuses what is no map, with every place that does not fit.
"""

import json
from typing import Any, TypeVar

from pydantic import ValidationError

from portulan.base.refusals import NotValid, Problem
from portulan.base.value import Value, holds_nul
from portulan.maps.layout import Layout
from portulan.maps.model import Map

V = TypeVar("V", bound=Value)
_REASONS = {"missing": "maps.misfit_missing", "extra_forbidden": "maps.misfit_unknown"}


class MapNotReadable(NotValid):
    """What was given is no map."""

    code = "maps.not_readable"


def read(raw: Any) -> Map:
    """Return the map that a JSON value holds.

    :raises MapNotReadable: with every place that does not fit.
    """
    return _read(Map, raw)


def read_layout(raw: Any) -> Layout:
    """Return the layout that a JSON value holds.

    :raises MapNotReadable: with every place that does not fit.
    """
    return _read(Layout, raw)


def dump(value: Value) -> dict[str, Any]:
    """Return a map, a layout, or a part of them, as a JSON value."""
    stored: dict[str, Any] = json.loads(value.model_dump_json(by_alias=True))
    return stored


def _read(shape: type[V], raw: Any) -> V:
    try:
        value = shape.model_validate(raw)
    except ValidationError as error:
        places = {_place(one["loc"]): _REASONS.get(one["type"], "maps.misfit") for one in error.errors()}
        problems = (Problem(place, code, {"place": place}) for place, code in places.items())
        raise MapNotReadable(*problems) from error
    if holds_nul(value.model_dump_json()):
        raise MapNotReadable(Problem("/", "maps.misfit", {"place": "/"}))
    return value


def _place(loc: tuple[int | str, ...]) -> str:
    """Return the path of a misfit; inside a condition it stops at the condition."""
    path = list(loc)
    for name in ("condition", "part"):
        if name in path:
            path = path[: path.index(name) + 1]
    return "/".join(map(str, path)) or "/"
