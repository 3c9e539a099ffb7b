"""The front desk of quotes: made from a deal, read with its lines, sent, answered, made anew, on paper."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from portulan.api.actors import actor_of
from portulan.api.answers import as_file, as_json
from portulan.api.records import Id, Motive, Version
from portulan.automation import approvals, offering
from portulan.base import clock
from portulan.records import arranging, offer, quoted, quotes

router = Router(tags=["records"])


class AsOfIn(Schema):
    """The version of the record that one looks at."""

    version: Version


class RefusedIn(AsOfIn):
    """Why the client refused, if they said so."""

    reason: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


class AgreeIn(AsOfIn):
    """What goes with the question."""

    comment: Motive = ""


class OrderIn(AsOfIn):
    """The lines of a quote, by id, in the order in which the client reads them."""

    lines: Annotated[list[Id], Field(max_length=1000)]


class MailIn(AsOfIn):
    """A mail to a client: to whom, what it says."""

    to: Annotated[str, Field(max_length=254)]
    title: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00\r\n]*$")]
    body: Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"^[^\x00]*$")]


@router.post("/opportunities/{deal_id}/quotes")
def begin(request: HttpRequest, deal_id: Id) -> HttpResponse:
    """Make a draft of a quote from a deal, and return its id."""
    made = quotes.begin(actor_of(request), deal_id=deal_id, at=clock.now())
    return as_json({"id": made}, status=201)


@router.get("/quotes/{row_id}")
def read(request: HttpRequest, row_id: Id) -> HttpResponse:
    """Return a quote with its lines, its VAT by rate, its versions, and what one may do with it."""
    return as_json(quoted.sheet(actor_of(request), row_id=row_id))


@router.post("/quotes/{row_id}/send", response={204: None})
def send(request: HttpRequest, row_id: Id, body: AsOfIn) -> HttpResponse:
    """Say that a quote was sent; refused with what lacks, or with the approval that it needs."""
    quotes.send(actor_of(request), row_id=row_id, version=body.version, at=clock.now())
    return HttpResponse(status=204)


@router.put("/quotes/{row_id}/order", response={204: None})
def arrange(request: HttpRequest, row_id: Id, body: OrderIn) -> HttpResponse:
    """Put the lines of a draft in another order."""
    arranging.arrange(
        actor_of(request), row_id=row_id, version=body.version, order=body.lines, at=clock.now()
    )
    return HttpResponse(status=204)


@router.get("/quotes/{row_id}/mail")
def letter(request: HttpRequest, row_id: Id) -> HttpResponse:
    """Return the mail that goes with a quote, as it is proposed, and whether mails leave this house."""
    return as_json(offering.proposed(actor_of(request), row_id=row_id))


@router.post("/quotes/{row_id}/mail", response={204: None})
def send_mail(request: HttpRequest, row_id: Id, body: MailIn) -> HttpResponse:
    """Send a quote to the client by mail, its PDF with it; a draft is sent from then on."""
    said = offering.Letter(body.to, body.title, body.body)
    offering.offer_by_mail(
        actor_of(request), row_id=row_id, version=body.version, letter=said, at=clock.now()
    )
    return HttpResponse(status=204)


@router.post("/quotes/{row_id}/approval", response={204: None})
def ask(request: HttpRequest, row_id: Id, body: AgreeIn) -> HttpResponse:
    """Ask for the approvals that a quote needs; it stays as it is until somebody decided."""
    approvals.ask_for_quote(actor_of(request), row_id=row_id, **body.dict(), at=clock.now())
    return HttpResponse(status=204)


@router.post("/quotes/{row_id}/accept", response={204: None})
def accept(request: HttpRequest, row_id: Id, body: AsOfIn) -> HttpResponse:
    """Note that the client accepted."""
    quotes.accept(actor_of(request), row_id=row_id, version=body.version, at=clock.now())
    return HttpResponse(status=204)


@router.post("/quotes/{row_id}/refuse", response={204: None})
def refuse(request: HttpRequest, row_id: Id, body: RefusedIn) -> HttpResponse:
    """Note that the client refused."""
    quotes.refuse(actor_of(request), row_id=row_id, **body.dict(), at=clock.now())
    return HttpResponse(status=204)


@router.post("/quotes/{row_id}/reopen", response={204: None})
def reopen(request: HttpRequest, row_id: Id, body: AsOfIn) -> HttpResponse:
    """Take back the answer that was noted."""
    quotes.reopen(actor_of(request), row_id=row_id, version=body.version, at=clock.now())
    return HttpResponse(status=204)


@router.post("/quotes/{row_id}/versions")
def revise(request: HttpRequest, row_id: Id, body: AsOfIn) -> HttpResponse:
    """Make the next version of a quote, and return its id."""
    made = quotes.revise(actor_of(request), row_id=row_id, version=body.version, at=clock.now())
    return as_json({"id": made}, status=201)


@router.get("/quotes/{row_id}/pdf", response={200: bytes})
def on_paper(request: HttpRequest, row_id: Id) -> HttpResponse:
    """Return a quote as the client gets it, as a PDF."""
    name, made = offer.offer(actor_of(request), row_id=row_id, seller=offer.seller(), at=clock.now())
    return as_file(made, name, "application/pdf")
