"""Reads a shared document as a map and its layout, whatever its writers did.

Total and deterministic: what does not fit is left out, a passage without an end is not there, a step whose
lane or phase is gone stands in the first one. Refuses nothing.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from pycrdt import Doc
from pycrdt import Map as YMap

from portulan.maps.layout import Layout, Position
from portulan.maps.model import MOST_PASSAGES, MOST_STEPS, Lane, Map, Passage, Phase, Step
from portulan.maps.shared import order, shape

Placed = TypeVar("Placed", Lane, Phase)
Json = dict[str, Any]


def read(doc: Doc[Any], *, uid: str, state: str, title: str) -> tuple[Map, Layout]:
    """Return the map and the layout of a document; `title` is for a document that lost its own."""
    head = _fitting(shape.root(doc, shape.HEAD), shape.HEAD)
    drawn = _elements(doc, "steps")[:MOST_STEPS]
    lanes = _ground(Lane, _elements(doc, "lanes"), [step.get("lane", "lane") for step in drawn])
    phases = _ground(Phase, _elements(doc, "phases"), [step.get("phase", "phase") for step in drawn])
    steps = [_step(said, lanes, phases) for said in drawn]
    known = {step.id for step in steps}
    ways = [one for one in _elements(doc, "passages") if {one.get("source"), one.get("target")} <= known]
    parts = {"lanes": lanes, "phases": phases, "steps": steps}
    fixed = {"uid": uid, "state": state, "title": head.get("title", title)}
    passages = [Passage.model_validate(one) for one in ways[:MOST_PASSAGES]]
    return Map.model_validate({**head, **fixed, **parts, "passages": passages}), _layout(doc)


def _elements(doc: Doc[Any], name: shape.Collection) -> list[Json]:
    held = shape.root(doc, name)
    found = [
        (one, element) for one, element in held.items() if isinstance(element, YMap) and shape.is_id(one)
    ]
    places = {one: key if order.is_key(key := element.get(shape.PLACE)) else "" for one, element in found}
    found.sort(key=lambda pair: (places[pair[0]], pair[0]))
    return [{**_fitting(element, name), "id": one} for one, element in found]


def _fitting(element: shape.Shared, kind: str) -> Json:
    said, _ = shape.properties(element)
    return shape.fitting(kind, {name: value for name, value in said.items() if name not in shape.FIXED})


def _ground(kind: type[Placed], said: Sequence[Json], wanted: Sequence[str]) -> list[Placed]:
    """Return the lanes or the phases; the last one comes back when steps still stand on it."""
    listed = said or [{"id": one} for one in wanted[:1]]
    return [kind.model_validate({"label": one["id"], **one}) for one in listed]


def _step(said: Json, lanes: Sequence[Lane], phases: Sequence[Phase]) -> Step:
    lane = next((one.id for one in lanes if one.id == said.get("lane")), lanes[0].id)
    phase = next((one.id for one in phases if one.id == said.get("phase")), phases[0].id)
    return Step.model_validate({"label": "", **said, "lane": lane, "phase": phase})


def _layout(doc: Doc[Any]) -> Layout:
    held = shape.root(doc, shape.POSITIONS)
    stands = {one: shape.plain(held[one]) for one in held.keys() if shape.is_id(one)}  # noqa: SIM118 - no dict
    return Layout(
        positions={
            one: Position.model_validate(value) for one, value in stands.items() if shape.fits_position(value)
        }
    )
