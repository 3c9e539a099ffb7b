"""Records go to the right person: owner first, then the next of the pool; every decision says why."""

from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.automation import absences, tester, worker
from portulan.automation.models import Notice, Run
from portulan.base.refusals import NotAllowed, NotValid
from portulan.people import actor as actors
from portulan.people import operations as people
from portulan.people.models import User
from portulan.records import operations, runtime

SYSTEM = actors.system()
NORTH = {"field": "territory", "test": "equals", "value": "nord"}
ASSIGN: dict[str, Any] = {"do": "assign", "role": "sales"}
CREATED = {"on": "created"}


def deal(**given: Any) -> int:
    row_id = operations.create(
        SYSTEM, object_name="opportunity", given={"name": "Pompes", **given}, at=make.AT
    )
    worker.settle(at=make.AT)
    return row_id


def owner(row_id: int) -> int | None:
    held: int | None = runtime.current().model("opportunity").objects.get(pk=row_id).owner_id
    return held


def why(row_id: int) -> str:
    return str(tester.decisions(SYSTEM, object_name="opportunity", row_id=row_id)[0]["reason"])


@pytest.fixture
def three(ruled: Any) -> list[int]:
    ruled(make.rule("give", CREATED, ASSIGN))
    return [make.person(f"{one}@nordet.example", role="sales") for one in ("a.un", "b.deux", "c.trois")]


def test_records_go_round_and_each_decision_says_why(three: list[int]) -> None:
    rows = [deal() for _ in range(6)]
    assert [owner(one) for one in rows] == three * 2
    assert why(rows[0]) == "c’est son tour"


def test_who_holds_the_record_or_its_account_comes_first(three: list[int]) -> None:
    account = operations.create(
        SYSTEM, object_name="account", given={"name": "Acme", "owner": three[2]}, at=make.AT
    )
    mine, theirs = deal(owner=three[1]), deal(account=account)
    assert (owner(mine), why(mine)) == (three[1], "en a déjà la charge")
    assert (owner(theirs), why(theirs)) == (three[2], "a la charge du compte")


def test_who_is_away_full_or_gone_receives_nothing(three: list[int]) -> None:
    absences.be_away(SYSTEM, person=three[0], begins_at=make.AT, ends_at=make.AT + timedelta(days=7))
    tester.seat(SYSTEM, role="sales", person=three[1], weight=1, capacity=1, skills=[])
    assert [owner(deal()) for _ in range(3)] == [three[1], three[2], three[2]]
    User.objects.filter(pk=three[2]).update(is_active=False)
    last = deal()
    assert owner(last) is None
    assert Run.objects.order_by("-id")[0].state == "refused"


def test_nobody_available_is_told_to_the_administrators(ruled: Any) -> None:
    ruled(make.rule("give", CREATED, ASSIGN))
    admin = make.person("alix.morel@nordet.example")
    User.objects.filter(pk=admin).update(is_admin=True)
    deal()
    assert Notice.objects.get().code == "automation.notice_nobody"


def test_the_first_pool_that_fits_and_has_someone_counts(ruled: Any) -> None:
    pools = [{"role": "manager", "condition": NORTH}, {"role": "sales", "matches": ["territory"]}]
    ruled(make.rule("give", CREATED, {**ASSIGN, "role": "revops", "pools": pools}))
    south, boss, ops = (
        make.person("n.cherif@nordet.example", role="sales"),
        make.person("m.besson@nordet.example", role="manager"),
        make.person("e.renard@nordet.example", role="revops"),
    )
    User.objects.filter(pk=south).update(territory="sud")
    assert owner(deal(territory="nord")) == boss
    assert owner(deal(territory="sud")) == south
    assert owner(deal(territory="est")) == ops


def test_the_tester_says_who_would_get_it_by_which_rule_and_changes_nothing(three: list[int]) -> None:
    told = tester.explain(SYSTEM, object_name="opportunity", given={"name": "Essai"}, at=make.AT)
    again = tester.explain(SYSTEM, object_name="opportunity", given={"name": "Essai"}, at=make.AT)
    assert told == again
    assert (told["rule"], told["person"]["id"]) == ("give", three[0])
    assert [one["why"] for one in told["considered"]] == ["c’est son tour", "disponible", "disponible"]


def test_leaders_alone_share_the_work_and_everybody_says_when_they_are_away(three: list[int]) -> None:
    seller = make.acting(three[0])
    with pytest.raises(NotAllowed):
        tester.seat(seller, role="sales", person=three[0], weight=0.1, capacity=None, skills=[])
    with pytest.raises(NotAllowed):
        absences.be_away(seller, person=three[1], begins_at=make.AT, ends_at=make.AT + timedelta(days=1))
    with pytest.raises(NotValid):
        absences.be_away(seller, person=three[0], begins_at=make.AT, ends_at=make.AT)
    people.grant_role(SYSTEM, user_id=three[1], role="manager", at=make.AT)
    leader = make.acting(three[1])
    tester.seat(leader, role="sales", person=three[0], weight=2, capacity=None, skills=[])
    assert [owner(deal()) for _ in range(4)].count(three[0]) == 2
