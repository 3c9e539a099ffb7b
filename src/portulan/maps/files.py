"""The files that a map leaves as, and those that a map is made of.

Owns which format is which. Refuses files of no format that a map knows, and larger than a map.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from portulan.base.refusals import Problem
from portulan.maps import codec, opml
from portulan.maps.bpmn import files as bpmn
from portulan.maps.bpmn.read import Read
from portulan.maps.bpmn.read import read as read_bpmn
from portulan.maps.bpmn.source import LARGEST
from portulan.maps.codec import MapNotReadable
from portulan.maps.layout import Layout
from portulan.maps.model import Map, MapState
from portulan.maps.outline import outline

Format = Literal["bpmn", "json", "markdown", "opml"]


@dataclass(frozen=True)
class File:
    """A file as it is handed over."""

    name: str
    media: str
    raw: bytes


@dataclass(frozen=True)
class Given:
    """A file as it came, in whose language what is left out is told, and what the map may not be."""

    raw: bytes
    name: str
    state: MapState
    lang: str
    taken: Collection[str] = ()


_Written = Callable[[Map, Layout, str], bytes]
_WRITE: Mapping[Format, tuple[str, str, _Written]] = {
    "bpmn": (".bpmn", "application/xml", lambda drawn, layout, _: bpmn.to_bpmn(drawn, layout)),
    "json": (".json", "application/json", lambda drawn, layout, _: _to_json(drawn, layout)),
    "markdown": (
        ".md",
        "text/markdown; charset=utf-8",
        lambda drawn, _, lang: outline(drawn, lang).encode(),
    ),
    "opml": (".opml", "text/x-opml", lambda drawn, *_: opml.write(drawn)),
}


def write(drawn: Map, layout: Layout, *, form: Format, lang: str) -> File:
    """Return the file of a map in one format.

    :raises MapNotExportable: when BPMN cannot say the map because its references do not hold.
    """
    suffix, media, written = _WRITE[form]
    return File(f"{drawn.uid}{suffix}", media, written(drawn, layout, lang))


def read(given: Given) -> Read:
    """Return the map that a file holds: our JSON, an outline in OPML, else BPMN.

    :raises NotValid: when it holds none, with the reason.
    """
    path = PurePath(given.name)
    if path.suffix.lower() == ".json":
        return _from_json(given.raw)
    if path.suffix.lower() == ".opml":
        if len(given.raw) > LARGEST:
            raise opml.OpmlNotReadable(Problem("/", "maps.bpmn_too_large", {"most": LARGEST // 1_000_000}))
        drawn = opml.read(given.raw, state=given.state, lang=given.lang, taken=given.taken, name=path.stem)
        return Read(drawn, Layout(), ours=False, left_out=())
    return read_bpmn(given.raw, state=given.state, lang=given.lang, taken=given.taken, name=path.stem)


def _to_json(drawn: Map, layout: Layout) -> bytes:
    whole = {"map": codec.dump(drawn), "layout": codec.dump(layout)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _from_json(raw: bytes) -> Read:
    if len(raw) > LARGEST:
        raise MapNotReadable(Problem("/", "maps.bpmn_too_large", {"most": LARGEST // 1_000_000}))
    try:
        whole = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise MapNotReadable(Problem("/", "maps.json_not_readable")) from error
    if not isinstance(whole, dict) or "map" not in whole:
        raise MapNotReadable(Problem("/", "maps.json_not_readable"))
    drawn, layout = codec.read(whole["map"]), codec.read_layout(whole.get("layout", {}))
    return Read(drawn, layout, ours=True, left_out=())
