"""Records taken to another stage by a change of the map itself, and taken back when it is undone.

Each move is an ordinary `record.moved` of the log, caused by the version and marked as no person's doing.
Runs inside the transaction that applies the version, a few statements a batch.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from portulan.blueprint.schema import Blueprint, Object, Stage
from portulan.events import log
from portulan.events import queries as events
from portulan.events.log import Entry
from portulan.maps.model import FINAL
from portulan.people.actor import Actor
from portulan.records import happenings, rows, values
from portulan.records.fates import Fate
from portulan.records.snapshot import Snapshot

_BATCH = 1000
#: By object, then by record: what a move changed.
Moved = dict[str, dict[int, happenings.Changes]]
_STAGE_FIELDS = ("pipeline", "stage", "stage_since", "closed_at", "updated_at")


@dataclass(frozen=True)
class Cause:
    """Who applies a version, the event that tells of it, and when."""

    actor: Actor
    event: UUID
    at: datetime


def relocate(old: Snapshot, new: Blueprint, settled: Iterable[Fate], cause: Cause) -> None:
    """Take the records of each fate to its target."""
    stages = {s.uid: (one.uid, s) for one in new.pipelines if not one.archived for s in one.stages}
    for fate in settled:
        kind, model = old.object(fate.object), old.model(fate.object)
        pipeline, stage = stages[fate.target or ""]
        found = model.objects.filter(_at("pipeline", fate.pipeline), _at("stage", fate.stage))
        wanted = _arrival(pipeline, stage, cause.at)
        for batch in _batches((row, wanted) for row in list(found)):
            _move(kind, model, batch, cause)


def take_back(old: Snapshot, moved: Moved, cause: Cause) -> None:
    """Take back the moves that a version made, for the records that nobody moved since."""
    for name, changes in moved.items():
        kind, model = old.object(name), old.model(name)
        for batch in _batches(_returning(kind, model, changes)):
            _move(kind, model, batch, cause)


def moved_by(old: Snapshot, event: UUID, at: datetime) -> Moved:
    """Return the moves that a version made: by object, then by record, what changed."""
    names = {kind.uid: kind.name for kind in old.blueprint.objects if not kind.archived}
    found: Moved = {}
    for subject, data in events.caused(event, kind="record.moved", at=at):
        uid, _, pk = subject.rpartition(":")
        if uid in names:
            found.setdefault(names[uid], {})[int(pk)] = data["changes"]
    return found


def _returning(
    kind: Object, model: type[Any], moved: Mapping[int, happenings.Changes]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    fields = {field.uid: field for field in values.live(kind).values()}
    for row in model.objects.filter(pk__in=list(moved)):
        changes = moved[row.pk]
        if values.dump(row.stage_since) == changes["stage_since"][1] and row.stage == changes["stage"][1]:
            back = {fields[uid].name: _read(before, fields[uid]) for uid, (before, _) in changes.items()}
            yield row, {name: value for name, value in back.items() if name != "updated_at"}


def _read(value: Any, field: Any) -> Any:
    return None if value is None else values.read(value, field)


def _move(kind: Object, model: type[Any], batch: list[tuple[Any, dict[str, Any]]], cause: Cause) -> None:
    entries = []
    for row, wanted in batch:
        source = row.stage
        changes = rows.preview(kind, row, {**wanted, "updated_at": cause.at})
        row.version += 1
        what = happenings.RecordMoved(row.pipeline, source or "", row.stage or "", changes=changes)
        subject = rows.subject(kind, row.pk)
        entries.append(Entry(what, subject, cause.at, actor_id=cause.actor.id, caused_by=cause.event))
    model.objects.bulk_update([row for row, _ in batch], [*_STAGE_FIELDS, "version"])
    log.append_many(entries, actor=replace(cause.actor, provenance="system", robot=True))


def _arrival(pipeline: str, stage: Stage, at: datetime) -> dict[str, Any]:
    closed_at = at if stage.kind in FINAL else None
    return {"pipeline": pipeline, "stage": stage.uid, "stage_since": at, "closed_at": closed_at}


def _at(name: str, value: str) -> Q:
    return Q(**{name: value}) if value else Q(**{f"{name}__isnull": True}) | Q(**{name: ""})


def _batches(pairs: Iterable[tuple[Any, dict[str, Any]]]) -> Iterator[list[tuple[Any, dict[str, Any]]]]:
    batch = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
