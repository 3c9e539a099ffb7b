"""A board says what each stage holds and shows its first cards, in few queries whatever the stages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.base.conditions.check import ConditionNotValid
from portulan.base.refusals import NotThere
from portulan.people.actor import Actor
from portulan.records import board
from portulan.records.asked import Asked, SortNotValid
from sale import SYSTEM, deal, force, record

pytestmark = pytest.mark.usefixtures("crm")


def shown(actor: Actor = SYSTEM, days: int = 0, **asked: Any) -> dict[str, Any]:
    at = make.AT + timedelta(days=days)
    return board.board(actor, pipeline_uid="vente", asked=Asked(**{"limit": 20, **asked}), at=at)


def cards(told: dict[str, Any], stage: int = 0) -> list[str]:
    return [card["title"] for card in told["stages"][stage]["cards"]]


def test_each_stage_tells_its_count_and_its_sums_weighted_by_the_record_or_by_the_stage() -> None:
    deal(amount="1000")
    deal(amount="500.50", probability="50")
    force(deal(amount="9000"), "won")
    told = shown()
    first, _, won, _ = told["stages"]
    assert (first["count"], first["sum"], first["weighted"]) == (2, "1500.50", "350.25")
    assert (won["count"], won["sum"]) == (1, "9000.00")
    assert told["totals"] == {"count": 2, "sum": "1500.50", "weighted": "350.25", "late": 0, "stale": 0}


def test_late_and_stale_records_are_counted_and_say_since_when() -> None:
    deal(amount="10", close_on="2026-05-09")
    told = shown(days=12)
    assert (told["totals"]["late"], told["totals"]["stale"]) == (1, 1)
    card = told["stages"][0]["cards"][0]
    assert (card["late_days"], card["stale_days"]) == (10, 12)
    fresh = shown(days=1)["stages"][0]
    assert (fresh["stale"], fresh["cards"][0]["late_days"]) == (0, None)


def test_a_record_on_which_somebody_works_does_not_rest_however_long_its_stage_lasts() -> None:
    worked, left = deal(amount="10"), deal(amount="20")
    record("activity", kind="call", opportunity=worked, done_at=(make.AT + timedelta(days=11)).isoformat())
    told = shown(days=12)
    assert told["totals"]["stale"] == 1
    found = {card["id"]: card["stale_days"] for card in told["stages"][0]["cards"]}
    assert found == {worked: None, left: 12}
    assert {one["stale_days"] for one in shown(days=40)["stages"][0]["cards"]} == {29, 40}


def test_a_card_shows_its_account_its_owner_and_how_many_criteria_hold() -> None:
    claire = make.actor()
    account = record("account", sector="industrie")
    one = deal(claire, account=account, amount="5")
    record("activity", name="Rappeler", kind="task", due_at="2026-05-11T08:00:00+00:00", opportunity=one)
    card = shown(claire)["stages"][0]["cards"][0]
    assert card["account"] == {"id": account, "title": "Pilote"}
    assert card["owner"]["initials"] == "CL"
    assert card["criteria"] == {"done": 1, "total": 2}
    assert card["next_step"] == {"label": "Rappeler", "on": "2026-05-11"}
    record("activity", kind="call", opportunity=one)
    assert shown(claire)["stages"][0]["cards"][0]["criteria"] == {"done": 2, "total": 2}
    force(one, "demo")
    assert shown(claire)["stages"][1]["cards"][0]["criteria"] == {"done": 1, "total": 1}


def test_a_board_takes_six_queries_at_most() -> None:
    for rank in range(8):
        one = deal(amount=str(rank), account=record("account"))
        if rank % 2:
            force(one, "demo")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        told = shown()
    assert [stage["count"] for stage in told["stages"]] == [4, 4, 0, 0]
    assert len(asked) <= 6


@pytest.mark.parametrize("sort", ["id", "-amount", "name", "account", "weighted", "-weighted", "-close_on"])
def test_the_cards_of_a_stage_come_page_by_page_each_once(sort: str) -> None:
    for rank in range(7):
        more: dict[str, Any] = {"probability": "30"} if rank % 2 else {}
        more |= {"close_on": f"2026-06-0{rank + 1}"} if rank % 3 else {}
        deal(amount=str(rank // 2), name=f"N{rank}", **more)
    every = cards(shown(sort=sort))
    first = shown(sort=sort, limit=3)
    found, after = cards(first), first["stages"][0]["next"]
    while after:
        asked = Asked(sort=sort, limit=3, after=after)
        page = board.stage_cards(SYSTEM, pipeline_uid="vente", stage_uid="contact", asked=asked, at=make.AT)
        found += [card["title"] for card in page["cards"]]
        after = page["next"]
    assert found == every
    assert len(set(found)) == 7


def test_a_board_shows_what_was_asked_for_within_what_one_may_see() -> None:
    seller, stranger = make.actor(), make.actor("bruno@nordet.example", role="")
    deal(name="Étude")
    deal(seller, name="Audit", amount="100")
    assert cards(shown(seller)) == ["Audit"]
    assert cards(shown(words="etude")) == ["Étude"]
    assert cards(shown(condition={"field": "amount", "test": "greater", "value": 1})) == ["Audit"]
    with pytest.raises(NotThere):
        shown(stranger)
    with pytest.raises(NotThere):
        board.stage_cards(SYSTEM, pipeline_uid="vente", stage_uid="nowhere", asked=Asked(), at=make.AT)
    with pytest.raises(SortNotValid):
        shown(sort="nothing")
    with pytest.raises(ConditionNotValid):
        shown(condition={"field": "nothing", "test": "empty"})
