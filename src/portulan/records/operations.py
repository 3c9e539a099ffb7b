"""Changes of records: each in one transaction, with its right, its checks and its event."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.base.conditions.meet import Circumstances
from portulan.base.refusals import NotAllowed, NotNow, NotValid, Problem
from portulan.blueprint.schema import Object, Pipeline
from portulan.events import log
from portulan.maps.model import FINAL
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import (
    activities,
    consent,
    finding,
    fitting,
    happenings,
    held,
    links,
    merge,
    pipeline,
    related,
    rows,
    runtime,
    scope,
    values,
)
from portulan.records.pipeline import Verdict


class ChangedMeanwhile(NotNow):
    """Somebody else changed the record; the details hold both values of each field."""

    code = "records.changed_meanwhile"


class GateClosed(NotNow):
    """The gate asks for more; the problems say what."""

    code = "records.gate_closed"


class PipelineNotNamed(NotValid):
    """The object has no such pipeline, or several of which none was named."""

    code = "records.pipeline_not_named"


class MoveNotValid(NotValid):
    """The record cannot be moved there at all."""

    code = "records.move_not_valid"


@dataclass(frozen=True)
class Move:
    """Where a record should go, and what goes with it."""

    to: str
    version: int
    values: Mapping[str, Any] = field(default_factory=dict)
    motive: str = ""
    override: bool = False


def create(
    actor: Actor,
    *,
    object_name: str,
    given: Mapping[str, Any],
    pipeline_uid: str | None = None,
    motive: str = "",
    at: datetime,
) -> int:
    """Create a record, at the beginning of its pipeline when it travels, and return its id.

    :raises PipelineNotNamed: when its object has several pipelines, and none of them is named.
    """
    rights.require(actor, "create", "record", object_name)
    snapshot = runtime.current()
    kind = snapshot.object(object_name)
    read = values.coerce(kind, given, writable=_writable(actor, kind), whole=True)
    fitting.require_fit(actor, kind, read)
    read |= activities.inherited(kind, read)
    begins = beginning(kind, pipeline_uid)
    row = snapshot.model(object_name)(version=1)
    rows.preview(kind, row, _born(actor, kind, at) | read | _stage_values(begins, at))
    with transaction.atomic():
        row.save()
        links.store(kind, row)
        finding.put(kind, row)
        pipeline_of, stage_of = begins or (None, None)
        what = happenings.RecordCreated(rows.stored(kind, row), pipeline_of, stage_of, motive)
        log.append(what, actor=actor, subject=rows.subject(kind, row.pk), at=at)
    return int(row.pk)


def update(
    actor: Actor, *, object_name: str, row_id: int, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    """Change values of a record, unless somebody else did meanwhile."""
    kind = runtime.current().object(object_name)
    read = values.coerce(kind, given, writable=_writable(actor, kind))
    fitting.require_fit(actor, kind, read, row_id)
    with transaction.atomic():
        row = rows.locked(actor, "update", object_name, row_id=row_id)
        _require_version(kind, row, version, read)
        changes = rows.change(kind, row, read, at=at)
        if changes:
            what = happenings.RecordUpdated(changes)
            log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)


def move(actor: Actor, *, object_name: str, row_id: int, move: Move, at: datetime) -> None:
    """Take a record to another stage through the gates; a refusal is logged too.

    :raises GateClosed: with everything that lacks.
    """
    try:
        with transaction.atomic():
            _move(actor, object_name, row_id, move, at)
    except GateClosed as closed:
        kind = runtime.current().object(object_name)
        what = happenings.GateRefused(**closed.details["refused"])
        log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)
        raise


def delete(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> None:
    """Put a record into the bin.

    :raises NotYours: when the actor sees it but may not delete it.
    :raises HeldByOthers: when open records that the actor may not change point to it.
    """
    kind = runtime.current().object(object_name)
    with transaction.atomic():
        row = rows.locked(actor, "read", object_name, row_id=row_id)
        held.require_free(actor, kind, row)
        changes = rows.change(kind, row, {"deleted_at": at, "deleted_by": actor.id}, at=at)
        what = happenings.RecordDeleted(changes)
        log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)


def restore(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> None:
    """Take a record back from the bin.

    :raises MergedElsewhere: when it lies there because it became part of another.
    """
    kind = runtime.current().object(object_name)
    with transaction.atomic():
        row = rows.locked(actor, "delete", object_name, row_id=row_id, deleted=True)
        merge.require_apart(kind, row_id)
        changes = rows.change(kind, row, {"deleted_at": None, "deleted_by": None}, at=at)
        what = happenings.RecordRestored(changes)
        log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)


def _move(actor: Actor, object_name: str, row_id: int, move: Move, at: datetime) -> None:
    kind = runtime.current().object(object_name)
    read = values.coerce(kind, move.values, writable=_writable(actor, kind))
    fitting.require_fit(actor, kind, read, row_id)
    row = rows.locked(actor, "update", object_name, row_id=row_id)
    _require_version(kind, row, move.version, read)
    travelled = _pipeline_of(row, move)
    changes = rows.preview(kind, row, read)
    verdict = ask_gate(actor, kind=kind, row=row, to=move.to, at=at)
    overridden = not verdict.opens and move.override
    if overridden:
        _require_override(actor, row, move)
    elif not verdict.opens or (verdict.needs_motive and not move.motive):
        raise closed_gate(actor, row=row, verdict=verdict)
    stage = pipeline.live_stages(travelled)[move.to]
    closed_at = at if stage.kind in FINAL else None
    gone = {"stage": move.to, "stage_since": at, "closed_at": closed_at}
    changes |= rows.change(kind, row, gone, at=at)
    subject = rows.subject(kind, row_id)
    if overridden:
        forced = happenings.GateOverridden(motive=move.motive, **lacks(verdict, pipeline_uid=travelled.uid))
        log.append(forced, actor=actor, subject=subject, at=at)
    moved = _moved(travelled, verdict, move, changes, row)
    log.append(moved, actor=actor, subject=subject, at=at)


def _moved(
    travelled: Pipeline, verdict: Verdict, move: Move, changes: happenings.Changes, row: Any
) -> happenings.RecordMoved:
    passages = verdict.way.passages
    return happenings.RecordMoved(
        pipeline=travelled.uid,
        from_=verdict.source,
        to=move.to,
        passage=passages[-1].uid if passages else None,
        skipped=[stage.uid for stage in verdict.way.skipped],
        back=verdict.way.back,
        motive=move.motive,
        amount=values.dump(getattr(row, "amount", None)),
        overridden=not verdict.opens,
        changes=changes,
    )


def ask_gate(actor: Actor, *, kind: Object, row: Any, to: str, at: datetime) -> Verdict:
    """Return what taking a row, as it is in memory, to a stage of its pipeline asks for."""
    travelled = runtime.current().pipeline(row.pipeline)
    now = Circumstances(at, me=actor.id, my_team=actor.teammate_ids)
    approvals = consent.on_way(travelled, row.stage, to)
    conditions = (one.condition for one in approvals if one.condition is not None)
    looked_at = related.needs_of([*pipeline.conditions_on_way(travelled, row.stage, to), *conditions])
    seen = related.of_row(kind, row, looked_at)
    roles = None if actor.is_admin else actor.roles
    verdict = pipeline.gate(travelled, kind, seen, to, now=now, roles=roles)
    return replace(verdict, unagreed=consent.lacking(kind, row, approvals, seen, now))


def closed_gate(actor: Actor, *, row: Any, verdict: Verdict) -> GateClosed:
    """Return the refusal that says everything a verdict lacks."""
    problems = [
        *(
            Problem(m.field.name, "records.gate_missing", {"field": m.field.label.fr})
            for m in verdict.missing
        ),
        *(Problem(u.stage, "records.gate_unmet", {"criterion": u.label}) for u in verdict.unmet),
        *(Problem(b.passage, f"records.gate_{b.reason}", {"passage": b.label}) for b in verdict.blocked),
        *(Problem(a.uid, "records.gate_unagreed", {"approval": a.label.fr}) for a in verdict.unagreed),
    ]
    details = {
        "to": verdict.to,
        "missing": [asked_field(missing) for missing in verdict.missing],
        "unmet": [
            {"id": u.id, "label": {"fr": u.label, "en": ""}, "fields": u.fields, "origin": _origin(u.origin)}
            for u in verdict.unmet
        ],
        "needs_motive": verdict.needs_motive,
        "needs_reason": verdict.needs_reason,
        "may_override": rights.allows(actor, "override", "record", row),
        "unagreed": [
            {"id": a.uid, "label": a.label.model_dump(), "origin": _origin(a.origin)}
            for a in verdict.unagreed
        ],
        "blocked_by": [one.reason for one in verdict.blocked],
        "who": list(verdict.who),
        "refused": lacks(verdict, pipeline_uid=row.pipeline),
    }
    return GateClosed(*problems, details=details)


def asked_field(missing: pipeline.Missing) -> dict[str, Any]:
    """Return a field that a gate asks for, as JSON."""
    asked = missing.field
    label = asked.label.model_dump()
    return {"field": asked.name, "label": label, "type": asked.type, "origin": _origin(missing.origin)}


def _origin(origin: Any) -> Any:
    return origin and origin.model_dump()


def lacks(verdict: Verdict, *, pipeline_uid: str) -> dict[str, Any]:
    """Return what a verdict lacks, as the log keeps it."""
    return {
        "pipeline": pipeline_uid,
        "from_": verdict.source,
        "to": verdict.to,
        "missing": [missing.field.uid for missing in verdict.missing],
        "unmet": [unmet.id for unmet in verdict.unmet],
        "blocked": [
            *(blocked.reason for blocked in verdict.blocked),
            *(["unagreed"] if verdict.unagreed else []),
        ],
    }


def _pipeline_of(row: Any, move: Move) -> Pipeline:
    travelled = runtime.current().pipeline(getattr(row, "pipeline", None) or "")
    if move.to not in pipeline.live_stages(travelled) or move.to == row.stage:
        raise MoveNotValid(Problem("to", "records.no_such_move", {"stage": move.to}))
    return travelled


def _require_override(actor: Actor, row: Any, move: Move) -> None:
    rights.require(actor, "override", "record", row)
    if not move.motive:
        raise MoveNotValid(Problem("motive", "records.motive_missing"))


def _require_version(kind: Object, row: Any, version: int, read: Mapping[str, Any]) -> None:
    if row.version == version:
        return
    theirs, fields = rows.stored(kind, row), values.live(kind)
    both = {
        name: {"mine": values.dump(value), "theirs": theirs[fields[name].uid]} for name, value in read.items()
    }
    raise ChangedMeanwhile(details=both)


def _writable(actor: Actor, kind: Object) -> frozenset[str]:
    writable = scope.writable(runtime.current().blueprint, actor, kind)
    if not writable:
        raise NotAllowed
    return writable


def _born(actor: Actor, kind: Object, at: datetime) -> dict[str, Any]:
    born = {"created_at": at, "updated_at": at, "created_by": actor.id, "owner": actor.id}
    return {name: value for name, value in born.items() if name in values.live(kind)}


def beginning(kind: Object, named: str | None) -> tuple[str, str] | None:
    """Return the pipeline and the stage where a record of an object begins, or None when none travels.

    :raises PipelineNotNamed: when there are several pipelines, and none of them is named.
    """
    ways = [
        (one.uid, stage.uid)
        for one in runtime.current().blueprint.pipelines
        if one.object == kind.uid and not one.archived and (stage := pipeline.first_stage(one)) is not None
    ]
    chosen = [way for way in ways if named in (None, way[0])]
    if len(chosen) == 1:
        return chosen[0]
    if not ways and named is None:
        return None
    known = [one for one, _ in ways]
    raise PipelineNotNamed(Problem("pipeline", "records.pipeline_unknown", {"known": ", ".join(known)}))


def _stage_values(begins: tuple[str, str] | None, at: datetime) -> dict[str, Any]:
    return {"pipeline": begins[0], "stage": begins[1], "stage_since": at} if begins else {}
