"""A sample of the records, made anonymous: the newest of each object and what they point to.

Dates, amounts, stages and whose they are stay; names, addresses, texts and numbers that identify do not.
Refuses nothing and writes only into the database at hand when it is poured out.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from portulan.blueprint.schema import Field, Object
from portulan.records import finding, values
from portulan.records.snapshot import Snapshot

#: Records of each object that a sample holds at most, besides those that others point to.
MOST = 200
#: Texts that identify nobody.
_HARMLESS = frozenset({"pipeline", "stage", "territory"})
_BLANK = frozenset({"long_text", "url", "siren", "siret"})

#: By the name of an object, then by id: the values of a record by API name.
Sample = dict[str, dict[int, dict[str, Any]]]


def draw(snapshot: Snapshot, *, most: int = MOST) -> Sample:
    """Return the newest records of each object, and those that they point to, made anonymous."""
    kinds = [kind for kind in snapshot.blueprint.objects if not kind.archived]
    found: Sample = {kind.name: _rows(snapshot, kind, newest=most) for kind in kinds}
    for kind in kinds:
        for name, ids in _pointed(snapshot, kind, found[kind.name]).items():
            lacking = ids - found[name].keys()
            found[name] |= _rows(snapshot, snapshot.object(name), among=lacking)
    return found


def pour(snapshot: Snapshot, drawn: Sample) -> int:
    """Write a sample into the tables of the database at hand, and return how many records that is."""
    kinds = [kind for kind in snapshot.blueprint.objects if kind.name in drawn]
    with connection.constraint_checks_disabled():
        for kind in kinds:
            model = snapshot.model(kind.name)
            rows = [
                model(id=pk, **_kept(snapshot, kind, told, drawn)) for pk, told in drawn[kind.name].items()
            ]
            model.objects.bulk_create(rows, batch_size=200)
            finding.put_many(kind, rows)
    return sum(len(rows) for rows in drawn.values())


def _rows(
    snapshot: Snapshot, kind: Object, *, newest: int = 0, among: set[int] | None = None
) -> dict[int, dict[str, Any]]:
    names = [values.attribute(field) for field in values.live(kind).values() if field.type != "links"]
    rows = snapshot.model(kind.name).objects.filter(deleted_at__isnull=True)
    chosen = rows.filter(pk__in=among) if among is not None else rows.order_by("-pk")[:newest]
    return {told["id"]: _anonymous(kind, told) for told in chosen.values("id", "version", *names)}


def _pointed(snapshot: Snapshot, kind: Object, rows: Mapping[int, Mapping[str, Any]]) -> dict[str, set[int]]:
    names = {one.uid: one.name for one in snapshot.blueprint.objects if not one.archived}
    pointed: dict[str, set[int]] = {}
    for field in values.live(kind).values():
        if field.type == "link" and field.to in names:
            ids = {row[values.attribute(field)] for row in rows.values()}
            pointed.setdefault(names[field.to], set()).update(ids - {None})
    return pointed


def _kept(snapshot: Snapshot, kind: Object, told: Mapping[str, Any], drawn: Sample) -> dict[str, Any]:
    """Return the values of a record, without the links to what the sample does not hold."""
    names = {one.uid: one.name for one in snapshot.blueprint.objects}
    kept = {name: value for name, value in told.items() if name != "id"}
    for field in values.live(kind).values():
        if field.type == "link":
            attribute = values.attribute(field)
            if kept[attribute] not in drawn.get(names.get(field.to or "", ""), {}):
                kept[attribute] = None
    return kept


def _anonymous(kind: Object, told: dict[str, Any]) -> dict[str, Any]:
    fields = {field.name: field for field in values.live(kind).values()}
    hidden = {
        name: _hidden(kind, fields[name], told["id"]) if value not in (None, "") else value
        for name, value in told.items()
        if name in fields and _identifies(fields[name])
    }
    return told | hidden


def _identifies(field: Field) -> bool:
    kinds = {"text", "email", "phone", *_BLANK}
    return field.type in kinds and field.uid not in _HARMLESS


def _hidden(kind: Object, field: Field, pk: int) -> Any:
    if field.type == "email":
        return f"{kind.name}{pk}@exemple.invalid"
    if field.type == "phone":
        return f"+33 1 99 00 {pk % 100:02d} {pk // 100 % 100:02d}"
    if field.type in _BLANK:
        return values.nothing(field)
    return f"{kind.label.fr} {pk}" if field.uid == kind.title else f"{field.label.fr} {pk}"
