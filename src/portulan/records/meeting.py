"""« Avant la démo »: what a person reads about a record in two minutes before they meet the client.

Owns what is gathered (who comes, what was said last on each channel, what is open, what the stage still
asks, what hurts) and how little of each. Everything comes by the reads of its own kind, so that nobody
learns here what they may not open; the number of queries depends on the blueprint, not on the rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Max, Q, Value, When, Window
from django.db.models.functions import RowNumber

from portulan.base.refusals import NotThere
from portulan.base.registry import Registry
from portulan.blueprint.schema import Field, Object
from portulan.events import queries as events
from portulan.maps import irritants
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import agenda, position, queries, rows, runtime, sight, values
from portulan.records import asked as asks

#: How much the sheet holds at most: people, words on one channel, what was noticed, what comes next.
PEOPLE, SAID, NOTED, NEXT = 12, 2, 6, 5
#: Tells the promises that run on some subjects, each with its `subject`.
PROMISES: Registry[Callable[[Actor, Sequence[str], datetime], list[dict[str, Any]]]] = Registry("promises")
_NOTED = ("signal.raised", "form.received")
_TOLD = ("job_title", "role", "phone", "mobile", "email")
#: Those who decide are named before the others.
_RANKS = ("decideur", "sponsor", "opposant", "prescripteur", "influenceur", "utilisateur_final")


@dataclass(frozen=True)
class _Around:
    """A record that one prepares for, and the account it is about, as far as the actor may see it."""

    actor: Actor
    kind: Object
    record: Mapping[str, Any]
    account: int | None
    book: agenda.Book | None

    @property
    def mine(self) -> Q | None:
        """The activities about the record or its account; None when there can be none."""
        if self.book is None:
            return None
        found = agenda.about(self.book, self.kind.uid, self.record["id"])
        theirs = agenda.about(self.book, "account", self.account) if self.account else None
        return found | theirs if found and theirs else found or theirs


def sheet(
    actor: Actor, *, object_name: str, row_id: int, meeting: int | None = None, at: datetime
) -> dict[str, Any]:
    """Return what to read before meeting the client of a record; `meeting` is the activity it is for.

    Without one, it is for the nearest meeting that waits.

    :raises NotThere: when the actor may not see the record, or no such activity is about it.
    """
    found = queries.get_record(actor, object_name=object_name, row_id=row_id)
    kind = runtime.current().object(object_name)
    account = _account(actor, kind, found)
    around = _Around(actor, kind, found, account["id"] if account else None, agenda.book(actor))
    waiting = _waiting(around)
    met = _meeting(around, waiting, meeting)
    persons, more = _people(around, met)
    opened = _open(around)
    return {
        "record": found,
        "account": account,
        "meeting": met,
        "people": persons,
        "more_people": more,
        "said": _said(around),
        "words": _words(actor, kind, found),
        "noted": _noted(around, persons, opened),
        "open": opened,
        "promises": _promises(around, opened, at),
        **_standing(around, at),
        "next": [one for one in waiting if met is None or one["id"] != met["id"]][:NEXT],
    }


def _account(actor: Actor, kind: Object, found: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the account of a record, or the record itself when it is one; None when the actor sees none."""
    if kind.uid == "account":
        return {"object": kind.name, "id": found["id"], "title": found["title"]}
    link = next(
        (one for one in values.live(kind).values() if one.to == "account" and one.type == "link"), None
    )
    linked = found["linked"].get(link.name) if link else None
    if linked is None or not asks.seen(actor, linked["object"]).filter(pk=linked["id"]).exists():
        return None
    return {"object": linked["object"], "id": linked["id"], "title": linked["title"]}


def _waiting(around: _Around) -> list[dict[str, Any]]:
    """Return what is still to do about the record or its account, the nearest first."""
    book, mine = around.book, around.mine
    if book is None or mine is None:
        return []
    names = book.names
    found = book.rows().filter(mine, **{f"{names['done_at']}__isnull": True})
    nearest = found.order_by(F(names["due_at"]).asc(nulls_last=True), "id")[: agenda.LIMIT]
    return book.told(book.read(nearest))


def _meeting(around: _Around, waiting: list[dict[str, Any]], wanted: int | None) -> dict[str, Any] | None:
    if wanted is None:
        return next((one for one in waiting if one.get("kind") == "meeting" and one["due_at"]), None)
    book, mine = around.book, around.mine
    told = next((one for one in waiting if one["id"] == wanted), None)
    if told is None and book is not None and mine is not None:
        told = next(iter(book.told(book.read(book.rows().filter(mine, pk=wanted)))), None)
    if told is None:
        raise NotThere
    return told


def _people(around: _Around, met: Mapping[str, Any] | None) -> tuple[list[dict[str, Any]], bool]:
    """Return who counts on the other side, those expected first, and whether there are more."""
    contact = runtime.find_object("contact")
    link = _link(around.actor, contact, "account") if contact and around.account else None
    if contact is None or link is None:
        return [], False
    seen = sight.of(around.actor, contact)
    expected = met and met["linked"].get("contact", {}).get("id")
    main = next(
        (one["id"] for one in around.record["linked"].values() if one and one.get("object") == contact.name),
        None,
    )
    found = asks.seen(around.actor, contact.name).filter(**{values.attribute(link): around.account})
    order = _first(seen, [one for one in (expected, main) if one])
    raw = list(found.order_by(*order, "id").values(*(seen.columns - set(seen.titles)))[: PEOPLE + 1])
    touched = _touched(around, [one["id"] for one in raw])
    told = {uid: seen.names[uid] for uid in _TOLD if uid in seen.names}
    persons = [
        {
            "object": contact.name,
            "id": one["id"],
            "title": one.get(sight.title(contact)) or "",
            **{uid: values.dump(one[name]) for uid, name in told.items()},
            "expected": one["id"] == expected,
            "main": one["id"] == main,
            "last_at": touched.get(one["id"]),
        }
        for one in raw[:PEOPLE]
    ]
    return persons, len(raw) > PEOPLE


def _first(seen: sight.Sight, ids: Sequence[int]) -> list[Any]:
    """Return the order of people: these first, then by what they decide, then by name."""
    order: list[Any] = []
    if ids:
        order.append(Case(*(When(pk=one, then=Value(n)) for n, one in enumerate(ids)), default=len(ids)))
    if "role" in seen.names:
        ranks = (When(**{seen.names["role"]: uid}, then=Value(n)) for n, uid in enumerate(_RANKS))
        order.append(Case(*ranks, default=len(_RANKS)))
    title = sight.title(seen.kind)
    return [*order, title] if title in seen.names.values() else order


def _touched(around: _Around, ids: Sequence[int]) -> dict[int, str]:
    """Return when somebody last did something with each of these contacts."""
    book = around.book
    link = book.names.get("contact") if book else None
    if book is None or link is None or not ids:
        return {}
    done = book.names["done_at"]
    found = asks.seen(around.actor, book.seen.kind.name).filter(
        **{f"{link}__in": ids, f"{done}__isnull": False}
    )
    last = found.order_by().values_list(f"{link}_id").annotate(last=Max(done))
    return {key: values.dump(moment) for key, moment in last}


def _said(around: _Around) -> list[dict[str, Any]]:
    """Return what was said last about the record or its account, a few on each channel, the latest first."""
    book, mine = around.book, around.mine
    if book is None or mine is None:
        return []
    done = book.names["done_at"]
    latest = [F(done).desc(), F("id").desc()]
    rank = Window(RowNumber(), partition_by=[F(book.names["kind"])], order_by=latest)
    found = asks.seen(around.actor, book.seen.kind.name).filter(mine, **{f"{done}__isnull": False})
    ids = found.annotate(_rank=rank).filter(_rank__lte=SAID).values("pk")
    return book.told(book.read(book.rows().filter(pk__in=ids).order_by(*latest)))


def _words(actor: Actor, kind: Object, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the texts of the record itself: the need in the words of the client, and what was noted."""
    texts = (one for one in sight.of(actor, kind).fields if one.type == "long_text")
    return [
        {"field": one.name, "label": one.label.model_dump(), "text": found["values"][one.name]}
        for one in texts
        if found["values"].get(one.name)
    ]


def _open(around: _Around) -> list[dict[str, Any]]:
    """Return what is not closed and points to the record or its account: deals, tickets, contracts."""
    found = []
    for source in runtime.current().blueprint.objects:
        seen = sight.of(around.actor, source) if not source.archived else None
        if seen is None or "closed_at" not in seen.names:
            continue
        filters = Q()
        for link in seen.fields:
            if link.type == "link" and link.to == around.kind.uid:
                filters |= Q(**{values.attribute(link): around.record["id"]})
            elif link.type == "link" and link.to == "account" and around.account:
                filters |= Q(**{values.attribute(link): around.account})
        if filters:
            live = asks.seen(around.actor, source.name).filter(
                filters, **{f"{seen.names['closed_at']}__isnull": True}
            )
            others = live.exclude(pk=around.record["id"]) if source == around.kind else live
            found.append(queries.few(around.actor, seen=seen, rows=others))
    return [one for one in found if one["count"]]


def _noted(
    around: _Around, persons: Iterable[Mapping[str, Any]], opened: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return what people noticed and which forms came in, about any of what the sheet shows."""
    about = _subjects(around, opened)
    contact = runtime.find_object("contact")
    if contact is not None:
        about |= {rows.subject(contact, one["id"]): one for one in persons}
    found = events.of_subject("", also=about, kinds=_NOTED, limit=NOTED)
    names = people.named(around.actor, ids={one.actor_id for one in found if one.actor_id})
    return [
        {
            "at": one.at.isoformat(),
            "kind": one.kind,
            "label": one.data["label"],
            "by": names[one.actor_id].name if one.actor_id in names else None,
            "about": _about(around, about[one.subject]),
        }
        for one in found
    ]


def _promises(around: _Around, opened: Iterable[Mapping[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """Return the promises that run on the record and on what is open about its account."""
    about = _subjects(around, opened)
    return [
        {**one, "about": _about(around, about[one.pop("subject")])}
        for name in PROMISES
        for one in PROMISES.get(name)(around.actor, list(about), at)
    ]


def _subjects(around: _Around, opened: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the record, its account and what is open, by their subjects."""
    snapshot = runtime.current()
    found: dict[str, Mapping[str, Any]] = {
        rows.subject(snapshot.object(one["object"]), row["id"]): {**row, "object": one["object"]}
        for one in opened
        for row in one["rows"]
    }
    account = runtime.find_object("account")
    if account is not None and around.account:
        found[rows.subject(account, around.account)] = {"object": account.name, "id": around.account}
    return found | {rows.subject(around.kind, around.record["id"]): around.record}


def _about(around: _Around, what: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return which other record something is about, None when it is the one of the sheet or its account."""
    if "title" not in what or what is around.record:
        return None
    return {"object": what["object"], "id": what["id"], "title": what["title"]}


def _standing(around: _Around, at: datetime) -> dict[str, Any]:
    """Return where the record stands on the map, and what hurts there."""
    here = position.position(around.actor, object_name=around.kind.name, row_id=around.record["id"], at=at)
    if here is None:
        return {"position": None, "irritants": []}
    hurts = irritants.at_step(around.actor, uid=here["map"], element=here["stage"])
    return {
        "position": {**here, "path": here["path"][-1:]},
        "irritants": [{"label": one.label, "who": one.who, "severity": one.severity} for one in hurts],
    }


def _link(actor: Actor, kind: Object, to: str) -> Field | None:
    """Return the readable field by which records of an object belong to another."""
    seen = sight.of(actor, kind)
    return next((one for one in seen.fields if one.to == to and one.type == "link"), None)
