"""How sound the records are, kept every night once the pass that looks for duplicates is over."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portulan.automation import duplicates
from portulan.automation import operations as queue
from portulan.automation.jobs import JobContext
from portulan.base import clock
from portulan.people import actor as actors
from portulan.records import trend

KEEP = "quality.keep"
_AFTER = timedelta(minutes=30)


def begin(*, at: datetime) -> UUID:
    """Have the next night kept, once however many workers start, and return the job."""
    night = duplicates.next_night(at) + _AFTER
    return queue.enqueue(
        actors.system(), kind=KEEP, payload={}, dedup_key=f"{KEEP}:{night:%Y-%m-%d}", at=night
    )


def keep(job: JobContext) -> dict[str, Any]:
    """Keep the day, and ask for the next night."""
    at = clock.now()
    begin(at=at)
    return {"kept": trend.keep(actors.system(), at=at, tell=job.progress)}
