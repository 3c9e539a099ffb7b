"""What changed in a pipeline since a moment, deal by deal, so that the open amounts before and now reconcile.

The state of a deal at that moment is its row with what its events changed since taken back. Every deal counts
once in the sums: opened, won, lost, removed, grown or shrunk; being pushed or moved back is told besides.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson
from django.db.models import Count, F, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Abs, Cast, Coalesce, Concat

from portulan.base import calendar as calendars
from portulan.events import queries as events
from portulan.maps.model import FINAL
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import pipeline, runtime, sight, values
from portulan.records.asked import Asked

#: Deals told of each kind of change at most, the largest first.
SHOWN = 20
_CHANGES = ("record.updated", "record.moved", "record.deleted", "record.restored")
#: What enters the sums, then what is told besides.
SUMMED = ("opened", "grown", "shrunk", "won", "lost", "removed")
ASIDE = ("pushed", "back")
_TECHNICAL = ("stage", "closed_at", "deleted_at")
_READ = (*_TECHNICAL, "amount", "close_on")
State = Mapping[str, Any]


@dataclass(frozen=True)
class Shift:
    """A deal that changed: what it was (None: not there), what it is now, what that adds to the sums.

    `was_open` and `is_open`: whether it was then, and is now.
    """

    id: int
    title: str
    then: State | None
    now: State
    was_open: bool
    is_open: bool
    delta: Decimal


@dataclass(frozen=True)
class _Span:
    """What is looked at: the rows that the actor may read, what of them, since when, what the stages are."""

    seen: sight.Sight
    rows: QuerySet[Any]
    since: datetime
    order: Mapping[str, int]
    finals: Mapping[str, str]

    @property
    def names(self) -> dict[str, str]:
        """The API names of the fields read, by uid."""
        live = {field.uid: name for name, field in values.live(self.seen.kind).items()}
        hidden = live.keys() - self.seen.names.keys() - set(_TECHNICAL)
        return {uid: live[uid] for uid in _READ if uid in live and uid not in hidden}

    def read(self, rows: QuerySet[Any]) -> list[tuple[int, str, State]]:
        """Return the id, the title and the state of rows."""
        names, title = self.names, sight.title(self.seen.kind)
        shown = (title,) if title in self.seen.names.values() else ()
        found = rows.values_list("id", *names.values(), *shown)
        return [
            (raw[0], (raw[-1] or "") if shown else "", dict(zip(names, raw[1:], strict=False)))
            for raw in found
        ]


def shifts(
    actor: Actor, *, pipeline_uid: str, since: date | None = None, asked: Asked, at: datetime
) -> dict[str, Any]:
    """Return what was open when a day began, Monday unless said, what is now, and the deals in between.

    :raises NotThere: when there is no such pipeline that the actor may read.
    """
    today = at.astimezone(calendars.DEFAULT.tz).date()
    day = since or today - timedelta(days=today.weekday())
    span = _span(actor, pipeline_uid, asked, day, at)
    figures = _figures(span)
    told: dict[str, list[Shift]] = {name: [] for name in (*SUMMED, *ASIDE)}
    gained, grown = figures.opened, figures.opened_sum
    for one in _changed(span):
        gained += one.is_open - one.was_open
        grown += one.delta
        for name in _named(one, span.order, span.finals):
            told[name].append(one)
    then = None if figures.sum is None else figures.sum - grown
    changes = (_change(name, told[name], _born(span, name, figures)) for name in (*SUMMED, *ASIDE))
    return {
        "since": day.isoformat(),
        "now": {"count": figures.count, "sum": _said(figures.sum)},
        "before": {"count": figures.count - gained, "sum": _said(then)},
        "changes": [one for one in changes if one["count"]],
    }


def _span(actor: Actor, pipeline_uid: str, asked: Asked, day: date, at: datetime) -> _Span:
    travelled = runtime.current().pipeline(pipeline_uid)
    kind = next(one for one in runtime.current().blueprint.objects if one.uid == travelled.object)
    every = rights.visible(actor, "read", "record", runtime.current().model(kind.name).objects.all())
    return _Span(
        sight.of(actor, kind),
        every.filter(asks.wanted(actor, kind, asked, at), pipeline=pipeline_uid),
        datetime.combine(day, time(), calendars.DEFAULT.tz),
        {uid: rank for rank, uid in enumerate(pipeline.live_stages(travelled))},
        {one.uid: one.kind for one in travelled.stages if one.kind in FINAL},
    )


@dataclass(frozen=True)
class _Figures:
    """What is open now, its amount when the actor may read it; and how the deals born since stand."""

    count: int
    sum: Decimal | None
    opened: int
    opened_sum: Decimal
    won: int
    lost: int


@dataclass(frozen=True)
class _Born:
    """The deals born since that one change tells: how many, their amount, the first of them."""

    count: int = 0
    sum: Decimal = Decimal(0)
    first: Sequence[Shift] = ()


def _figures(span: _Span) -> _Figures:
    """Count in one statement: nothing of a deal born since is to be taken back, so its row says all."""
    amount, still = span.seen.names.get("amount"), Q(closed_at__isnull=True)
    measures: dict[str, Any] = {"count": Count("pk", filter=still)}
    measures |= {name: Count("pk", filter=_is(span, name)) for name in ("opened", "won", "lost")}
    if amount:
        measures["sum"] = Sum(amount, filter=still)
        measures["opened_sum"] = Sum(amount, filter=_is(span, "opened"))
    known = span.rows.filter(deleted_at__isnull=True).aggregate(**measures)
    total = (known.pop("sum") or Decimal(0)) if amount else None
    return _Figures(sum=total, opened_sum=known.pop("opened_sum", None) or Decimal(0), **known)


def _is(span: _Span, name: str) -> Q:
    """Return the filter of the deals born since that are still open, won or lost."""
    born = Q(created_at__gte=span.since)
    if name == "opened":
        return born & Q(closed_at__isnull=True)
    ends = [uid for uid, kind in span.finals.items() if kind == name]
    return born & Q(closed_at__isnull=False, stage__in=ends)


def _born(span: _Span, name: str, figures: _Figures) -> _Born:
    """Return the deals born since that a change tells; only those that are open enter the sums."""
    count = getattr(figures, name) if name in ("opened", "won", "lost") else 0
    if not count:
        return _Born()
    rows = span.rows.filter(_is(span, name), deleted_at__isnull=True)
    amount = span.seen.names.get("amount")
    if name == "opened" and amount:
        rows = rows.order_by(Abs(Coalesce(F(amount), Decimal(0))).desc(), "pk")
    else:
        rows = rows.order_by("pk")
    first = [_shift(row_id, title, None, now) for row_id, title, now in span.read(rows[:SHOWN])]
    return _Born(count, figures.opened_sum if name == "opened" else Decimal(0), first)


def _changed(span: _Span) -> Iterator[Shift]:
    """Yield the deals that were there already and changed since, with what they were, in two queries."""
    rows = span.rows.filter(created_at__lt=span.since, updated_at__gte=span.since)
    found = span.read(rows)
    before = _before(span, rows) if found else {}
    for row_id, title, now in found:
        changed = before.get(row_id)
        if changed:
            yield _shift(row_id, title, {**now, **changed}, now)


def _before(span: _Span, rows: QuerySet[Any]) -> dict[int, dict[str, Any]]:
    """Return what the fields that changed since held then, by record and uid: the oldest change says it."""
    kind, names = span.seen.kind, span.names
    fields = {one.uid: one for one in kind.fields if one.uid in names}
    named = Concat(Value(f"{kind.uid}:"), Cast("pk", TextField()), output_field=TextField())
    subjects = rows.order_by().values_list(named)
    log = events.of_kinds(_CHANGES, since=span.since).filter(subject__in=subjects)
    found = defaultdict[int, dict[str, Any]](dict)
    for subject, held in log.values_list("subject", Cast("data__changes", TextField())):
        changes, mine = orjson.loads(held or "{}"), found[int(subject.partition(":")[2])]
        for uid in changes:
            if uid in fields and uid not in mine:
                mine[uid] = values.load(fields[uid], changes[uid][0])
    return found


def _shift(row_id: int, title: str, then: State | None, now: State) -> Shift:
    was, still = _is_open(then), _is_open(now)
    held = _amount(now) if still else Decimal(0)
    return Shift(row_id, title, then, now, was, still, held - _amount(then) if was else held)


def _named(shift: Shift, order: Mapping[str, int], finals: Mapping[str, str]) -> set[str]:
    """Return what happened to a deal: one thing that enters the sums at most, and what is told besides."""
    was = shift.was_open
    if was and shift.is_open and shift.then is not None:
        found = {"grown"} if shift.delta > 0 else {"shrunk"} if shift.delta < 0 else set()
        before, after = shift.then.get("close_on"), shift.now.get("close_on")
        found |= {"pushed"} if before and after and after > before else set()
        back = order.get(shift.now["stage"], 0) < order.get(shift.then["stage"], 0)
        return found | ({"back"} if back else set())
    if shift.is_open:
        return {"opened"}
    if not was and shift.then is not None:
        return set()
    if shift.now["deleted_at"] is not None:
        return {"removed"} if was else set()
    ended = finals.get(shift.now["stage"])
    return {ended} if ended in ("won", "lost") else {"removed"} if was else set()


def _is_open(state: State | None) -> bool:
    return state is not None and state.get("closed_at") is None and state["deleted_at"] is None


def _amount(state: State | None) -> Decimal:
    return (state or {}).get("amount") or Decimal(0)


def _change(name: str, found: list[Shift], born: _Born) -> dict[str, Any]:
    ranked = sorted([*found, *born.first], key=lambda one: (-abs(one.delta), one.id))
    return {
        "kind": name,
        "count": len(found) + born.count,
        "sum": _said(sum((one.delta for one in found), born.sum)) if name in SUMMED else None,
        "deals": [_told(one) for one in ranked[:SHOWN]],
    }


def _told(shift: Shift) -> dict[str, Any]:
    then, now = (
        {uid: values.dump(value) for uid, value in (one or {}).items()} for one in (shift.then, shift.now)
    )
    return {
        "id": shift.id,
        "title": shift.title,
        "delta": _said(shift.delta),
        "then": then or None,
        "now": now,
    }


def _said(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount.quantize(Decimal("0.01")))
