"""Where the steps of a flow stand on a picture: layers from left to right, few crossings.

Follows the layered method of Sugiyama, Tagawa & Toda (1981): ranks by the longest path once backward arcs
are set aside, then barycentre sweeps. Backward is what goes against the mean place of steps in cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_SWEEPS = 12


@dataclass(frozen=True)
class Place:
    """A layer (0 at the left) and a row in it; `back` arcs are known by their layers."""

    layer: int
    row: int


def place(steps: Sequence[int], arcs: Sequence[tuple[int, int]], order: Sequence[float]) -> dict[int, Place]:
    """Return the place of each step.

    `arcs` are (source, target); `order` is the mean place in its cases by step code.
    """
    forward = [(a, b) for a, b in arcs if a != b and (order[a], a) < (order[b], b)]
    layer = _ranks(steps, forward, order)
    rows = _rows(steps, forward, layer, order)
    return {step: Place(layer[step], rows[step]) for step in steps}


def _ranks(
    steps: Sequence[int], forward: Sequence[tuple[int, int]], order: Sequence[float]
) -> dict[int, int]:
    before: dict[int, list[int]] = {step: [] for step in steps}
    for a, b in forward:
        before[b].append(a)
    rank: dict[int, int] = {}
    for step in sorted(steps, key=lambda s: (order[s], s)):
        rank[step] = max((rank[a] + 1 for a in before[step]), default=0)
    return rank


def _rows(
    steps: Sequence[int], forward: Sequence[tuple[int, int]], layer: dict[int, int], order: Sequence[float]
) -> dict[int, int]:
    layers: dict[int, list[int]] = {}
    for step in sorted(steps, key=lambda s: (order[s], s)):
        layers.setdefault(layer[step], []).append(step)
    near: dict[int, list[int]] = {step: [] for step in steps}
    for a, b in forward:
        near[a].append(b)
        near[b].append(a)
    row = {step: index for members in layers.values() for index, step in enumerate(members)}
    for sweep in range(_SWEEPS):
        for rank in sorted(layers, reverse=bool(sweep % 2)):
            members = layers[rank]
            members.sort(
                key=lambda s: (sum(row[n] for n in near[s]) / len(near[s]) if near[s] else row[s], s)
            )
            row.update({step: index for index, step in enumerate(members)})
    return row
