"""What is built, built as work: a plan applied, a version taken back, a configuration file taken in.

Owns what is asked and what is told of it. Refuses at once what could not be built; one at a time, whichever.
`building` does it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.fields.json import KeyTransform

from portulan.automation import aside, queries
from portulan.automation import operations as queue
from portulan.automation.models import Job
from portulan.base.refusals import NotNow
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import apply, configuration, fates, plan, runtime
from portulan.records.plan import Plan

APPLY, UNDO, TAKE = "plan.apply", "version.undo", "configuration.take"
#: What is told, in order, and how far one is when it begins; from `lock` on nothing can be stopped.
STEPS: Mapping[str, float] = {
    "waiting": 0.0, "reading": 0.02, "scenarios": 0.03, "lock": 0.1, "records": 0.15, "schema": 0.3,
    "backfill": 0.6, "indexes": 0.75, "checks": 0.9,
}  # fmt: skip


class AlreadyApplying(NotNow):
    """Something is being built."""

    code = "automation.already_applying"


@dataclass(frozen=True)
class Asked:
    """The plan that was read, where records without a stage go, why it is built with red scenarios."""

    hash: str
    base_version: int
    phase: int | None = None
    fates: Mapping[str, str] = field(default_factory=dict)
    motive: str = ""


def ask(actor: Actor, *, asked: Asked, at: datetime) -> UUID:
    """Queue the plan that was read, and return the job.

    :raises PlanIsStale: when anything changed since it was read.
    :raises PlanNotValid: when it has problems.
    :raises FatesMissing: when records would have no stage.
    :raises ScenariosRed: when scenarios are red or were not played, and no motive is given.
    :raises AlreadyApplying: when something is being built.
    """
    planned = read(actor, asked)
    _require_ready(planned, asked.fates)
    apply.require_proven(actor, planned, asked.motive)
    return _enqueue(actor, APPLY, {**asdict(asked), "fates": dict(asked.fates)}, at)


def ask_undo(
    actor: Actor, *, n: int, choices: Mapping[str, str] | None = None, motive: str = "", at: datetime
) -> UUID:
    """Queue that a version is taken back, and return the job.

    :raises NothingToUndo: when it is not the last version that stands.
    :raises FatesMissing: when records that came since would have no stage.
    :raises ScenariosRed: when what comes back was built with red scenarios, and no motive is given.
    :raises AlreadyApplying: when something is being built.
    """
    planned = apply.undoing(actor, n=n)
    _require_ready(planned, choices or {})
    apply.require_proven(actor, planned, motive)
    return _enqueue(actor, UNDO, {"n": n, "fates": dict(choices or {}), "motive": motive}, at)


def ask_take(actor: Actor, *, raw: bytes, motive: str = "", at: datetime) -> UUID:
    """Queue a configuration file, and return the job; scenarios that were not played yet are played in it.

    :raises ConfigurationNotReadable: when the file does not fit.
    :raises PlanNotValid: when its blueprint cannot be built.
    :raises FatesMissing: when records would have no stage.
    :raises ScenariosRed: when its scenarios are known to be red, and no motive is given.
    :raises AlreadyApplying: when something is being built.
    """
    rights.require(actor, "apply", "blueprint")
    planned = configuration.planned(actor, raw=raw)
    _require_ready(planned, {})
    if motive or any(one.state == "red" for one in planned.unproven):
        apply.require_proven(actor, planned, motive)
    return _enqueue(actor, TAKE, {"file": raw.decode(), "motive": motive}, at)


def read(actor: Actor, asked: Asked) -> Plan:
    """Return the plan that was read.

    :raises PlanIsStale: when anything changed since.
    """
    rights.require(actor, "apply", "blueprint")
    now = plan.plan_of_maps(actor, upto=asked.phase)
    return plan.require_same(now, asked.base_version, asked.hash)


def find_last(actor: Actor) -> dict[str, Any] | None:
    """Return what is being built, or how the last such work ended when nothing was built since."""
    rights.require(actor, "apply", "blueprint")
    job = _works().order_by("-id").first()
    if job is None:
        return None
    result = job.result or {}
    if job.state not in _LIVE and runtime.newest().version != result.get("version", job.base):
        return None
    progress, step = aside.how_far(job)
    mine = job.created_by_id == actor.id or actor.is_admin
    return {
        "job": job.pk,
        "kind": {APPLY: "apply", UNDO: "undo", TAKE: "take"}[job.kind],
        "state": job.state,
        "progress": progress,
        "step": step or "waiting",
        "error": queries.failure(actor, job=job),
        "red": result.get("red", False),
        "version": result.get("version"),
        "by": job.created_by.name if job.created_by else None,
        "at": job.created_at,
        "may_stop": mine and job.state in _LIVE and progress < STEPS["lock"],
    }


def _require_ready(planned: Plan, choices: Mapping[str, str]) -> None:
    if planned.problems:
        raise apply.PlanNotValid(*planned.problems)
    fates.settle(planned.fates, choices)


def _works() -> Any:
    """Return what was asked to be built, with the version that it was built over, without files."""
    works = Job.objects.filter(kind__in=[APPLY, UNDO, TAKE]).select_related("created_by").defer("payload")
    return works.annotate(base=KeyTransform("base_version", "payload"))


def _enqueue(actor: Actor, kind: str, payload: dict[str, Any], at: datetime) -> UUID:
    if Job.objects.filter(dedup_key=APPLY, state__in=_LIVE).exists():
        raise AlreadyApplying
    payload = {"base_version": runtime.newest().version, **payload}
    return queue.enqueue(actor, kind=kind, payload=payload, dedup_key=APPLY, at=at)


_LIVE = (Job.State.QUEUED, Job.State.RUNNING)
