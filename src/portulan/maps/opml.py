"""A mind map to and from OPML 2.0, the format in which outliners exchange trees.

Owns that a topic is a step and its parent the passage that leads to it. Refuses what is no outline.
"""

from collections.abc import Collection, Iterator, Mapping
from xml.etree import ElementTree as ET

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeXml

from portulan.base import texts
from portulan.base.refusals import NotValid, Problem
from portulan.maps import naming
from portulan.maps.bpmn.names import safe
from portulan.maps.model import LONGEST_TITLE, MOST_STEPS, Lane, Map, MapState, Passage, Phase, Step

#: How deep topics lie in each other at most: nobody thinks deeper, and Python counts calls.
DEEPEST = 100


class OpmlNotReadable(NotValid):
    """The bytes are no outline."""

    code = "maps.opml_not_readable"


def write(drawn: Map) -> bytes:
    """Return the topics of a map as OPML: each under the first one that leads to it."""
    root = ET.Element("opml", {"version": "2.0"})
    ET.SubElement(ET.SubElement(root, "head"), "title").text = safe(drawn.title)
    body = ET.SubElement(root, "body")
    parents = _parents(drawn)
    elements: dict[str, ET.Element] = {}
    for step in drawn.steps:
        facts = {"text": safe(step.label)} | ({"_note": safe(step.description)} if step.description else {})
        elements[step.id] = ET.Element("outline", facts)
    for step in drawn.steps:
        above = elements.get(parents.get(step.id, ""))
        (body if above is None else above).append(elements[step.id])
    ET.indent(root)
    raw: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw


def read(raw: bytes, *, state: MapState, lang: str, taken: Collection[str] = (), name: str = "") -> Map:
    """Return the mind map that an outline holds; several topics at the top hang under its title.

    `taken` are step ids that its steps may not get.

    :raises OpmlNotReadable: when it is no outline, too deep, or holds more topics than a map.
    """
    try:
        root: ET.Element = SafeXml.fromstring(raw, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise OpmlNotReadable(Problem("/", "maps.bpmn_no_xml")) from error
    body = root.find("body")
    if root.tag != "opml" or body is None:
        raise OpmlNotReadable(Problem("/", "maps.opml_no_body"))
    title = (root.findtext("head/title") or name).strip()[:LONGEST_TITLE] or texts.say(
        "maps.value_mind", lang
    )
    tops = body.findall("outline")
    if len(tops) != 1:
        top = ET.Element("outline", {"text": title})
        top.extend(tops)
        tops = [top]
    steps, passages = _grown(tops[0], set(taken))
    ground = texts.say("maps.value_mind", lang)
    return Map(
        uid=naming.uid_from(title),
        title=title,
        kind="mind",
        state=state,
        phases=(Phase(id="idees", label=ground),),
        lanes=(Lane(id="idees", label=ground),),
        steps=tuple(steps),
        passages=tuple(passages),
    )


def _grown(top: ET.Element, taken: set[str]) -> tuple[list[Step], list[Passage]]:
    steps: list[Step] = []
    passages: list[Passage] = []
    for topic, parent in _topics(top):
        label = " ".join(topic.get("text", "").split()) or "–"
        uid = naming.free_uid(naming.uid_from(label), taken)
        taken.add(uid)
        topic.set("uid", uid)
        steps.append(
            Step(
                id=uid,
                label=label,
                lane="idees",
                phase="idees",
                begins=parent is None,
                description=topic.get("_note", "").strip(),
            )
        )
        if parent is not None:
            passages.append(Passage(id=f"p{len(passages) + 1}", source=parent.get("uid", ""), target=uid))
        if len(steps) > MOST_STEPS:
            raise OpmlNotReadable(Problem("/", "maps.opml_too_large", {"most": MOST_STEPS}))
    return steps, passages


def _topics(top: ET.Element) -> Iterator[tuple[ET.Element, ET.Element | None]]:
    """Yield each topic with the one above it, from top to bottom."""
    waiting: list[tuple[ET.Element, ET.Element | None, int]] = [(top, None, 0)]
    while waiting:
        topic, parent, depth = waiting.pop()
        if depth > DEEPEST:
            raise OpmlNotReadable(Problem("/", "maps.opml_too_deep", {"most": DEEPEST}))
        yield topic, parent
        waiting += [(one, topic, depth + 1) for one in reversed(topic.findall("outline"))]


def _parents(drawn: Map) -> Mapping[str, str]:
    """Return the step that each one hangs under, without circles."""
    known = {step.id for step in drawn.steps}
    parents: dict[str, str] = {}
    for way in drawn.passages:
        if way.target in parents or not {way.source, way.target} <= known:
            continue
        above: str | None = way.source
        while above is not None and above != way.target:
            above = parents.get(above)
        if above is None:
            parents[way.target] = way.source
    return parents
