"""From BPMN 2.0 to a map, whoever drew it; what the map has no place for is told."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from portulan.base.refusals import Problem
from portulan.maps import codec, naming
from portulan.maps.bpmn import source as sources
from portulan.maps.bpmn.flows import fold, passage_of, read_flows
from portulan.maps.bpmn.names import TASKS, tag
from portulan.maps.bpmn.nodes import Node, read_ground, read_nodes, step_of
from portulan.maps.bpmn.place import TASK, Box, canvas_size
from portulan.maps.bpmn.source import BpmnNotReadable, Own, Source, named, own_of
from portulan.maps.layout import Layout
from portulan.maps.model import LONGEST_TITLE, Map, MapState


@dataclass(frozen=True)
class Read:
    """The map and layout that a file holds, whether we wrote it, and what was left out, in sentences."""

    map: Map
    layout: Layout
    ours: bool
    left_out: tuple[str, ...]


def read(raw: bytes, *, state: MapState, lang: str, taken: Collection[str] = ()) -> Read:
    """Return the map that a BPMN file holds.

    `state` is that of a map drawn elsewhere; `taken` are step ids that its steps may not get. What we wrote
    keeps its own.

    :raises BpmnNotReadable: when the bytes are no BPMN drawing.
    :raises MapNotReadable: when what we wrote was changed into something that is no map.
    """
    source = sources.load(raw, lang)
    own = next((one for process in source.processes() if (one := own_of(process)) is not None), None)
    if own is None:
        source.taken |= set(taken)
    rest = dict(own.kept) if own else {"kind": "process", "state": state, "subject": None}
    places: Any = rest.pop("positions", {})
    phases: Any = rest.get("phases", [])
    if not (isinstance(places, dict) and isinstance(phases, list)):
        raise BpmnNotReadable(Problem("process", "maps.bpmn_damaged", {"id": "process"}))
    if not phases:
        phases = [{"id": source.free(source.say("bpmn_phase")), "label": source.say("bpmn_phase")}]
    nodes, drawn = _drawn(source, {**rest, **_title(source, own), "phases": phases})
    positions = {**places, **dict(_positions(source, nodes, drawn, ours=own is not None))}
    layout = codec.read_layout({"positions": positions})
    return Read(drawn, layout, own is not None, tuple(source.left_out))


def _drawn(source: Source, rest: dict[str, Any]) -> tuple[list[Node], Map]:
    """Return the nodes that became the steps, in order, and the map."""
    ground = read_ground(source)
    nodes = read_nodes(source, ground)
    flows = fold(nodes, read_flows(source, nodes))
    steps = {uid: step_of(source, node, rest["phases"]) for uid, node in nodes.items()}
    ids = {uid: str(step["id"]) for uid, step in steps.items()}
    passages = [passage_of(source, flow, ids) for flow in flows]
    raw = {**rest, "lanes": ground.lanes, "steps": list(steps.values()), "passages": passages}
    return list(nodes.values()), codec.read(raw)


def _title(source: Source, own: Own | None) -> dict[str, str]:
    """Return the title, renamed where somebody did, and the id of a process drawn elsewhere."""
    pools = [*source.root.iter(tag("participant")), *source.processes()]
    if own is not None:
        return {"title": named(pools[0], str(own.kept.get("title", "")))}
    names = (name for one in pools if (name := one.get("name", "").strip()))
    title = next(names, source.say("bpmn_title"))[:LONGEST_TITLE]
    return {"title": title, "uid": naming.uid_from(title)}


def _positions(
    source: Source, nodes: list[Node], drawn: Map, *, ours: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where steps stand: as we knew it, or where another tool put them, in the scale of our boxes."""
    found = [(node, source.boxes.get(node.element.get("id", ""))) for node in nodes]
    stretch, shift = ((1.0, 1.0), (0.0, 0.0)) if ours else _scale([(n, box) for n, box in found if box])
    for step, (node, box) in zip(drawn.steps, found, strict=True):
        if box is None or _unmoved(node, box):
            at = node.own.kept.get("at") if node.own else None
            if isinstance(at, dict):
                yield step.id, at
            continue
        size = canvas_size(step)
        x, y = ((box.middle[i] - shift[i]) * stretch[i] - size[i] / 2 for i in (0, 1))
        # The bands of several lanes follow the automatic layout: steps placed by others would leave theirs.
        yield step.id, {"x": round(x, 1), "y": round(y, 1), "placed": ours or len(drawn.lanes) == 1}


def _unmoved(node: Node, box: Box) -> bool:
    if node.own is None:
        return False
    return (node.own.element.get("x"), node.own.element.get("y")) == (repr(box.x), repr(box.y))


def _scale(found: list[tuple[Node, Box]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return by how much to stretch a drawing whose boxes are smaller than ours, and where it starts."""
    tasks = [box for node, box in found if node.shape in TASKS and box.w and box.h]
    if not tasks:
        return (1.0, 1.0), (0.0, 0.0)
    stretch = (
        max(1.0, TASK[0] / median(box.w for box in tasks)),
        max(1.0, TASK[1] / median(box.h for box in tasks)),
    )
    first = (min(box.middle[0] for _, box in found), min(box.middle[1] for _, box in found))
    return stretch, (first[0] - TASK[0] / 2, first[1] - TASK[1] / 2)
