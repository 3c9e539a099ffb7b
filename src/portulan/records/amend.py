"""Many records changed at once: rows, search, links and events in few statements, that agree with each other.

What should change was read and checked before; a change of stage was decided before too. Refuses nothing:
the caller gives the rows that the actor may change, and rows without a difference are left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portulan.blueprint.schema import Object
from portulan.events import bulk, log
from portulan.events.log import Entry
from portulan.events.types import Happening
from portulan.people.actor import Actor
from portulan.records import consent, finding, happenings, links, rows, values
from portulan.records.happenings import Changes


@dataclass(frozen=True)
class Amended:
    """What became of a record: its new version, and what changed, as field uid → [before, after]."""

    version: int
    changes: Changes


def amend(
    actor: Actor,
    *,
    kind: Object,
    among: QuerySet[Any],
    wanted: Mapping[int, Mapping[str, Any]],
    at: datetime,
    told: bool = True,
) -> dict[int, Amended]:
    """Set values on records, by id and API name, in the caller's transaction; return those that changed.

    `told`: rules and others learn of it. A record whose stage changes is moved, one that goes to the bin
    deleted, one that comes back restored.

    :raises Held: when one of those that change waits for a decision.
    """
    done: dict[int, Amended] = {}
    changed: list[Any] = []
    names: set[str] = set()
    for row in among.select_for_update(of=("self",)).filter(pk__in=list(wanted)).order_by("pk"):
        changes = rows.preview(kind, row, wanted[row.pk])
        if not changes:
            continue
        changes |= rows.preview(kind, row, {"updated_at": at})
        row.version += 1
        names |= changes.keys()
        changed.append(row)
        done[row.pk] = Amended(row.version, changes)
    consent.require_free(kind, done.keys())
    _store(kind, changed, names)
    entries = (
        Entry(_happened(row, done[row.pk].changes), rows.subject(kind, row.pk), at, actor_id=actor.id)
        for row in changed
    )
    log.keep(entries, actor=actor, told=told)
    return done


def _store(kind: Object, changed: list[Any], uids: set[str]) -> None:
    if not changed:
        return
    fields = [one for one in values.live(kind).values() if one.uid in uids]
    attributes = ["version", *(values.attribute(one) for one in fields if one.type != "links")]
    bulk.change(
        type(changed[0]),
        attributes,
        ((row.pk, *(getattr(row, name) for name in attributes)) for row in changed),
    )
    for row in changed:
        links.store(kind, row)
    finding.put_many(kind, changed, uids)


def _happened(row: Any, changes: Changes) -> Happening:
    if "deleted_at" in changes:
        gone = changes["deleted_at"][1] is not None
        return happenings.RecordDeleted(changes) if gone else happenings.RecordRestored(changes)
    if "stage" in changes:
        before, after = changes["stage"]
        return happenings.RecordMoved(row.pipeline, before or "", after or "", changes=changes)
    return happenings.RecordUpdated(changes)
