"""What conditions may speak about: objects by API name, their fields and their relations.

Owns the kinds of field a condition distinguishes; the field types of the blueprint say which
kind they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from portulan.base.value import Words

FieldKind = Literal[
    "text", "number", "date", "datetime", "boolean", "choice", "choices", "link", "links", "person"
]  # fmt: skip


@dataclass(frozen=True)
class FieldShape:
    """A field as conditions see it; `to` names the object a link points to."""

    kind: FieldKind
    label: Words
    choices: Mapping[str, Words] = field(default_factory=dict)
    to: str | None = None


@dataclass(frozen=True)
class RelationShape:
    """The records of another object that point to this one."""

    to: str
    label: Words


@dataclass(frozen=True)
class ObjectShape:
    """The fields and relations of one object, by API name."""

    fields: Mapping[str, FieldShape]
    relations: Mapping[str, RelationShape] = field(default_factory=dict)


@dataclass(frozen=True)
class ConditionSchema:
    """Everything that conditions may name, by object."""

    objects: Mapping[str, ObjectShape]

    def find_field(self, object_name: str, path: str) -> FieldShape | None:
        """Return the field a dotted path leads to through links, or None."""
        *links, last = path.split(".")
        shape = self.objects.get(object_name)
        for name in links:
            link = shape.fields.get(name) if shape else None
            shape = self.objects.get(link.to) if link and link.to else None
        return shape.fields.get(last) if shape else None

    def find_relation(self, object_name: str, name: str) -> RelationShape | None:
        """Return a relation of an object, or None."""
        shape = self.objects.get(object_name)
        return shape.relations.get(name) if shape else None
