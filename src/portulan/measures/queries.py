"""Reads of boards: which ones an actor may open, and what the figures of one say now.

A board is shown with the figures that the actor may compute: those whose object, fields and conditions they
may read; without any, it is not there. All figures of a board are computed in one statement, apart from
those that are read where they stand: medians, working times, conversions.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Board, Figure, Object
from portulan.blueprint.wording import Wording
from portulan.measures.counting import Counter
from portulan.people import roles
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import runtime
from portulan.records.asked import Asked


def boards(actor: Actor) -> list[dict[str, Any]]:
    """Return the boards that the actor may open: those of their own roles first, the fullest first."""
    found = [(one, len(figures)) for one in _live() if (figures := _figures(actor, one))]
    found.sort(key=lambda pair: (pair[0].role not in actor.roles, -pair[1]))
    return [_headed(actor, one, many) for one, many in found]


def board(actor: Actor, *, uid: str, condition: Any = None, at: datetime) -> dict[str, Any]:
    """Return what the figures of a board say of the records that meet a condition, the filter of it all.

    :raises NotThere: when there is no such board, or the actor may compute none of its figures.
    :raises ConditionNotValid: when the condition names what the actor may not read.
    """
    shown = next((one for one in _live() if one.uid == uid), None)
    figures = _figures(actor, shown) if shown else []
    if shown is None or not figures:
        raise NotThere
    kind = _kind(shown)
    return {
        **_headed(actor, shown, len(figures)),
        "figures": _measured(actor, kind, figures, condition, at),
    }


def _headed(actor: Actor, shown: Board, many: int) -> dict[str, Any]:
    kind = _kind(shown)
    return {
        "uid": shown.uid,
        "label": shown.label.say(actor.lang),
        "role": shown.role,
        "role_label": roles.name(shown.role, actor.lang),
        "mine": shown.role in actor.roles,
        "object": kind.name,
        "object_label": kind.plural.say(actor.lang),
        "measures": many,
    }


def _measured(
    actor: Actor, kind: Object, figures: Sequence[Figure], condition: Any, at: datetime
) -> list[dict[str, Any]]:
    rows = asks.seen(actor, kind.name).order_by()
    rows = rows.filter(asks.wanted(actor, kind, Asked(condition=condition), at))
    counters = [Counter(one, kind, actor, at) for one in figures]
    spans = [one.days() for one in counters]
    wanted: dict[str, Any] = {}
    for index, (one, (now, then)) in enumerate(zip(counters, spans, strict=True)):
        wanted |= one.aggregates(f"_{index}", now)
        if then is not None:
            wanted |= one.aggregates(f"_{index}b", then)
    raw = rows.aggregate(**wanted) if wanted else {}
    wording = Wording(actor.lang, runtime.current().blueprint)
    names = roles.names(actor.lang)
    return [
        {
            **_said(one.figure, wording, names.get(one.figure.owner or "", one.figure.owner or "")),
            **_unit(one),
            **(told := one.told(f"_{index}", raw, rows, now)),
            "reached": _is_reached(one.figure, told["value"], narrowed=condition is not None),
            "before": one.told(f"_{index}b", raw, rows, then)["value"] if then else None,
            "condition": _narrowed(one.condition(now), condition),
            "whole": _narrowed(one.condition(now, whole=True), condition),
        }
        for index, (one, (now, then)) in enumerate(zip(counters, spans, strict=True))
    ]


def _said(figure: Figure, wording: Wording, owner: str) -> dict[str, Any]:
    return {
        "uid": figure.uid,
        "label": figure.label.say(wording.lang),
        "how": figure.how,
        "says": wording.figure(figure),
        "definition": figure.definition,
        "owner": owner,
        "period": figure.period,
        "goal": figure.goal,
        "better": figure.better,
    }


def _unit(one: Counter) -> dict[str, Any]:
    """Return what the value is counted in: records, days, percent, or what the field holds."""
    field = one.field(one.figure.field)
    match one.figure.how:
        case "count":
            return {"unit": "records", "currency": ""}
        case "rate" | "conversion":
            return {"unit": "percent", "currency": ""}
        case "time":
            return {"unit": "working_days" if one.figure.working else "days", "currency": ""}
    if field is not None and field.type in ("money", "percent"):
        return {"unit": field.type, "currency": field.currency if field.type == "money" else ""}
    return {"unit": "number", "currency": ""}


def _is_reached(figure: Figure, value: str | None, *, narrowed: bool) -> bool | None:
    """Return whether a value is on the side of its goal where one wants to be, None when nobody can say.

    How many, and what adds up, is not held against the goal of the whole once a board is narrowed.
    """
    if figure.goal is None or value is None or (narrowed and figure.how in ("count", "sum")):
        return None
    goal = Decimal(str(figure.goal))
    return Decimal(value) >= goal if figure.better == "higher" else Decimal(value) <= goal


def _narrowed(said: dict[str, Any] | None, condition: Any) -> dict[str, Any] | None:
    if said is None or condition is None:
        return said
    alone = isinstance(condition, dict) and condition.keys() == {"all"}
    return {"all": [*said["all"], *(condition["all"] if alone else [condition])]}


def _live() -> list[Board]:
    return [one for one in runtime.current().blueprint.boards if not one.archived]


def _kind(one: Board | Figure) -> Object:
    kind = runtime.find_object(one.object)
    if kind is None:
        raise NotThere
    return kind


def _figures(actor: Actor, shown: Board) -> list[Figure]:
    """Return the figures of a board that the actor may compute, in its order."""
    kind = runtime.find_object(shown.object)
    if kind is None:
        return []
    known = {one.uid: one for one in runtime.current().blueprint.measures if not one.archived}
    named = (known[uid] for uid in shown.measures if uid in known)
    return [one for one in named if _is_open(actor, kind, one)]


def _is_open(actor: Actor, kind: Object, figure: Figure) -> bool:
    fields = {one.uid: one.name for one in kind.fields if not one.archived}
    needed = (
        figure.field,
        figure.until,
        figure.dated,
        "stage" if figure.stages or figure.part_stages else None,
    )
    placed = (*needed, "pipeline" if not figure.stages and "pipeline" in fields else None)
    names = [fields.get(uid) for uid in placed if uid is not None]
    conditions = [one for one in (figure.condition, figure.part) if one is not None]
    return None not in names and asks.may_ask(
        actor, kind, fields=[one for one in names if one], conditions=conditions
    )
