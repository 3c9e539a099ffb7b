"""A quote leaves by mail with its PDF: sent from then on, kept, told in both histories."""

import email
import email.policy
from contextvars import Context
from email.message import EmailMessage
from typing import Any

import pytest

import make
from portulan.automation import mails, offering
from portulan.automation.models import Mail
from portulan.automation.offering import Letter
from portulan.base.refusals import NotAllowed, NotValid
from portulan.people.actor import Actor
from portulan.records import documents, operations, quotes, replay, runtime
from portulan.records.operations import ChangedMeanwhile
from portulan.records.quotes import QuoteNotReady, QuoteNotThere
from postman import Postman
from sale import SYSTEM, deal, record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("crm")]


@pytest.fixture
def claire() -> Actor:
    return make.actor()


def row(row_id: int) -> Any:
    return runtime.current().model("quote").objects.get(pk=row_id)


def draft(actor: Actor, **given: Any) -> int:
    client = record("account", actor, name="Aubert")
    anna = record(
        "contact", actor, name="Aubert", first_name="Anna", email="anna@aubert.example", account=client
    )
    pump = record("product", name="Pompe P2", price="1200")
    sold = deal(actor, account=client, contact=anna, product=pump, name="Atelier", **given)
    made = quotes.begin(actor, deal_id=sold, at=make.AT)
    version = row(made).version
    operations.update(
        actor, object_name="quote", row_id=made, version=version, given={"contact": anna}, at=make.AT
    )
    return made


def offer(actor: Actor, quote: int, **other: str) -> None:
    proposed = offering.proposed(actor, row_id=quote)
    said = {name: proposed[name] for name in ("to", "title", "body")} | other
    offering.offer_by_mail(actor, row_id=quote, version=row(quote).version, letter=Letter(**said), at=make.AT)


def heard(postman: type[Postman]) -> EmailMessage:
    (one,) = postman.heard
    read = email.message_from_string(one, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_the_mail_is_proposed_to_the_contact_with_the_amount_and_the_last_day(
    claire: Actor, postman: type[Postman]
) -> None:
    said = offering.proposed(claire, row_id=draft(claire))
    assert (said["to"], said["title"], said["leaves"]) == (
        "anna@aubert.example", "Devis D-2026-0001 – Atelier", True,
    )  # fmt: skip
    assert "1\u202f200,00\xa0€ HT, valable jusqu’au" in said["body"]


def test_a_draft_leaves_with_its_pdf_and_is_sent_kept_and_told(claire: Actor, postman: type[Postman]) -> None:
    made = draft(claire)
    offer(claire, made, body="Bonjour Anna,\nvoici.")
    assert (row(made).status, row(made).sent_at) == ("sent", make.AT)
    assert Context().run(mails.send_next, make.AT), "as the worker does, which pins nothing"
    assert not mails.send_next(make.AT)
    read = heard(postman)
    assert (read["to"], read["reply-to"]) == ("anna@aubert.example", claire.email)
    (pdf,) = read.iter_attachments()
    content = pdf.get_content()
    assert (pdf.get_filename(), content[:5]) == ("D-2026-0001.pdf", b"%PDF-")
    (kept,) = documents.documents(claire, object_name="quote", row_id=made)
    assert (kept["name"], kept["bytes"]) == ("D-2026-0001.pdf", len(content))
    (told,) = mails.of_record(claire, object_name="quote", row_id=made)
    assert (told["state"], told["to"]) == ("sent", "anna@aubert.example")
    (said,) = runtime.current().model("activity").objects.all()
    assert (said.kind, said.direction, said.done_at) == ("email", "outbound", make.AT)
    assert (said.opportunity_id, said.contact_id) == (row(made).opportunity_id, row(made).contact_id)
    assert not list(replay.unlike(SYSTEM))


def test_what_was_sent_may_leave_again_and_what_was_answered_may_not(
    claire: Actor, postman: type[Postman]
) -> None:
    made = draft(claire)
    offer(claire, made)
    offer(claire, made, to="paul@aubert.example")
    assert list(Mail.objects.order_by("id").values_list("to", flat=True)) == [
        "anna@aubert.example", "paul@aubert.example",
    ]  # fmt: skip
    quotes.accept(claire, row_id=made, version=row(made).version, at=make.AT)
    with pytest.raises(QuoteNotThere):
        offer(claire, made)


def test_nothing_is_kept_of_a_quote_that_cannot_leave(
    claire: Actor, postman: type[Postman], settings: Any
) -> None:
    made = draft(claire)
    with pytest.raises(NotValid):
        offer(claire, made, to="pas une adresse")
    with pytest.raises(ChangedMeanwhile):
        offering.offer_by_mail(
            claire, row_id=made, version=99, letter=Letter("a@b.example", "t", "b"), at=make.AT
        )
    stranger = make.actor("hugo.perrin@nordet.example")
    with pytest.raises(NotAllowed):
        offer(stranger, made)
    (line,) = runtime.current().model("quote_line").objects.filter(quote=made)
    operations.delete(claire, object_name="quote_line", row_id=line.pk, at=make.AT)
    with pytest.raises(QuoteNotReady):
        offer(claire, made)
    settings.SMTP_HOST = ""
    with pytest.raises(mails.NoServer):
        offer(claire, made)
    kept = documents.documents(claire, object_name="quote", row_id=made)
    activities = runtime.current().model("activity").objects.count()
    assert (row(made).status, Mail.objects.count(), activities, kept) == ("draft", 0, 0, [])


def test_a_pdf_removed_before_it_left_leaves_nothing(claire: Actor, postman: type[Postman]) -> None:
    made = draft(claire)
    offer(claire, made)
    (kept,) = documents.documents(claire, object_name="quote", row_id=made)
    documents.remove(claire, document_id=kept["id"], at=make.AT)
    mails.send_next(make.AT)
    assert (postman.heard, Mail.objects.get().state) == ([], "failed")
