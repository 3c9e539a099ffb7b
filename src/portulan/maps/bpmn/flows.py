"""The flows of a BPMN file as passages, without the nodes that only tie lines together.

A start event becomes the beginning of what follows it; a gateway with one way out is that way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree as ET

from portulan.base.durations import Duration
from portulan.maps.bpmn import times
from portulan.maps.bpmn.names import GATEWAYS, local, tag
from portulan.maps.bpmn.nodes import Node
from portulan.maps.bpmn.source import Own, Source, named, own_of, text_of
from portulan.maps.bpmn.write import CONDITION

_LONGEST_LABEL = 80


@dataclass(frozen=True)
class Flow:
    """A way between two nodes of the file."""

    source: str
    target: str
    label: str = ""
    own: Own | None = None
    fires_after: Duration | None = None


def read_flows(source: Source, nodes: Mapping[str, Node]) -> list[Flow]:
    """Return the flows between nodes, messages between pools included."""
    borders = {
        one.get("id", ""): one for process in source.processes() for one in process.iter(tag("boundaryEvent"))
    }
    found = []
    for element in _elements(source):
        own = own_of(element)
        if own is not None and own.kind == "drawn":
            continue
        flow = _flow(source, element, own, borders.get(element.get("sourceRef", "")))
        if flow.source in nodes and flow.target in nodes:
            found.append(flow)
        else:
            source.leave_out("bpmn_flow", name=flow.label or element.get("id", ""))
    return found


def fold(nodes: dict[str, Node], flows: list[Flow]) -> list[Flow]:
    """Take out of `nodes` those of other tools that only tie lines together, and return the flows left."""
    for uid in [uid for uid, node in nodes.items() if node.own is None and node.shape in GATEWAYS]:
        out = [flow for flow in flows if flow.source == uid]
        if len(out) == 1 and out[0].target != uid and out[0].own is None:
            del nodes[uid]
            flows = [
                _through(flow, out[0]) if flow.target == uid else flow for flow in flows if flow != out[0]
            ]
    for uid in [uid for uid, node in nodes.items() if node.own is None and node.shape == "startEvent"]:
        out = [flow for flow in flows if flow.source == uid]
        alone = len(out) == 1 and not any(flow.target == uid for flow in flows)
        if alone and nodes[out[0].target].shape not in GATEWAYS | {"endEvent"}:
            nodes[out[0].target].begins = True
            del nodes[uid]
            flows.remove(out[0])
        else:
            nodes[uid].begins = True
    return list(dict.fromkeys(flows))


def passage_of(source: Source, flow: Flow, steps: Mapping[str, str]) -> dict[str, Any]:
    """Return a flow as the JSON of a passage; `steps` are the ids on the map by those in the file."""
    ends = {"source": steps[flow.source], "target": steps[flow.target]}
    if flow.own is not None:
        return {**flow.own.kept, **ends, "id": source.keep(flow.own), "label": flow.label}
    fires = flow.fires_after.model_dump(mode="json") if flow.fires_after else None
    uid = source.free(f"{ends['source'][:19]}_{ends['target'][:19]}")
    return {"id": uid, **ends, "label": flow.label, "fires_after": fires}


def _elements(source: Source) -> Iterator[ET.Element]:
    for process in source.processes():
        yield from (one for one in process if local(one) == "sequenceFlow")
    yield from source.root.iter(tag("messageFlow"))


def _flow(source: Source, element: ET.Element, own: Own | None, border: ET.Element | None) -> Flow:
    label = named(element, str(own.kept.get("label", "")) if own else "")
    start, timer = element.get("sourceRef", ""), None
    if border is not None:
        start = border.get("attachedToRef", "")
        label = label or named(border)
        definition = border.find(tag("timerEventDefinition"))
        timer = times.find(text_of(definition, "timeDuration")) if definition is not None else None
    expression = element.find(tag("conditionExpression"))
    if expression is not None and expression.get("language") != CONDITION:
        said = "".join(expression.itertext()).strip()[:_LONGEST_LABEL]
        if label and said:
            source.leave_out("bpmn_expression", name=label, expression=said)
        label = label or said
    return Flow(start, element.get("targetRef", ""), label, own, timer)


def _through(flow: Flow, onward: Flow) -> Flow:
    return replace(
        flow,
        target=onward.target,
        label=flow.label or onward.label,
        fires_after=flow.fires_after or onward.fires_after,
    )
