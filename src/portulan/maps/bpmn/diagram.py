"""The drawing of a BPMN file: shapes for the pool, lanes, steps, events and data, lines for the flows."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from portulan.maps.bpmn.names import BOUNDS, DIAGRAM, LINES, OWN, tag
from portulan.maps.bpmn.place import (
    CIRCLE,
    DIAMOND,
    LANE_HEAD,
    SHEET,
    TASK,
    Box,
    around,
    place,
)
from portulan.maps.bpmn.write import data_of, is_task, is_timed, shape_of
from portulan.maps.layout import Layout
from portulan.maps.model import Map, Step

Point = tuple[float, float]
_BEFORE, _BELOW = 70.0, 28.0


def add(root: ET.Element, drawn: Map, layout: Layout) -> None:
    """Add the drawing of a map to the definitions that `write` returned."""
    placed = place(drawn, layout)
    diagram = ET.SubElement(root, tag("BPMNDiagram", DIAGRAM), {"id": "diagram"})
    plane = ET.SubElement(diagram, tag("BPMNPlane", DIAGRAM), {"id": "plane", "bpmnElement": "collaboration"})
    _shape(plane, "pool", Box(0, 0, placed.width + LANE_HEAD, placed.height), horizontal=True)
    for uid, box in placed.lanes.items():
        _shape(plane, f"lane.{uid}", box, horizontal=True)
    boxes = {step.id: around(placed.middles[step.id], _size(drawn, step)) for step in drawn.steps}
    for own in root.iter(tag("step", OWN)):
        box = boxes[own.attrib["id"]]
        own.set("x", repr(box.x))
        own.set("y", repr(box.y))
    for step in drawn.steps:
        _step(plane, drawn, step, boxes[step.id])
    for way in drawn.passages:
        start, end = boxes[way.source], boxes[way.target]
        if is_timed(drawn, way):
            start = around((start.x + start.w - 30, start.y + start.h), CIRCLE)
            _shape(plane, f"timer.{way.id}", start)
        _line(plane, f"flow.{way.id}", _path(start, end))


def _step(plane: ET.Element, drawn: Map, step: Step, box: Box) -> None:
    _shape(plane, f"step.{step.id}", box)
    if step.begins:
        start = around((box.x - _BEFORE + CIRCLE[0] / 2, box.middle[1]), CIRCLE)
        _shape(plane, f"start.{step.id}", start)
        _line(plane, f"begin.{step.id}", _path(start, box))
    if is_task(drawn, step):
        for index, uid in enumerate(data_of(step)):
            sheet = Box(box.x + index * (SHEET[0] + 12), box.y + box.h + _BELOW, *SHEET)
            _shape(plane, uid, sheet)
            _line(plane, f"link.{uid}", [(sheet.middle[0], sheet.y), (sheet.middle[0], box.y + box.h)])


def _size(drawn: Map, step: Step) -> tuple[float, float]:
    shape = shape_of(drawn, step)
    if shape == "exclusiveGateway":
        return DIAMOND
    return CIRCLE if shape.endswith("Event") else TASK


def _path(start: Box, end: Box) -> list[Point]:
    """Return a line with right angles: from right to left when the target lies ahead, else under both."""
    if end.x >= start.x + start.w:
        half = (start.x + start.w + end.x) / 2
        turns = [(half, start.middle[1]), (half, end.middle[1])] if start.middle[1] != end.middle[1] else []
        return [(start.x + start.w, start.middle[1]), *turns, (end.x, end.middle[1])]
    under = max(start.y + start.h, end.y + end.h) + _BELOW / 2
    return [
        (start.middle[0], start.y + start.h),
        (start.middle[0], under),
        (end.middle[0], under),
        (end.middle[0], end.y + end.h),
    ]


def _shape(plane: ET.Element, uid: str, box: Box, *, horizontal: bool = False) -> None:
    attributes = {"id": f"shape.{uid}", "bpmnElement": uid}
    if horizontal:
        attributes["isHorizontal"] = "true"
    shape = ET.SubElement(plane, tag("BPMNShape", DIAGRAM), attributes)
    bounds = {"x": box.x, "y": box.y, "width": box.w, "height": box.h}
    ET.SubElement(shape, tag("Bounds", BOUNDS), {name: repr(value) for name, value in bounds.items()})


def _line(plane: ET.Element, uid: str, points: Iterable[Point]) -> None:
    edge = ET.SubElement(plane, tag("BPMNEdge", DIAGRAM), {"id": f"line.{uid}", "bpmnElement": uid})
    for x, y in points:
        ET.SubElement(edge, tag("waypoint", LINES), {"x": repr(x), "y": repr(y)})
