"""Reads of records: what the actor may see of them, in one query a page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portulan.base.refusals import NotThere
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import asked as asks
from portulan.records import keyset, related, runtime, scope, sight, values
from portulan.records.asked import Asked

LIMIT = 200
VERBS: tuple[Verb, ...] = ("update", "delete", "override")


@dataclass(frozen=True)
class Page:
    """A page of rows as JSON, the titles of what they link to, and where the next page begins."""

    rows: list[dict[str, Any]]
    linked: dict[str, dict[str, str]]
    next: str | None


def listing(actor: Actor, *, object_name: str, asked: Asked, at: datetime, binned: bool = False) -> Page:
    """Return a page of the records that the actor may see, or of the bin, in one query."""
    kind = runtime.current().object(object_name)
    seen = sight.of(actor, kind)
    keys, sorted_by = asks.sorting(asked.sort, kind, seen.fields)
    rows = (asks.binned if binned else asks.seen)(actor, object_name)
    found = rows.annotate(**seen.titles).annotate(**sorted_by).filter(asks.wanted(actor, kind, asked, at))
    if asked.after:
        found = found.filter(keyset.after(keys, asked.after))
    columns = seen.columns | {key.column for key in keys}
    limit = min(max(asked.limit, 1), LIMIT)
    raw = list(found.order_by(*keyset.order(keys)).values(*columns)[: limit + 1])
    following = keyset.cursor(keys, raw[limit - 1]) if len(raw) > limit else None
    return Page([seen.row(one) for one in raw[:limit]], seen.linked(raw[:limit]), following)


def get_record(actor: Actor, *, object_name: str, row_id: int) -> dict[str, Any]:
    """Return a record as JSON, with what the actor may do with it; one of the bin to who may take it back.

    :raises NotThere: when there is none that the actor may see.
    """
    kind = runtime.current().object(object_name)
    seen = sight.of(actor, kind)
    holder = [f"{name}_id" for name in (scope.holder_of(kind),) if name]
    for rows in (asks.seen(actor, object_name), asks.binned(actor, object_name)):
        found = rows.annotate(**seen.titles).filter(pk=row_id)
        raw = found.values(*seen.columns, *holder, "deleted_at").first()
        if raw is not None:
            break
    else:
        raise NotThere
    linked = {
        one.name: {
            "id": raw[values.attribute(one)],
            "title": raw[sight.title_key(one)],
            "object": related.target_of(one).name if one.to else None,
        }
        for one in seen.fields
        if values.is_link(one) and raw[values.attribute(one)]
    }
    row = runtime.current().model(object_name)(id=row_id, **{name: raw[name] for name in holder})
    deleted_at = values.dump(raw["deleted_at"])
    return {**seen.row(raw), "linked": linked, "may": _may(actor, row), "deleted_at": deleted_at}


def _may(actor: Actor, row: Any) -> dict[str, bool]:
    may: dict[str, bool] = {verb: rights.allows(actor, verb, "record", row) for verb in VERBS}
    return {**may, "move": may["update"] and hasattr(row, "stage")}
