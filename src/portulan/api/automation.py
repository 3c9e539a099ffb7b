"""The front desk of automation: how a long work is going, and how to stop it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.automation import operations, queries
from portulan.base import clock

router = Router(tags=["jobs"])


class JobOut(Schema):
    """A piece of work and how far it is, from 0 to 1."""

    id: UUID
    kind: str
    state: str
    progress: float
    message: str
    result: Any = None
    error: str


@router.get("/jobs/{job_id}", response=JobOut)
def job(request: HttpRequest, job_id: UUID) -> Any:
    """Return how a job is going."""
    return queries.get_job(actor_of(request), id=job_id)


@router.post("/jobs/{job_id}/cancel", response=JobOut)
def cancel_job(request: HttpRequest, job_id: UUID) -> Any:
    """Ask a job to stop."""
    operations.cancel(actor_of(request), id=job_id, at=clock.now())
    return queries.get_job(actor_of(request), id=job_id)
