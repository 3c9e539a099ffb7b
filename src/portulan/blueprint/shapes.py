"""What conditions may name in a blueprint: its live fields, and the records that point to an object."""

from portulan.base.conditions.schema import ConditionSchema, FieldShape, ObjectShape, RelationShape
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Blueprint, Field, Object


def conditions_of(blueprint: Blueprint) -> ConditionSchema:
    """Return the schema of conditions. A relation bears the table-like plural name of what points here."""
    live = [one for one in blueprint.objects if not one.archived]
    names = {one.uid: one.name for one in live}
    return ConditionSchema({one.name: _shape(one, live, names) for one in live})


def relation_name(source: Object) -> str:
    """Return the name under which records of `source` are known to what they point to."""
    return f"{source.name[:-1]}ies" if source.name.endswith("y") else f"{source.name}s"


def _shape(one: Object, live: list[Object], names: dict[str, str]) -> ObjectShape:
    kept = [field for field in one.fields if not field.archived]
    fields = {field.name: _field(field, names) for field in kept if field.type != "links"}
    relations = {
        relation_name(source): RelationShape(source.name, source.plural)
        for source in live
        if source.uid != one.uid
        and any(f.to == one.uid and f.type == "link" and not f.archived for f in source.fields)
    }
    linked = {
        field.name: RelationShape(names[field.to], field.label)
        for field in kept
        if field.type == "links" and field.to in names
    }
    return ObjectShape(fields, relations | linked)


def _field(field: Field, names: dict[str, str]) -> FieldShape:
    choices = {choice.id: choice.label for choice in field.choices}
    to = names.get(field.to) if field.to else None
    return FieldShape(TYPES.get(field.type).kind, field.label, choices, to)
