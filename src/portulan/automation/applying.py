"""A plan applied as work: asked for once it was read, followed, stopped until it begins to write.

Owns what is asked, what is told, and that a worker that died half-way leaves the plan applied or not at all.
Refuses at once what could not be applied; one plan at a time.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseError

from portulan.automation import aside
from portulan.automation import operations as queue
from portulan.automation.jobs import Cancelled, JobContext, NotYet
from portulan.automation.models import Job
from portulan.base import clock
from portulan.base.refusals import NotNow
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import apply, fates, migrate, plan, runtime

APPLY = "plan.apply"
#: What is told, in order, and how far one is when it begins; from `lock` on nothing can be stopped.
STEPS: Mapping[str, float] = {
    "waiting": 0.0, "reading": 0.02, "lock": 0.1, "records": 0.15, "schema": 0.3, "backfill": 0.6,
    "indexes": 0.75, "checks": 0.9,
}  # fmt: skip
#: When to look again whether the database is still being changed, by a worker that died a moment ago.
_AGAIN = timedelta(seconds=5)


class AlreadyApplying(NotNow):
    """A plan is being applied."""

    code = "automation.already_applying"


class ApplyingFailed(NotNow):
    """The database refused; nothing was changed."""

    code = "automation.applying_failed"


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
    :raises AlreadyApplying: when a plan is being applied.
    """
    planned = _read(actor, asked)
    if planned.problems:
        raise apply.PlanNotValid(*planned.problems)
    apply.require_proven(actor, planned, asked.motive)
    fates.settle(planned.fates, asked.fates)
    if _live().exists():
        raise AlreadyApplying
    payload = {**asdict(asked), "fates": dict(asked.fates)}
    return queue.enqueue(actor, kind=APPLY, payload=payload, dedup_key=APPLY, at=at)


def run(job: JobContext) -> dict[str, Any]:
    """Apply the plan that was read, unless anything changed since or somebody stops it before it begins."""
    if migrate.under_way():
        raise NotYet(_AGAIN)
    mine = Job.objects.get(pk=job.id)
    if mine.result is not None:
        return dict(mine.result)
    asked = Asked(**job.payload)
    actor = people.get_actor(actors.system(), id=job.created_by or 0)
    with aside.telling(mine) as tell:
        tell(STEPS["reading"], "reading")
        planned = _read(actor, asked)
        _begin(mine)

        def told(step: str) -> None:
            if step in STEPS:
                tell(STEPS[step], step)
            else:
                Job.objects.filter(pk=mine.pk).update(result={"version": planned.base + 1})

        try:
            with migrate.told(told):
                version = apply.apply(
                    actor, planned=planned, choices=asked.fates, motive=asked.motive, at=clock.now()
                )
        except DatabaseError as error:
            raise ApplyingFailed(cause=str(error).strip().partition("\n")[0]) from error
    return {"version": version}


def find_last(actor: Actor) -> dict[str, Any] | None:
    """Return the plan that is being applied, or how the last one ended when nothing was built since."""
    rights.require(actor, "apply", "blueprint")
    job = Job.objects.filter(kind=APPLY).select_related("created_by").order_by("-id").first()
    if job is None:
        return None
    in_force = runtime.newest().version
    if job.state not in _LIVE and in_force != (job.result or {}).get("version", job.payload["base_version"]):
        return None
    progress, step = aside.how_far(job)
    mine = job.created_by_id == actor.id or actor.is_admin
    return {
        "job": job.pk,
        "state": job.state,
        "progress": progress,
        "step": step or "waiting",
        "error": job.error,
        "version": (job.result or {}).get("version"),
        "by": job.created_by.name if job.created_by else None,
        "at": job.created_at,
        "may_stop": mine and job.state in _LIVE and progress < STEPS["lock"],
    }


def _read(actor: Actor, asked: Asked) -> plan.Plan:
    rights.require(actor, "apply", "blueprint")
    now = plan.plan_of_maps(actor, upto=asked.phase)
    return plan.require_same(now, asked.base_version, asked.hash)


def _begin(mine: Job) -> None:
    """Pass the last moment at which somebody could stop the work.

    :raises Cancelled: when somebody asked to stop.
    """
    going = Job.objects.filter(pk=mine.pk, attempts=mine.attempts, cancel_asked_at=None)
    if not going.update(progress=STEPS["lock"], message="lock"):
        raise Cancelled


def _live() -> Any:
    return Job.objects.filter(kind=APPLY, state__in=_LIVE)


_LIVE = (Job.State.QUEUED, Job.State.RUNNING)
