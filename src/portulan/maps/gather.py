"""Gather the steps of a phase into a map of their own, which one step opens: how a long map is split.

Endings stay where they are: they are what the process comes to. The step that stands for the phase keeps what
the rest of the map stands on (the information, who enters and leaves under which criteria, who acts); what is
said of each step goes with it, under the same ids.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from portulan.base import texts
from portulan.base.refusals import NotNow
from portulan.maps import codec, naming, walk
from portulan.maps.model import FINAL, Map, Passage, Step, SubMap

#: Where a map names one of its steps.
_NAMING = ("source", "target", "stage", "to", "element")
_NAMING_MANY = ("stages", "part_stages")
#: Steps that a phase must have to be worth a map.
_FEWEST = 3


class PhaseNotGathered(NotNow):
    """The steps of the phase do not hold together, or are too few."""

    code = "maps.phase_not_gathered"


def gatherable(drawn: Map) -> list[tuple[str, int]]:
    """Return the phases that can be gathered, with how many steps each holds, the largest first."""
    sizes = {
        phase.id: len(_counted(inside)) for phase in drawn.phases if (inside := _inside(drawn, phase.id))
    }
    return sorted(((one, n) for one, n in sizes.items() if n >= _FEWEST), key=lambda pair: -pair[1])


def gather(drawn: Map, phase: str, *, uid: str, step_id: str, lang: str) -> tuple[Map, Map]:
    """Return the map where one step stands for a phase, and the map of that phase, which it opens.

    :raises PhaseNotGathered: when the steps of the phase do not hold together or are too few.
    """
    inside = _inside(drawn, phase)
    if len(_counted(inside)) < _FEWEST:
        raise PhaseNotGathered
    label = next(one.label for one in drawn.phases if one.id == phase)
    ids = {step.id for step in inside}
    one = _standing(drawn, inside, step_id, label).model_copy(
        update={"submaps": (SubMap(id=f"{step_id}_detail"[:48].rstrip("_"), label=label, map=uid),)}
    )
    return _outer(drawn, one, ids), _detail(drawn, inside, uid=uid, phase=phase, lang=lang)


def _inside(drawn: Map, phase: str) -> list[Step]:
    """Return the steps of a phase that hold together, none when they do not; endings stay out."""
    inside = [step for step in drawn.steps if step.phase == phase and step.kind not in FINAL]
    ids = {step.id for step in inside}
    ties = [(way.source, way.target) for way in _within(drawn, ids)]
    held = walk.reached([step.id for step in inside[:1]], walk.leading([*ties, *((b, a) for a, b in ties)]))
    return inside if held == ids else []


def _counted(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.kind != "gateway"]


def _within(drawn: Map, ids: set[str]) -> Iterator[Passage]:
    return (way for way in drawn.passages if way.source in ids and way.target in ids)


def _standing(drawn: Map, inside: list[Step], step_id: str, label: str) -> Step:
    ids = {step.id for step in inside}
    entered = {way.target for way in drawn.passages if way.source not in ids}
    left = {way.source for way in drawn.passages if way.target not in ids}
    kept: dict[str, Any] = {
        name: tuple(dict.fromkeys(one for step in inside for one in getattr(step, name)))
        for name in ("actors", "decides", "informed")
    }
    return Step(
        id=step_id,
        label=label,
        lane=inside[0].lane,
        phase=inside[0].phase,
        begins=any(step.begins for step in inside),
        information=_once(entry for step in inside for entry in step.information),
        entry=_once(one for step in inside if step.id in entered for one in step.entry),
        exit=_once(one for step in inside if step.id in left for one in step.exit),
        **kept,
    )


def _once(parts: Iterable[Any]) -> tuple[Any, ...]:
    """Return parts without those whose id came before; what is produced wins over what is used."""
    found: dict[str, Any] = {}
    for one in parts:
        if one.id not in found or getattr(one, "use", "") == "produced":
            found[one.id] = one
    return tuple(found.values())


def _outer(drawn: Map, one: Step, ids: set[str]) -> Map:
    """Return the map with one step instead of many; what spoke of one of them speaks of it."""
    raw = codec.dump(drawn)
    first = next(n for n, step in enumerate(drawn.steps) if step.id in ids)
    steps = [step for step in raw["steps"] if step["id"] not in ids]
    before = sum(step.id not in ids for step in drawn.steps[:first])
    steps.insert(before, codec.dump(one))
    kept = [way for way in raw["passages"] if not {way["source"], way["target"]} <= ids]
    return codec.read(_renamed({**raw, "steps": steps, "passages": kept}, dict.fromkeys(ids, one.id)))


def _renamed(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(one, ids) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _renamed_under(key, one, ids) for key, one in value.items()}


def _renamed_under(key: str, value: Any, ids: dict[str, str]) -> Any:
    if key in _NAMING and isinstance(value, str):
        return ids.get(value, value)
    if key in _NAMING_MANY and isinstance(value, list):
        return list(dict.fromkeys(ids.get(one, one) for one in value))
    return _renamed(value, ids)


def _detail(drawn: Map, inside: list[Step], *, uid: str, phase: str, lang: str) -> Map:
    """Return the map of a phase, its scope: from where it is entered to an ending where it is left."""
    ids, lanes = {step.id for step in inside}, {step.lane for step in inside}
    label = next(one.label for one in drawn.phases if one.id == phase)
    entered = [way.target for way in drawn.passages if way.source not in ids and way.target in ids]
    first = next((step.id for step in inside if step.begins), entered[0] if entered else inside[0].id)
    steps = [step.model_copy(update={"begins": step.id == first}) for step in inside]
    end = Step(
        id=naming.free_uid(f"{uid}_fin"[:40].rstrip("_"), ids),
        label=texts.say("maps.gathered_end", lang, phase=label),
        kind="closed",
        lane=inside[-1].lane,
        phase=phase,
    )
    out = [way for way in drawn.passages if way.source in ids and way.target not in ids]
    left = {(way.source, way.before): way.model_copy(update={"target": end.id}) for way in reversed(out)}
    return drawn.model_copy(
        update={
            "uid": uid,
            "title": f"{drawn.title} – {label}"[:200],
            "scope": drawn.scope.model_copy(update={"cycle": label}),
            "answers": tuple(one for one in drawn.answers if one.element in ids),
            "phases": tuple(one for one in drawn.phases if one.id == phase),
            "lanes": tuple(one for one in drawn.lanes if one.id in lanes),
            "steps": (*steps, end),
            "passages": (*_within(drawn, ids), *reversed(left.values())),
            "scenarios": (),
            "promises": (),
            "measures": (),
        }
    )
