"""What the map shows of a flow: a connected part that covers most of the traffic, and the list of the rest.

The backbone is, for each step, the widest path (greatest least frequency) from the start and to the end:
keeping each step's best arcs alone leaves steps off any path. Arcs are then added by frequency until the
wanted share of transitions is covered; when that draws more than 2.5 arcs a step, 90 and 80 % are tried.
"""

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portulan.mining.flow import Flow

_MOST_ARCS_A_STEP = 2.5
_FALL_BACK = (0.90, 0.80)


@dataclass(frozen=True)
class View:
    """Which of the e arcs are shown, and which share of transitions they carry."""

    shown: npt.NDArray[np.bool_]
    coverage: float


def view(flow: Flow, *, coverage: float | None = None) -> View:
    """Return the arcs to show: those of a stated coverage, or of 95 % and less until the map is readable."""
    backbone = _backbone(flow)
    if coverage is not None:
        return _covering(flow, backbone, coverage)
    found = _covering(flow, backbone, 0.95)
    for share in _FALL_BACK:
        if found.shown.sum() <= _MOST_ARCS_A_STEP * len(flow.steps):
            break
        found = _covering(flow, backbone, share)
    return found


def _covering(flow: Flow, backbone: npt.NDArray[np.bool_], wanted: float) -> View:
    total = int(flow.count.sum())
    shown = backbone.copy()
    carried = int(flow.count[shown].sum())
    for edge in np.argsort(-flow.count, kind="stable"):
        if carried >= wanted * total:
            break
        if not shown[edge]:
            shown[edge] = True
            carried += int(flow.count[edge])
    return View(shown, carried / total if total else 1.0)


def _backbone(flow: Flow) -> npt.NDArray[np.bool_]:
    kept = np.zeros(len(flow.count), dtype=np.bool_)
    for tails, heads, roots in (
        (flow.source, flow.target, flow.starts),
        (flow.target, flow.source, flow.ends),
    ):
        for edge in _widest(flow, tails, heads, roots):
            kept[edge] = True
    return kept


def _widest(
    flow: Flow, tails: npt.NDArray[np.int64], heads: npt.NDArray[np.int64], roots: npt.NDArray[np.int64]
) -> list[int]:
    """Return the arcs of the widest-path tree from a virtual root to every step (Dijkstra, maximin)."""
    out: list[list[int]] = [[] for _ in flow.steps]
    for edge, tail in enumerate(tails.tolist()):
        out[tail].append(edge)
    heap = [(-int(width), step, -1) for step, width in enumerate(roots) if width]
    heapq.heapify(heap)
    via: dict[int, int] = {}
    while heap:
        width, step, edge = heapq.heappop(heap)
        if step in via:
            continue
        via[step] = edge
        for following in out[step]:
            head = int(heads[following])
            if head not in via:
                heapq.heappush(heap, (max(width, -int(flow.count[following])), head, following))
    return [edge for edge in via.values() if edge >= 0]
