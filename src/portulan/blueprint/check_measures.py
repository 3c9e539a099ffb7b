"""Whether the figures and boards of a blueprint can be computed: what they name exists and adds up."""

from collections.abc import Collection, Iterator

from portulan.base.conditions import check as conditions
from portulan.base.conditions.schema import ConditionSchema
from portulan.base.refusals import Problem
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Blueprint, Field, Figure, Object
from portulan.blueprint.shapes import conditions_of

_DATES = frozenset({"date", "datetime"})


def check_measures(blueprint: Blueprint) -> Iterator[Problem]:
    """Yield every reason why figures cannot be computed."""
    schema = conditions_of(blueprint)
    kinds = {one.uid: one for one in blueprint.objects if not one.archived}
    roles = {one.uid for one in blueprint.roles if not one.archived}
    stages = {
        (pipe.uid, stage.uid)
        for pipe in blueprint.pipelines
        if not pipe.archived
        for stage in pipe.stages
        if not stage.archived
    }
    live = [one for one in blueprint.measures if not one.archived]
    for figure in live:
        if [one.uid for one in live].count(figure.uid) > 1:
            yield _problem(figure, "measure_twice")
        kind = kinds.get(figure.object)
        if kind is None:
            yield _problem(figure, "measure_without_object")
            continue
        yield from _fields(figure, kind)
        yield from _conditions(figure, schema, kind.name)
        for uid in (*figure.stages, *figure.part_stages):
            if (figure.pipeline, uid) not in stages:
                yield _problem(figure, "measure_unknown_stage", stage=uid)
        yield from _roles(figure, roles)


def _fields(figure: Figure, kind: Object) -> Iterator[Problem]:
    """Yield the fields that are not there, or are not of a kind that can be so counted."""
    live = {one.uid: one for one in kind.fields if not one.archived}
    for uid in (figure.field, figure.until, figure.dated):
        if uid is not None and uid not in live:
            yield _problem(figure, "measure_unknown_field", field=uid)
    counted = live.get(figure.field or "")
    if figure.how in ("sum", "mean", "median") and counted and _kind(counted) != "number":
        yield _problem(figure, "measure_no_number", field=counted.label.fr)
    dated = live.get(figure.dated or "")
    if dated and _kind(dated) not in _DATES:
        yield _problem(figure, "measure_no_date", field=dated.label.fr)
    until = live.get(figure.until or "")
    if figure.how == "time" and counted and until:
        yield from _span(figure, counted, until)


def _span(figure: Figure, counted: Field, until: Field) -> Iterator[Problem]:
    """Yield what keeps a time from being measured: dates and moments are not taken from each other."""
    for one in (counted, until):
        if _kind(one) not in _DATES:
            yield _problem(figure, "measure_no_date", field=one.label.fr)
    if {_kind(counted), _kind(until)} == _DATES:
        yield _problem(figure, "measure_two_clocks", field=counted.label.fr, until=until.label.fr)


def _conditions(figure: Figure, schema: ConditionSchema, name: str) -> Iterator[Problem]:
    for condition in (figure.condition, figure.part):
        if condition is not None:
            for one in conditions.problems(condition, schema, name):
                yield Problem(f"{figure.uid}{one.where}", one.code, one.facts)


def _roles(figure: Figure, known: Collection[str]) -> Iterator[Problem]:
    for role in dict.fromkeys((*figure.roles, *([figure.owner] if figure.owner else []))):
        if role not in known:
            yield _problem(figure, "measure_unknown_role", role=role)


def _kind(field: Field) -> str:
    return TYPES.get(field.type).kind


def _problem(figure: Figure, code: str, **facts: str) -> Problem:
    return Problem(figure.uid, f"blueprint.{code}", {"measure": figure.label.fr, **facts})
