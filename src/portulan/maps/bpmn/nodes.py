"""The lanes and the nodes of a BPMN file, as the lanes and the steps that they become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from portulan.maps.bpmn import times
from portulan.maps.bpmn.names import EVENTS, GATEWAYS, TASKS, local, safe, tag
from portulan.maps.bpmn.source import Own, Source, named, own_of, text_of

_WAITS = frozenset({"intermediateCatchEvent", "receiveTask"})
_HUES = (262, 172, 205, 38, 330, 142, 292, 14)


@dataclass
class Node:
    """A node of the file: its element, what we wrote on it, its lane, whether the journey begins there."""

    element: ET.Element
    own: Own | None
    lane: str
    begins: bool = False
    data: list[dict[str, Any]] = field(default_factory=list)

    @property
    def shape(self) -> str:
        """What BPMN calls it."""
        return local(self.element)


@dataclass
class Ground:
    """The lanes of the file, and which of them each node stands in."""

    lanes: list[dict[str, Any]] = field(default_factory=list)
    of: dict[str, str] = field(default_factory=dict)


def read_ground(source: Source) -> Ground:
    """Return the lanes of every pool; a pool without lanes is one."""
    ground = Ground()
    pools = {
        pool.get("processRef"): pool.get("name", "")
        for pool in source.root.iter(tag("participant"))
        if pool.get("processRef")
    }
    for process in source.processes():
        first = len(ground.lanes)
        for lane in (one for one in process.iter(tag("lane")) if one.find(tag("childLaneSet")) is None):
            uid = _lane(source, ground, lane.get("name", ""), lane)
            ground.of |= {(ref.text or "").strip(): uid for ref in lane.iterfind(tag("flowNodeRef"))}
        bare = [one for one in _nodes(process) if one.get("id", "") not in ground.of and own_of(one) is None]
        if bare and len(ground.lanes) == first:
            _lane(source, ground, pools.get(process.get("id")) or process.get("name") or "")
        ground.of |= {one.get("id", ""): ground.lanes[first]["id"] for one in bare}
    return ground


def read_nodes(source: Source, ground: Ground) -> dict[str, Node]:
    """Return the nodes of the file by their id in the file, without those that we drew beside the steps."""
    found: dict[str, Node] = {}
    for process in source.processes():
        data = _data(process)
        for element in _nodes(process):
            own = own_of(element)
            if own is None or own.kind != "drawn":
                uid = element.get("id", "")
                found[uid] = Node(element, own, ground.of.get(uid, ""))
                found[uid].data = list(_linked(element, data))
        _tell(source, process)
    return found


def step_of(source: Source, node: Node, phases: list[Any]) -> dict[str, Any]:
    """Return a node as the JSON of a step; one that we did not write stands in the first phase."""
    if node.own is not None:
        step = _ours(source, node, node.own)
    else:
        label = named(node.element) or source.say(_nameless(node))
        step = {
            "id": source.free(label),
            "label": label,
            "kind": _kind(node),
            "lane": node.lane,
            "phase": phases[0]["id"] if isinstance(phases[0], dict) else None,
            "begins": node.begins,
            "description": text_of(node.element, "documentation"),
            "delays": _delays(node.element),
        }
    for one in node.data:
        _give(source, step, one)
    return step


def _ours(source: Source, node: Node, own: Own) -> dict[str, Any]:
    """Return a step that we wrote, as other tools renamed, moved or described it since."""
    kept = {name: value for name, value in own.kept.items() if name != "at"}
    step = {
        **kept,
        "id": source.keep(own),
        "label": named(node.element, str(kept.get("label", ""))),
        "lane": node.lane or kept.get("lane"),
    }
    written = safe(str(kept.get("description", ""))).replace("\r\n", "\n").replace("\r", "\n").strip()
    said = text_of(node.element, "documentation")
    if said != written:
        step["description"] = said
    if node.begins:
        step["begins"] = True
    return step


def _lane(source: Source, ground: Ground, name: str, element: ET.Element | None = None) -> str:
    own = own_of(element) if element is not None else None
    if own is not None and element is not None:
        uid = source.keep(own)
        ground.lanes.append({**own.kept, "id": uid, "label": named(element, str(own.kept.get("label", "")))})
    else:
        label = name.strip() or source.say("bpmn_lane")
        uid = source.free(label)
        hue = _HUES[len(ground.lanes) % len(_HUES)]
        ground.lanes.append({"id": uid, "label": label, "hue": hue})
    return uid


def _nodes(process: ET.Element) -> Iterator[ET.Element]:
    yield from (one for one in process if local(one) in TASKS | GATEWAYS | EVENTS)


def _kind(node: Node) -> str:
    if node.shape in GATEWAYS:
        return "gateway"
    if node.shape == "endEvent":
        failed = any(local(one) in ("errorEventDefinition", "cancelEventDefinition") for one in node.element)
        return "lost" if failed else "closed"
    if node.shape in _WAITS:
        return "wait"
    return "task"


def _nameless(node: Node) -> str:
    if node.shape in GATEWAYS:
        return "bpmn_gateway"
    return {"startEvent": "bpmn_start", "endEvent": "bpmn_end"}.get(node.shape, "bpmn_step")


def _delays(element: ET.Element) -> dict[str, Any]:
    timer = element.find(tag("timerEventDefinition"))
    found = times.find(text_of(timer, "timeDuration")) if timer is not None else None
    return {"target": found.model_dump(mode="json")} if found else {}


def _data(process: ET.Element) -> dict[str, dict[str, Any]]:
    """Return the data of other tools: what each reference is called, and whether it is a store."""
    return {
        one.get("id", ""): {"label": one.get("name", "").strip(), "store": local(one) == "dataStoreReference"}
        for one in process
        if local(one) in ("dataObjectReference", "dataStoreReference")
        and own_of(one) is None
        and one.get("name", "").strip()
    }


def _linked(element: ET.Element, data: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for name, end, use in (
        ("dataOutputAssociation", "targetRef", "produced"),
        ("dataInputAssociation", "sourceRef", "used"),
    ):
        for link in element.iterfind(tag(name)):
            one = data.get(text_of(link, end))
            if one is not None:
                yield {**one, "use": use}


def _give(source: Source, step: dict[str, Any], one: dict[str, Any]) -> None:
    """Give a step what other tools drew beside it: data as information, stores as systems."""
    entry = {"id": source.free(one["label"]), "label": one["label"]}
    name = "systems" if one["store"] else "information"
    if not one["store"]:
        entry["use"] = one["use"]
    listed = step.get(name)
    step[name] = [*(listed if isinstance(listed, list) else []), entry]


def _tell(source: Source, process: ET.Element) -> None:
    """Tell what has no place on a map: what lies inside sub-processes, notes, work done side by side."""
    for one in process:
        name = one.get("name", "").strip() or source.say("bpmn_step")
        inside = sum(local(child) in TASKS | GATEWAYS | EVENTS for child in one)
        if inside:
            source.leave_out("bpmn_inside", step=name, n=inside)
        if local(one) == "parallelGateway" and own_of(one) is None and len(one.findall(tag("outgoing"))) > 1:
            source.leave_out("bpmn_parallel")
    notes = sum(local(one) in ("textAnnotation", "group") for one in process)
    if notes:
        source.leave_out("bpmn_notes", n=notes)
