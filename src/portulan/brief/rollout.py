"""The rollout: what each phase switches on, what it needs of a later one, what it is worth, and who uses it.

A step is worth its importance and the weight of the irritants that it answers; how many people hold its roles
is said beside it. What is worth most is proposed first. Adoption counts, over thirty days, the records that
came to a step and the people who brought them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portulan.base.refusals import Problem
from portulan.blueprint import base_model, carry, diff, phase
from portulan.blueprint.check import check
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.blueprint.diff import Theme
from portulan.blueprint.schema import LAST_PHASE, Blueprint
from portulan.events import queries as events
from portulan.maps import irritants
from portulan.maps import queries as maps
from portulan.maps.model import Map, Priority, Step
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime

DAYS = 30
_MOVED, _CREATED = "record.moved", "record.created"
_WORTH: Mapping[Priority, int] = {"indispensable": 4, "important": 2, "optional": 0}
#: What a step is worth at least to be proposed for the first phase, and for the second.
_FIRST, _SECOND = 4, 2


@dataclass(frozen=True)
class Adoption:
    """What happened at a step lately: records that came there, people who brought them."""

    records: int = 0
    people: int = 0


@dataclass(frozen=True)
class Function:
    """A step in its phase: the irritants that it answers, the people it helps, what it is worth, its use.

    `adoption` is None as long as the step is not in force, or where the actor may not know.
    """

    map_id: str
    map: str
    element: str
    label: str
    phase: int
    level: Priority
    answers: tuple[str, ...]
    people: int
    worth: int
    proposed: int
    adoption: Adoption | None = None


@dataclass(frozen=True)
class Phase:
    """A phase: what it switches on, in sentences by theme, and what stands in its way."""

    n: int
    in_force: bool
    functions: tuple[Function, ...]
    brings: Mapping[Theme, list[str]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rollout:
    """The phases; `reached` is the one in force, 0 before any process is."""

    reached: int
    phases: tuple[Phase, ...]


def rollout(actor: Actor, *, at: datetime) -> Rollout:
    """Return the phases of the published maps."""
    rights.require(actor, "read", "blueprint")
    published = maps.published(actor)
    current = runtime.newest().blueprint
    reached = current.rollout if carry.live(current).pipelines else 0
    functions = list(_functions(actor, published, current, at))
    phases = []
    before: Blueprint | None = None
    for n in range(1, LAST_PHASE + 1):
        built, problems = _built(published, n)
        phases.append(
            Phase(
                n=n,
                in_force=n <= reached,
                functions=tuple(one for one in functions if one.phase == n),
                brings=_brings(before or base_model.load(), built, actor.lang),
                needs=tuple(dict.fromkeys(one.say(actor.lang) for one in problems)),
            )
        )
        before = built
    return Rollout(reached, tuple(phases))


def _built(published: Sequence[Map], n: int) -> tuple[Blueprint, list[Problem]]:
    """Return what a phase builds, and everything that stands in its way."""
    found = list(phase.needs(published, n)) if n < LAST_PHASE else []
    narrowed, base = phase.upto(published, base_model.load(), n)
    try:
        built = compile_maps(narrowed, base)
    except MapsNotCompiled as conflicts:
        return base, [*found, *conflicts.problems]
    return built, [*found, *check(built)]


def _brings(before: Blueprint, after: Blueprint, lang: str) -> dict[Theme, list[str]]:
    said: dict[Theme, list[str]] = {}
    for one in diff.diff(before, after):
        if one.action != "remove":
            said.setdefault(one.theme, []).append(one.say(lang))
    return said


def _functions(
    actor: Actor, published: Sequence[Map], current: Blueprint, at: datetime
) -> Iterator[Function]:
    known = maps.titles(actor)
    hurts = _hurts(actor)
    holders: dict[str, set[int]] = {}
    for person in people.directory(actor):
        for role in person.roles:
            holders.setdefault(role, set()).add(person.id)
    used = _used(actor, at)
    live = {stage.uid for one in carry.live(current).pipelines for stage in one.stages}
    for drawn in published:
        map_id, title = known[drawn.uid]
        for step in (one for one in drawn.steps if one.kind != "gateway"):
            answered = hurts.get((map_id, step.id), [])
            helped = len(set().union(*(holders.get(role, set()) for role in _roles(drawn, step))))
            worth = _WORTH[step.priority] + sum(severity for _, severity in answered)
            yield Function(
                map_id=map_id,
                map=title,
                element=step.id,
                label=step.label,
                phase=step.rollout,
                level=step.priority,
                answers=tuple(label for label, _ in answered),
                people=helped,
                worth=worth,
                proposed=1 if worth >= _FIRST else 2 if worth >= _SECOND else LAST_PHASE,
                adoption=used.get(step.id, Adoption()) if used is not None and step.id in live else None,
            )


def _roles(drawn: Map, step: Step) -> set[str]:
    lane = next((one.role for one in drawn.lanes if one.id == step.lane), None)
    return {*step.actors, *([lane] if lane else [])}


def _hurts(actor: Actor) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """Return the irritants that each element answers, with how much they hurt."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for one in irritants.irritants(actor):
        if one.answer is not None:
            place = (str(one.answer.map_id), one.answer.element)
            found.setdefault(place, []).append((one.label, one.severity))
    return found


def _used(actor: Actor, at: datetime) -> dict[str, Adoption] | None:
    """Return what happened at each stage lately, None for those who may not compare people."""
    if not rights.allows(actor, "read", "grid"):
        return None
    came: dict[str, int] = {}
    who: dict[str, set[int]] = {}
    happened = events.of_kinds((_MOVED, _CREATED), since=at - timedelta(days=DAYS), until=at)
    for kind, person, data in happened.values_list("kind", "actor_id", "data").iterator():
        stage = data["to"] if kind == _MOVED else data.get("stage")
        if stage:
            came[stage] = came.get(stage, 0) + 1
            who.setdefault(stage, set()).update([person] if person is not None else [])
    return {stage: Adoption(count, len(who[stage])) for stage, count in came.items()}
