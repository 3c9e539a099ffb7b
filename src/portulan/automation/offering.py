"""A quote that leaves by mail: what is proposed, what a person sends, and what is kept of it.

Sending says that the quote was sent, keeps the PDF among the documents of the quote, writes the mail in the
outbox, and an activity about the deal. All of it or nothing. Refuses when no mail can leave, and what
`quotes.send` refuses.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency
from django.conf import settings
from django.db import transaction
from email_validator import EmailNotValidError, validate_email

from portulan.automation import mails
from portulan.automation.outbox import ACTIVITY
from portulan.base import texts
from portulan.base.refusals import NotValid, Problem
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import documents, offer, operations, quotes, rows, runtime, values
from portulan.records import queries as records
from portulan.records.documents import Received
from portulan.records.lines import DRAFT, QUOTE
from portulan.records.operations import ChangedMeanwhile

#: The language of the clients, as on the quote itself.
_LANG = "fr"
_ABOUT = ("opportunity", "account", "contact")


@dataclass(frozen=True)
class Letter:
    """A mail to a client: to whom, its subject, its text."""

    to: str
    title: str
    body: str


def proposed(actor: Actor, *, row_id: int) -> dict[str, Any]:
    """Return the mail that goes with a quote, to its contact, and whether mails leave this house.

    :raises NotThere: when the actor may not see the quote.
    """
    quote = records.get_record(actor, object_name=QUOTE, row_id=row_id)
    said, contact = quote["values"], quote["linked"].get("contact")
    known = contact and records.find_record(actor, object_name=contact["object"], row_id=contact["id"])
    held = known["values"] if known else {}
    facts = {
        "quote": quote["title"],
        "about": said.get("subject") or "",
        "name": f" {held['name']}" if held.get("name") else "",
        "net": format_currency(said["net"], "EUR", locale=_LANG) if said.get("net") is not None else "",
        "until": _day(said.get("valid_until")),
        "me": actor.name,
        "company": settings.COMPANY,
    }
    title, body = (texts.say(f"automation.offer_mail_{one}", _LANG, **facts) for one in ("title", "body"))
    return {
        "to": held.get("email") or "",
        "title": title.strip(" –"),
        "body": body,
        "leaves": bool(settings.SMTP_HOST),
    }


def offer_by_mail(actor: Actor, *, row_id: int, version: int, letter: Letter, at: datetime) -> None:
    """Send a quote to a client, its PDF with it; answers reach the actor.

    :raises NoServer: when no mail can leave.
    :raises NotValid: when the address is none.
    :raises QuoteNotThere: when the quote is neither a draft nor sent.
    """
    mails.require_server()
    to = _address(letter.to)
    with transaction.atomic():
        _require_sent(actor, row_id, version, at)
        name, made = offer.offer(actor, row_id=row_id, seller=offer.seller(), at=at)
        kept = documents.add(actor, object_name=QUOTE, row_id=row_id, file=Received(name, [made]), at=at)
        about = rows.subject(runtime.current().object(QUOTE), row_id)
        mails.write(
            subject=about, to=to, title=letter.title, body=letter.body, at=at,
            reply_to=actor.email, document=kept,
        )  # fmt: skip
        _log(actor, row_id, letter, at)


def _require_sent(actor: Actor, row_id: int, version: int, at: datetime) -> None:
    """Say that a draft was sent; what was sent may leave again."""
    row = rows.locked(actor, "update", QUOTE, row_id=row_id)
    if row.version != version:
        raise ChangedMeanwhile
    if row.status == DRAFT:
        quotes.send(actor, row_id=row_id, version=version, at=at)
    elif row.status != quotes.SENT:
        raise quotes.QuoteNotThere


def _log(actor: Actor, row_id: int, letter: Letter, at: datetime) -> None:
    """Write the mail in the history of what the quote is about, where the actor writes activities."""
    kind = runtime.find_object(ACTIVITY)
    if kind is None or not rights.allows(actor, "create", "record", kind.name):
        return
    quote = runtime.current().model(QUOTE).objects.get(pk=row_id)
    fields = values.live(kind)
    about = {name: getattr(quote, f"{name}_id") for name in _ABOUT if name in fields}
    said = {"name": letter.title, "kind": "email", "direction": "outbound", "done_at": at.isoformat()}
    given = {**said, "body": letter.body, **about, "owner": actor.id}
    operations.create(actor, object_name=kind.name, given=given, at=at)


def _address(typed: str) -> str:
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized
    except EmailNotValidError as wrong:
        raise NotValid(Problem("to", "automation.offer_address")) from wrong


def _day(day: str | None) -> str:
    return format_date(date.fromisoformat(day), "long", locale=_LANG) if day else ""
