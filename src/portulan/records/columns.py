"""A field of the blueprint as a column, chosen by the kind that conditions know it as.

Owns what the database holds for each kind. What is always required and has a default is NOT NULL with
that default kept in the database, so that a process of the previous version can still insert.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models

from portulan.base.conditions.schema import FieldKind
from portulan.blueprint.schema import Field

#: The kind of a field, as its field type says.
Kinds = Callable[[Field], FieldKind]


def column_of(field: Field, kind: FieldKind, *, to: str | None) -> Any:
    """Return the Django field of a field; `to` is the label of the model that a link points to.

    Several links are no column: `records.links` gives them their table.
    """
    if kind in ("link", "person"):
        return _link(field, settings.AUTH_USER_MODEL if kind == "person" else to)
    return _MAKERS[kind](field, **_options(field, kind))


def _link(field: Field, to: Any) -> Any:
    protect = field.on_delete == "protect" and not field.archived
    return models.ForeignKey(
        to,
        on_delete=models.PROTECT if protect else models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_column=field.column,
        db_constraint=not field.archived,
    )


def _options(field: Field, kind: FieldKind) -> dict[str, Any]:
    options: dict[str, Any] = {"db_column": field.column}
    if field.required and field.default is not None and kind in _DEFAULTS:
        options["db_default"] = _DEFAULTS[kind](field.default)
    else:
        options["null"] = True
    if field.unique and not field.archived:
        options["unique"] = True
    return options


def _number(field: Field, **options: Any) -> Any:
    if field.type == "integer":
        return models.BigIntegerField(**options)
    return models.DecimalField(max_digits=20, decimal_places=field.decimals, **options)


_DEFAULTS: dict[FieldKind, Callable[[Any], Any]] = {
    "text": str,
    "choice": str,
    "number": lambda value: Decimal(str(value)),
    "boolean": bool,
}
_MAKERS: dict[FieldKind, Callable[..., Any]] = {
    "text": lambda _, **options: models.TextField(**options),
    "choice": lambda _, **options: models.CharField(max_length=64, **options),
    "choices": lambda _, **options: models.JSONField(**options),
    "number": _number,
    "date": lambda _, **options: models.DateField(**options),
    "datetime": lambda _, **options: models.DateTimeField(**options),
    "boolean": lambda _, **options: models.BooleanField(**options),
}
