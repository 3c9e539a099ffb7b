"""Who sits where is told role by role; last month is played again, and nothing changes."""

from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.automation import absences, seats, tester, worker
from portulan.automation.models import Decision, Seat
from portulan.base.refusals import NotAllowed, NotThere
from portulan.people import actor as actors
from portulan.records import operations, runtime

SYSTEM = actors.system()
GIVE: dict[str, Any] = {"do": "assign", "role": "sales"}
DAY = timedelta(days=1)


@pytest.fixture
def given(ruled: Any) -> list[int]:
    """Three sellers who received six records in turn."""
    task = make.rule("task", {"on": "created"}, {"do": "create_task", "label": "Appeler"})
    ruled(make.rule("give", {"on": "created"}, GIVE), task)
    three = [make.person(f"{one}@nordet.example", role="sales") for one in ("a.un", "b.deux", "c.trois")]
    for n in range(6):
        operations.create(SYSTEM, object_name="opportunity", given={"name": f"P{n}"}, at=make.AT)
        worker.settle(at=make.AT)
    return three


def test_an_unchanged_rule_played_again_gives_the_same_and_changes_nothing(given: list[int]) -> None:
    before = list(Seat.objects.order_by("pk").values()), Decision.objects.count()
    told = seats.replay(SYSTEM, uid="give", at=make.AT + DAY)
    assert (told["total"], told["different"], told["rows"]) == (6, 0, [])
    assert (list(Seat.objects.order_by("pk").values()), Decision.objects.count()) == before
    owners = runtime.current().model("opportunity").objects.values_list("owner_id", flat=True)
    assert sorted(owners) == sorted(given * 2)


def test_a_changed_share_shows_who_would_have_received_what(given: list[int]) -> None:
    tester.seat(SYSTEM, role="sales", person=given[0], weight=4, capacity=None, skills=[])
    told = seats.replay(SYSTEM, uid="give", at=make.AT + DAY)
    assert told["different"] > 0
    assert {one["now"] for one in told["rows"]} == {"A Un"}


def test_the_seats_of_roles_that_rules_give_to_are_told(given: list[int]) -> None:
    absences.be_away(SYSTEM, person=given[1], begins_at=make.AT, ends_at=make.AT + DAY)
    told = seats.seats(make.actor(), at=make.AT)
    (role,) = told["roles"]
    assert (role["uid"], told["may_edit"], [one["uid"] for one in told["rules"]]) == (
        "sales",
        False,
        ["give"],
    )
    away = {one["person"]["id"]: one["away_until"] for one in role["seats"]}
    assert [away[one] is not None for one in given] == [False, True, False]


def test_only_builders_play_again_and_only_what_assigns(given: list[int]) -> None:
    with pytest.raises(NotAllowed):
        seats.replay(make.actor(), uid="give", at=make.AT)
    with pytest.raises(NotThere):
        seats.replay(SYSTEM, uid="task", at=make.AT)
