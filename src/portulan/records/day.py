"""A person's working day: what they have to do, what it is worth, and their deals that wait for nothing.

Sorted by what is at stake: the amount of the deal times its probability. A deal of theirs without a next
step is adrift, unless they put it to rest until a day. Contracts of theirs that renew soon come the
nearest first.
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
#: How far ahead contracts to renew are told.
RENEWING = timedelta(days=60)
_DEAL, _CONTRACT = "opportunity", "contract"
_SHOWN = ("account", "amount", "stage", "close_on", "last_activity_at", "snoozed_until")
_TERMS = ("account", "amount", "stage", "renews_on", "notice_months", "tacit")
#: The longest notice that a day can be told of, in months.
_LONGEST = 120


@dataclass(frozen=True)
class _Rows:
    """The records of a kind that a person may read, and what the day tells of each."""

    actor: Actor
    seen: sight.Sight
    worth: Mapping[str, Any]
    shown: tuple[str, ...] = _SHOWN

    def rows(self) -> QuerySet[Any]:
        """Return the records, with the titles of what they link to and what they are worth."""
        rows = asks.seen(self.actor, self.seen.kind.name)
        known: QuerySet[Any] = rows.annotate(**self.seen.titles, **self.worth)
        return known

    def told(self, rows: QuerySet[Any]) -> list[dict[str, Any]]:
        """Return some of them as JSON."""
        fields = [one for one in self.seen.fields if one.uid in (*self.shown, self.seen.kind.title)]
        titles = {sight.title_key(one) for one in fields if values.is_link(one)}
        columns = {"id", "version", *titles, *(values.attribute(one) for one in fields)}
        return [self._told(raw) for raw in rows.values(*columns, *self.worth)]

    def _told(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        names = self.seen.names
        account = next((one for one in self.seen.fields if one.uid == "account"), None)
        plain = {uid: values.dump(raw[names[uid]]) for uid in self.shown if uid != "account" and uid in names}
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
    """Return what is overdue, today and next and the deals adrift, by what is at stake; what renews soon.

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
        "renewals": _renewals(actor, today),
        "done": _done(book, today),
    }


def _deals(actor: Actor) -> _Rows | None:
    kind = runtime.find_object(_DEAL)
    seen = sight.of(actor, kind) if kind else None
    if seen is None or not seen.fields:
        return None
    known = {"amount", "stage"} <= set(seen.names)
    return _Rows(actor, seen, asks.sorting(asks.WEIGHTED, seen)[1] if known else {})


def _mine(book: agenda.Book, at: datetime) -> QuerySet[Any]:
    """Return the open activities of the person, up to some days ahead, the nearest first."""
    names = book.names
    due = names["due_at"]
    soon = Q(**{f"{due}__lt": at + AHEAD}) | Q(**{f"{due}__isnull": True})
    open_ = {f"{names['done_at']}__isnull": True, f"{names['owner']}_id": book.actor.id}
    return book.rows().filter(soon, **open_).order_by(F(due).asc(nulls_last=True), "id")[:LIMIT]


def _with_deals(items: list[dict[str, Any]], deals: _Rows | None) -> list[dict[str, Any]]:
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


def _adrift(deals: _Rows, today: date) -> list[dict[str, Any]]:
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


def _renewals(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Return the open contracts of the person that renew soon, the nearest first, each with its notice."""
    kind = runtime.find_object(_CONTRACT)
    seen = sight.of(actor, kind) if kind else None
    if seen is None or not {"owner", "renews_on", "closed_at"} <= set(seen.names):
        return []
    names, rows = seen.names, _Rows(actor, seen, {}, _TERMS)
    soon = {f"{names['renews_on']}__range": (today, today + RENEWING), f"{names['closed_at']}__isnull": True}
    mine = rows.rows().filter(**soon, **{f"{names['owner']}_id": actor.id})
    told = rows.told(mine.order_by(names["renews_on"], "id")[:LIMIT])
    return [{**one, "notice_by": _notice_by(one)} for one in told]


def _notice_by(contract: Mapping[str, Any]) -> str | None:
    """Return the last day to give notice of a contract that renews by itself, if it is known."""
    months = contract.get("notice_months")
    if not contract.get("tacit") or months is None or not 0 <= months <= _LONGEST:
        return None
    return calendars.months_later(date.fromisoformat(contract["renews_on"]), -months).isoformat()


def _done(book: agenda.Book, today: date) -> int:
    """Return how many activities the person has done today."""
    names = book.names
    begins = datetime.combine(today, datetime.min.time(), calendars.DEFAULT.tz)
    done = {f"{names['done_at']}__gte": begins, f"{names['owner']}_id": book.actor.id}
    return asks.seen(book.actor, book.seen.kind.name).filter(**done).count()
