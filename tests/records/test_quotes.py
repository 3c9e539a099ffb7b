"""A quote is made from a deal, sent, answered, made anew; its number and its totals are never typed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.base.refusals import NotAllowed
from portulan.people.actor import Actor
from portulan.records import consent, finding, numbering, operations, quoted, quotes, replay, runtime, values
from portulan.records.lines import QuoteFrozen
from portulan.records.snapshot import Snapshot
from sale import SYSTEM, deal, record

pytestmark = pytest.mark.django_db(transaction=True)


def row(row_id: int, name: str = "quote") -> Any:
    return runtime.current().model(name).objects.get(pk=row_id)


def priced(actor: Actor = SYSTEM, **given: Any) -> int:
    """Make a deal of a client with a product, and a draft from it."""
    pump = record("product", name="Pompe P2", price="1200")
    client = record("account", name="Aubert")
    sold = deal(actor, account=client, product=pump, **given)
    return quotes.begin(actor, deal_id=sold, at=make.AT)


def sent(actor: Actor = SYSTEM, **given: Any) -> int:
    made = priced(actor, **given)
    quotes.send(actor, row_id=made, version=row(made).version, at=make.AT)
    return made


def change(quote: int, actor: Actor = SYSTEM, **given: Any) -> None:
    version = row(quote).version
    operations.update(actor, object_name="quote", row_id=quote, version=version, given=given, at=make.AT)


def lines_of(quote: int) -> list[Any]:
    return list(runtime.current().model("quote_line").objects.filter(quote=quote).order_by("position"))


def test_a_quote_made_from_a_deal_has_its_client_its_lines_and_its_totals(crm: Snapshot) -> None:
    client, pump = record("account", name="Aubert"), record("product", name="Pompe P2", price="1200")
    sold = deal(account=client, name="Atelier")
    record("opportunity_line", opportunity=sold, product=pump, quantity="2.5", discount="10", name="")
    record("opportunity_line", opportunity=sold, name="Pose", unit_price="300.01", vat_rate="10")
    one = row(quotes.begin(SYSTEM, deal_id=sold, at=make.AT))
    assert (one.name, one.status, one.revision, one.subject) == ("D-2026-0001", "draft", 1, "Atelier")
    assert (one.account_id, one.valid_until) == (client, make.AT.date() + timedelta(days=30))
    assert [(x.name, x.quantity, x.total) for x in lines_of(one.pk)] == [
        ("Pompe P2", Decimal("2.5"), Decimal("2700.00")), ("Pose", Decimal(1), Decimal("300.01")),
    ]  # fmt: skip
    assert (one.net, one.vat, one.total) == (Decimal("3000.01"), Decimal("570.00"), Decimal("3570.01"))
    assert one.discount_rate == Decimal("9.09")
    assert not list(replay.unlike(SYSTEM))
    assert [hit.title for hit in finding.search(SYSTEM, words="2026-0001")] == ["D-2026-0001"]


def test_totals_follow_every_change_of_a_line_and_nobody_types_them(crm: Snapshot) -> None:
    made = priced()
    (line,) = lines_of(made)
    operations.update(
        SYSTEM, object_name="quote_line", row_id=line.pk, version=1, given={"quantity": "3"}, at=make.AT
    )
    change(made, discount="5")
    assert (row(made).lines_total, row(made).net) == (Decimal(3600), Decimal(3420))
    other = record("quote_line", quote=made, name="Pose", unit_price="100")
    assert row(made).net == Decimal("3515.00")
    operations.delete(SYSTEM, object_name="quote_line", row_id=other, at=make.AT)
    assert (row(made).net, row(made).total) == (Decimal(3420), Decimal(4104))
    operations.restore(SYSTEM, object_name="quote_line", row_id=other, at=make.AT)
    assert row(made).net == Decimal("3515.00")
    with pytest.raises(values.ValuesNotValid):
        change(made, net="1")
    assert not list(replay.unlike(SYSTEM))


def test_a_product_chosen_says_name_and_price_and_a_line_keeps_what_one_types(crm: Snapshot) -> None:
    made = priced()
    valve = record("product", name="Vanne", price="80")
    line = record("quote_line", quote=made, product=valve, name="")
    given = {"unit_price": "70"}
    operations.update(SYSTEM, object_name="quote_line", row_id=line, version=1, given=given, at=make.AT)
    at_70 = row(line, "quote_line")
    assert (at_70.name, at_70.unit_price, at_70.vat_rate) == ("Vanne", Decimal(70), Decimal(20))
    assert row(made).discount_rate == Decimal("0.78")


@pytest.mark.parametrize(
    "given", [{"discount": "101"}, {"quantity": "-1"}, {"vat_rate": "-2"}, {"quote": None}]
)
def test_a_line_out_of_bounds_is_refused(crm: Snapshot, given: dict[str, Any]) -> None:
    made = priced()
    with pytest.raises(values.ValuesNotValid):
        record("quote_line", **{"quote": made, "name": "Pose", "unit_price": "1", **given})


def test_what_was_sent_never_changes_and_a_new_version_does(crm: Snapshot) -> None:
    made = sent()
    (line,) = lines_of(made)
    with pytest.raises(QuoteFrozen):
        change(made, discount="3")
    with pytest.raises(QuoteFrozen):
        record("quote_line", quote=made, name="Pose", unit_price="1")
    with pytest.raises(consent.Held):
        operations.update(
            SYSTEM, object_name="quote_line", row_id=line.pk, version=1, given={"quantity": "9"}, at=make.AT
        )
    with pytest.raises(consent.Held):
        operations.delete(SYSTEM, object_name="quote_line", row_id=line.pk, at=make.AT)
    with pytest.raises(QuoteFrozen):
        operations.delete(SYSTEM, object_name="quote", row_id=made, at=make.AT)
    again = quotes.revise(SYSTEM, row_id=made, version=row(made).version, at=make.AT)
    assert (row(again).name, row(again).previous_id, row(made).status) == ("D-2026-0001 v2", made, "replaced")
    change(again, discount="10")
    assert (row(again).net, row(made).net) == (Decimal(1080), Decimal(1200))
    with pytest.raises(quotes.QuoteNotThere):
        quotes.revise(SYSTEM, row_id=made, version=row(made).version, at=make.AT)
    assert not list(replay.unlike(SYSTEM))


def test_a_quote_nobody_could_accept_is_not_sent(crm: Snapshot) -> None:
    made = quotes.begin(SYSTEM, deal_id=deal(), at=make.AT)
    change(made, valid_until="2026-05-06")
    with pytest.raises(quotes.QuoteNotReady) as refused:
        quotes.send(SYSTEM, row_id=made, version=row(made).version, at=make.AT)
    assert [one.where for one in refused.value.problems] == ["lines", "account", "valid_until"]


def test_an_answer_is_noted_and_taken_back(crm: Snapshot) -> None:
    made = sent()
    quotes.refuse(SYSTEM, row_id=made, version=row(made).version, reason=" Trop cher ", at=make.AT)
    assert (row(made).status, row(made).refusal_reason) == ("refused", "Trop cher")
    quotes.reopen(SYSTEM, row_id=made, version=row(made).version, at=make.AT)
    late = make.AT + timedelta(days=31)
    with pytest.raises(quotes.QuoteOver):
        quotes.accept(SYSTEM, row_id=made, version=row(made).version, at=late)
    quotes.accept(SYSTEM, row_id=made, version=row(made).version, at=make.AT + timedelta(days=30))
    assert (row(made).status, row(made).refusal_reason) == ("accepted", None)
    assert row(row(made).opportunity_id, "opportunity").amount is None


def test_quotes_whose_last_day_is_over_expire(crm: Snapshot) -> None:
    made, draft = sent(), priced()
    assert quotes.expire(SYSTEM, at=make.AT + timedelta(days=30)) == 0
    assert quotes.expire(SYSTEM, at=make.AT + timedelta(days=31)) == 1
    assert (row(made).status, row(draft).status) == ("expired", "draft")


def test_who_may_not_change_a_quote_may_not_change_its_lines(crm: Snapshot) -> None:
    claire, hugo = make.actor(), make.actor("hugo.perrin@nordet.example")
    made = priced(claire, owner=claire.id)
    (line,) = lines_of(made)
    assert line.owner_id == claire.id
    with pytest.raises(values.ValuesNotValid):
        record("quote_line", hugo, quote=made, name="Pose", unit_price="1")
    with pytest.raises(NotAllowed):
        operations.delete(hugo, object_name="quote_line", row_id=line.pk, at=make.AT)
    with pytest.raises(NotAllowed):
        quotes.begin(hugo, deal_id=row(made).opportunity_id, at=make.AT)
    change(made, owner=hugo.id)
    assert lines_of(made)[0].owner_id == hugo.id


def test_numbers_have_no_gap_and_no_double_whoever_comes_at_once(crm: Snapshot, own_file: None) -> None:
    sold = deal()
    with pytest.raises(values.ValuesNotValid):
        operations.create(SYSTEM, object_name="quote", given={"discount": "200"}, at=make.AT)

    def make_some(_: int) -> None:
        with runtime.pinned(crm):
            for _ in range(3):
                quotes.begin(SYSTEM, deal_id=sold, at=make.AT)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make_some, range(4)))
    found = runtime.current().model("quote").objects.order_by("number").values_list("number", flat=True)
    assert list(found) == [f"D-2026-{n:04d}" for n in range(1, 13)]


def test_a_series_goes_on_after_a_number_given_elsewhere(crm: Snapshot) -> None:
    numbering.pass_over("quote/2026", 11)
    numbering.pass_over("quote/2026", 3)
    assert row(priced()).number == "D-2026-0012"


def test_a_quote_is_read_in_as_many_queries_whatever_its_lines(crm: Snapshot) -> None:
    made, counts = priced(), []
    for more in (0, 6):
        for n in range(more):
            record("quote_line", quote=made, name=f"Ligne {n}", unit_price="10")
        with CaptureQueriesContext(connection) as seen:
            quoted.sheet(SYSTEM, row_id=made)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 15
    with CaptureQueriesContext(connection) as seen:
        record("quote_line", quote=made, name="Encore une", unit_price="10")
    assert len(seen) <= 30, len(seen)
