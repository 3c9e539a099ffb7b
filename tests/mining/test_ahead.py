"""What is foreseen of a deal is said to whoever may read it, from every deal that ended."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.base.refusals import NotThere
from portulan.mining.ahead import ahead
from portulan.mining.outlook import AheadAnswer
from portulan.people.actor import Actor
from portulan.records import load, operations
from portulan.records.load import Past, Step
from sale import SYSTEM, deal, force

pytestmark = pytest.mark.usefixtures("crm")


def later(days: float) -> datetime:
    return make.AT + timedelta(days=days)


def lived(cases: int = 100) -> None:
    """Deals that all saw a demonstration; most were won some twenty days later, the others lost at once."""
    load.load(
        SYSTEM,
        object_name="opportunity",
        pasts=[
            Past(
                later(n * 0.1),
                {"name": f"Affaire {n}", "amount": "900"},
                steps=(
                    Step(later(n * 0.1 + 2), to="demo", motive="Motif"),
                    Step(later(n * 0.1 + 22 + n % 5), to="won", motive="Motif")
                    if n % 4
                    else Step(later(n * 0.1 + 3), {"loss_reason": "price"}, to="lost", motive="Motif"),
                ),
            )
            for n in range(cases)
        ],
    )


def told(row: int, actor: Actor = SYSTEM, days: float = 60.0) -> AheadAnswer | None:
    return ahead(actor, object_name="opportunity", row_id=row, at=later(days))


def test_a_deal_is_told_its_likely_next_stage_and_the_days_left() -> None:
    lived()
    row = deal(amount="900")
    force(row, "demo", later(60))
    said = told(row)
    assert said is not None
    assert (said.step, said.label, said.n, said.share) == ("won", "Won", 100, 0.75)
    assert said.sentence.startswith("Prochaine étape probable : Won (75")
    assert "n = 100) ; encore" in said.sentence
    low, left, high = (said.low_seconds or 0, said.left_seconds or 0, said.high_seconds or 0)
    assert 0 < low <= left <= high < 40 * 86_400
    waited = told(row, days=70.0)
    assert waited is not None
    assert (waited.left_seconds or 0) < left
    assert 0 < waited.times < said.times


def test_what_was_learnt_today_is_asked_again_in_few_queries() -> None:
    lived()
    row = deal(amount="900")
    told(row)
    with CaptureQueriesContext(connection) as asked:
        assert told(row) is not None
    assert len(asked) <= 5


def test_too_few_deals_an_ended_one_and_one_in_the_bin_are_told_nothing() -> None:
    lived(40)
    assert told(deal(amount="900")) is None
    lived()
    ended, binned = deal(amount="900"), deal(amount="900")
    force(ended, "won", later(1))
    operations.delete(SYSTEM, object_name="opportunity", row_id=binned, at=later(2))
    assert told(ended, days=61.0) is None
    assert told(binned, days=61.0) is None


def test_a_seller_is_told_of_their_own_deals_from_the_experience_of_all() -> None:
    lived()
    seller = make.actor("lea.petit@nordet.example", role="sales")
    mine, other = deal(amount="900", owner=seller.id), deal(amount="900")
    said = told(mine, seller)
    assert said is not None
    assert said.n == 100
    with pytest.raises(NotThere):
        told(other, seller)
