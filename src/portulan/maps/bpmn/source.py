"""A BPMN file being read: its elements, its boxes, our own extensions, and what is left out.

Refuses what is no BPMN, document types and entities: XML is read as hostile.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeXml

from portulan.base import texts
from portulan.base.refusals import NotValid, Problem
from portulan.maps import naming
from portulan.maps.bpmn.names import BOUNDS, DIAGRAM, OWN, local, safe, tag
from portulan.maps.bpmn.place import Box

#: Bytes of a file; the largest drawings known are a tenth of it.
LARGEST = 8_000_000


class BpmnNotReadable(NotValid):
    """The bytes are no BPMN drawing."""

    code = "maps.bpmn_not_readable"


@dataclass(frozen=True, eq=False)
class Own:
    """What we wrote on an element: its kind, the id on the map, the properties, the element of XML."""

    kind: str
    id: str
    kept: dict[str, Any]
    element: ET.Element


@dataclass
class Source:
    """A file being read.

    `taken` are the ids that new elements may not get, `given` those of ours met so far, `left_out` what has
    no place on a map, in sentences.
    """

    root: ET.Element
    lang: str
    taken: set[str]
    given: set[str] = field(default_factory=set)
    boxes: dict[str, Box] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def say(self, text: str, **facts: Any) -> str:
        """Return a text of the room in the language of who reads."""
        return texts.say(f"maps.{text}", self.lang, **facts)

    def leave_out(self, text: str, **facts: Any) -> None:
        """Tell that something has no place on the map."""
        sentence = self.say(text, **facts)
        if sentence not in self.left_out:
            self.left_out.append(sentence)

    def free(self, label: str) -> str:
        """Return an id that reads like the label and keep it from being given again."""
        uid = naming.free_uid(naming.uid_from(label), self.taken)
        self.taken.add(uid)
        return uid

    def keep(self, own: Own) -> str:
        """Return the id that we wrote; another one when the file holds it twice."""
        if own.id in self.given:
            return self.free(own.id)
        self.given.add(own.id)
        return own.id

    def processes(self) -> Iterator[ET.Element]:
        """Yield the processes of the file."""
        yield from (one for one in self.root if local(one) == "process")


def load(raw: bytes, lang: str) -> Source:
    """Return a file ready to be read.

    :raises BpmnNotReadable: when it is too large, no XML, or no BPMN.
    """
    if len(raw) > LARGEST:
        raise BpmnNotReadable(Problem("/", "maps.bpmn_too_large", {"most": LARGEST // 1_000_000}))
    try:
        root: ET.Element = SafeXml.fromstring(raw, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BpmnNotReadable(Problem("/", "maps.bpmn_no_xml")) from error
    if local(root) != "definitions" or not any(local(one) == "process" for one in root):
        raise BpmnNotReadable(Problem("/", "maps.bpmn_no_process"))
    ours = {one.get("id", "") for one in root.iter() if str(one.tag).startswith(f"{{{OWN}}}")}
    kept = {str(one.get("id")) for one in _phases(root)}
    return Source(root, lang, ours | kept, boxes=dict(_boxes(root)))


def own_of(element: ET.Element) -> Own | None:
    """Return what we wrote on an element, None where we did not.

    :raises BpmnNotReadable: when it was damaged.
    """
    for extension in element.iterfind(f"{tag('extensionElements')}/*"):
        space, _, kind = str(extension.tag).rpartition("}")
        if space == f"{{{OWN}":
            return Own(kind, extension.get("id", ""), _kept(element, extension.text or "{}"), extension)
    return None


def named(element: ET.Element, kept: str = "") -> str:
    """Return the name of an element: what we wrote when nobody renamed it since."""
    name = element.get("name", "")
    return kept if name == safe(kept) else name.strip()


def text_of(element: ET.Element, name: str) -> str:
    """Return the text of a child, "" without one."""
    found = element.find(tag(name))
    return "".join(found.itertext()).strip() if found is not None else ""


def _kept(element: ET.Element, text: str) -> dict[str, Any]:
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        where = element.get("id", "/")
        raise BpmnNotReadable(Problem(where, "maps.bpmn_damaged", {"id": where}))
    return kept


def _phases(root: ET.Element) -> list[dict[str, Any]]:
    """Return the phases that we wrote: no other element may get their ids."""
    processes = (one for one in root if local(one) == "process")
    listed = [own.kept.get("phases") for one in processes if (own := own_of(one)) is not None]
    return [one for many in listed if isinstance(many, list) for one in many if isinstance(one, dict)]


def _boxes(root: ET.Element) -> Iterator[tuple[str, Box]]:
    for shape in root.iter(tag("BPMNShape", DIAGRAM)):
        bounds = shape.find(tag("Bounds", BOUNDS))
        if bounds is None:
            continue
        try:
            x, y, w, h = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
        except ValueError:
            continue
        if all(abs(one) < 1e7 for one in (x, y, w, h)):  # noqa: PLR2004 - beyond any canvas, and no infinity
            yield shape.get("bpmnElement", ""), Box(x, y, w, h)
