"""Who has been kept long enough: people who are no client and were not heard from for three years.

Owns the rule, as one query: collected long ago, silent since, no client, kept by nobody, still named. Heard
from are those who called, wrote or came, asked for help, or agreed to something; what was sent to them says
nothing. In the bin there is neither a client nor a word.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from portulan.base import calendar as calendars
from portulan.blueprint.schema import Object
from portulan.people.actor import Actor
from portulan.records import activities, asked, privacy, runtime, sight, values
from portulan.records.models import Consent, Kept

#: After how long without a word from them a prospect is forgotten.
MONTHS = 36
#: Some people alone, or everybody: what leaves people out is then asked of nobody else.
Among = Collection[int] | None
_ACCOUNT, _DEAL, _CONTRACT, _TICKET = "account", "opportunity", "contract", "ticket"


@dataclass(frozen=True)
class Voice:
    """Rows that prove a word from a person: where they name them, and when it was."""

    rows: QuerySet[Any]
    path: str
    at: Any

    def since(self, limit: datetime, among: Among = None) -> QuerySet[Any]:
        """Return the people heard from after a moment."""
        named = _among(self.rows.filter(**{f"{self.path}__isnull": False}), self.path, among).order_by()
        since: QuerySet[Any] = named.annotate(_at=self.at).filter(_at__gt=limit).values(self.path)
        return since

    def last(self, ids: Collection[int]) -> Iterator[tuple[int, datetime]]:
        """Yield when some people were last heard from."""
        mine = self.rows.filter(**{f"{self.path}__in": list(ids)}).order_by()
        yield from mine.values_list(self.path).annotate(_last=Max(self.at))


def heard_before(at: datetime) -> datetime:
    """Return the moment since which a prospect must have been heard from."""
    here = at.astimezone(calendars.DEFAULT.tz)
    day = calendars.months_later(here.date(), -MONTHS)
    return datetime.combine(day, here.timetz())


def due(actor: Actor, kind: Object, *, at: datetime, among: Among = None) -> QuerySet[Any]:
    """Return who is to be forgotten: collected long ago, silent since, no client, not kept, still named."""
    limit, names = heard_before(at), activities.named(kind)
    found = _among(asked.seen(actor, kind.name), "pk", among).filter(**{f"{names['created_at']}__lte": limit})
    found = found.exclude(**{sight.title(kind): privacy.ANONYMOUS})
    kept = _among(standing(kind), "row", among).filter(until__gt=today(at)).values("row")
    heard = (one.since(limit, among) for one in voices(kind))
    # A difference of sets: neither database forgets how to hash it when there are many to leave out.
    left = found.order_by().values("pk").difference(kept, *heard, *_clients(kind, limit, among))
    return asked.seen(actor, kind.name).filter(pk__in=left)


def voices(kind: Object) -> Iterator[Voice]:
    """Yield what proves a word from people: consents, tickets, activities about them or what names them."""
    agreed = Consent.objects.filter(object=kind.uid, basis="consent", given=True)
    yield Voice(agreed, "row", F("said_at"))
    ticket, activity = runtime.find_object(_TICKET), runtime.find_object(activities.UID)
    if ticket is not None and "created_at" in activities.named(ticket):
        for path in _paths(ticket, kind.uid):
            yield Voice(_live(ticket), path, F(activities.named(ticket)["created_at"]))
    names = activities.named(activity) if activity is not None else {}
    if activity is None or not {"direction", "done_at", "created_at"} <= set(names):
        return
    inbound = _live(activity).filter(**{names["direction"]: "inbound"})
    when = Coalesce(names["done_at"], names["created_at"])
    yield from (Voice(inbound, path, when) for path in _paths(activity, kind.uid))
    for uid, link in activities.links_of(activity).items():
        about = runtime.find_object(uid)
        for path in _paths(about, kind.uid) if about is not None else ():
            yield Voice(inbound, f"{link.name}__{path}", when)


def _paths(source: Object, uid: str) -> Iterator[str]:
    """Yield where the rows of an object name one of another."""
    for one in values.live(source).values():
        if one.type == "link" and one.to == uid:
            yield values.attribute(one)


def _live(kind: Object) -> QuerySet[Any]:
    rows: QuerySet[Any] = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True)
    return rows.order_by()


def _among(rows: QuerySet[Any], path: str, among: Among) -> QuerySet[Any]:
    return rows if among is None else rows.filter(**{f"{path}__in": list(among)})


def _clients(kind: Object, limit: datetime, among: Among) -> Iterator[QuerySet[Any]]:
    """Yield the people of clients: a won deal or a running contract names them, or is of their account."""
    signed = list(_signed(limit))
    for source, found in signed:
        yield from _named(source, found, kind.uid, among)
    deal = runtime.find_object(_DEAL)
    theirs = [one for source, found in signed for one in _named(source, found, _ACCOUNT)]
    for accounts in (*theirs, *_said_clients()):
        for path in _paths(kind, _ACCOUNT):
            yield _among(_live(kind), "pk", among).filter(**{f"{path}__in": accounts}).values("pk")
        if deal is not None:
            for path in _paths(deal, _ACCOUNT):
                theirs_too = _live(deal).filter(**{f"{path}__in": accounts})
                yield from _named(deal, theirs_too, kind.uid, among)


def _said_clients() -> Iterator[QuerySet[Any]]:
    """Yield the accounts of which somebody says that they are clients."""
    account = runtime.find_object(_ACCOUNT)
    status = values.live(account).get(activities.named(account).get("status", "")) if account else None
    if account is not None and status is not None and any(one.id == "client" for one in status.choices):
        yield _live(account).filter(**{status.name: "client"}).values("pk")


def _signed(limit: datetime) -> Iterator[tuple[Object, QuerySet[Any]]]:
    """Yield won deals, and contracts that run or ended after a moment."""
    deal, contract = runtime.find_object(_DEAL), runtime.find_object(_CONTRACT)
    if deal is not None and "stage" in activities.named(deal):
        won = {
            stage.uid
            for travelled in runtime.current().blueprint.pipelines
            for stage in travelled.stages
            if travelled.object == deal.uid and stage.kind == "won"
        }
        yield deal, _live(deal).filter(**{f"{activities.named(deal)['stage']}__in": sorted(won)})
    if contract is not None:
        ended = activities.named(contract).get("closed_at")
        runs = Q(**{f"{ended}__isnull": True}) | Q(**{f"{ended}__gt": limit}) if ended else Q()
        yield contract, _live(contract).filter(runs)


def _named(source: Object, found: QuerySet[Any], uid: str, among: Among = None) -> Iterator[QuerySet[Any]]:
    """Yield whom some rows of an object name."""
    for path in _paths(source, uid):
        yield _among(found, path, among).filter(**{f"{path}__isnull": False}).values(path)


def today(at: datetime) -> date:
    """Return the day that it is."""
    return at.astimezone(calendars.DEFAULT.tz).date()


def standing(kind: Object) -> QuerySet[Kept]:
    """Return the decisions that keep people, past their day or not."""
    return Kept.objects.filter(object=kind.uid, ended_at=None)
