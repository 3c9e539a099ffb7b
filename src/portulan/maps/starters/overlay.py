"""A sector laid over a base map, and its texts in another language: pure functions of JSON values.

Objects merge key by key. In a list of things with ids, one that is there already merges with the thing of
that id, `out` takes it away, and a new one comes last or behind the thing that its `after` names. Anything
else replaces what was there.
"""

from collections.abc import Mapping
from typing import Any


def lay(base: Any, over: Any) -> Any:
    """Return a JSON value with another one laid over it."""
    if isinstance(base, dict) and isinstance(over, dict):
        return base | {key: lay(base[key], value) if key in base else value for key, value in over.items()}
    if isinstance(base, list) and isinstance(over, list) and _have_ids([*base, *over]):
        return _laid(base, over)
    return over


def translated(value: Any, words: Mapping[str, str]) -> Any:
    """Return a JSON value with each text that has a translation in its place."""
    if isinstance(value, dict):
        return {key: translated(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [translated(one, words) for one in value]
    return words.get(value, value) if isinstance(value, str) else value


def _laid(base: list[Any], over: list[Any]) -> list[Any]:
    things = list(base)
    for one in over:
        ids = [each["id"] for each in things]
        if one["id"] in ids:
            place = ids.index(one["id"])
            things[place : place + 1] = [] if one.get("out") else [lay(things[place], one)]
        else:
            place = ids.index(one["after"]) + 1 if "after" in one else len(things)
            things.insert(place, {key: value for key, value in one.items() if key != "after"})
    return things


def _have_ids(things: list[Any]) -> bool:
    return all(isinstance(one, dict) and "id" in one for one in things)
