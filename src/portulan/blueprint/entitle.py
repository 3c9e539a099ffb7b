"""From who does what on the maps to roles and their rights: what a step asks of people, they may do.

Pure. Rights of the base model are only ever widened. Who leads a step that others hold the records of may
change them all. Who takes part in a step that another leads writes what it produces and nothing else, when
the base model does not know them; when it does, what it says of them stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portulan.base.value import Words
from portulan.blueprint.handovers import holders
from portulan.blueprint.schema import FieldAccess, Object, Origin, Right, Role, RowScope
from portulan.maps.model import Map, Step

#: Professions that maps often name and the base model does not know.
_LABELS = {"finance": Words(fr="Finance", en="Finance"), "legal": Words(fr="Juridique", en="Legal")}
#: Whom no account is opened for.
_OUTSIDE = frozenset({"client", "customer", "prospect"})
_ID = re.compile(r"[a-z](?:_?[a-z0-9])*")
_LOGGED = "activity"


@dataclass(frozen=True)
class _Part:
    """What a role does with the records of a map: where it is first named, how far its hand reaches."""

    origin: Origin
    holds: bool
    leads: bool
    acts: bool
    begins: bool
    produces: frozenset[str]


def entitle(roles: Sequence[Role], objects: Sequence[Object], maps: Sequence[Map]) -> tuple[Role, ...]:
    """Return the roles of the base model and those that maps name, with the rights that their steps need."""
    known = {role.uid: role for role in roles}
    for drawn in maps:
        kind = next(one for one in objects if one.uid == drawn.subject)
        for name in _named(drawn):
            part = _part(drawn, name)
            role = known.get(name) or _new(drawn, name, part)
            known[name] = _granted(role, kind, objects, part, fresh=name not in {one.uid for one in roles})
    return tuple(known.values())


def _named(drawn: Map) -> Iterator[str]:
    """Yield the roles that a map names, in the order of the drawing."""
    lanes = {lane.id: lane.role for lane in drawn.lanes}
    every = (
        name
        for step in drawn.steps
        for name in (lanes.get(step.lane), *step.actors, *step.decides, *step.informed)
    )
    for name in dict.fromkeys(every):
        if name and name not in _OUTSIDE and _ID.fullmatch(name):
            yield name


def _part(drawn: Map, name: str) -> _Part:
    lanes = {lane.id for lane in drawn.lanes if lane.role == name}
    led = [step for step in drawn.steps if step.lane in lanes]
    done = [step for step in drawn.steps if step in led or name in (*step.actors, *step.decides)]
    first = done or [step for step in drawn.steps if name in step.informed]
    return _Part(
        origin=Origin(map=drawn.uid, element=first[0].id),
        holds=name in holders(drawn),
        leads=bool(led),
        acts=bool(done),
        begins=any(step.begins for step in done),
        produces=frozenset(uid for step in done for uid in _produced(drawn, step)),
    )


def _produced(drawn: Map, step: Step) -> Iterator[str]:
    """Yield the fields that a step fills: what it produces, and what the passages out of it ask for."""
    aliases = {one.id: one.field or one.id for each in drawn.steps for one in each.information}
    for entry in step.information:
        if entry.use == "produced" and (entry.field or entry.type):
            yield entry.field or entry.id
    for way in drawn.passages:
        if way.source == step.id:
            yield from (aliases.get(uid, uid) for uid in way.during)


def _new(drawn: Map, name: str, part: _Part) -> Role:
    label = next((Words(fr=lane.label) for lane in drawn.lanes if lane.role == name), None)
    spelt = Words(fr=name.replace("_", " ").capitalize())
    return Role(uid=name, label=label or _LABELS.get(name) or spelt, origin=part.origin)


def _granted(role: Role, kind: Object, objects: Sequence[Object], part: _Part, *, fresh: bool) -> Role:
    rights = {right.object: right for right in role.rights}
    rights[kind.uid] = _widened(rights.get(kind.uid, Right(object=kind.uid)), part, fresh=fresh)
    for uid in sorted(_around(kind, objects)) if fresh else ():
        rights.setdefault(uid, Right(object=uid, read="all", origin=part.origin))
    if fresh and part.acts and any(one.uid == _LOGGED for one in objects):
        rights[_LOGGED] = Right(object=_LOGGED, create=True, read="all", update="own", origin=part.origin)
    return role.model_copy(update={"rights": tuple(rights.values())})


def _around(kind: Object, objects: Sequence[Object]) -> set[str]:
    """Return the objects that the records of an object point to."""
    known = {one.uid for one in objects}
    return {field.to for field in kind.fields if field.to in known and field.to not in (None, kind.uid)}


def _widened(right: Right, part: _Part, *, fresh: bool) -> Right:
    taking_part = fresh and right.update == "none" and bool(part.produces) and not (part.holds or part.leads)
    scope = "all" if taking_part else _scope(right.update, part)
    listed: dict[str, FieldAccess] = dict(right.fields)
    if taking_part or listed or right.others != "write":
        listed |= dict.fromkeys(sorted(part.produces), "write")
    return right.model_copy(
        update={
            "create": right.create or (part.begins and (part.holds or part.leads)),
            "read": "all" if right.read == "none" or scope == "all" else right.read,
            "update": scope,
            "fields": listed,
            "others": "read" if taking_part else right.others,
            "origin": right.origin or part.origin,
        }
    )


def _scope(had: RowScope, part: _Part) -> RowScope:
    """Return the rows that a role changes: its own when it holds records, all when it works on others'."""
    if part.holds:
        return "own" if had == "none" else had
    return "all" if part.leads else had
