"""What an actor sees of the rows of an object: the columns read, the titles of links, rows as JSON.

The title of a linked record is shown to those who may read it; where the scope leaves some out, the
others see a link without a title.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery, TextField, Value

from portulan.blueprint.schema import Field, Object
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import links, related, runtime, scope, values

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Sight:
    """The readable fields of an object, and the annotations that hold the titles of its links."""

    kind: Object
    fields: tuple[Field, ...]
    titles: Mapping[str, Any]

    @property
    def columns(self) -> set[str]:
        """The columns and annotations to read."""
        stored = (values.attribute(one) for one in self.fields if one.type != "links")
        return {"id", "version", *stored, *self.titles}

    @property
    def names(self) -> dict[str, str]:
        """The API names of the readable fields, by uid."""
        return {one.uid: one.name for one in self.fields}

    def row(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row read by these columns as JSON."""
        return {
            "id": raw["id"],
            "version": raw["version"],
            "title": raw.get(title(self.kind), ""),
            "values": {one.name: values.dump(raw[values.attribute(one)]) for one in self.fields},
        }

    def complete(self, actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Give rows read by these columns their lists of links, in two queries a field that has any."""
        for one in links.fields_of(self.kind):
            if one.name in self.names.values():
                target = related.target_of(one)
                pairs = links.pairs_of(runtime.current().model(self.kind.name), one.name)
                held = links.of_rows(pairs, [raw["id"] for raw in rows])
                titles = _titles(actor, target, {other for others in held.values() for other in others})
                for raw in rows:
                    raw[one.name] = held[raw["id"]]
                    raw[title_key(one)] = {key: titles.get(key) for key in held[raw["id"]]}
        return rows

    def linked(self, rows: Rows) -> dict[str, dict[str, str]]:
        """Return the titles of what the rows link to, by field and id."""
        return {
            one.name: {
                str(raw[values.attribute(one)]): raw[title_key(one)]
                for raw in rows
                if raw[values.attribute(one)] and raw[title_key(one)] is not None
            }
            for one in self.fields
            if values.is_link(one)
        } | {
            one.name: {str(key): title for raw in rows for key, title in raw[title_key(one)].items() if title}
            for one in self.fields
            if one.type == "links"
        }


def of(actor: Actor, kind: Object) -> Sight:
    """Return what the actor sees of an object."""
    fields = scope.readable(runtime.current().blueprint, actor, kind)
    titles = {title_key(one): _title(actor, one) for one in fields if values.is_link(one)}
    return Sight(kind, fields, titles)


def title(kind: Object) -> str:
    """Return the API name of the field that names a record."""
    return next(field.name for field in kind.fields if field.uid == kind.title)


def title_path(link: Field) -> str:
    """Return the ORM's path of the title of what a link points to."""
    return f"{link.name}__{title(related.target_of(link)) if link.to else 'name'}"


def title_key(link: Field) -> str:
    """Return the name of the annotation that holds the title of a link."""
    return f"_{link.name}_title"


def _titles(actor: Actor, target: Object, ids: set[int]) -> dict[int, str]:
    """Return the titles of records that the actor may read, by id."""
    readable = {one.name for one in scope.readable(runtime.current().blueprint, actor, target)}
    if not ids or title(target) not in readable:
        return {}
    rows = runtime.current().model(target.name).objects.filter(pk__in=ids)
    return dict(rights.visible(actor, "read", "record", rows).values_list("pk", title(target)))


def _title(actor: Actor, link: Field) -> Any:
    if link.to is None:
        return F(title_path(link))
    snapshot, target = runtime.current(), related.target_of(link)
    readable = {one.name for one in scope.readable(snapshot.blueprint, actor, target)}
    if title(target) not in readable:
        return Value(None, output_field=TextField())
    if scope.scope_of(snapshot.blueprint, actor, target, "read") == "all":
        return F(title_path(link))
    mine = rights.visible(actor, "read", "record", snapshot.model(target.name).objects.all())
    return Subquery(mine.filter(pk=OuterRef(values.attribute(link))).values(title(target))[:1])
