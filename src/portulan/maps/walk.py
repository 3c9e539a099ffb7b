"""Walks along the passages of a map."""

from collections.abc import Iterable

Arc = tuple[str, str]


def reached(start: Iterable[str], arcs: Iterable[Arc]) -> set[str]:
    """Return what can be reached from somewhere along arcs, the start included."""
    ways: dict[str, list[str]] = {}
    for source, target in arcs:
        ways.setdefault(source, []).append(target)
    found = set(start)
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        fresh = set(ways.get(here, ())) - found
        found |= fresh
        waiting.extend(fresh)
    return found
