"""Walks along the passages of a map: what is reached, what leads back to itself, what cannot be avoided.

Every walk is linear in the passages, or nearly so; none recurses.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

Arc = tuple[str, str]
Ways = Mapping[str, Sequence[str]]


def leading(arcs: Iterable[Arc]) -> dict[str, list[str]]:
    """Return where arcs lead to, by where they come from."""
    ways: dict[str, list[str]] = {}
    for source, target in arcs:
        ways.setdefault(source, []).append(target)
    return ways


def reached(start: Iterable[str], ways: Ways) -> set[str]:
    """Return what can be reached from somewhere, the start included."""
    found = set(start)
    waiting = list(found)
    while waiting:
        fresh = set(ways.get(waiting.pop(), ())) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def left_last(root: str, ways: Ways) -> list[str]:
    """Return what is reached from a root, each after all that is found beyond it; the root is last."""
    seen, order = {root}, []
    trail = [(root, iter(ways.get(root, ())))]
    while trail:
        here, rest = trail[-1]
        fresh = next((one for one in rest if one not in seen), None)
        if fresh is None:
            order.append(here)
            trail.pop()
        else:
            seen.add(fresh)
            trail.append((fresh, iter(ways.get(fresh, ()))))
    return order


def loops(order: Sequence[str], back: Ways) -> list[list[str]]:
    """Return the groups of what leads back to one another, each after those that lead to it.

    Kosaraju & Sharir (1981): `order` is `left_last` of the ways, `back` the ways the other way round.
    """
    waiting, groups = set(order), []
    for start in reversed(order):
        if start in waiting:
            group = _taken(start, back, waiting)
            groups.append(group)
    return groups


def _taken(start: str, back: Ways, among: set[str]) -> list[str]:
    """Take out of a set what leads to the start, and return it."""
    among.discard(start)
    group = [start]
    for here in group:
        for one in back.get(here, ()):
            if one in among:
                among.discard(one)
                group.append(one)
    return group


def spans(order: Sequence[str], back: Ways) -> dict[str, tuple[int, int]]:
    """Return a span for each node: it lies in another's when that one stands on every way to it.

    Numbers are those of a walk down the tree of dominators, after Cooper, Harvey & Kennedy (2001).
    """
    above = _dominators(order, back)
    size = dict.fromkeys(order, 1)
    for node in order[:-1]:
        size[above[node]] += size[node]
    first, free = {order[-1]: 0}, {order[-1]: 1}
    for node in reversed(order[:-1]):
        first[node] = free[above[node]]
        free[above[node]] += size[node]
        free[node] = first[node] + 1
    return {node: (first[node], first[node] + size[node] - 1) for node in order}


def _dominators(order: Sequence[str], back: Ways) -> dict[str, str]:
    rank = {node: n for n, node in enumerate(order)}
    above = {order[-1]: order[-1]}

    def meet(one: str, other: str) -> str:
        while one != other:
            if rank[one] < rank[other]:
                one = above[one]
            else:
                other = above[other]
        return one

    moved = True
    while moved:
        moved = False
        for node in reversed(order[:-1]):
            nearest = reduce(meet, [one for one in back[node] if one in above])
            moved = moved or above.get(node) != nearest
            above[node] = nearest
    return above
