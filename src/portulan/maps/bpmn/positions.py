"""Where the steps of a BPMN file stand on the canvas: as we knew it, or where another tool drew them."""

from itertools import combinations
from statistics import median
from typing import Any

from portulan.maps.bpmn.names import TASKS
from portulan.maps.bpmn.nodes import Node
from portulan.maps.bpmn.place import TASK, Box, around, canvas_size
from portulan.maps.bpmn.source import Source
from portulan.maps.model import Map

Positions = dict[str, dict[str, Any]]


def kept(source: Source, nodes: list[Node], drawn: Map) -> Positions:
    """Return where we knew the steps of our own file, and where another tool put them since."""
    found: Positions = {}
    for step, node in zip(drawn.steps, nodes, strict=True):
        box = source.boxes.get(node.element.get("id", ""))
        if box is not None and not _unmoved(node, box):
            found[step.id] = _position(around(box.middle, canvas_size(step)), placed=True)
        elif node.own is not None and isinstance(node.own.kept.get("at"), dict):
            found[step.id] = node.own.kept["at"]
    return found


def drawn_elsewhere(source: Source, nodes: list[Node], drawn: Map) -> Positions:
    """Return where another tool drew the steps, in the scale of our boxes.

    They count as placed when the drawing holds with our boxes: none on another, and one lane, since the bands
    of several follow the automatic layout.
    """
    shapes = [source.boxes.get(node.element.get("id", "")) for node in nodes]
    tasks = [box for box, node in zip(shapes, nodes, strict=True) if box and node.shape in TASKS]
    stretch = _stretch([box for box in tasks if box.w > 0 and box.h > 0])
    boxes = {
        step.id: around((box.middle[0] * stretch[0], box.middle[1] * stretch[1]), canvas_size(step))
        for step, box in zip(drawn.steps, shapes, strict=True)
        if box is not None
    }
    left, top = (min((getattr(box, side) for box in boxes.values()), default=0.0) for side in "xy")
    placed = len(drawn.lanes) == 1 and not any(_meet(*pair) for pair in combinations(boxes.values(), 2))
    moved = {uid: Box(box.x - left, box.y - top, box.w, box.h) for uid, box in boxes.items()}
    return {uid: _position(box, placed=placed) for uid, box in moved.items()}


def _unmoved(node: Node, box: Box) -> bool:
    if node.own is None:
        return False
    return (node.own.element.get("x"), node.own.element.get("y")) == (repr(box.x), repr(box.y))


def _stretch(tasks: list[Box]) -> tuple[float, float]:
    """Return by how much to stretch a drawing whose boxes are smaller than ours."""
    if not tasks:
        return 1.0, 1.0
    across, down = (TASK[0] / median(box.w for box in tasks), TASK[1] / median(box.h for box in tasks))
    return max(1.0, across), max(1.0, down)


def _meet(one: Box, other: Box) -> bool:
    return abs(one.middle[0] - other.middle[0]) < (one.w + other.w) / 2 and (
        abs(one.middle[1] - other.middle[1]) < (one.h + other.h) / 2
    )


def _position(box: Box, *, placed: bool) -> dict[str, Any]:
    return {"x": round(box.x, 1), "y": round(box.y, 1), "placed": placed}
