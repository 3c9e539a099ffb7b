"""Whether a blueprint can be built: names, targets, columns, conditions; every problem at once."""

from collections.abc import Iterator

from portulan.base.conditions import check as conditions
from portulan.base.conditions.schema import ConditionSchema
from portulan.base.refusals import Problem
from portulan.blueprint.check_measures import check_measures
from portulan.blueprint.check_rules import check_rules
from portulan.blueprint.schema import Blueprint, Field, Object, Pipeline, Stage
from portulan.blueprint.shapes import conditions_of

_LONGEST_COLUMN = 63
_TAKEN = frozenset({"id", "version", "pk", "objects"})


def check(blueprint: Blueprint) -> list[Problem]:
    """Return every reason why the blueprint cannot be built."""
    known = {one.uid for one in blueprint.objects if not one.archived}
    schema = conditions_of(blueprint)
    names = {one.uid: one.name for one in blueprint.objects}
    found = [problem for one in blueprint.objects for problem in _object(one, known)]
    for pipeline in (one for one in blueprint.pipelines if not one.archived):
        if pipeline.object in known:
            (owner,) = (one for one in blueprint.objects if one.uid == pipeline.object)
            fields = {field.uid for field in owner.fields if not field.archived}
            found += _pipeline(pipeline, names[pipeline.object], fields, schema)
    return [*found, *check_rules(blueprint), *check_measures(blueprint)]


def _object(one: Object, known: set[str]) -> Iterator[Problem]:
    live = [field for field in one.fields if not field.archived]
    for twice in {field.name for field in live if [f.name for f in live].count(field.name) > 1}:
        yield Problem(f"{one.uid}/{twice}", "blueprint.name_twice", {"name": twice, "object": one.label.fr})
    columns = [field.column for field in one.fields]
    for twice in sorted({column for column in columns if columns.count(column) > 1}):
        yield Problem(f"{one.uid}/{twice}", "blueprint.column_twice", {"name": twice, "object": one.label.fr})
    for field in one.fields:
        yield from _field(one, field, known)


def _field(one: Object, field: Field, known: set[str]) -> Iterator[Problem]:
    where, facts = f"{one.uid}/{field.uid}", {"field": field.label.fr, "object": one.label.fr}
    if field.name in _TAKEN or len(field.column) > _LONGEST_COLUMN:
        yield Problem(where, "blueprint.name_reserved", facts)
    if field.type in ("link", "links") and not field.archived and field.to not in known:
        yield Problem(where, "blueprint.link_to_nothing", facts)
    if field.type == "choice" and not field.choices:
        yield Problem(where, "blueprint.no_choices", facts)


def _pipeline(
    pipeline: Pipeline, object_name: str, fields: set[str], schema: ConditionSchema
) -> Iterator[Problem]:
    for stage in (one for one in pipeline.stages if not one.archived):
        yield from _stage(pipeline, stage, object_name, fields, schema)
    for transition in (one for one in pipeline.transitions if not one.archived):
        where = f"{pipeline.uid}/{transition.uid}"
        for uid in set(transition.required) - fields:
            yield Problem(where, "blueprint.required_unknown", {"field": uid})
        if transition.condition is not None:
            yield from conditions.problems(transition.condition, schema, object_name)


def _stage(
    pipeline: Pipeline, stage: Stage, object_name: str, fields: set[str], schema: ConditionSchema
) -> Iterator[Problem]:
    where = f"{pipeline.uid}/{stage.uid}"
    for uid in set(stage.required) - fields:
        yield Problem(where, "blueprint.required_unknown", {"field": uid})
    for criterion in (*stage.entry, *stage.exit):
        if criterion.condition is not None:
            yield from (
                Problem(f"{where}/{criterion.id}{problem.where}", problem.code, problem.facts)
                for problem in conditions.problems(criterion.condition, schema, object_name)
            )
