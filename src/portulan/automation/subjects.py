"""The records that runs, calls and deliveries are about, as a person sees them.

Tells nothing of a record that the person may not read, nor of one in the bin.
"""

from collections.abc import Iterable
from typing import Any

from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime, sight


def shown(actor: Actor, *, subjects: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the object, id and title of the records that the actor sees, by subject; a query per object."""
    ids: dict[str, list[str]] = {}
    for subject in subjects:
        uid, _, row_id = subject.partition(":")
        ids.setdefault(uid, []).append(row_id)
    found: dict[str, dict[str, Any]] = {}
    for uid, some in ids.items():
        kind = runtime.find_object(uid)
        if kind is not None and rights.allows(actor, "read", "record", kind.name):
            rows = runtime.current().model(kind.name).objects.filter(pk__in=some, deleted_at__isnull=True)
            seen = rights.visible(actor, "read", "record", rows)
            for pk, title in seen.values_list("pk", sight.title(kind)):
                found[f"{uid}:{pk}"] = {"object": kind.name, "row_id": pk, "title": title or f"#{pk}"}
    return found
