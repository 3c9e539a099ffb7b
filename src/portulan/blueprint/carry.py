"""From the blueprint in force and the one that is wanted to the one that is really built.

Pure. Nothing stored is ever dropped: what is no longer wanted stays as a tombstone, physical names are
frozen at creation, and a field that changes its type gets a fresh column beside its former one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from portulan.blueprint.diff import Part
from portulan.blueprint.schema import Blueprint, Field, Object, Pipeline

P = TypeVar("P", bound=Part)
#: Leaves room in an id for the mark of a tombstone or of a fresh column.
_ROOT = 30


@dataclass(frozen=True)
class Retyped:
    """A field whose values must be copied: `source` holds them before, `target` receives them after."""

    object: Object
    source: Field
    target: Field


def carry(old: Blueprint, wanted: Blueprint) -> Blueprint:
    """Return the wanted blueprint with the tombstones and the physical names of the old one."""
    before = {one.uid: one for one in old.objects}
    objects = tuple(_object(before.get(one.uid), one) for one in wanted.objects)
    pipes = {one.uid: one for one in old.pipelines}
    pipelines = tuple(_pipeline(pipes.get(one.uid), one) for one in wanted.pipelines)
    return wanted.model_copy(
        update={
            "objects": _with_tombstones(old.objects, objects),
            "pipelines": _with_tombstones(old.pipelines, pipelines),
            "roles": _with_tombstones(old.roles, wanted.roles),
            "rules": _with_tombstones(old.rules, wanted.rules),
            "promises": _with_tombstones(old.promises, wanted.promises),
            "approvals": _with_tombstones(old.approvals, wanted.approvals),
            "measures": _with_tombstones(old.measures, wanted.measures),
            "boards": _with_tombstones(old.boards, wanted.boards),
        }
    )


def retyped(old: Blueprint, new: Blueprint) -> tuple[Retyped, ...]:
    """Return the live fields whose column is another one than before."""
    before = {one.uid: one for one in old.objects}
    return tuple(_retyped(before, new))


def live(blueprint: Blueprint) -> Blueprint:
    """Return the blueprint without its tombstones: what is compared and exported."""
    return blueprint.model_copy(
        update={
            "objects": tuple(
                one.model_copy(update={"fields": _alive(one.fields)}) for one in _alive(blueprint.objects)
            ),
            "pipelines": tuple(
                one.model_copy(update={"stages": _alive(one.stages), "transitions": _alive(one.transitions)})
                for one in _alive(blueprint.pipelines)
            ),
            "roles": _alive(blueprint.roles),
            "rules": _alive(blueprint.rules),
            "promises": _alive(blueprint.promises),
            "approvals": _alive(blueprint.approvals),
            "measures": _alive(blueprint.measures),
            "boards": _alive(blueprint.boards),
        }
    )


def _retyped(before: dict[str, Object], new: Blueprint) -> Iterator[Retyped]:
    for one in _alive(new.objects):
        known = {f.uid: f for f in before[one.uid].fields} if one.uid in before else {}
        for field in _alive(one.fields):
            former = known.get(field.uid)
            if former is not None and former.column != field.column and not former.archived:
                yield Retyped(one, former, field)


def _object(old: Object | None, new: Object) -> Object:
    if old is None:
        return new
    fields: list[Field] = []
    stones: list[Field] = []
    former = {field.uid: field for field in old.fields}
    for field in new.fields:
        known = former.get(field.uid)
        if known is None:
            fields.append(field)
        elif known.type == field.type:
            fields.append(field.model_copy(update={"column": known.column}))
        else:
            fields.append(field.model_copy(update={"column": _column(old, field)}))
            stones.append(known.model_copy(update={"uid": _stone(known), "archived": True, "unique": False}))
    used = {field.column for field in fields}
    kept = [
        field.model_copy(update={"archived": True})
        for field in (*old.fields, *stones)
        if field.column not in used and field.uid not in {one.uid for one in fields}
    ]
    return new.model_copy(update={"table": old.table, "fields": (*fields, *kept)})


def _column(old: Object, field: Field) -> str:
    """Return a column for a field of a new type: one that held this type before, else a fresh one."""
    for stone in old.fields:
        if stone.archived and stone.uid == _stone(field):
            return stone.column
    taken = {one.column for one in old.fields}
    fresh = (f"{_root(field)}_{n}" for n in range(2, len(taken) + 3))
    return next(name for name in fresh if name not in taken)


def _stone(field: Field) -> str:
    """Return the uid under which a former column lies: the field's, marked by its column's type."""
    return f"{_root(field)}_was_{field.type}"


def _root(field: Field) -> str:
    return field.uid[:_ROOT].rstrip("_")


def _pipeline(old: Pipeline | None, new: Pipeline) -> Pipeline:
    if old is None:
        return new
    return new.model_copy(
        update={
            "stages": _with_tombstones(old.stages, new.stages),
            "transitions": _with_tombstones(old.transitions, new.transitions),
        }
    )


def _with_tombstones(old: Sequence[P], new: Sequence[P]) -> tuple[P, ...]:
    wanted = {part.uid for part in new}
    gone = [part for part in old if part.uid not in wanted]
    return (*new, *map(_stoned, gone))


def _stoned(part: P) -> P:
    return cast("P", part.model_copy(update={"archived": True}))


def _alive(parts: Sequence[P]) -> tuple[P, ...]:
    return tuple(part for part in parts if not part.archived)
