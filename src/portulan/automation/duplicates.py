"""The pass over all records that looks for duplicates: every night, and when a person asks."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from portulan.automation import notices
from portulan.automation import operations as queue
from portulan.automation.jobs import JobContext
from portulan.base import calendar as calendars
from portulan.base import clock
from portulan.people import actor as actors
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import suspects, unattended

LOOK = "duplicates.look"
_NIGHT = time(2, 30)


def ask(actor: Actor, *, object_name: str, at: datetime) -> UUID:
    """Queue a pass now and return the job.

    :raises NotAllowed: when the actor could not merge what it finds.
    """
    rights.require(actor, "delete", "record", object_name)
    return queue.enqueue(actor, kind=LOOK, payload={}, dedup_key=f"{LOOK}:now", at=at)


def begin(*, at: datetime) -> UUID:
    """Have the pass of the next night queued, once however many workers start, and return the job."""
    night = next_night(at)
    key = f"{LOOK}:{night:%Y-%m-%d}"
    return queue.enqueue(actors.system(), kind=LOOK, payload={}, dedup_key=key, at=night)


def look(job: JobContext) -> dict[str, Any]:
    """Look for duplicates, merge what is sure where that was chosen, ask for the pass of the next night."""
    at = clock.now()
    found = suspects.look(actors.system(), at=at, tell=job.progress)
    merged = unattended.run(actors.system(), at=at)
    for person, n in merged.items():
        if person and n:
            notices.tell([person], "automation.notice_merged", {"n": n}, at=at)
    begin(at=at)
    return {"found": found, "merged": sum(merged.values())}


def next_night(at: datetime) -> datetime:
    """Return the moment of the next pass."""
    local = at.astimezone(calendars.DEFAULT.tz)
    tonight = datetime.combine(local.date(), _NIGHT, tzinfo=calendars.DEFAULT.tz)
    return tonight if tonight > local else tonight + timedelta(days=1)
