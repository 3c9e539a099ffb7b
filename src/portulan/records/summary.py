"""What a list adds up to: how many records, what their columns measure, group by group."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Model, QuerySet, Sum

from portulan.base import texts
from portulan.base.refusals import NotValid, Problem
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import measured, runtime, sight, values
from portulan.records.asked import Asked
from portulan.records.measured import Measure

#: Groups that one answer gives at most, the largest first.
LIMIT = 200
_STAGES = frozenset({"pipeline", "stage"})


class GroupNotValid(NotValid):
    """The list cannot be grouped so."""

    code = "records.group_not_valid"


def summary(
    actor: Actor, *, object_name: str, asked: Asked, group_by: str = "", measures: str = "", at: datetime
) -> dict[str, Any]:
    """Return the count, the sums and the measures of the records that the actor may see, and of their groups.

    One query measures the whole, whatever is asked of it, and one all the groups.

    :raises MeasureNotValid: when a column has no such measure.
    :raises GroupNotValid: when the field makes no groups.
    """
    kind = runtime.current().object(object_name)
    seen = sight.of(actor, kind)
    wanted = measured.read(measures, seen)
    rows = asks.seen(actor, object_name).filter(asks.wanted(actor, kind, asked, at)).order_by()
    money = [field for field in seen.fields if field.type == "money"]
    computed = {f"_sum_{one.name}": Sum(one.name) for one in money}
    computed |= {one.alias: one.aggregate for one in wanted}
    whole = _told(rows.aggregate(_count=Count("pk"), **computed), money, wanted)
    groups = _groups(actor, seen, rows, group_by, computed) if group_by else []
    return {**whole, "groups": [{**_told(one, money, wanted), **one["_said"]} for one in groups]}


def _groups(
    actor: Actor, seen: sight.Sight, rows: QuerySet[Model], group_by: str, computed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    field = next((one for one in seen.fields if one.name == group_by), None)
    if field is None or not _groups_by(field):
        raise GroupNotValid(Problem("group_by", "records.field_unknown", {"field": group_by}))
    column = values.attribute(field)
    link = values.is_link(field)
    by = (column, sight.title_key(field)) if link else (column,)
    titled = rows.annotate(**{sight.title_key(field): seen.titles[sight.title_key(field)]}) if link else rows
    counted = titled.values(*by).annotate(_count=Count("pk"), **computed).order_by("-_count", column)
    found: list[dict[str, Any]] = list(counted[:LIMIT])
    for one in found:
        one["_said"] = {"value": values.dump(one[column]), "label": _label(actor, field, one)}
    return found


def _groups_by(field: Field) -> bool:
    return TYPES.get(field.type).kind in ("choice", "boolean", "link", "person") or field.uid in _STAGES


def _label(actor: Actor, field: Field, raw: Mapping[str, Any]) -> str:
    value = raw[values.attribute(field)]
    if values.is_link(field):
        return raw[sight.title_key(field)] or ""
    if isinstance(value, bool):
        return texts.say("records.yes" if value else "records.no", actor.lang)
    if field.uid in _STAGES:
        return _stages(actor).get(value, value or "")
    return next((one.label.say(actor.lang) for one in field.choices if one.id == value), value or "")


def _stages(actor: Actor) -> dict[str, str]:
    pipelines = runtime.current().blueprint.pipelines
    stages = {stage.uid: stage.label for one in pipelines for stage in one.stages}
    labels = {one.uid: one.label for one in pipelines} | stages
    return {uid: label.say(actor.lang) for uid, label in labels.items()}


def _told(raw: Mapping[str, Any], money: Sequence[Field], wanted: Sequence[Measure]) -> dict[str, Any]:
    sums = {one.name: raw[f"_sum_{one.name}"] or Decimal(0) for one in money}
    exact = {one.name: str(sums[one.name].quantize(Decimal(1).scaleb(-one.decimals))) for one in money}
    return {"count": raw["_count"], "sums": exact, "measures": {one.key: one.told(raw) for one in wanted}}
