"""A map as the bytes of a BPMN file."""

from xml.etree import ElementTree as ET

from portulan.maps.bpmn import diagram, write
from portulan.maps.layout import Layout
from portulan.maps.model import Map


def to_bpmn(drawn: Map, layout: Layout) -> bytes:
    """Return a map as BPMN 2.0, drawing included.

    :raises MapNotExportable: when the map's references do not hold.
    """
    root = write.write(drawn, layout)
    diagram.add(root, drawn, layout)
    ET.indent(root)
    raw: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw
