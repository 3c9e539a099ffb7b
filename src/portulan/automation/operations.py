"""Writes to the queue: put work in, ask it to stop."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from portulan.automation import queries
from portulan.automation.jobs import JOBS
from portulan.automation.models import Job
from portulan.people.actor import Actor


def enqueue(
    actor: Actor,
    *,
    kind: str,
    payload: dict[str, Any],
    dedup_key: str | None = None,
    at: datetime,
    wait: timedelta = timedelta(),
) -> UUID:
    """Queue a job in the caller's transaction, to be done after a while, and return its id.

    With a `dedup_key`, a job that is already waiting or running under that key is returned instead.

    :raises LookupError: when nobody does that kind of job.
    """
    JOBS.get(kind)
    with transaction.atomic():
        if dedup_key is not None:
            live = Job.objects.filter(dedup_key=dedup_key, state__in=[Job.State.QUEUED, Job.State.RUNNING])
            waiting = live.values_list("pk", flat=True).first()
            if waiting is not None:
                return waiting
        job = Job.objects.create(
            kind=kind,
            payload=payload,
            dedup_key=dedup_key,
            due_at=at + wait,
            created_at=at,
            created_by_id=actor.id,
        )
    return job.pk


def cancel(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Ask a job to stop: at once when it waits, at its next progress when it runs.

    :raises NotThere: when the actor may not see the job.
    """
    job = queries.get_job(actor, id=id)
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.CANCELLED, ended_at=at, cancel_asked_at=at):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_asked_at=at)
