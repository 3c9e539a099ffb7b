"""A quote through its life: made from a deal, sent, answered, made anew as its next version.

Owns its states. What was sent never changes: `revise` makes the next version, which bears the same number,
and the one before is replaced. Refuses to send what nobody could accept: no line, no client, a discount that
nobody agreed to, a day that is over. The amount of the deal is never touched from here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.base import calendar as calendars
from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import (
    agreement,
    finding,
    happenings,
    operations,
    policy,
    rows,
    runtime,
    settling,
    values,
)
from portulan.records import asked as asks
from portulan.records.lines import DEAL, DRAFT, LINE, QUOTE
from portulan.records.operations import ChangedMeanwhile

SENT, ACCEPTED, REFUSED, EXPIRED, REPLACED = "sent", "accepted", "refused", "expired", "replaced"
#: What a quote or a line says that its copy says too.
_COPIED = ("subject", "opportunity", "account", "contact", "discount", "terms", "owner")
_COPIED_OF_LINE = ("name", "product", "quantity", "unit_price", "discount", "vat_rate", "position")
#: From which states each verb goes on.
_FROM: Mapping[str, frozenset[str]] = {
    "send": frozenset({DRAFT}),
    "accept": frozenset({SENT}),
    "refuse": frozenset({SENT, EXPIRED}),
    "reopen": frozenset({ACCEPTED, REFUSED}),
    "revise": frozenset({SENT, REFUSED, EXPIRED}),
}


class QuoteNotReady(NotValid):
    """The quote cannot be sent yet; the problems say what lacks."""

    code = "records.quote_not_ready"


class QuoteNotAgreed(NotNow):
    """Somebody has to agree before the quote is sent; the problems say to what."""

    code = "records.quote_not_agreed"


class QuoteNotThere(NotNow):
    """The quote is not in a state from which this is done."""

    code = "records.quote_not_now"


class QuoteOver(NotNow):
    """The day until which the quote could be accepted is over."""

    code = "records.quote_over"


def begin(actor: Actor, *, deal_id: int, at: datetime) -> int:
    """Make a draft of a quote from a deal, with its lines or else its product, and return its id."""
    with transaction.atomic():
        deal: Any = asks.seen(actor, DEAL).filter(pk=deal_id).first()
        if deal is None:
            raise NotThere
        rights.require(actor, "update", "record", deal)
        given = {"opportunity": deal_id, "subject": deal.name, "owner": deal.owner_id}
        made = operations.create(actor, object_name=QUOTE, given=given, at=at)
        model = runtime.current().model("opportunity_line")
        drawn = model.objects.filter(opportunity=deal_id, deleted_at__isnull=True).order_by("position", "pk")
        said = [_copy(one, _COPIED_OF_LINE) for one in drawn]
        if not said and deal.product_id:
            said = [{"product": deal.product_id}]
        for one in said:
            operations.create(actor, object_name=LINE, given={**one, "quote": made}, at=at)
    return made


def send(actor: Actor, *, row_id: int, version: int, at: datetime) -> None:
    """Say that a draft was sent to the client: from then on it stays as it is.

    :raises QuoteNotReady: with everything that lacks.
    :raises QuoteNotAgreed: when a discount that needs an approval has none.
    """
    with transaction.atomic():
        row = get_draft(actor, row_id=row_id, version=version)
        problems = [*_unready(row, at)]
        if problems:
            raise QuoteNotReady(*problems)
        lacking = agreement.lacking(row)
        if lacking:
            facts = [{"approval": one.label.fr} for one, _ in lacking]
            raise QuoteNotAgreed(*(Problem("approval", "records.gate_unagreed", one) for one in facts))
        _change(actor, row, {"status": SENT, "sent_at": at}, at)


def accept(actor: Actor, *, row_id: int, version: int, at: datetime) -> None:
    """Note that the client accepted what was sent.

    :raises QuoteOver: when the day until which they could is over.
    """
    with transaction.atomic():
        row = _held(actor, row_id, version, "accept")
        if row.valid_until is not None and row.valid_until < _day(at):
            raise QuoteOver
        _change(actor, row, {"status": ACCEPTED, "closed_at": at}, at)


def refuse(actor: Actor, *, row_id: int, version: int, reason: str, at: datetime) -> None:
    """Note that the client refused, and why if they said so."""
    with transaction.atomic():
        row = _held(actor, row_id, version, "refuse")
        new = {"status": REFUSED, "closed_at": at, "refusal_reason": reason.strip() or None}
        _change(actor, row, new, at)


def reopen(actor: Actor, *, row_id: int, version: int, at: datetime) -> None:
    """Take back the answer that was noted: the quote waits for one again."""
    with transaction.atomic():
        row = _held(actor, row_id, version, "reopen")
        _change(actor, row, {"status": SENT, "closed_at": None, "refusal_reason": None}, at)


def revise(actor: Actor, *, row_id: int, version: int, at: datetime) -> int:
    """Make the next version of a quote, a draft with the same lines, and return its id."""
    rights.require(actor, "create", "record", QUOTE)
    with transaction.atomic():
        row = _held(actor, row_id, version, "revise")
        model = runtime.current().model(QUOTE)
        if model.objects.filter(number=row.number, revision__gt=row.revision).exists():
            raise QuoteNotThere
        made = _next(actor, row, at)
        for one in settling.lines_of(row_id):
            given = {**_copy(one, _COPIED_OF_LINE), "quote": made}
            operations.create(actor, object_name=LINE, given=given, at=at)
        if row.status != REFUSED:
            _change(actor, row, {"status": REPLACED, "closed_at": at}, at)
    return made


def expire(actor: Actor, *, at: datetime) -> int:
    """Note of each quote that was sent, and whose last day is over, that it expired; return how many."""
    rights.require(actor, "manage", "person")
    if runtime.find_object(QUOTE) is None:
        return 0
    with transaction.atomic():
        model = runtime.current().model(QUOTE)
        over = model.objects.select_for_update().filter(status=SENT, valid_until__lt=_day(at))
        done = 0
        for row in over.filter(deleted_at__isnull=True).order_by("pk"):
            _change(actor, row, {"status": EXPIRED}, at)
            done += 1
    return done


def get_draft(actor: Actor, *, row_id: int, version: int) -> Any:
    """Return a draft that the actor may change, held until the end of the transaction."""
    return _held(actor, row_id, version, "send")


def can(quote: Any, verb: str) -> bool:
    """Return whether a verb goes on from the state of a quote."""
    return quote.status in _FROM[verb]


def _held(actor: Actor, row_id: int, version: int, verb: str) -> Any:
    row = rows.locked(actor, "update", QUOTE, row_id=row_id)
    if row.version != version:
        raise ChangedMeanwhile
    if not can(row, verb):
        raise QuoteNotThere
    return row


def _unready(row: Any, at: datetime) -> list[Problem]:
    live = list(settling.lines_of(row.pk))
    found = []
    if not live:
        found.append(Problem("lines", "records.quote_without_lines"))
    if any(one.unit_price is None for one in live):
        found.append(Problem("lines", "records.quote_without_price"))
    if row.account_id is None:
        found.append(Problem("account", "records.quote_without_client"))
    if row.valid_until is None or row.valid_until < _day(at):
        found.append(Problem("valid_until", "records.quote_day_over"))
    return found


def _next(actor: Actor, row: Any, at: datetime) -> int:
    """Keep the next version of a quote and return its id: only here is a number not taken but kept."""
    kind = runtime.current().object(QUOTE)
    fresh = runtime.current().model(QUOTE)(version=1)
    number, revision = row.number, row.revision + 1
    new = {"number": number, "revision": revision, "name": settling.name_of(number, revision)}
    new |= {"previous": row.pk, "status": DRAFT, "valid_until": _day(at) + settling.VALIDITY}
    new |= {"created_at": at, "updated_at": at, "created_by": actor.id, **_copy(row, _COPIED)}
    fields = values.live(kind)
    rows.preview(kind, fresh, {name: values.load(fields[name], value) for name, value in new.items()})
    fresh.save()
    finding.put(kind, fresh)
    what = happenings.RecordCreated(rows.stored(kind, fresh))
    log.append(what, actor=actor, subject=rows.subject(kind, fresh.pk), at=at)
    return int(fresh.pk)


def _change(actor: Actor, row: Any, new: Mapping[str, Any], at: datetime) -> None:
    kind = runtime.current().object(QUOTE)
    changes = rows.change(kind, row, new, at=at)
    what = happenings.RecordUpdated(changes)
    log.append(what, actor=actor, subject=rows.subject(kind, row.pk), at=at)


def _copy(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return values of a row as they are given: links by id, what is empty left out."""
    fields = values.live(runtime.current().object(policy.name_of(type(row))))
    said = {name: values.dump(getattr(row, values.attribute(fields[name]))) for name in names}
    return {name: value for name, value in said.items() if value is not None}


def _day(at: datetime) -> Any:
    return at.astimezone(calendars.DEFAULT.tz).date()
