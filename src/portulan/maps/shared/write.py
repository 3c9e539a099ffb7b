"""Writes what changed between two drawings into a shared document, and nothing else.

What others changed meanwhile stays: only the properties that differ between the two are written.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pycrdt import Doc
from pycrdt import Map as YMap

from portulan.maps.shared import order
from portulan.maps.shared.shape import ELEMENTS, FIXED, HEAD, PLACE, POSITIONS, Shared, root

Json = dict[str, Any]


def write(doc: Doc[Any], before: tuple[Json, Json], after: tuple[Json, Json]) -> None:
    """Write into a document what leads from one map and layout to another."""
    (was, stood), (drawn, stands) = before, after
    with doc.transaction():
        head = FIXED | ELEMENTS.keys()
        _properties(
            root(doc, HEAD), *({k: v for k, v in one.items() if k not in head} for one in (was, drawn))
        )
        for name in ELEMENTS:
            _elements(root(doc, name), was.get(name, ()), drawn.get(name, ()))
        _values(root(doc, POSITIONS), stood.get("positions", {}), stands.get("positions", {}))


def _elements(shared: Shared, before: Sequence[Json], after: Sequence[Json]) -> None:
    was, drawn = ({one["id"]: one for one in listed} for listed in (before, after))
    for one in was.keys() - drawn.keys():
        shared.pop(one, None)
    for one, element in drawn.items():
        if one not in was and not isinstance(shared.get(one), YMap):
            shared[one] = YMap({})
        if isinstance(held := shared.get(one), YMap):
            _properties(held, was.get(one, {}), element)
    if list(was) != list(drawn):
        there = [one for one in drawn if one in shared]
        for one, key in order.arranged(there, {one: shared[one].get(PLACE) for one in there}).items():
            shared[one][PLACE] = key


def _properties(shared: Shared, before: Json, after: Json) -> None:
    for name in [*(before.keys() - after.keys()), *after]:
        was, said = before.get(name), after.get(name)
        if name == "id" or ((name in before) == (name in after) and was == said):
            continue
        if _are_things(said) and (not was or _are_things(was)):
            _things(shared, name, was or (), said or ())
            continue
        for key in [key for key in shared.keys() if key.startswith(f"{name}/")]:  # noqa: SIM118 - no dict
            del shared[key]
        if name in after:
            shared[name] = said
        else:
            shared.pop(name, None)


def _things(shared: Shared, name: str, before: Sequence[Json], after: Sequence[Json]) -> None:
    was, said = ({f"{name}/{one['id']}": one for one in listed} for listed in (before, after))
    if shared.get(name) != []:
        shared[name] = []
    for key in was.keys() - said.keys():
        shared.pop(key, None)
    places = {key: held[0] for key in said if isinstance(held := shared.get(key), list) and held}
    moved = order.arranged(list(said), places) if list(was) != list(said) else {}
    for key, thing in said.items():
        if key in moved or was.get(key) != thing:
            if key in was and key not in shared:
                continue
            shared[key] = [moved.get(key, places.get(key, "")), thing]


def _values(shared: Shared, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for key in before.keys() - after.keys():
        shared.pop(key, None)
    for key, value in after.items():
        if before.get(key) != value:
            shared[key] = value


def _are_things(value: Any) -> bool:
    """Return whether a value is a list of things that each have an id of their own."""
    if not isinstance(value, (list, tuple)) or not value:
        return False
    ids = [one.get("id") for one in value if isinstance(one, dict)]
    return len(ids) == len(value) == len(set(map(str, ids))) and all(
        isinstance(one, str) and one for one in ids
    )
