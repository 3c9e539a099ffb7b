"""Reads of records: what the actor may see of them, in one query a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from portulan.base.conditions import check, walk
from portulan.base.conditions.meet import Circumstances
from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.blueprint import shapes
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import folding, keyset, query, runtime, scope, values

LIMIT = 200


class SortNotValid(NotValid):
    """The list cannot be sorted so."""

    code = "records.sort_not_valid"


@dataclass(frozen=True)
class Asked:
    """What a list is asked for: a condition as JSON, words of the title, a sort, the place to go on from."""

    condition: Any = None
    words: str = ""
    sort: str = "id"
    after: str = ""
    limit: int = 50


@dataclass(frozen=True)
class Page:
    """A page of rows as JSON, the titles of what they link to, and where the next page begins."""

    rows: list[dict[str, Any]]
    linked: dict[str, dict[str, str]]
    next: str | None


def listing(actor: Actor, *, object_name: str, asked: Asked, at: datetime) -> Page:
    """Return a page of the records that the actor may see, in one query."""
    kind = runtime.current().object(object_name)
    fields = _readable(actor, kind)
    keys, sorted_by = _keys(asked.sort, fields)
    found = _seen(actor, object_name).annotate(**sorted_by).filter(_wanted(actor, kind, asked, at))
    if asked.after:
        found = found.filter(keyset.after(keys, asked.after))
    titles = _titles(fields)
    columns = {
        "id",
        "version",
        *(key.column for key in keys),
        *(_column(field) for field in fields),
        *titles.values(),
    }
    limit = min(max(asked.limit, 1), LIMIT)
    raw = list(found.order_by(*keyset.order(keys)).values(*columns)[: limit + 1])
    following = keyset.cursor(keys, raw[limit - 1]) if len(raw) > limit else None
    page = raw[:limit]
    return Page([_row(kind, fields, one) for one in page], _linked(fields, titles, page), following)


def get_record(actor: Actor, *, object_name: str, row_id: int) -> dict[str, Any]:
    """Return a record as JSON.

    :raises NotThere: when there is none that the actor may see.
    """
    kind = runtime.current().object(object_name)
    fields = _readable(actor, kind)
    columns = ("id", "version", *(_column(field) for field in fields))
    row = _seen(actor, object_name).filter(pk=row_id).values(*columns).first()
    if row is None:
        raise NotThere
    return _row(kind, fields, row)


def _seen(actor: Actor, object_name: str) -> QuerySet[Model]:
    rows = runtime.current().model(object_name).objects.filter(deleted_at__isnull=True)
    return rights.visible(actor, "read", "record", rows)


def _readable(actor: Actor, kind: Object) -> tuple[Field, ...]:
    return scope.readable(runtime.current().blueprint, actor, kind)


def _wanted(actor: Actor, kind: Object, asked: Asked, at: datetime) -> Q:
    wanted = query.folded_search(_title(kind), asked.words)
    if asked.condition is None:
        return wanted
    schema = shapes.conditions_of(runtime.current().blueprint)
    condition = check.read(asked.condition, schema, kind.name)
    _require_readable(walk.fields_of(condition), _readable(actor, kind))
    now = Circumstances(at, me=actor.id, my_team=actor.teammate_ids)

    def related(object_name: str, relation: str) -> tuple[QuerySet[Model], str]:
        return _related(actor, object_name, relation)

    return wanted & query.q_of(condition, kind.name, query.Ground(schema, now, related))


def _require_readable(paths: frozenset[str], fields: tuple[Field, ...]) -> None:
    names = {field.name for field in fields}
    hidden = sorted(path for path in paths if path.partition(".")[0] not in names)
    if hidden:
        raise check.ConditionNotValid(
            *(Problem(path, "records.field_unknown", {"field": path}) for path in hidden)
        )


def _related(actor: Actor, object_name: str, relation: str) -> tuple[QuerySet[Model], str]:
    snapshot = runtime.current()
    target = snapshot.object(object_name)
    for source in snapshot.blueprint.objects:
        if not source.archived and shapes.relation_name(source) == relation:
            links = [field for field in values.live(source).values() if field.to == target.uid]
            return _seen(actor, source.name), f"{links[0].name}_id"
    raise LookupError(f"the condition was not checked: {relation}")


def _keys(sort: str, fields: tuple[Field, ...]) -> tuple[list[keyset.Key], dict[str, Any]]:
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    if name == "id":
        return [], {}
    field = next((one for one in fields if one.name == name), None)
    if field is None or TYPES.get(field.type).kind == "choices":
        raise SortNotValid(Problem("sort", "records.field_unknown", {"field": name}))
    path = _title_path(field) if _is_link(field) else name
    if _is_link(field) or TYPES.get(field.type).kind == "text":
        return [keyset.Key("_sort", descending)], {"_sort": folding.Folded(path)}
    return [keyset.Key(path, descending)], {}


def _titles(fields: tuple[Field, ...]) -> dict[str, str]:
    return {field.name: _title_path(field) for field in fields if _is_link(field)}


def _title_path(field: Field) -> str:
    if field.to is None:
        return f"{field.name}__name"
    target = next(one for one in runtime.current().blueprint.objects if one.uid == field.to)
    return f"{field.name}__{_title(target)}"


def _title(kind: Object) -> str:
    return next(field.name for field in kind.fields if field.uid == kind.title)


def _is_link(field: Field) -> bool:
    return TYPES.get(field.type).kind in ("link", "person")


def _column(field: Field) -> str:
    return f"{field.name}_id" if _is_link(field) else field.name


def _row(kind: Object, fields: tuple[Field, ...], row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "version": row["version"],
        "title": row.get(_title(kind)),
        "values": {field.name: values.dump(row[_column(field)]) for field in fields},
    }


def _linked(
    fields: tuple[Field, ...], titles: Mapping[str, str], page: list[dict[str, Any]]
) -> dict[str, dict[str, str]]:
    return {
        field.name: {str(row[_column(field)]): row[titles[field.name]] for row in page if row[_column(field)]}
        for field in fields
        if field.name in titles
    }
