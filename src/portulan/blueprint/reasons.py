"""Why a part of the CRM exists: the element of the map that asks for it, and the irritants that it answers.

Reads what was published. A part that no map owns has no reason but the base model.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portulan.base.refusals import NotThere
from portulan.blueprint import queries
from portulan.blueprint.details import Teller
from portulan.blueprint.diff import Change, Part, Theme, diff
from portulan.blueprint.schema import Blueprint, Origin, Role, Setting
from portulan.maps import irritants
from portulan.maps import queries as maps
from portulan.maps.discussed import label_of
from portulan.maps.model import Map, Priority, Step
from portulan.people import rights
from portulan.people.actor import Actor


@dataclass(frozen=True)
class Reason:
    """The element of a map that asks for a part; `phase` is when it is rolled out, 1 first."""

    map_id: str
    map: str
    element: str
    where: str
    phase: int
    priority: Priority
    irritants: tuple[str, ...]


@dataclass(frozen=True)
class Reasons:
    """The reasons that published maps give, by origin."""

    drawn: Mapping[str, Map]
    titles: Mapping[str, tuple[str, str]]
    answered: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def of(self, origin: Origin | None) -> Reason | None:
        """Return the reason of an origin, None when no published map that one may read has it."""
        drawn = self.drawn.get(origin.map) if origin else None
        if origin is None or drawn is None or origin.map not in self.titles:
            return None
        map_id, title = self.titles[origin.map]
        element = "" if origin.element == origin.map else origin.element
        holder, criterion = _criterion(drawn, element)
        step = holder or next((one for one in drawn.steps if one.id in _steps_of(drawn, element)), None)
        hurts = holder.id if holder else origin.element
        return Reason(
            map_id=map_id,
            map=title,
            element=element,
            where=criterion or label_of(drawn, element) or "",
            phase=step.rollout if step else 1,
            priority=step.priority if step else "indispensable",
            irritants=self.answered.get((origin.map, hurts), ()),
        )


def reasons(actor: Actor) -> Reasons:
    """Return the reasons that published maps give to what they build."""
    titles = maps.titles(actor)
    uids = {map_id: uid for uid, (map_id, _) in titles.items()}
    answered: dict[tuple[str, str], list[str]] = {}
    for one in irritants.wherever(actor):
        places = {(uids.get(str(one.map_id)), one.element)}
        if one.answer is not None:
            places.add((uids.get(str(one.answer.map_id)), one.answer.element))
        for uid, element in places:
            if uid is not None:
                answered.setdefault((uid, element), []).append(one.label)
    drawn = {one.uid: one for one in maps.published(actor)}
    return Reasons(drawn, titles, {place: tuple(dict.fromkeys(said)) for place, said in answered.items()})


def why(actor: Actor, *, theme: Theme, path: str, lang: str) -> dict[str, Any]:
    """Return what a part in force is, and why: its facts, and the elements of maps that ask for it.

    :raises NotThere: when there is no such part in force.
    """
    rights.require(actor, "read", "blueprint")
    built = queries.blueprint_of(queries.newest()[0])
    change = _find(built, theme, path)
    part = change.after
    if part is None or (isinstance(part, Role) and not _may_read(actor, part)):
        raise NotThere
    known = reasons(actor)
    origins = (*_origins(part), *_demands(built, path)) if theme == "fields" else _origins(part)
    found = dict.fromkeys(one for origin in origins if (one := known.of(origin)) is not None)
    return {
        "label": part.label.say(lang),
        "facts": Teller(built, built, lang).facts(change),
        "reasons": [vars(one) for one in found],
    }


def _find(built: Blueprint, theme: Theme, path: str) -> Change:
    uids = tuple(path.split("/"))
    for change in diff(Blueprint(), built):
        if (change.theme, change.path) == (theme, uids):
            return change
    raise NotThere


def _may_read(actor: Actor, role: Role) -> bool:
    return role.uid in actor.roles or rights.allows(actor, "export", "blueprint")


def _origins(part: Part | Setting) -> Iterable[Origin | None]:
    return (part.origin, *(one.origin for one in part.rights)) if isinstance(part, Role) else (part.origin,)


def _demands(built: Blueprint, path: str) -> Iterator[Origin]:
    """Yield the criteria that ask for a field, in the order of the stages."""
    subject, _, uid = path.partition("/")
    for pipeline in built.pipelines:
        if pipeline.object == subject and not pipeline.archived:
            yield from (
                one.origins[uid] for one in pipeline.stages if uid in one.origins and not one.archived
            )


def _criterion(drawn: Map, element: str) -> tuple[Step | None, str]:
    """Return the step that holds a criterion, and its sentence; none when the element is no criterion."""
    for step in drawn.steps:
        for one in (*step.exit, *step.entry):
            if one.id == element:
                return step, one.label
    return None, ""


def _steps_of(drawn: Map, element: str) -> set[str]:
    """Return the step of that id, or the one that a passage leads to, without which it leads nowhere."""
    return {element} | {way.target for way in drawn.passages if way.id == element}
