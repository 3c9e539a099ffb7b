"""A person's working day: what they have to do, what it is worth, and their deals that wait for nothing.

Sorted by what is at stake: the amount of the deal times its probability. A deal of theirs without a next
step is adrift, unless they put it to rest until a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from portulan.base import calendar as calendars
from portulan.base.refusals import NotThere
from portulan.people.actor import Actor
from portulan.records import agenda, runtime, sight, values
from portulan.records import asked as asks

#: How far ahead the day looks, and how much it shows of each thing at most.
AHEAD = timedelta(days=14)
LIMIT = 200
_DEAL = "opportunity"
_SHOWN = ("account", "amount", "stage", "close_on", "last_activity_at", "snoozed_until")


@dataclass(frozen=True)
class _Deals:
    """The deals that a person may read, and what the day tells of each."""

    actor: Actor
    seen: sight.Sight
    worth: Mapping[str, Any]

    def rows(self) -> QuerySet[Any]:
        """Return the deals, with the titles of what they link to and what they are worth."""
        rows = asks.seen(self.actor, self.seen.kind.name)
        known: QuerySet[Any] = rows.annotate(**self.seen.titles, **self.worth)
        return known

    def told(self, rows: QuerySet[Any]) -> list[dict[str, Any]]:
        """Return some deals as JSON."""
        fields = [one for one in self.seen.fields if one.uid in (*_SHOWN, self.seen.kind.title)]
        titles = {sight.title_key(one) for one in fields if values.is_link(one)}
        columns = {"id", "version", *titles, *(values.attribute(one) for one in fields)}
        return [self._told(raw) for raw in rows.values(*columns, *self.worth)]

    def _told(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        names = self.seen.names
        account = next((one for one in self.seen.fields if one.uid == "account"), None)
        plain = {uid: values.dump(raw[names[uid]]) for uid in _SHOWN if uid != "account" and uid in names}
        return {
            "object": self.seen.kind.name,
            "id": raw["id"],
            "version": raw["version"],
            "title": raw.get(sight.title(self.seen.kind)) or "",
            "account": raw[sight.title_key(account)] if account else None,
            "worth": raw.get("_sort") or 0,
            **plain,
        }


def day(actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Return what is overdue, for today and next, and the deals adrift, each by what is at stake.

    :raises NotThere: when the actor may read no activities.
    """
    book = agenda.book(actor)
    if book is None or "owner" not in book.names:
        raise NotThere
    deals, today = _deals(actor), at.astimezone(calendars.DEFAULT.tz).date()
    items = _with_deals(book.told(book.read(_mine(book, at))), deals)
    late = [one for one in items if one["due_on"] and one["due_on"] < today]
    now = [one for one in items if one["due_on"] == today]
    return {
        "overdue": _by_worth(late),
        "today": _by_worth(now),
        "next": [one for one in items if one not in late and one not in now],
        "adrift": _adrift(deals, today) if deals else [],
        "done": _done(book, today),
    }


def _deals(actor: Actor) -> _Deals | None:
    kind = runtime.find_object(_DEAL)
    seen = sight.of(actor, kind) if kind else None
    if seen is None or not seen.fields:
        return None
    known = {"amount", "stage"} <= set(seen.names)
    return _Deals(actor, seen, asks.sorting(asks.WEIGHTED, seen)[1] if known else {})


def _mine(book: agenda.Book, at: datetime) -> QuerySet[Any]:
    """Return the open activities of the person, up to some days ahead, the nearest first."""
    names = book.names
    due = names["due_at"]
    soon = Q(**{f"{due}__lt": at + AHEAD}) | Q(**{f"{due}__isnull": True})
    open_ = {f"{names['done_at']}__isnull": True, f"{names['owner']}_id": book.actor.id}
    return book.rows().filter(soon, **open_).order_by(F(due).asc(nulls_last=True), "id")[:LIMIT]


def _with_deals(items: list[dict[str, Any]], deals: _Deals | None) -> list[dict[str, Any]]:
    wanted = {one["linked"]["opportunity"]["id"] for one in items if "opportunity" in one["linked"]}
    found = {}
    if deals and wanted:
        found = {one["id"]: one for one in deals.told(deals.rows().filter(pk__in=wanted))}
    for one in items:
        due = one["due_at"] and datetime.fromisoformat(one["due_at"])
        one["due_on"] = due.astimezone(calendars.DEFAULT.tz).date() if due else None
        one["deal"] = found.get(one["linked"].get("opportunity", {}).get("id"))
    return items


def _by_worth(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda one: -(one["deal"]["worth"] if one["deal"] else 0))


def _adrift(deals: _Deals, today: date) -> list[dict[str, Any]]:
    names = deals.seen.names
    if not {"owner", "next_step", "next_step_on", "closed_at", "pipeline"} <= set(names):
        return []
    lacks = {f"{names[uid]}__isnull": True for uid in ("next_step", "next_step_on", "closed_at")}
    mine = {f"{names['owner']}_id": deals.actor.id, f"{names['pipeline']}__isnull": False}
    rows = deals.rows().filter(**lacks, **mine)
    rest = names.get("snoozed_until")
    if rest:
        rows = rows.filter(Q(**{f"{rest}__isnull": True}) | Q(**{f"{rest}__lte": today}))
    order = [F("_sort").desc(nulls_last=True)] if deals.worth else []
    return deals.told(rows.order_by(*order, "id")[:LIMIT])


def _done(book: agenda.Book, today: date) -> int:
    """Return how many activities the person has done today."""
    names = book.names
    begins = datetime.combine(today, datetime.min.time(), calendars.DEFAULT.tz)
    done = {f"{names['done_at']}__gte": begins, f"{names['owner']}_id": book.actor.id}
    return asks.seen(book.actor, book.seen.kind.name).filter(**done).count()
