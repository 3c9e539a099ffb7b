"""The figures of a record are those of the lists that they open, and of what one may see alone."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.base.refusals import NotThere
from portulan.people.actor import Actor
from portulan.records import figures, queries
from portulan.records.asked import Asked
from sale import SYSTEM, deal, force, record

pytestmark = pytest.mark.usefixtures("crm")


def figures_of(actor: Actor, row_id: int) -> dict[str, dict[str, Any]]:
    told = figures.figures(actor, object_name="account", row_id=row_id, at=make.AT)
    return {f"{one['object']}:{each['kind']}": each for one in told for each in one["figures"]}


def worth(figure: dict[str, Any]) -> tuple[int, Decimal]:
    return figure["count"], Decimal(figure["amount"] or 0)


def test_what_is_open_won_and_renewed_is_counted_and_worth_what_its_list_shows() -> None:
    account = record("account", name="Lumen")
    deal(SYSTEM, account=account, amount="1000.00")
    deal(SYSTEM, account=account, amount="500.00")
    deal(SYSTEM, account=record("account"), amount="9.00")
    record("contract", name="Passé", account=account, renews_on="2020-01-01")
    record("contract", name="Prochain", account=account, renews_on="2030-02-01")
    record("contract", name="Plus tard", account=account, renews_on="2031-02-01")
    found = figures_of(SYSTEM, account)
    assert worth(found["opportunity:open"]) == (2, Decimal(1500))
    assert (found["contract:open"]["count"], found["contract:renews"]["on"]) == (3, "2030-02-01")
    assert found["opportunity:won"]["count"] == 0
    for name, figure in found.items():
        asked = Asked(condition=figure["condition"])
        listed = queries.listing(SYSTEM, object_name=name.partition(":")[0], asked=asked, at=make.AT)
        assert len(listed.rows) == figure["count"], name


def test_what_was_won_is_told_apart_from_what_is_open() -> None:
    account = record("account")
    force(deal(SYSTEM, account=account, amount="800.00"), "won")
    found = figures_of(SYSTEM, account)
    assert (worth(found["opportunity:open"]), worth(found["opportunity:won"])) == (
        (0, Decimal(0)),
        (1, Decimal(800)),
    )


def test_who_may_not_read_amounts_reads_no_sum_of_them() -> None:
    blind = make.actor(role="blind")
    account = record("account", owner=blind.id)
    deal(SYSTEM, account=account, amount="1000.00")
    found = figures_of(blind, account)
    assert found["opportunity:open"] | {"count": 1, "amount": None} == found["opportunity:open"]
    assert "opportunity:won" not in found


def test_an_account_that_one_may_not_see_has_no_figures() -> None:
    hidden = record("account")
    with pytest.raises(NotThere):
        figures_of(make.actor(role="blind"), hidden)


def test_more_records_take_no_more_queries() -> None:
    account = record("account")
    counts = []
    for _ in range(2):
        deal(SYSTEM, account=account)
        with CaptureQueriesContext(connection) as queries_made:
            figures_of(SYSTEM, account)
        counts.append(len(queries_made))
    assert counts[0] == counts[1] <= 8
