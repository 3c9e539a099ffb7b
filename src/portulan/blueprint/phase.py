"""The maps and the base model as far as a phase of the rollout, and what phases need of those after them.

Pure. A step of a later phase is crossed like a gateway, so that the way goes on; what it asks, promises and
does is not there yet, nor are the scenarios and measures that speak of it. An object that only later
processes work on is not there either. Where a process begins and ends stays: no record could do without.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from portulan.base.refusals import Problem
from portulan.blueprint.schema import LAST_PHASE, Blueprint, Object, Role
from portulan.maps.model import FINAL, Map, Passage, Step


def upto(maps: Iterable[Map], base: Blueprint, phase: int) -> tuple[tuple[Map, ...], Blueprint]:
    """Return the maps and the base model as far as a phase."""
    drawn = tuple(maps)
    if phase >= LAST_PHASE:
        return drawn, base.model_copy(update={"rollout": LAST_PHASE})
    kept = tuple(one for each in drawn if (one := _narrowed(each, phase)) is not None)
    later = {one.subject for one in drawn} - {one.subject for one in kept}
    return kept, _without(base, later).model_copy(update={"rollout": phase})


def needs(maps: Iterable[Map], phase: int) -> Iterator[Problem]:
    """Yield what a phase needs of a later one, each on its step."""
    for drawn in maps:
        steps = {one.id: one for one in drawn.steps}
        born = {part: step for step in drawn.steps for part in _parts(step, "produced")}
        for step in drawn.steps:
            if step.rollout > phase and (step.begins or step.kind in FINAL) and _begun(drawn, phase):
                yield _need("phase_needs_end", drawn, step, later=step.rollout)
            if step.rollout <= phase:
                for part in _parts(step, "used"):
                    source = born.get(part)
                    if source is not None and source.rollout > phase:
                        yield _need("phase_needs_information", drawn, step, source=source)
                yield from _ways(drawn, step, steps, phase)


def _ways(drawn: Map, step: Step, steps: dict[str, Step], phase: int) -> Iterator[Problem]:
    """Yield the need of a step that leads to later steps only."""
    ways = (steps[one.target] for one in drawn.passages if one.source == step.id and one.target in steps)
    after = [one for one in ways if one.kind != "lost"]
    if after and all(one.rollout > phase and one.kind not in FINAL for one in after):
        yield _need("phase_needs_way", drawn, step, source=after[0])


def _need(code: str, drawn: Map, step: Step, *, source: Step | None = None, later: int = 0) -> Problem:
    facts: dict[str, Any] = {"map": drawn.title, "step": step.label}
    if source is not None:
        facts |= {"other": source.label, "phase": source.rollout}
    else:
        facts |= {"phase": later}
    return Problem(f"{drawn.uid}/{step.id}", f"blueprint.{code}", facts)


def _begun(drawn: Map, phase: int) -> bool:
    return any(one.rollout <= phase and one.kind != "gateway" for one in drawn.steps)


def _narrowed(drawn: Map, phase: int) -> Map | None:
    """Return a map without what comes in a later phase, None when all of it does."""
    if not _begun(drawn, phase):
        return None
    later = {
        one.id: one
        for one in drawn.steps
        if one.rollout > phase and not one.begins and one.kind not in FINAL and one.kind != "gateway"
    }
    gone = {*later, *(part for one in later.values() for part in _parts(one, "produced"))}
    return drawn.model_copy(
        update={
            "steps": tuple(_crossed(one) if one.id in later else one for one in drawn.steps),
            "passages": tuple(
                _bare(one) if {one.source, one.target} & gone else one for one in drawn.passages
            ),
            "scenarios": tuple(
                one for one in drawn.scenarios if gone.isdisjoint(_strings(one.model_dump(mode="json")))
            ),
            "measures": tuple(
                one for one in drawn.measures if gone.isdisjoint(_strings(one.model_dump(mode="json")))
            ),
        }
    )


def _crossed(step: Step) -> Step:
    return Step(id=step.id, label=step.label, kind="gateway", lane=step.lane, phase=step.phase)


def _bare(way: Passage) -> Passage:
    return Passage(id=way.id, source=way.source, target=way.target, label=way.label)


def _parts(step: Step, use: str) -> Iterator[str]:
    """Yield the fields that a step uses or produces, by the name that the others call them."""
    return (one.field or one.id for one in step.information if one.use == use)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _without(base: Blueprint, later: set[str | None]) -> Blueprint:
    """Return the base model without objects, the fields that lead to them, the rights on them."""
    return base.model_copy(
        update={
            "objects": tuple(_unlinked(one, later) for one in base.objects if one.uid not in later),
            "roles": tuple(_entitled(one, later) for one in base.roles),
        }
    )


def _unlinked(one: Object, later: set[str | None]) -> Object:
    fields: Sequence[Any] = [field for field in one.fields if field.to is None or field.to not in later]
    return one.model_copy(update={"fields": tuple(fields)})


def _entitled(role: Role, later: set[str | None]) -> Role:
    rights = tuple(one for one in role.rights if one.object not in later)
    return role.model_copy(update={"rights": rights})
