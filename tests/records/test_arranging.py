"""The lines of a quote are put in the order in which the client reads them, by who may change it."""

import pytest

import make
from portulan.base.refusals import NotAllowed
from portulan.records import arranging, operations, quotes, replay, runtime, settling
from portulan.records.lines import QUOTE
from portulan.records.operations import ChangedMeanwhile
from portulan.records.quotes import QuoteNotThere
from portulan.records.snapshot import Snapshot
from sale import SYSTEM, deal, record

pytestmark = pytest.mark.django_db(transaction=True)


def draft(owner: int | None = None) -> tuple[int, list[int]]:
    client = record("account", name="Aubert")
    sold = deal(account=client, owner=owner) if owner else deal(account=client)
    made = quotes.begin(SYSTEM, deal_id=sold, at=make.AT)
    return made, [record("quote_line", quote=made, name=name, unit_price="100") for name in "abc"]


def version(quote: int) -> int:
    return int(runtime.current().model(QUOTE).objects.get(pk=quote).version)


def order(quote: int) -> str:
    return "".join(one.name for one in settling.lines_of(quote))


def test_lines_are_put_in_another_order_and_totals_stay(crm: Snapshot) -> None:
    made, (a, b, c) = draft()
    arranging.arrange(SYSTEM, row_id=made, version=version(made), order=[c, a, b], at=make.AT)
    assert order(made) == "cab"
    assert runtime.current().model(QUOTE).objects.get(pk=made).net == 300
    record("quote_line", quote=made, name="d", unit_price="1")
    assert order(made) == "cabd"
    assert not list(replay.unlike(SYSTEM))


def test_the_next_version_keeps_the_order(crm: Snapshot) -> None:
    made, (a, b, c) = draft()
    arranging.arrange(SYSTEM, row_id=made, version=version(made), order=[b, c, a], at=make.AT)
    quotes.send(SYSTEM, row_id=made, version=version(made), at=make.AT)
    assert order(quotes.revise(SYSTEM, row_id=made, version=version(made), at=make.AT)) == "bca"


def test_an_order_of_other_lines_than_those_of_the_draft_is_refused(crm: Snapshot) -> None:
    made, (a, b, c) = draft()
    other, (foreign, *_) = draft()
    for wrong in ([a, b], [a, b, c, c], [a, b, foreign], [a, b, c, foreign]):
        with pytest.raises(ChangedMeanwhile):
            arranging.arrange(SYSTEM, row_id=made, version=version(made), order=wrong, at=make.AT)
    operations.delete(SYSTEM, object_name="quote_line", row_id=b, at=make.AT)
    with pytest.raises(ChangedMeanwhile):
        arranging.arrange(SYSTEM, row_id=made, version=version(made), order=[c, b, a], at=make.AT)
    assert (order(made), order(other)) == ("ac", "abc")


def test_what_was_sent_keeps_its_order_and_who_may_not_change_it_neither(crm: Snapshot) -> None:
    made, (a, b, c) = draft(make.actor().id)
    stranger = make.actor("hugo.perrin@nordet.example")
    with pytest.raises(NotAllowed):
        arranging.arrange(stranger, row_id=made, version=version(made), order=[c, b, a], at=make.AT)
    quotes.send(SYSTEM, row_id=made, version=version(made), at=make.AT)
    with pytest.raises(QuoteNotThere):
        arranging.arrange(SYSTEM, row_id=made, version=version(made), order=[c, b, a], at=make.AT)
    assert order(made) == "abc"
