"""Our own events are a log: read once, added to, scoped by the rights of who looks."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.base import ids
from portulan.base.refusals import NotAllowed, NotThere
from portulan.mining import overlays, own, queries
from portulan.mining.tell import CasesAsked
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import load, operations
from portulan.records.load import Past, Step
from sale import SYSTEM, deal, force

pytestmark = pytest.mark.usefixtures("crm")
BOSS = actors.system()


def later(days: float) -> datetime:
    return make.AT + timedelta(days=days)


def past(amount: int, *steps: tuple[int, str], owner: int | None = None) -> Past:
    values = {"name": f"Affaire {amount}", "amount": str(amount)}
    return Past(
        make.AT,
        values,
        actor_id=owner,
        steps=tuple(
            Step(later(day), {"loss_reason": "price"} if to == "lost" else {}, to=to, motive="Motif")
            for day, to in steps
        ),
    )


def lived(owner: int | None = None) -> None:
    """Forty deals won, forty that wait after the demonstration."""
    won = [past(1000, (2, "demo"), (5, "won"), owner=owner)] * 40
    waiting = [past(2500, (2, "demo"), owner=owner)] * 40
    load.load(SYSTEM, object_name="opportunity", pasts=[*won, *waiting])


def told(actor: Actor = BOSS, at: datetime | None = None) -> str | None:
    return queries.blocked(actor, log="own:vente", at=at or later(60)).sentence


def test_where_deals_wait_is_told_with_their_amounts() -> None:
    lived()
    sentence = (told() or "").replace("\u00a0", " ").replace("\u202f", " ")
    assert sentence == "50 % des affaires restent bloquées à « Demo » : 40 dossiers, 100 k€ en attente."


def test_measures_of_stages_take_the_delay_of_the_stage_as_horizon() -> None:
    lived()
    measured = overlays.measures(BOSS, pipeline="vente", at=later(60))
    assert set(measured) == {"contact", "demo", "won", "lost"}
    assert measured["contact"].blocked_share == pytest.approx(0)
    assert measured["contact"].median_seconds == 2 * 86_400
    assert (measured["demo"].waiting_cases, measured["demo"].amount_waiting) == (40, "100000.00")
    assert measured["lost"].waiting_cases == 0


def test_what_happens_after_the_first_look_is_added_in_few_queries() -> None:
    lived()
    told()
    one = deal(amount="900")
    force(one, "demo", later(1))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        flow = queries.flow(BOSS, log="own:vente", at=later(60))
    assert flow.cases == 81
    assert len(asked) <= 3
    operations.delete(SYSTEM, object_name="opportunity", row_id=one, at=later(2))
    assert queries.flow(BOSS, log="own:vente", at=later(60)).cases == 80
    operations.restore(SYSTEM, object_name="opportunity", row_id=one, at=later(3))
    assert queries.flow(BOSS, log="own:vente", at=later(60)).cases == 81


def test_a_book_that_the_database_no_longer_agrees_with_is_read_again() -> None:
    lived()
    told()
    kept = own._BOOKS["vente"]
    kept.place.last = ids.uuid7()
    kept.book = replace(kept.book, entries=kept.book.entries.clear())
    assert queries.flow(BOSS, log="own:vente", at=later(60)).cases == 80


def test_a_seller_studies_their_own_deals_alone() -> None:
    lived()
    seller = make.actor("lea.petit@nordet.example", role="sales")
    load.load(SYSTEM, object_name="opportunity", pasts=[past(10, (1, "demo"), owner=seller.id)] * 3)
    boss = queries.flow(BOSS, log="own:vente", at=later(60))
    mine = queries.flow(seller, log="own:vente", at=later(60))
    assert boss.cases == 83
    assert mine.cases < boss.cases
    page = queries.cases(seller, log="own:vente", asked=CasesAsked("demo", blocked=True), at=later(60))
    assert {row.record.title for row in page.rows if row.record} == {"Affaire 10"}


def test_who_reads_no_deal_is_refused_and_an_unknown_pipeline_is_not_there() -> None:
    nobody = make.actor("max.ferry@nordet.example", role="")
    with pytest.raises(NotAllowed):
        queries.flow(nobody, log="own:vente", at=later(1))
    with pytest.raises(NotThere):
        queries.flow(BOSS, log="own:ailleurs", at=later(1))
