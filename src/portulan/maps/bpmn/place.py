"""Where shapes stand on a BPMN diagram: where people placed them, else by rank and lane."""

from dataclasses import dataclass

from portulan.maps.layout import Layout
from portulan.maps.model import FINAL, Map, Step

#: Our boxes on the canvas, then the shapes of BPMN.
STEP, GATEWAY, FINISH = (172.0, 62.0), (124.0, 44.0), (156.0, 36.0)
TASK, DIAMOND, CIRCLE, SHEET = (172.0, 62.0), (50.0, 50.0), (36.0, 36.0), (30.0, 40.0)
LANE_HEAD = 30.0
_COLUMN, _ROW, _PAD = 230.0, 150.0, 24.0


@dataclass(frozen=True)
class Box:
    """A rectangle, from its top left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return self.x + self.w / 2, self.y + self.h / 2


def around(middle: tuple[float, float], size: tuple[float, float]) -> Box:
    """Return a rectangle of that size around a point."""
    return Box(middle[0] - size[0] / 2, middle[1] - size[1] / 2, *size)


def canvas_size(step: Step) -> tuple[float, float]:
    """Return the size of a step on the canvas."""
    if step.kind == "gateway":
        return GATEWAY
    return FINISH if step.kind in FINAL else STEP


@dataclass(frozen=True)
class Placed:
    """The middle of each step, the band of each lane, and the width of the whole."""

    middles: dict[str, tuple[float, float]]
    lanes: dict[str, Box]
    width: float
    height: float


def place(drawn: Map, layout: Layout) -> Placed:
    """Return where everything stands."""
    ranks = _ranks(drawn)
    cells: dict[str, tuple[int, int]] = {}
    used: dict[tuple[str, int], int] = {}
    for step in drawn.steps:
        key = (step.lane, ranks[step.id])
        cells[step.id] = (ranks[step.id], used.get(key, 0))
        used[key] = used.get(key, 0) + 1
    width = (max(ranks.values(), default=0) + 1) * _COLUMN + _PAD * 2
    lanes, top = {}, 0.0
    for lane in drawn.lanes:
        rows = max((count for (one, _), count in used.items() if one == lane.id), default=1)
        lanes[lane.id] = Box(LANE_HEAD, top, width, rows * _ROW)
        top += rows * _ROW
    middles = {}
    for step in drawn.steps:
        at = layout.positions.get(step.id)
        column, row = cells[step.id]
        w, h = canvas_size(step)
        middles[step.id] = (
            (at.x + w / 2, at.y + h / 2)
            if at
            else (LANE_HEAD + _PAD + _COLUMN * (column + 0.5), lanes[step.lane].y + _ROW * row + _ROW * 0.4)
        )
    return Placed(middles, lanes, width, top)


def _ranks(drawn: Map) -> dict[str, int]:
    """Return the column of each step: after everything that leads to it and is drawn before it."""
    order = {step.id: index for index, step in enumerate(drawn.steps)}
    ranks: dict[str, int] = {}
    for step in drawn.steps:
        before = [
            ranks[way.source]
            for way in drawn.passages
            if way.target == step.id and order[way.source] < order[step.id]
        ]
        ranks[step.id] = max(before, default=-1) + 1
    return ranks
