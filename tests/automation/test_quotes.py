"""A discount beyond what the map allows is agreed to before the quote leaves, which is locked meanwhile."""

from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.automation import approvals, expiring, requests, worker
from portulan.automation.approvals import NothingToAgree
from portulan.automation.models import Job, Request
from portulan.base import clock
from portulan.events import queries as events
from portulan.people.actor import Actor
from portulan.records import consent, operations, quoted, quotes, runtime
from portulan.records.operations import GateClosed, Move
from portulan.records.snapshot import Snapshot
from sale import SYSTEM, record

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE = {"amount": "900", "besoin_exprime": "Deux pompes", "date_demo": "2026-05-04"}


@pytest.fixture
def seller(vente: Snapshot) -> Actor:
    return make.actor()


@pytest.fixture
def boss(seller: Actor) -> Actor:
    return make.actor("marc.besson@nordet.example", role="manager")


def row(row_id: int, name: str = "quote") -> Any:
    return runtime.current().model(name).objects.get(pk=row_id)


def quote(seller: Actor, discount: str) -> int:
    """Make a deal where proposals are sent, and a draft for it with a discount."""
    given: dict[str, Any] = {"account": record("account", name="Aubert"), "owner": seller.id, **WHOLE}
    deal = record("opportunity", product=record("product", name="Pompe", price="1000"), **given)
    move = Move("proposition_envoyee", 1, motive="essai", override=True)
    operations.move(SYSTEM, object_name="opportunity", row_id=deal, move=move, at=make.AT)
    made = quotes.begin(seller, deal_id=deal, at=make.AT)
    change(seller, made, discount)
    return made


def change(actor: Actor, made: int, discount: str) -> None:
    given, version = {"discount": discount}, row(made).version
    operations.update(actor, object_name="quote", row_id=made, version=version, given=given, at=make.AT)


def send(actor: Actor, made: int) -> None:
    quotes.send(actor, row_id=made, version=row(made).version, at=make.AT)


def ask(actor: Actor, made: int) -> Request:
    approvals.ask_for_quote(actor, row_id=made, version=row(made).version, comment="Fidèle", at=make.AT)
    return Request.objects.get(subject=f"quote:{made}", state="asked")


def test_a_discount_within_what_the_map_allows_leaves_without_a_word(seller: Actor, boss: Actor) -> None:
    made = quote(seller, "15")
    with pytest.raises(NothingToAgree):
        ask(seller, made)
    send(seller, made)
    assert row(made).status == "sent"


def test_a_discount_beyond_it_is_agreed_to_first_and_locks_the_quote(seller: Actor, boss: Actor) -> None:
    made = quote(seller, "20")
    with pytest.raises(quotes.QuoteNotAgreed):
        send(seller, made)
    (lacking,) = quoted.sheet(seller, row_id=made)["unagreed"]
    assert lacking["label"]["fr"] == "Devis remisé au-delà de 15\u202f%"
    request = ask(seller, made)
    with pytest.raises(consent.Held):
        change(seller, made, "10")
    with pytest.raises(consent.Held):
        record("quote_line", seller, quote=made, name="Pose", unit_price="1")
    with pytest.raises(consent.Held):
        send(seller, made)
    assert not any(quoted.sheet(seller, row_id=made)["may"].values())
    assert requests.by_stage(boss) == {"proposition_envoyee": 1}
    (mine,) = requests.to_decide(boss, at=make.AT)
    assert (mine["object"], mine["title"], mine["comment"]) == ("quote", "D-2026-0001", "Fidèle")
    approvals.decide(boss, request_id=request.pk, granted=True, at=make.AT)
    send(seller, made)
    kinds = [one.kind for one in events.of_subject(f"quote:{made}", limit=3)]
    assert kinds == ["record.updated", "approval.decided", "approval.asked"]


def test_a_quote_whose_last_day_is_over_expires_in_the_night_and_the_next_night_is_asked_for(
    seller: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = quote(seller, "0")
    send(seller, made)
    late = make.AT + timedelta(days=31)
    expiring.begin(at=late - timedelta(days=1))
    monkeypatch.setattr(clock, "now", lambda: late)
    assert worker._do_job(late)
    assert row(made).status == "expired"
    again = quotes.revise(seller, row_id=made, version=row(made).version, at=late)
    assert (row(again).status, row(made).status) == ("draft", "replaced")
    assert Job.objects.filter(kind=expiring.EXPIRE, state="queued").count() == 1


def test_what_was_agreed_holds_for_that_discount_alone(seller: Actor, boss: Actor) -> None:
    made = quote(seller, "20")
    approvals.decide(boss, request_id=ask(seller, made).pk, granted=True, at=make.AT)
    change(seller, made, "30")
    with pytest.raises(quotes.QuoteNotAgreed):
        send(seller, made)
    approvals.decide(boss, request_id=ask(seller, made).pk, granted=False, comment="Trop", at=make.AT)
    with pytest.raises(quotes.QuoteNotAgreed):
        send(seller, made)
    change(seller, made, "20")
    send(seller, made)


def test_a_deal_whose_quote_was_agreed_to_is_not_asked_about_it_again(seller: Actor, boss: Actor) -> None:
    made = quote(seller, "20")
    deal = row(made).opportunity_id

    def go_on() -> None:
        move = Move("negociation", row(deal, "opportunity").version, values={"budget_valide": "1000"})
        operations.move(seller, object_name="opportunity", row_id=deal, move=move, at=make.AT)

    with pytest.raises(GateClosed) as closed:
        go_on()
    assert [one["id"] for one in closed.value.details["unagreed"]] == [
        one.uid for one in runtime.current().blueprint.approvals if one.stage == "proposition_envoyee"
    ]
    approvals.decide(boss, request_id=ask(seller, made).pk, granted=True, at=make.AT)
    send(seller, made)
    with pytest.raises(GateClosed) as closed:
        go_on()
    assert closed.value.details["unagreed"] == []
