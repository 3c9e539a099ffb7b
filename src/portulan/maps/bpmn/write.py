"""From a map to BPMN 2.0: lanes, tasks, gateways, events, timers, data, and where they stand.

What BPMN has no word for travels in extension elements, one per element, so that another tool may move,
rename and connect without breaking it. Refuses a map whose references do not hold.
"""

import json
from typing import Any
from xml.etree import ElementTree as ET

from portulan.base.durations import Duration
from portulan.base.refusals import NotValid
from portulan.maps import codec
from portulan.maps.bpmn import times
from portulan.maps.bpmn.names import OWN, TASKS, safe, tag
from portulan.maps.layout import Layout
from portulan.maps.lint import lint
from portulan.maps.model import FINAL, Map, Passage, Step

CONDITION = "urn:portulan:condition"
_BROKEN = frozenset({"maps.id_twice", "maps.no_lane", "maps.passage_without_end"})


class MapNotExportable(NotValid):
    """The map's references do not hold: BPMN cannot say it."""

    code = "maps.not_exportable"


def write(drawn: Map, layout: Layout) -> ET.Element:
    """Return the process and the collaboration of a map; the diagram is added by `diagram.add`.

    :raises MapNotExportable: when an id is used twice, or an element names one that is not there.
    """
    broken = [finding.as_problem() for finding in lint(drawn) if finding.code in _BROKEN]
    if broken:
        raise MapNotExportable(*broken)
    facts = {"id": "definitions", "targetNamespace": OWN, "exporter": "Portulan"}
    root = ET.Element(tag("definitions"), facts)
    collaboration = ET.SubElement(root, tag("collaboration"), {"id": "collaboration"})
    pool = {"id": "pool", "name": safe(drawn.title), "processRef": "process"}
    ET.SubElement(collaboration, tag("participant"), pool)
    process = ET.SubElement(root, tag("process"), {"id": "process", "name": safe(drawn.title)})
    process.set("isExecutable", "false")
    rest = {k: v for k, v in codec.dump(drawn).items() if k not in ("lanes", "steps", "passages")}
    steps = {step.id for step in drawn.steps}
    places = {k: v for k, v in codec.dump(layout)["positions"].items() if k not in steps}
    _keep(process, "map", drawn.uid, rest | {"positions": places})
    _lanes(process, drawn)
    for step in drawn.steps:
        _step(process, drawn, step, layout)
    for way in drawn.passages:
        _passage(process, drawn, way)
    return root


def shape_of(drawn: Map, step: Step) -> str:
    """Return the element of BPMN that a step is written as."""
    out = [way for way in drawn.passages if way.source == step.id]
    if step.kind == "gateway":
        return "exclusiveGateway"
    if step.kind in FINAL and not out and not step.begins:
        return "endEvent"
    if step.kind == "wait":
        timed = _wait(step) is not None and not any(way.fires_after for way in out)
        return "intermediateCatchEvent" if timed else "receiveTask"
    return "userTask" if step.kind == "decision" else "task"


def is_task(drawn: Map, step: Step) -> bool:
    """Return whether a step is written as a task, to which data and timers may be attached."""
    return shape_of(drawn, step) in TASKS


def data_of(step: Step) -> dict[str, tuple[str, bool]]:
    """Return the data shown beside a step: id → label, and whether the step produces it."""
    shown = {
        f"data.{step.id}.information.{entry.id}": (entry.label, entry.use == "produced")
        for entry in step.information
    }
    return shown | {f"data.{step.id}.documents.{one.id}": (one.label, False) for one in step.documents}


def _lanes(process: ET.Element, drawn: Map) -> None:
    lanes = ET.SubElement(process, tag("laneSet"), {"id": "lanes"})
    for lane in drawn.lanes:
        element = ET.SubElement(lanes, tag("lane"), {"id": f"lane.{lane.id}", "name": safe(lane.label)})
        _keep(element, "lane", lane.id, lane.model_dump(mode="json"))
        for step in drawn.steps:
            if step.lane == lane.id:
                ET.SubElement(element, tag("flowNodeRef")).text = f"step.{step.id}"
                if step.begins:
                    ET.SubElement(element, tag("flowNodeRef")).text = f"start.{step.id}"


def _step(process: ET.Element, drawn: Map, step: Step, layout: Layout) -> None:
    if step.begins:
        start = ET.SubElement(process, tag("startEvent"), {"id": f"start.{step.id}"})
        _keep(start, "drawn", step.id)
        ET.SubElement(start, tag("outgoing")).text = f"begin.{step.id}"
    attributes = {"id": f"step.{step.id}", "name": safe(step.label)}
    element = ET.SubElement(process, tag(shape_of(drawn, step)), attributes)
    if step.description:
        ET.SubElement(element, tag("documentation")).text = safe(step.description)
    at = layout.positions.get(step.id)
    own = codec.dump(step) | {"at": at.model_dump(mode="json") if at else None}
    _keep(element, "step", step.id, own)
    _ends(element, drawn, step)
    wait = _wait(step)
    if shape_of(drawn, step) == "intermediateCatchEvent" and wait:
        _timer(element, wait)
    if is_task(drawn, step):
        _data(process, element, step)
    if step.begins:
        way = {"id": f"begin.{step.id}", "sourceRef": f"start.{step.id}", "targetRef": f"step.{step.id}"}
        _keep(ET.SubElement(process, tag("sequenceFlow"), way), "drawn", step.id)


def _ends(element: ET.Element, drawn: Map, step: Step) -> None:
    if step.begins:
        ET.SubElement(element, tag("incoming")).text = f"begin.{step.id}"
    for way in drawn.passages:
        if way.target == step.id:
            ET.SubElement(element, tag("incoming")).text = f"flow.{way.id}"
    for way in drawn.passages:
        if way.source == step.id and not is_timed(drawn, way):
            ET.SubElement(element, tag("outgoing")).text = f"flow.{way.id}"


def is_timed(drawn: Map, way: Passage) -> bool:
    """Return whether a passage is written with a timer at the border of the task it leaves."""
    return way.fires_after is not None and is_task(drawn, drawn.step(way.source))


def _data(process: ET.Element, element: ET.Element, step: Step) -> None:
    shown = data_of(step)
    if not shown:
        return
    hook = f"property.{step.id}"
    ET.SubElement(element, tag("property"), {"id": hook, "name": "__targetRef_placeholder"})
    for uid, (_, produced) in sorted(shown.items(), key=lambda one: one[1][1]):
        name = "dataOutputAssociation" if produced else "dataInputAssociation"
        link = ET.SubElement(element, tag(name), {"id": f"link.{uid}"})
        if not produced:
            ET.SubElement(link, tag("sourceRef")).text = uid
        ET.SubElement(link, tag("targetRef")).text = uid if produced else hook
    for uid, (label, _) in shown.items():
        ET.SubElement(process, tag("dataObject"), {"id": f"object.{uid}"})
        attributes = {"id": uid, "name": safe(label), "dataObjectRef": f"object.{uid}"}
        _keep(ET.SubElement(process, tag("dataObjectReference"), attributes), "drawn", step.id)


def _passage(process: ET.Element, drawn: Map, way: Passage) -> None:
    source = f"step.{way.source}"
    if way.fires_after is not None and is_timed(drawn, way):
        source = f"timer.{way.id}"
        attributes = {"id": source, "attachedToRef": f"step.{way.source}"}
        timer = ET.SubElement(process, tag("boundaryEvent"), attributes)
        _keep(timer, "drawn", way.id)
        ET.SubElement(timer, tag("outgoing")).text = f"flow.{way.id}"
        _timer(timer, way.fires_after)
    attributes = {"id": f"flow.{way.id}", "sourceRef": source, "targetRef": f"step.{way.target}"}
    if way.label:
        attributes["name"] = safe(way.label)
    flow = ET.SubElement(process, tag("sequenceFlow"), attributes)
    kept = codec.dump(way)
    _keep(flow, "passage", way.id, kept)
    if way.before.condition is not None:
        condition = ET.SubElement(flow, tag("conditionExpression"), {"language": CONDITION})
        condition.text = json.dumps(kept["before"]["condition"])


def _timer(element: ET.Element, duration: Duration) -> None:
    definition = ET.SubElement(element, tag("timerEventDefinition"))
    ET.SubElement(definition, tag("timeDuration")).text = times.write(duration)


def _wait(step: Step) -> Duration | None:
    return step.delays.target or step.delays.usual or step.delays.maximum


def _keep(element: ET.Element, kind: str, uid: str, kept: Any = None) -> None:
    """Put what BPMN has no word for into the extension of an element."""
    extension = ET.SubElement(element, tag("extensionElements"))
    own = ET.SubElement(extension, tag(kind, OWN), {"id": uid})
    if kept is not None:
        own.text = json.dumps(kept)
