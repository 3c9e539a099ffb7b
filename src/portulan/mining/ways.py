"""Which passages of a map a move takes: the direct one, or the shortest way through gateways.

Owns the walk over the drawing alone; it knows nothing of logs.
"""

from collections import deque

from portulan.maps.model import Map

Way = tuple[str, ...]


def ways(drawn: Map) -> dict[tuple[str, str], Way]:
    """Return, for each move between two steps that the map draws, the ids of the passages it takes."""
    gateways = {step.id for step in drawn.steps if step.kind == "gateway"}
    out: dict[str, list[tuple[str, str]]] = {}
    for passage in drawn.passages:
        out.setdefault(passage.source, []).append((passage.target, passage.id))
    found: dict[tuple[str, str], Way] = {}
    for step in drawn.steps:
        if step.id not in gateways:
            for target, way in _from(step.id, out, gateways).items():
                found[step.id, target] = way
    return found


def _from(source: str, out: dict[str, list[tuple[str, str]]], gateways: set[str]) -> dict[str, Way]:
    """Return the shortest way from a step to each step that gateways alone separate from it."""
    found: dict[str, Way] = {}
    seen = {source}
    waiting: deque[tuple[str, Way]] = deque([(source, ())])
    while waiting:
        here, way = waiting.popleft()
        for target, passage in out.get(here, []):
            if target in gateways and target not in seen:
                seen.add(target)
                waiting.append((target, (*way, passage)))
            elif target not in gateways:
                found.setdefault(target, (*way, passage))
    return found
