"""A blueprint as the state of Django's migrations: what the database holds, and what the code sees.

In the physical state models are called by uid, fields by their frozen column, and archived parts stay; in
the runtime state both are called by API name and archived parts are absent. A rename is no DDL.
"""

from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from portulan.blueprint.schema import Blueprint, Field, Object
from portulan.records.columns import Kinds, column_of

LABEL = "crm"
_LONGEST_NAME = 63
#: What the sums of a board read besides the stage and the closing date.
_SUMMED = ("stage_since", "last_activity_at", "deleted_at", "owner", "amount", "probability")
_PEOPLE = settings.AUTH_USER_MODEL.split(".")[0]


def physical(
    blueprint: Blueprint, kinds: Kinds, *, only: Collection[str], stubs: Collection[str]
) -> ProjectState:
    """Return what the database must look like for some objects; a stub is a table that links point to."""
    state = ProjectState(real_apps={_PEOPLE})
    for kind in blueprint.objects:
        if kind.uid in stubs:
            state.add_model(ModelState(LABEL, kind.uid, [_id()], {"db_table": kind.table}))
        elif kind.uid in only:
            names = {field.uid: field.column for field in kind.fields}
            labels = {other.uid: f"{LABEL}.{other.uid}" for other in blueprint.objects}
            state.add_model(_model(kind, kind.uid, names, labels, kinds))
            for field in (one for one in kind.fields if one.type == "links"):
                state.add_model(_pairs(kind, field, labels[kind.uid], labels[field.to or ""]))
    return state


def runtime(blueprint: Blueprint, kinds: Kinds) -> ProjectState:
    """Return what the code sees: live objects and fields under their API names."""
    state = ProjectState()
    live = [kind for kind in blueprint.objects if not kind.archived]
    labels = {kind.uid: f"{LABEL}.{kind.name}" for kind in live}
    for kind in live:
        names = {field.uid: field.name for field in kind.fields if _is_live(field, labels)}
        state.add_model(_model(kind, kind.name, names, labels, kinds))
        for field in (one for one in kind.fields if one.type == "links" and one.uid in names):
            state.add_model(_pairs(kind, field, labels[kind.uid], labels[field.to or ""]))
    return state


def pairs_name(kind: Object, field: Field) -> str:
    """Return the name of the model that holds the pairs of a field of several links."""
    return f"pairs_{kind.uid}_{field.column}"


def reverse_name(kind: Object, field: Field) -> str:
    """Return the name by which what a field of several links points to knows its pairs."""
    return f"linked_by_{kind.uid}_{field.column}"


def _pairs(kind: Object, field: Field, here: str, there: str) -> ModelState:
    """Return the explicit table of a field of several links; Django's automatic one breaks on a rename."""
    ends: list[tuple[str, Any]] = [
        ("a", models.ForeignKey(here, models.CASCADE, related_name="+", db_column="a_id")),
        (
            "b",
            models.ForeignKey(
                there, models.CASCADE, related_name=reverse_name(kind, field), db_column="b_id"
            ),
        ),
    ]
    table = f"{kind.table}_{field.column}"[:_LONGEST_NAME]
    once = models.UniqueConstraint(fields=["a", "b"], name=f"{table[:26]}_once")
    name = pairs_name(kind, field)
    return ModelState(LABEL, name, [_id(), *ends], {"db_table": table, "constraints": [once]})


def _is_live(field: Field, labels: dict[str, str]) -> bool:
    return not field.archived and (field.to is None or field.to in labels)


def _model(
    kind: Object, name: str, names: dict[str, str], labels: dict[str, str], kinds: Kinds
) -> ModelState:
    fields: list[tuple[str, Any]] = [_id(), ("version", models.IntegerField(db_default=1))]
    for field in kind.fields:
        if field.uid in names and field.type != "links":
            to = labels[field.to] if field.to else None
            fields.append((names[field.uid], column_of(field, kinds(field), to=to)))
    options = {"db_table": kind.table, "indexes": list(_indexes(kind, names))}
    return ModelState(LABEL, name, fields, options)


def _id() -> tuple[str, Any]:
    return "id", models.BigAutoField(primary_key=True)


def _indexes(kind: Object, names: dict[str, str]) -> Iterator[models.Index]:
    """Yield what boards read by: the cards of a stage by the time they came in, and by their closing date.

    The second also holds what a board sums, so that SQLite never reads the rows to count them. Names come
    from the uid alone, within what every database takes, so that a rename changes nothing.
    """
    live = {field.uid for field in kind.fields if not field.archived and field.uid in names}
    mark = f"{kind.uid[:16].rstrip('_')}_{sha256(kind.uid.encode()).hexdigest()[:6]}"
    for last, suffix, summed in (("stage_since", "since", ()), ("close_on", "board", _SUMMED)):
        if {"pipeline", "stage", last} <= live:
            columns = [names["pipeline"], names["stage"], names[last], "id"]
            columns += [names[uid] for uid in summed if uid in live]
            yield models.Index(fields=columns, name=f"{mark}_{suffix}")
