"""Reads a shared document as a map and its layout, whatever its writers did.

Total and deterministic: what does not fit is left out, a passage without an end is not there, a step whose
lane or phase is gone stands in the first one. Refuses nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from pycrdt import Doc
from pycrdt import Map as YMap

from portulan.maps import codec
from portulan.maps.layout import Layout, Position
from portulan.maps.model import MOST_PASSAGES, MOST_STEPS, Map
from portulan.maps.shared import order, shape

Json = dict[str, Any]
#: What takes out of an element what does not fit it.
Fit = Callable[[str, Json], Json]


def read(doc: Doc[Any], *, uid: str, state: str, title: str) -> tuple[Map, Layout]:
    """Return the map and the layout of a document; `title` is for a document that lost its own."""
    fixed = {"uid": uid, "state": state}
    try:
        return codec.read({"title": title, **_drawn(doc, fit=_as_said), **fixed}), _layout(doc)
    except (codec.MapNotReadable, TypeError):  # a hostile end or lane may be no text at all
        return codec.read({"title": title, **_drawn(doc, fit=shape.fitting), **fixed}), _layout(doc)


def _drawn(doc: Doc[Any], *, fit: Fit) -> Json:
    """Return the map that a document says, whole: what misses an end, a lane or a phase is mended."""
    steps = _elements(doc, "steps", fit)[:MOST_STEPS]
    lanes = _ground(_elements(doc, "lanes", fit), [step.get("lane", "lane") for step in steps])
    phases = _ground(_elements(doc, "phases", fit), [step.get("phase", "phase") for step in steps])
    for name, listed in (("lane", lanes), ("phase", phases)):
        there = {one["id"] for one in listed}
        for step in steps:
            if step.get(name) not in there:
                step[name] = listed[0]["id"]
    known = {step["id"] for step in steps}
    ways = [one for one in _elements(doc, "passages", fit) if {one.get("source"), one.get("target")} <= known]
    parts = {"lanes": lanes, "phases": phases, "steps": steps, "passages": ways[:MOST_PASSAGES]}
    return {**_said(shape.root(doc, shape.HEAD), shape.HEAD, fit), **parts}


def _elements(doc: Doc[Any], name: shape.Collection, fit: Fit) -> list[Json]:
    held = shape.root(doc, name)
    found = [
        (one, element) for one, element in held.items() if isinstance(element, YMap) and shape.is_id(one)
    ]
    places = {one: key if order.is_key(key := element.get(shape.PLACE)) else "" for one, element in found}
    found.sort(key=lambda pair: (places[pair[0]], pair[0]))
    ground = {} if name == "passages" else {"label": ""}
    return [{**ground, **_said(element, name, fit), "id": one} for one, element in found]


def _said(element: shape.Shared, kind: str, fit: Fit) -> Json:
    said, _ = shape.properties(element)
    return fit(kind, {name: value for name, value in said.items() if name not in shape.FIXED})


def _as_said(_kind: str, said: Json) -> Json:
    return said


def _ground(said: list[Json], wanted: Sequence[str]) -> list[Json]:
    """Return the lanes or the phases; the last one comes back when steps still stand on it."""
    return said or [{"id": one, "label": one} for one in wanted[:1]]


def _layout(doc: Doc[Any]) -> Layout:
    stands = shape.values(shape.root(doc, shape.POSITIONS))
    return Layout(
        positions={
            one: Position.model_validate(value)
            for one, value in stands.items()
            if shape.is_id(one) and shape.fits_position(value)
        }
    )
