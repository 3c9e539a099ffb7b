"""Forgetting as work: a person is looked for in every place, which takes the time it takes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.automation import operations as queue
from portulan.automation.jobs import JobContext
from portulan.base import clock
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import privacy

FORGET = "person.forget"


def ask(actor: Actor, *, object_name: str, row_id: int, motive: str, at: datetime) -> UUID:
    """Queue the forgetting of a person and return the job.

    :raises NotAPerson: when the record is about none.
    :raises NotAllowed: when the actor may not delete every record of the object.
    :raises MotiveMissing: when it is not said why.
    """
    privacy.require_motive(motive)
    said = privacy.unnamed(actor, object_name=object_name, row_id=row_id, text=motive)
    payload = {"object": object_name, "row": row_id, "motive": said, "by": actor.id}
    return queue.enqueue(
        actor, kind=FORGET, payload=payload, dedup_key=f"{FORGET}:{object_name}:{row_id}", at=at
    )


def forget(job: JobContext) -> dict[str, Any]:
    """Forget a person in the name of who asked."""
    asked = job.payload
    actor = people.get_actor(actors.system(), id=asked["by"])
    return privacy.anonymise(
        actor,
        object_name=asked["object"],
        row_id=asked["row"],
        motive=asked["motive"],
        at=clock.now(),
        tell=job.progress,
    )
