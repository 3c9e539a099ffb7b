"""From BPMN 2.0 to a map, whoever drew it; what the map has no place for is told."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from portulan.base.refusals import Problem
from portulan.maps import codec, naming
from portulan.maps.bpmn import source as sources
from portulan.maps.bpmn.flows import fold, passage_of, read_flows
from portulan.maps.bpmn.names import tag
from portulan.maps.bpmn.nodes import Node, read_ground, read_nodes, step_of
from portulan.maps.bpmn.positions import drawn_elsewhere, kept
from portulan.maps.bpmn.source import BpmnNotReadable, Own, Source, named, own_of
from portulan.maps.layout import Layout
from portulan.maps.model import LONGEST_TITLE, MOST_STEPS, Map, MapState


@dataclass(frozen=True)
class Read:
    """The map and layout that a file holds, whether we wrote it, and what was left out, in sentences."""

    map: Map
    layout: Layout
    ours: bool
    left_out: tuple[str, ...]


def read(raw: bytes, *, state: MapState, lang: str, taken: Collection[str] = (), name: str = "") -> Read:
    """Return the map that a BPMN file holds.

    `state` is that of a map drawn elsewhere, `name` its title when the drawing has none; `taken` are step ids
    that its steps may not get. What we wrote keeps its own.

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
    nodes, drawn = _drawn(source, {**rest, **_title(source, own, name), "phases": phases})
    stand = kept(source, nodes, drawn) if own else drawn_elsewhere(source, nodes, drawn)
    layout = codec.read_layout({"positions": {**places, **stand}})
    return Read(drawn, layout, own is not None, tuple(source.left_out))


def _drawn(source: Source, rest: dict[str, Any]) -> tuple[list[Node], Map]:
    """Return the nodes that became the steps, in order, and the map.

    :raises BpmnNotReadable: when there are more than a map holds.
    """
    ground = read_ground(source)
    nodes = read_nodes(source, ground)
    if len(nodes) > MOST_STEPS:
        raise BpmnNotReadable(Problem("/", "maps.bpmn_too_many", {"n": len(nodes), "most": MOST_STEPS}))
    flows = fold(nodes, read_flows(source, nodes))
    steps = {uid: step_of(source, node, rest["phases"]) for uid, node in nodes.items()}
    ids = {uid: str(step["id"]) for uid, step in steps.items()}
    passages = [passage_of(source, flow, ids) for flow in flows]
    raw = {**rest, "lanes": ground.lanes, "steps": list(steps.values()), "passages": passages}
    return list(nodes.values()), codec.read(raw)


def _title(source: Source, own: Own | None, name: str) -> dict[str, str]:
    """Return the title, renamed where somebody did, and the id of a process drawn elsewhere."""
    drawn = source.root.iter(tag("participant"))
    pools = [*sorted(drawn, key=lambda one: "processRef" not in one.attrib), *source.processes()]
    if own is not None:
        return {"title": named(pools[0], str(own.kept.get("title", "")))}
    names = [*(one.get("name", "").strip() for one in pools), name.strip(), source.say("bpmn_title")]
    title = next(one for one in names if one)[:LONGEST_TITLE]
    return {"title": title, "uid": naming.uid_from(title)}
