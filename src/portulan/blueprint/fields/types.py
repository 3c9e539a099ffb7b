"""The field types of the product, each declared once: how it is stored, and what conditions see in it."""

from dataclasses import dataclass
from typing import Literal

from portulan.base.conditions.schema import FieldKind
from portulan.base.registry import Registry

Storage = Literal[
    "text", "long_text", "integer", "decimal", "date", "datetime", "boolean", "json",
    "link", "links", "person",
]  # fmt: skip


@dataclass(frozen=True)
class FieldType:
    """A type of field: its column, the kind of operand it is in a condition."""

    name: str
    storage: Storage
    kind: FieldKind


TYPES: Registry[FieldType] = Registry("field type")

for _name, _storage, _kind in (
    ("text", "text", "text"),
    ("long_text", "long_text", "text"),
    ("integer", "integer", "number"),
    ("decimal", "decimal", "number"),
    ("money", "decimal", "number"),
    ("percent", "decimal", "number"),
    ("date", "date", "date"),
    ("datetime", "datetime", "datetime"),
    ("boolean", "boolean", "boolean"),
    ("choice", "text", "choice"),
    ("choices", "json", "choices"),
    ("email", "text", "text"),
    ("phone", "text", "text"),
    ("url", "text", "text"),
    ("siren", "text", "text"),
    ("siret", "text", "text"),
    ("link", "link", "link"),
    ("links", "links", "links"),
    ("person", "person", "person"),
):
    TYPES.register(_name, FieldType(_name, _storage, _kind))  # type: ignore[arg-type]
