"""The board of a pipeline in one call: what each stage holds, and its first cards.

Owns how few queries that takes, whatever the number of stages: one for the sums, one for the first cards
of every stage (small ordered queries joined by UNION ALL), one for the cards themselves, and one per
relation that exit criteria look into.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Model, Q, QuerySet, Sum

from portulan.base import calendar as calendars
from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Object, Pipeline, Stage
from portulan.maps.model import FINAL
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import cards, keyset, pipeline, runtime, sight
from portulan.records.asked import Asked
from portulan.records.query import ALWAYS

#: Cards of one stage that one call gives at most.
LIMIT = 500
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Desk:
    """What a board stands on: the pipeline and its object, who looks, at what moment."""

    actor: Actor
    travelled: Pipeline
    kind: Object
    seen: sight.Sight
    at: datetime

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in use, in order."""
        return tuple(pipeline.live_stages(self.travelled).values())

    def rows(self, asked: Asked) -> QuerySet[Model]:
        """Return the rows that the board is about."""
        wanted = asks.wanted(self.actor, self.kind, asked, self.at)
        return asks.seen(self.actor, self.kind.name).filter(wanted, pipeline=self.travelled.uid)


def board(actor: Actor, *, pipeline_uid: str, asked: Asked, at: datetime) -> dict[str, Any]:
    """Return a pipeline: totals of the open stages, and each stage with its sums and first cards."""
    desk = _desk(actor, pipeline_uid, at)
    rows = desk.rows(asked)
    sums = _sums(desk, rows)
    shown = _cards(desk, rows, desk.stages, asked)
    stages = [
        {
            "uid": stage.uid,
            "label": stage.label.model_dump(),
            "kind": stage.kind,
            "probability": stage.probability,
            "colour": stage.colour,
            **_told(sums[stage.uid], "count", "sum", "weighted", "stale"),
            **shown[stage.uid],
        }
        for stage in desk.stages
    ]
    still = [sums[stage.uid] for stage in desk.stages if stage.kind not in FINAL]
    totals = {name: sum(one[name] for one in still) for name in ("count", "sum", "weighted", "late", "stale")}
    told = _told(totals, *totals)
    return {"pipeline": pipeline_uid, "object": desk.kind.name, "totals": told, "stages": stages}


def stage_cards(
    actor: Actor, *, pipeline_uid: str, stage_uid: str, asked: Asked, at: datetime
) -> dict[str, Any]:
    """Return more cards of one stage, after a cursor.

    :raises NotThere: when the pipeline has no such stage.
    """
    desk = _desk(actor, pipeline_uid, at)
    stages = [stage for stage in desk.stages if stage.uid == stage_uid]
    if not stages:
        raise NotThere
    return _cards(desk, desk.rows(asked), stages, asked)[stage_uid]


def _desk(actor: Actor, pipeline_uid: str, at: datetime) -> Desk:
    snapshot = runtime.current()
    travelled = snapshot.pipeline(pipeline_uid)
    kind = next(one for one in snapshot.blueprint.objects if one.uid == travelled.object)
    seen = sight.of(actor, kind)
    if not seen.fields:
        raise NotThere
    return Desk(actor, travelled, kind, seen, at)


def _sums(desk: Desk, rows: QuerySet[Model]) -> dict[str, dict[str, Any]]:
    names = desk.seen.names
    measures: dict[str, Any] = {"count": Count("pk")}
    if "amount" in names:
        amount, likely = F(names["amount"]), names.get("probability")
        measures["sum"] = Sum(amount)
        measures["standard"] = Sum(amount, filter=Q(**{f"{likely}__isnull": True}) if likely else None)
        if likely:
            measures["own"] = Sum(amount * F(likely))
    if "close_on" in names:
        measures["late"] = Count("pk", filter=Q(**{f"{names['close_on']}__lt": cards.today(desk.at)}))
    stale = [
        Q(stage=uid, stage_since__lt=moment) & _silent(desk, moment) for uid, moment in _limits(desk).items()
    ]
    if stale:
        measures["stale"] = Count("pk", filter=reduce(or_, stale))
    found = {one["stage"]: one for one in rows.order_by().values("stage").annotate(**measures)}
    return {stage.uid: _measured(stage, found.get(stage.uid, {})) for stage in desk.stages}


def _measured(stage: Stage, raw: Mapping[str, Any]) -> dict[str, Any]:
    standard = (raw.get("standard") or Decimal(0)) * (stage.probability or 0)
    return {
        "count": raw.get("count", 0),
        "sum": raw.get("sum") or Decimal(0),
        "weighted": ((raw.get("own") or Decimal(0)) + standard) / 100,
        "late": 0 if stage.kind in FINAL else raw.get("late", 0),
        "stale": raw.get("stale", 0),
    }


def _told(measured: Mapping[str, Any], *names: str) -> dict[str, Any]:
    found = {name: measured[name] for name in names}
    return {
        name: str(Decimal(value).quantize(_CENT)) if name in ("sum", "weighted") else value
        for name, value in found.items()
    }


def _limits(desk: Desk) -> dict[str, datetime]:
    """Return, by open stage, the moment since when something should have happened to a record."""
    return {
        stage.uid: calendars.DEFAULT.back(desk.at, stage.idle)
        for stage in desk.stages
        if stage.kind not in FINAL
    }


def _silent(desk: Desk, moment: datetime) -> Q:
    """Return the filter of the records on which nobody did anything since a moment."""
    last = desk.seen.names.get("last_activity_at")
    return Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__lt": moment}) if last else ALWAYS


def _cards(
    desk: Desk, rows: QuerySet[Model], stages: Sequence[Stage], asked: Asked
) -> dict[str, dict[str, Any]]:
    keys, sorted_by = asks.sorting(_sort(desk, asked), desk.seen)
    limit = min(max(asked.limit, 1), LIMIT)
    ordered = rows.annotate(**sorted_by).order_by(*keyset.order(keys))
    if asked.after:
        ordered = ordered.filter(keyset.after(keys, asked.after))
    ids = _first_ids([ordered.filter(stage=stage.uid)[: limit + 1] for stage in stages])
    model = runtime.current().model(desk.kind.name)
    chosen = model.objects.filter(pk__in=ids).annotate(**desk.seen.titles, **sorted_by)
    reader = cards.reader(desk.kind, desk.travelled, desk.seen, limits=_limits(desk), at=desk.at)
    columns = reader.columns | {key.column for key in keys}
    raw = list(chosen.order_by(*keyset.order(keys)).values(*columns)) if ids else []
    standing = reader.standing(raw)
    found = {}
    for stage in stages:
        mine = [one for one in raw if one["stage"] == stage.uid]
        following = keyset.cursor(keys, mine[limit - 1]) if len(mine) > limit else None
        found[stage.uid] = {
            "cards": [reader.card(one, standing[one["id"]]) for one in mine[:limit]],
            "next": following,
        }
    return found


def _sort(desk: Desk, asked: Asked) -> str:
    if asked.sort != "id":
        return asked.sort
    return desk.seen.names.get("close_on", "stage_since")


def _first_ids(arms: Sequence[QuerySet[Model]]) -> list[int]:
    """Return the ids that small ordered queries give, in one statement that both databases take."""
    parts: list[str] = []
    params: list[Any] = []
    for rank, arm in enumerate(arms):
        try:
            sql, given = arm.values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT * FROM ({sql}) AS arm_{rank}")  # noqa: S608 - compiled by Django, values apart
        params.extend(given)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return [row[0] for row in cursor.fetchall()]
