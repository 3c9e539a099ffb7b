"""Reads of the queue: a person sees the jobs that they started; an administrator sees all."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portulan.automation.models import Job, Run
from portulan.base import texts
from portulan.base.refusals import NotThere
from portulan.base.value import Words
from portulan.people.actor import Actor


def get_job(actor: Actor, *, id: UUID) -> Job:  # noqa: A002 - the noun of the row
    """Return a job the actor may see.

    :raises NotThere: when there is none, or it is somebody else's.
    """
    job = jobs(actor).filter(pk=id).first()
    if job is None:
        raise NotThere
    return job


def job_told(actor: Actor, *, id: UUID) -> dict[str, Any]:  # noqa: A002 - the noun of the row
    """Return how a job the actor may see is going, and why it failed if it did.

    :raises NotThere: when there is none, or it is somebody else's.
    """
    job = get_job(actor, id=id)
    told = {name: getattr(job, name) for name in ("id", "kind", "state", "progress", "message", "result")}
    return told | {"error": failure(actor, job=job)}


def failure(actor: Actor, *, job: Job, otherwise: str = "automation.job_failed") -> str:
    """Return why a job failed, nothing if it did not: a refusal in its own words, the rest without trace."""
    if job.state != Job.State.FAILED:
        return ""
    said = job.refused
    return Words.model_validate(said).say(actor.lang) if said else texts.say(otherwise, actor.lang)


def jobs(actor: Actor) -> QuerySet[Job]:
    """Return the jobs the actor may see, newest first."""
    rows = Job.objects.order_by("-id")
    return rows if actor.is_admin else rows.filter(created_by=actor.id)


def count_ended(actor: Actor) -> int:
    """Return how many runs of rules have ended, for those who look after the product; 0 for others."""
    return Run.objects.filter(ended_at__isnull=False).count() if actor.is_admin else 0
