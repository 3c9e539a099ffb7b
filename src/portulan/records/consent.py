"""What has to be agreed before a record goes on, and what stays as it is until somebody decided.

Owns two registries that `server.wiring` fills: who knows what was agreed, and what holds a record. Every
write of people, imports and rules asks here first; what a record follows of its activities, and what a
plan that is applied moves, go on.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from portulan.base.conditions import walk
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.base.refusals import NotNow, Problem
from portulan.base.registry import Registry
from portulan.blueprint.schema import Approval, Object, Pipeline
from portulan.records import pipeline, runtime

T = TypeVar("T")
#: Returns why records of an object stay as they are, by id.
HOLDERS: Registry[Callable[[str, Collection[int]], Mapping[int, Problem]]] = Registry("holder")
#: Returns the approvals that were given for a record: those of a mapping of approvals to what each is about.
GIVEN: Registry[Callable[[str, int, Mapping[str, str]], Collection[str]]] = Registry("giver of approvals")


class Held(NotNow):
    """The record stays as it is until somebody decided; the problems say who."""

    code = "records.held"


def held(kind: Object, ids: Collection[int]) -> dict[int, Problem]:
    """Return why some of the records stay as they are, by id."""
    found: dict[int, Problem] = {}
    for name in HOLDERS:
        found |= HOLDERS.get(name)(kind.uid, ids)
    return found


def require_free(kind: Object, ids: Collection[int]) -> None:
    """Do nothing when every record may be changed.

    :raises Held: when one of them waits for a decision.
    """
    found = held(kind, ids)
    if found:
        raise Held(*found.values())


def free(kind: Object, wanted: Mapping[int, T]) -> dict[int, T]:
    """Return what is wanted of records, without those that stay as they are."""
    kept = held(kind, wanted.keys())
    return {row_id: one for row_id, one in wanted.items() if row_id not in kept}


def on_way(travelled: Pipeline, source: str, to: str) -> tuple[Approval, ...]:
    """Return the approvals that a move would ask about: those of the stages that it leaves forward."""
    left = pipeline.left_forward(travelled, source, to)
    return tuple(
        one
        for one in runtime.current().blueprint.approvals
        if one.pipeline == travelled.uid and one.stage in left and not one.archived
    )


def lacking(
    kind: Object, row: Any, asked: Iterable[Approval], seen: Mapping[str, Any], now: Circumstances
) -> tuple[Approval, ...]:
    """Return the approvals that a record needs, as it is seen, and nobody gave for what it is now."""
    needed = [one for one in asked if one.condition is None or met_by(one.condition, seen, now)]
    if not needed or row.pk is None:
        return tuple(needed)
    about = {one.uid: about_of(one, seen) for one in needed}
    given = {uid for name in GIVEN for uid in GIVEN.get(name)(kind.uid, row.pk, about)}
    return tuple(one for one in needed if one.uid not in given)


def about_of(approval: Approval, seen: Mapping[str, Any]) -> str:
    """Return what an approval is about on a record: what its condition reads, else its stay in the stage."""
    if approval.condition is None:
        read: dict[str, Any] = {"since": seen.get("stage_since")}
    else:
        read = {path: _value(seen, path) for path in walk.fields_of(approval.condition)}
        read |= {one: seen.get(one) for one in walk.relations_of(approval.condition)}
    return hashlib.sha256(json.dumps(read, sort_keys=True, default=str).encode()).hexdigest()


def _value(seen: Mapping[str, Any], path: str) -> Any:
    value: Any = seen
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
