"""What conditions see of records: the fields, the linked and the related records that they name.

Owns how few queries that takes: one for the rows, one per relation looked into. Sees as the system does:
a gate is objective, whatever the eyes of the person who moves the record.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from portulan.base.conditions import walk
from portulan.base.conditions.model import Condition
from portulan.blueprint import shapes
from portulan.blueprint.schema import Field, Object
from portulan.records import links, runtime, values
from portulan.records.values import attribute

#: Fields by name, each with what is looked at through it when it is a link.
Tree = dict[str, "Tree"]


@dataclass(frozen=True)
class Needs:
    """What some conditions look at: fields, through links, and in relations."""

    tree: Tree = field(default_factory=dict)
    relations: dict[str, "Needs"] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """A field that is looked at: its column, and what is looked at through it."""

    name: str
    column: str
    through: tuple["Look", ...] = ()


def needs_of(conditions: Iterable[Condition], *, fields: Iterable[str] = ()) -> Needs:
    """Return what the conditions look at, and these fields besides."""
    needs = Needs({name: {} for name in fields})
    for condition in conditions:
        _add(needs, condition)
    return needs


def looks(kind: Object, tree: Tree, prefix: str = "") -> tuple[Look, ...]:
    """Return how a tree of fields is read from rows of an object; fields no longer there are left out."""
    found = []
    for name, below in tree.items():
        asked = _field(kind, name)
        if asked is not None and asked.type != "links":
            through = looks(target_of(asked), below, f"{prefix}{asked.name}__") if asked.to else ()
            found.append(Look(name, prefix + attribute(asked), through))
    return tuple(found)


def columns(asked: Iterable[Look]) -> Iterator[str]:
    """Yield the ORM's paths of the columns that looks are read from."""
    for look in asked:
        yield look.column
        yield from columns(look.through)


def nested(asked: Iterable[Look], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row read by `columns`, a link looked through as the values of its target."""
    found: dict[str, Any] = {}
    for look in asked:
        value = raw[look.column]
        if look.through and value is not None:
            value = {"id": value, **nested(look.through, raw)}
        found[look.name] = value
    return found


def of_row(kind: Object, row: Model, needs: Needs) -> dict[str, Any]:
    """Return what conditions see of a row held in memory, changes not yet stored included."""
    seen = {one.name: getattr(row, attribute(one)) for one in values.live(kind).values()}
    for name, below in needs.tree.items():
        asked = _field(kind, name)
        if below and asked is not None and asked.to and seen[asked.name] is not None:
            seen[name] = _target(asked, seen[asked.name], below)
    attach(kind, {row.pk: seen}, needs)
    return seen


def attach(kind: Object, seen: Mapping[int, dict[str, Any]], needs: Needs) -> None:
    """Give rows, by id, their related records, in one query per relation."""
    for name, inner in needs.relations.items():
        linked = linked_field(kind, name)
        if linked is not None:
            _attach_linked(kind, linked, seen, inner)
            continue
        source, link = relation(kind, name)
        back = attribute(link)
        rows = runtime.current().model(source.name).objects.filter(deleted_at__isnull=True)
        for one in seen.values():
            one[name] = []
        below = {}
        asked = looks(source, inner.tree)
        wanted = {"id", back, *columns(asked)}
        for raw in rows.filter(**{f"{back}__in": list(seen)}).values(*wanted):
            below[raw["id"]] = nested(asked, raw)
            seen[raw[back]][name].append(below[raw["id"]])
        if inner.relations and below:
            attach(source, below, inner)


def _points(field: Field, target: Object) -> bool:
    return field.to == target.uid and field.type == "link"


def _attach_linked(kind: Object, linked: Field, seen: Mapping[int, dict[str, Any]], inner: Needs) -> None:
    """Give rows what they link to through one field: the lists that they hold, else those that are stored."""
    snapshot, target = runtime.current(), target_of(linked)
    held = {key: one[linked.name] for key, one in seen.items() if isinstance(one.get(linked.name), list)}
    unread = [key for key in seen if key not in held]
    if unread:
        held |= links.of_rows(links.pairs_of(snapshot.model(kind.name), linked.name), unread)
    asked = looks(target, inner.tree)
    wanted = {other for others in held.values() for other in others}
    live = snapshot.model(target.name).objects.filter(pk__in=wanted, deleted_at__isnull=True)
    below = {raw["id"]: nested(asked, raw) for raw in live.values("id", *columns(asked))}
    for key, one in seen.items():
        one[linked.name] = [below[other] for other in held.get(key, []) if other in below]
    if inner.relations and below:
        attach(target, below, inner)


def linked_field(kind: Object, name: str) -> Field | None:
    """Return the field of several links of that name, through which conditions look like a relation."""
    return next((one for one in links.fields_of(kind) if one.name == name), None)


def relation(target: Object, name: str) -> tuple[Object, Field]:
    """Return the object of a relation and its link back.

    :raises LookupError: when no live object points there under that name.
    """
    for source in runtime.current().blueprint.objects:
        if not source.archived and shapes.relation_name(source) == name:
            back = [one for one in values.live(source).values() if _points(one, target)]
            if back:
                return source, back[0]
    raise LookupError(f"the condition was not checked: {name}")


def target_of(link: Field) -> Object:
    """Return the object that a link points to."""
    return next(one for one in runtime.current().blueprint.objects if one.uid == link.to)


def _add(needs: Needs, condition: Condition) -> None:
    for path in walk.fields_of(condition):
        here = needs.tree
        for name in path.split("."):
            here = here.setdefault(name, {})
    for name, where in walk.looks_of(condition):
        inner = needs.relations.setdefault(name, Needs())
        if where is not None:
            _add(inner, where)


def _field(kind: Object, name: str) -> Field | None:
    live = values.live(kind)
    return live.get(name) or next((one for one in live.values() if one.uid == name), None)


def _target(link: Field, row_id: int, below: Tree) -> dict[str, Any] | None:
    target = target_of(link)
    model = runtime.current().model(target.name)
    asked = looks(target, below)
    raw = model.objects.filter(pk=row_id).values("id", *columns(asked)).first()
    return raw and {"id": row_id, **nested(asked, raw)}
