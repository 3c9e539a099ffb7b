"""Where a record is on the map: the path that brought it there, what its stage asks, where it may go next."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from portulan.base.conditions.meet import Circumstances
from portulan.blueprint.schema import Object, Origin, Pipeline, Stage
from portulan.events import queries as events
from portulan.maps.model import FINAL, Criterion
from portulan.people.actor import Actor
from portulan.records import operations, pipeline, queries, related, rows, runtime

#: Moves of one record that its path shows at most, the newest.
LONGEST = 500


def position(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> dict[str, Any] | None:
    """Return where a record is, or None when it travels along no pipeline.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    snapshot = runtime.current()
    kind = snapshot.object(object_name)
    row = snapshot.model(object_name).objects.get(pk=row_id)
    travelled = _travelled(row)
    if travelled is None:
        return None
    stage = pipeline.live_stages(travelled)[row.stage]
    standing = _standing(kind, row, stage, at)
    return {
        "pipeline": travelled.uid,
        "map": travelled.uid,
        "stage": stage.uid,
        "since": _iso(row.stage_since),
        "path": list(_path(travelled, _entries(kind, row), at)),
        "criteria": [_criterion(stage, one, met=met) for one, met in standing.criteria],
        "missing": [operations.asked_field(missing) for missing in standing.missing],
        "next": list(_next(travelled, stage)),
    }


def been(
    actor: Actor, *, object_name: str, row_id: int
) -> tuple[Pipeline, list[tuple[str, datetime]]] | None:
    """Return the pipeline of a record and the stages that it entered, oldest first, or None without one.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    snapshot = runtime.current()
    kind = snapshot.object(object_name)
    row = snapshot.model(object_name).objects.get(pk=row_id)
    travelled = _travelled(row)
    if travelled is None or row.deleted_at:
        return None
    return travelled, [(stage, entered) for stage, entered, _ in _entries(kind, row)]


def _travelled(row: Any) -> Pipeline | None:
    uid, stage = getattr(row, "pipeline", None), getattr(row, "stage", None)
    for one in runtime.current().blueprint.pipelines:
        if one.uid == uid and not one.archived and stage in pipeline.live_stages(one):
            return one
    return None


def _standing(kind: Object, row: Any, stage: Stage, at: datetime) -> pipeline.Standing:
    needs = related.needs_of(one.condition for one in stage.exit if one.condition)
    seen = related.of_row(kind, row, needs)
    return pipeline.standing(stage, kind, seen, now=Circumstances(at))


def _entries(kind: Object, row: Any) -> list[tuple[str, datetime, Sequence[str]]]:
    """Return the stages entered, oldest first: which, when, jumping over which."""
    happened = events.of_subject(
        rows.subject(kind, row.pk), kinds=("record.created", "record.moved"), limit=LONGEST
    )
    found: list[tuple[str, datetime, Sequence[str]]] = [
        (one.data.get("to") or one.data.get("stage") or "", one.at, one.data.get("skipped", ()))
        for one in reversed(happened)
        if one.data.get("to") or one.data.get("stage")
    ]
    return found or [(row.stage, row.stage_since or row.created_at, ())]


def _path(
    travelled: Pipeline, entries: list[tuple[str, datetime, Sequence[str]]], at: datetime
) -> Iterator[dict[str, Any]]:
    labels = {stage.uid: stage.label.model_dump() for stage in travelled.stages}
    for rank, (uid, entered, skipped) in enumerate(entries):
        left = entries[rank + 1][1] if rank + 1 < len(entries) else None
        for jumped in skipped:
            yield _leg(labels, jumped, entered, entered, at) | {"skipped": True}
        yield _leg(labels, uid, entered, left, at) | {"skipped": False}


def _leg(
    labels: dict[str, dict[str, str]], uid: str, entered: datetime, left: datetime | None, at: datetime
) -> dict[str, Any]:
    return {
        "stage": uid,
        "label": labels.get(uid, {"fr": uid, "en": ""}),
        "entered_at": entered.isoformat(),
        "left_at": _iso(left),
        "seconds": int(((left or at) - entered).total_seconds()),
    }


def _criterion(stage: Stage, one: Criterion, *, met: bool | None) -> dict[str, Any]:
    origin = stage.origin and Origin(map=stage.origin.map, element=one.id).model_dump()
    return {"id": one.id, "label": {"fr": one.label, "en": ""}, "met": met, "origin": origin}


def _next(travelled: Pipeline, stage: Stage) -> Iterator[dict[str, Any]]:
    drawn = {one.target for one in travelled.transitions if not one.archived and one.source == stage.uid}
    for uid, target in pipeline.live_stages(travelled).items():
        lost = target.kind == "lost" and stage.kind not in FINAL
        if uid in drawn or (lost and uid != stage.uid):
            way = pipeline.find_way(travelled, stage, target)
            yield {"to": uid, "label": target.label.model_dump(), "back": way.back}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
