"""Every table without what a person is known by: the one place that rewrites what other rooms keep.

A law asks for it, and nothing else may: events included, whose kind, moment, author and case stay. Tables
are found, not listed, so that one added tomorrow is swept too. Those who sign in are no records: their
accounts are left alone, as are the binary drawings of maps.
"""

import re
from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from portulan.base.registry import Registry
from portulan.records import runtime, tokens

#: Files beside the database, swept by whoever keeps them: given what is sought, they return how many changed.
SHELVES: Registry[Callable[[re.Pattern[str]], int]] = Registry("shelf of files")
_ROOMS = "portulan."
_LEFT = frozenset({"people"})


def sweep(known: frozenset[str], *, tell: Callable[[float], None]) -> int:
    """Rewrite every text that holds what a person is known by; return how many rows and files changed."""
    found = tokens.pattern(known)
    if found is None:
        return 0
    models = list(_models())
    changed = 0
    for place, model in enumerate(models):
        tell(place / (len(models) + 1))
        changed += _table(model, known, found)
    return changed + sum(SHELVES.get(name)(found) for name in SHELVES)


def reword(row: Model, found: re.Pattern[str]) -> int:
    """Take what the pattern finds out of the texts of one row; return whether it changed, as a number."""
    fields = [one for one in row._meta.concrete_fields if _holds_text(one)]  # noqa: SLF001 - documented API
    return _row(QuerySet(type(row)).filter(pk=row.pk), row, fields, found)


def _models() -> Iterator[type[Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith(_ROOMS) and config.label not in _LEFT:
            yield from config.get_models()
    snapshot = runtime.current()
    for kind in snapshot.blueprint.objects:
        if not kind.archived:
            yield snapshot.model(kind.name)


def _table(model: type[Model], known: frozenset[str], found: re.Pattern[str]) -> int:
    fields = [one for one in model._meta.concrete_fields if _holds_text(one)]  # noqa: SLF001 - documented API
    if not fields:
        return 0
    rows: QuerySet[Any] = QuerySet(model)
    asked = {f"_{one.name}": Cast(one.name, TextField()) for one in fields}
    holds = (Q(**{f"{alias}__icontains": text}) for alias in asked for text in tokens.sought(known))
    changed = 0
    for row in rows.annotate(**asked).filter(reduce(or_, holds)).iterator(chunk_size=500):
        changed += _row(QuerySet(model).filter(pk=row.pk), row, fields, found)
    return changed


def _row(rows: QuerySet[Any], row: Model, fields: list[Any], found: re.Pattern[str]) -> int:
    new: dict[str, Any] = {}
    for one in fields:
        before = getattr(row, one.attname)
        after = tokens.without(before, found)
        if after != before:
            new[one.attname] = after
    if new.keys() & _keys(type(row)):
        return rows.delete()[0]
    return rows.update(**new) if new else 0


def _keys(model: type[Model]) -> set[str]:
    """Return the fields by which a row is the only one: what is known under a name is forgotten with it."""
    constraints = model._meta.total_unique_constraints  # noqa: SLF001 - documented API
    alone = {one.attname for one in model._meta.concrete_fields if one.unique}  # noqa: SLF001 - documented API
    return alone | {name for one in constraints for name in one.fields}


def _holds_text(field: "Field[Any, Any]") -> bool:
    if field.primary_key or getattr(field, "choices", None):
        return False
    return isinstance(field, CharField | TextField | JSONField)
