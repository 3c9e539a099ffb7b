"""The nightly look at quotes that were sent: those whose last day is over expire."""

from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.automation import duplicates
from portulan.automation import operations as queue
from portulan.automation.jobs import JobContext
from portulan.base import clock
from portulan.people import actor as actors
from portulan.records import quotes

EXPIRE = "quotes.expire"


def begin(*, at: datetime) -> UUID:
    """Have the look of the next night queued, once however many workers start, and return the job."""
    night = duplicates.next_night(at)
    key = f"{EXPIRE}:{night:%Y-%m-%d}"
    return queue.enqueue(actors.system(), kind=EXPIRE, payload={}, dedup_key=key, at=night)


def expire(_: JobContext) -> dict[str, Any]:
    """Note which quotes expired, and ask for the next night."""
    at = clock.now()
    begin(at=at)
    return {"expired": quotes.expire(actors.system(), at=at)}
