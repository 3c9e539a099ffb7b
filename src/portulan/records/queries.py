"""Reads of records: what the actor may see of them, in one query a page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portulan.base.refusals import NotThere
from portulan.blueprint import shapes
from portulan.blueprint.schema import Field, Object
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import asked as asks
from portulan.records import consent, keyset, lines, links, merge, related, runtime, scope, sight, values
from portulan.records.asked import Asked

LIMIT = 200
#: Related records that are shown with a record.
FEW = 5
VERBS: tuple[Verb, ...] = ("update", "delete", "override")


@dataclass(frozen=True)
class Page:
    """A page of rows as JSON, the titles of what they link to, and where the next page begins."""

    rows: list[dict[str, Any]]
    linked: dict[str, dict[str, str]]
    next: str | None


def listing(actor: Actor, *, object_name: str, asked: Asked, at: datetime, binned: bool = False) -> Page:
    """Return a page of the records that the actor may see, or of the bin, in one query."""
    seen = sight.of(actor, runtime.current().object(object_name))
    rows = (asks.binned if binned else asks.seen)(actor, object_name)
    limit = min(max(asked.limit, 1), LIMIT)
    raw, following = raw_page(
        actor, seen=seen, rows=rows, asked=replace(asked, limit=limit, binned=binned), at=at
    )
    return Page([seen.row(one) for one in raw], seen.linked(raw), following)


def bins(actor: Actor, *, at: datetime) -> list[dict[str, Any]]:
    """Return the first records of each bin that holds some the actor may take back, in a query an object."""
    found = []
    for kind in runtime.current().blueprint.objects:
        if kind.archived or not rights.allows(actor, "delete", "record", kind.name):
            continue
        page = listing(actor, object_name=kind.name, asked=Asked(limit=FEW * 2), at=at, binned=True)
        if page.rows:
            found.append({"object": kind.name, "rows": page.rows, "next": page.next is not None})
    return found


def raw_page(
    actor: Actor, *, seen: sight.Sight, rows: QuerySet[Any], asked: Asked, at: datetime
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of rows as they are read, and where the next page begins.

    What sorts the rows carries their ids alone: the titles of links are joined to those of the page.
    """
    keys, sorted_by = asks.sorting(asked.sort, seen)
    order, columns = keyset.order(keys), seen.columns | {key.column for key in keys}
    found = rows.annotate(**sorted_by).filter(asks.wanted(actor, seen.kind, asked, at))
    if asked.after:
        found = found.filter(keyset.after(keys, asked.after))
    ids = found.order_by(*order).values("pk")[: asked.limit + 1]
    page = rows.model.objects.filter(pk__in=ids).annotate(**seen.titles, **sorted_by)
    raw = list(page.order_by(*order).values(*columns))
    following = keyset.cursor(keys, raw[asked.limit - 1]) if len(raw) > asked.limit else None
    return seen.complete(actor, raw[: asked.limit]), following


def get_record(actor: Actor, *, object_name: str, row_id: int) -> dict[str, Any]:
    """Return a record as JSON, with what the actor may do with it; one of the bin to who may take it back.

    What became part of another record is told as that record.

    :raises NotThere: when there is none that the actor may see.
    """
    found = find_record(actor, object_name=object_name, row_id=row_id)
    if found is None or found["deleted_at"]:
        into = merge.survivor(runtime.current().object(object_name), row_id)
        if into != row_id:
            found = find_record(actor, object_name=object_name, row_id=into) or found
    if found is None:
        raise NotThere
    return found


def find_record(actor: Actor, *, object_name: str, row_id: int) -> dict[str, Any] | None:
    """Return a record as `get_record` does, or None."""
    kind = runtime.current().object(object_name)
    seen = sight.of(actor, kind)
    holder = [f"{name}_id" for name in (scope.holder_of(kind),) if name]
    for rows in (asks.seen(actor, object_name), asks.binned(actor, object_name)):
        found = rows.annotate(**seen.titles).filter(pk=row_id)
        raw = found.values(*seen.columns, *holder, "deleted_at").first()
        if raw is not None:
            break
    else:
        return None
    seen.complete(actor, [raw])
    linked: dict[str, Any] = {
        one.name: {
            "id": raw[values.attribute(one)],
            "title": raw[sight.title_key(one)],
            "object": related.target_of(one).name if one.to else None,
        }
        for one in seen.fields
        if values.is_link(one) and raw[values.attribute(one)]
    }
    for one in links.fields_of(kind):
        if raw.get(one.name):
            linked[one.name] = {"titles": raw[sight.title_key(one)], "object": related.target_of(one).name}
    row = runtime.current().model(object_name)(id=row_id, **{name: raw[name] for name in holder})
    deleted_at = values.dump(raw["deleted_at"])
    return {**seen.row(raw), "linked": linked, "may": _may(actor, kind, row), "deleted_at": deleted_at}


def _may(actor: Actor, kind: Object, row: Any) -> dict[str, bool]:
    held = bool(consent.held(kind, [row.pk])) or lines.is_final(kind, row.pk)
    may: dict[str, bool] = {verb: not held and rights.allows(actor, verb, "record", row) for verb in VERBS}
    asks = not held and not may["delete"] and rights.allows(actor, "delete", "record", kind.name)
    return {**may, "move": may["update"] and hasattr(row, "stage"), "ask_deletion": asks}


def require_seen(actor: Actor, *, object_name: str, row_id: int) -> None:
    """Do nothing when the actor may see the record, in the bin or not.

    :raises NotThere: when there is none that the actor may see.
    """
    if not any(rows(actor, object_name).filter(pk=row_id).exists() for rows in (asks.seen, asks.binned)):
        raise NotThere


def related_lists(actor: Actor, *, object_name: str, row_id: int) -> list[dict[str, Any]]:
    """Return the records that point to a record, link by link: how many, and the newest few.

    :raises NotThere: when the actor may not see the record.
    """
    require_seen(actor, object_name=object_name, row_id=row_id)
    kind = runtime.current().object(object_name)
    found = []
    for source in runtime.current().blueprint.objects:
        if source.archived:
            continue
        seen = sight.of(actor, source)
        pointing = [one for one in seen.fields if one.to == kind.uid]
        found += [_pointing(actor, seen, one, row_id) for one in pointing]
    return found


def _pointing(actor: Actor, seen: sight.Sight, link: Field, row_id: int) -> dict[str, Any]:
    rows = asks.seen(actor, seen.kind.name)
    if link.type == "links":
        pairs = links.pairs_of(rows.model, link.name)
        rows = rows.filter(pk__in=pairs.objects.filter(b_id=row_id).values("a_id"))
    else:
        rows = rows.filter(**{values.attribute(link): row_id})
    return {
        "relation": shapes.relation_name(seen.kind),
        "field": link.name,
        **few(actor, seen=seen, rows=rows),
    }


def few(actor: Actor, *, seen: sight.Sight, rows: QuerySet[Any]) -> dict[str, Any]:
    """Return how many rows there are of an object, and the newest few, without the titles of their links."""
    columns = seen.columns - set(seen.titles)
    raw = list(rows.order_by("-id").values(*columns)[: FEW + 1])
    return {
        "object": seen.kind.name,
        "label": seen.kind.plural.model_dump(),
        "count": rows.count() if len(raw) > FEW else len(raw),
        "rows": [seen.row(one) for one in seen.complete(actor, raw[:FEW])],
    }
