"""Forgetting as work: a person is looked for in every place, which takes the time it takes.

Asked for one person, or for those whose time is over: these are looked at again when their turn comes.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.automation import operations as queue
from portulan.automation.jobs import JobContext
from portulan.base import clock, texts
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import privacy, retention

FORGET, FORGET_DUE = "person.forget", "people.forget_due"


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


def ask_due(actor: Actor, *, object_name: str, ids: Collection[int], at: datetime) -> UUID:
    """Queue the forgetting of people whose time is over and return the job.

    :raises NotAPerson: when the records are about none.
    :raises NotAllowed: when the actor may not delete every record of the object.
    :raises NotDue: when somebody is not to be forgotten, or no more.
    """
    retention.require_due(actor, object_name=object_name, ids=ids, at=at)
    payload = {"object": object_name, "rows": sorted(set(ids)), "by": actor.id}
    return queue.enqueue(actor, kind=FORGET_DUE, payload=payload, at=at)


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


def forget_due(job: JobContext) -> dict[str, Any]:
    """Forget, one by one, those whose time is still over, in the name of who validated it."""
    asked = job.payload
    actor = people.get_actor(actors.system(), id=asked["by"])
    motive = texts.say("records.retention_motive", actor.lang)
    which, forgotten = asked["rows"], 0
    for place, row_id in enumerate(which):
        at = clock.now()
        job.progress(place / len(which))
        if retention.due(actor, object_name=asked["object"], ids=[row_id], at=at):
            privacy.anonymise(actor, object_name=asked["object"], row_id=row_id, motive=motive, at=at)
            forgotten += 1
    return {"forgotten": forgotten, "left": len(which) - forgotten}
