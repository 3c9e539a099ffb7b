"""Whether the log and the rows agree: every record rebuilt from its events must equal the stored one."""

from collections.abc import Iterator

from portulan.events import queries as events
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import rows, runtime
from portulan.records.pipeline import is_empty


def unlike(actor: Actor) -> Iterator[str]:
    """Yield the subject of every record, of the bin too, whose events give other values than its row holds.

    One query a record: for checks, not for screens. What no event ever told is compared as nothing.

    :raises NotAllowed: when the actor is no administrator.
    """
    rights.require(actor, "manage", "person")
    snapshot = runtime.current()
    for kind in (one for one in snapshot.blueprint.objects if not one.archived):
        for row in snapshot.model(kind.name).objects.order_by("pk").iterator(chunk_size=2000):
            subject = rows.subject(kind, row.pk)
            said = events.replay(subject) or {}
            stored = rows.stored(kind, row)
            if any(said.get(uid) != value for uid, value in stored.items() if not _nothing(said, uid, value)):
                yield subject


def _nothing(said: dict[str, object], uid: str, value: object) -> bool:
    return is_empty(value) and is_empty(said.get(uid))
