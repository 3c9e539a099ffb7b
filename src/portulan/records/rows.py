"""A stored row and what the rest of the room sees of it: its values, its changes, its subject."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Field, Object
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import consent, finding, links, runtime, values
from portulan.records.happenings import Changes


def locked(actor: Actor, verb: Verb, object_name: str, *, row_id: int, deleted: bool = False) -> Any:
    """Return a row held until the end of the transaction, links loaded.

    :raises NotThere: when there is none that the actor may see.
    :raises NotAllowed: when the actor sees it but may not do this.
    :raises Held: when it waits for a decision.
    """
    snapshot = runtime.current()
    model, kind = snapshot.model(object_name), snapshot.object(object_name)
    links = [field.name for field in values.live(kind).values() if values.is_link(field)]
    rows = model.objects.filter(deleted_at__isnull=not deleted).select_related(*links)
    seen = rights.visible(actor, "read", "record", rows)
    row = seen.select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise NotThere
    rights.require(actor, verb, "record", row)
    consent.require_free(kind, [row.pk])
    return row


def subject(kind: Object, row_id: int) -> str:
    """Return the name that events know a record by."""
    return f"{kind.uid}:{row_id}"


def stored(kind: Object, row: Model) -> dict[str, Any]:
    """Return the values of a row as JSON, by the uid of the field."""
    return {field.uid: values.dump(_get(field, row)) for field in values.live(kind).values()}


def change(kind: Object, row: Any, new: Mapping[str, Any], *, at: datetime) -> Changes:
    """Set values on a row, save its next version, and return what changed, if anything."""
    changes = preview(kind, row, new)
    if not changes:
        return changes
    changes |= preview(kind, row, {"updated_at": at})
    row.version += 1
    row.save()
    links.store(kind, row)
    finding.put(kind, row, changes)
    return changes


def preview(kind: Object, row: Any, new: Mapping[str, Any]) -> Changes:
    """Set values on a row in memory and return what changed, as field uid → [before, after]."""
    fields = values.live(kind)
    changes: Changes = {}
    for name, value in new.items():
        before = _get(fields[name], row)
        if before != value:
            setattr(row, values.attribute(fields[name]), value)
            changes[fields[name].uid] = [values.dump(before), values.dump(value)]
    return changes


def _get(field: Field, row: Model) -> Any:
    return getattr(row, values.attribute(field))
