"""Which elements of maps a blueprint is made of. Pure; what lies in the bin counts for nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from portulan.blueprint.schema import Blueprint, Origin


def elements(blueprint: Blueprint) -> frozenset[tuple[str, str]]:
    """Return the elements that parts of a blueprint come from, each with its process."""
    return frozenset((one.map, one.element) for one in _origins(blueprint))


def _origins(value: Any) -> Iterator[Origin]:
    if isinstance(value, Origin):
        yield value
    else:
        for inner in _held(value):
            yield from _origins(inner)


def _held(value: Any) -> Iterable[Any]:
    """Return what a value is made of: nothing of a part in the bin."""
    if isinstance(value, BaseModel):
        return () if getattr(value, "archived", False) else vars(value).values()
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, tuple | list) else ()
