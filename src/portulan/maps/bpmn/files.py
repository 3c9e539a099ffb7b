"""A map as the bytes of a BPMN file."""

from collections.abc import Collection
from xml.etree import ElementTree as ET

from portulan.maps.bpmn import diagram, write
from portulan.maps.bpmn.names import tag
from portulan.maps.layout import Layout
from portulan.maps.model import Map


def to_bpmn(drawn: Map, layout: Layout, *, together: Collection[str] = ()) -> bytes:
    """Return a map as BPMN 2.0, drawing included; gateways whose ways are taken `together` are parallel ones.

    :raises MapNotExportable: when the map's references do not hold.
    """
    root = write.write(drawn, layout)
    diagram.add(root, drawn, layout)
    for gateway in list(root.iter(tag("exclusiveGateway"))):
        if gateway.get("id", "").removeprefix("step.") in together:
            gateway.tag = tag("parallelGateway")
    ET.indent(root)
    raw: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw
