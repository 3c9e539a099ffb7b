"""What changed in a pipeline since a moment, deal by deal, so that the open amounts before and now reconcile.

The state of a deal at that moment is its row with what its events changed since taken back. Every deal counts
once in the sums: opened, won, lost, removed, grown or shrunk; being pushed or moved back is told besides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

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
_BORN = ("record.created",)
_CHANGES = ("record.updated", "record.moved", "record.deleted", "record.restored")
#: What enters the sums, then what is told besides.
SUMMED = ("opened", "grown", "shrunk", "won", "lost", "removed")
ASIDE = ("pushed", "back")
_TECHNICAL = ("stage", "closed_at", "deleted_at")
_READ = (*_TECHNICAL, "amount", "close_on")
State = Mapping[str, Any]


@dataclass(frozen=True)
class Shift:
    """A deal that changed: what it was then (None: not there), what it is now."""

    id: int
    title: str
    then: State | None
    now: State

    @property
    def delta(self) -> Decimal:
        """By how much it changes what is open."""
        return _worth(self.now) - _worth(self.then)


def shifts(
    actor: Actor, *, pipeline_uid: str, since: date | None = None, asked: Asked, at: datetime
) -> dict[str, Any]:
    """Return what was open when a day began, Monday unless said, what is now, and the deals in between.

    :raises NotThere: when there is no such pipeline that the actor may read.
    """
    today = at.astimezone(calendars.DEFAULT.tz).date()
    day = since or today - timedelta(days=today.weekday())
    begins = datetime.combine(day, time(), calendars.DEFAULT.tz)
    travelled = runtime.current().pipeline(pipeline_uid)
    kind = next(one for one in runtime.current().blueprint.objects if one.uid == travelled.object)
    seen = sight.of(actor, kind)
    every = rights.visible(actor, "read", "record", runtime.current().model(kind.name).objects.all())
    rows = every.filter(asks.wanted(actor, kind, asked, at), pipeline=pipeline_uid)
    count, now = _open_now(rows, seen)
    found = list(_shifts(seen, rows, begins))
    order = {uid: rank for rank, uid in enumerate(pipeline.live_stages(travelled))}
    finals = {one.uid: one.kind for one in travelled.stages if one.kind in FINAL}
    told = {name: [one for one in found if name in _named(one, order, finals)] for name in (*SUMMED, *ASIDE)}
    gained = sum(_is_open(one.now) - _is_open(one.then) for one in found)
    then = None if now is None else now - sum(one.delta for one in found)
    return {
        "since": day.isoformat(),
        "now": {"count": count, "sum": _said(now)},
        "before": {"count": count - gained, "sum": _said(then)},
        "changes": [_change(name, told[name]) for name in (*SUMMED, *ASIDE) if told[name]],
    }


def _open_now(rows: QuerySet[Any], seen: sight.Sight) -> tuple[int, Decimal | None]:
    """Return how many deals are open, and their amount when the actor may read it."""
    amount = seen.names.get("amount")
    measures: dict[str, Any] = {"total": Sum(amount)} if amount else {}
    known = rows.filter(closed_at__isnull=True, deleted_at__isnull=True).aggregate(
        count=Count("pk"), **measures
    )
    return known["count"], (known["total"] or Decimal(0)) if amount else None


def _shifts(seen: sight.Sight, rows: QuerySet[Any], since: datetime) -> Iterable[Shift]:
    """Yield the deals that changed since, with what they were, in three queries.

    Of those born since, the log is asked for their names alone: there is nothing to take back.
    """
    kind, happened = seen.kind, defaultdict[int, list[Any]](list)
    log = events.of_kinds(_CHANGES, since=since).filter(subject__startswith=f"{kind.uid}:")
    born = events.of_kinds(_BORN, since=since).filter(subject__startswith=f"{kind.uid}:")
    begun = {_id_of(subject) for subject in born.values_list("subject", flat=True)}
    for subject, data in log.values_list("subject", "data"):
        if _id_of(subject) not in begun:
            happened[_id_of(subject)].append(data)
    live = {field.uid: name for name, field in values.live(kind).items()}
    names = {uid: live[uid] for uid in _READ if uid in seen.names or (uid in live and uid in _TECHNICAL)}
    title = sight.title(kind)
    columns = {"id", *names.values()} | ({title} & set(seen.names.values()))
    for raw in rows.filter(pk__in=begun | happened.keys()).values(*columns):
        now = {uid: raw[name] for uid, name in names.items()}
        then = None if raw["id"] in begun else _then(now, reversed(happened[raw["id"]]), seen)
        yield Shift(raw["id"], raw.get(title) or "", then, now)


def _id_of(subject: str) -> int:
    return int(subject.partition(":")[2])


def _then(now: State, happened: Iterable[Mapping[str, Any]], seen: sight.Sight) -> State:
    """Return the state before what some events hold, the newest first."""
    fields = {one.uid: one for one in seen.kind.fields}
    state = dict(now)
    for data in happened:
        for uid, (before, _) in data.get("changes", {}).items():
            if uid in state:
                state[uid] = values.load(fields[uid], before)
    return state


def _named(shift: Shift, order: Mapping[str, int], finals: Mapping[str, str]) -> set[str]:
    """Return what happened to a deal: one thing that enters the sums at most, and what is told besides."""
    was, is_now = _is_open(shift.then), _is_open(shift.now)
    if was and is_now and shift.then is not None:
        found = {"grown"} if shift.delta > 0 else {"shrunk"} if shift.delta < 0 else set()
        before, after = shift.then.get("close_on"), shift.now.get("close_on")
        found |= {"pushed"} if before and after and after > before else set()
        back = order.get(shift.now["stage"], 0) < order.get(shift.then["stage"], 0)
        return found | ({"back"} if back else set())
    if is_now:
        return {"opened"}
    if not was and shift.then is not None:
        return set()
    if shift.now["deleted_at"] is not None:
        return {"removed"} if was else set()
    ended = finals.get(shift.now["stage"])
    return {ended} if ended in ("won", "lost") else {"removed"} if was else set()


def _is_open(state: State | None) -> bool:
    return state is not None and state.get("closed_at") is None and state["deleted_at"] is None


def _worth(state: State | None) -> Decimal:
    return (state or {}).get("amount") or Decimal(0) if _is_open(state) else Decimal(0)


def _change(name: str, found: list[Shift]) -> dict[str, Any]:
    ranked = sorted(found, key=lambda one: (-abs(one.delta), one.id))
    return {
        "kind": name,
        "count": len(found),
        "sum": _said(sum((one.delta for one in found), Decimal(0))) if name in SUMMED else None,
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
