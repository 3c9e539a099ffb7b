"""The names of BPMN: namespaces, tags, the ids of what is written, texts that XML can hold.

A point cannot stand in the id of an element of a map, so ids written with points never meet.
"""

import re
from xml.etree import ElementTree as ET

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
LINES = "http://www.omg.org/spec/DD/20100524/DI"
OWN = "urn:portulan:map:1"
for _prefix, _uri in (("bpmn", MODEL), ("bpmndi", DIAGRAM), ("dc", BOUNDS), ("di", LINES), ("portulan", OWN)):
    ET.register_namespace(_prefix, _uri)

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TASKS = frozenset({
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "scriptTask", "businessRuleTask",
    "receiveTask", "callActivity", "subProcess", "transaction", "adHocSubProcess",
})  # fmt: skip
GATEWAYS = frozenset({
    "exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway",
})  # fmt: skip
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"})


def tag(name: str, space: str = MODEL) -> str:
    """Return a name in its namespace, as ElementTree writes it."""
    return f"{{{space}}}{name}"


def local(element: ET.Element) -> str:
    """Return the name of an element of BPMN without its namespace, "" for other elements."""
    space, _, name = str(element.tag).rpartition("}")
    return name if space == f"{{{MODEL}" else ""


def safe(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)
