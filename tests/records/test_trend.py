"""What was counted is kept day after day, told to who reads all the records that it is of, and swept."""

from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.people import operations as people
from portulan.people.actor import Actor
from portulan.records import operations, quality, trend
from portulan.records.models import Soundness
from sale import SYSTEM, record

pytestmark = pytest.mark.usefixtures("crm")
DAY = timedelta(days=1)


def keep(days: int = 0) -> int:
    """Keep how sound the records are some days later."""
    return trend.keep(SYSTEM, at=make.AT + days * DAY, tell=lambda *_: None)


def lines(actor: Actor, days: int = 0, months: int = 3) -> dict[Any, list[dict[str, Any]]]:
    """Return the days kept of accounts, by team."""
    told = trend.trend(actor, months=months, at=make.AT + days * DAY)
    return {
        line["team"]: line["points"] for one in told if one["object"] == "account" for line in one["lines"]
    }


def test_a_day_kept_is_what_the_page_says_that_day_and_stays_when_records_change() -> None:
    acme = record("account", name="Acme")
    keep()
    operations.update(
        SYSTEM, object_name="account", row_id=acme, given={"email": "a@acme.example"}, version=1, at=make.AT
    )
    keep(1)
    before, after = lines(SYSTEM, 1)[None]
    page = next(
        one for one in quality.quality(SYSTEM, whose="all", at=make.AT + DAY) if one["object"] == "account"
    )
    assert after["counts"] == {**{c["key"]: c["count"] for c in page["checks"]}, "duplicates": 0}
    assert (after["total"], after["complete"]) == (page["total"], page["complete"])
    assert before["complete"] < after["complete"]


def test_keeping_a_day_again_replaces_it_and_old_days_go() -> None:
    record("account", name="Acme")
    assert keep() == keep() == Soundness.objects.count()
    keep(750)
    assert list(Soundness.objects.values_list("day", flat=True).distinct()) == [(make.AT + 750 * DAY).date()]


def test_the_days_of_a_team_are_told_to_who_reads_all_its_records() -> None:
    nadia = make.actor("nadia.cherif@nordet.example")
    people.join_team(SYSTEM, user_id=nadia.id or 0, team="Sud", parent="Ventes")
    paul = make.person("paul.vasseur@nordet.example", role="manager", team="Nord")
    north, south = (people.join_team(SYSTEM, user_id=paul, team=one) for one in ("Nord", "Sud"))
    people.leave_team(SYSTEM, user_id=paul, team_id=south)
    record("account", nadia, name="Acme")
    record("account", make.acting(paul), name="Bellerive")
    keep()
    every = lines(SYSTEM)
    assert {None, north, south} < set(every)
    assert (every[None][0]["total"], every[south][0]["total"]) == (2, 1)
    mine = lines(make.acting(make.person("blind@nordet.example", role="blind")))
    assert mine == {}


def test_a_line_says_which_question_of_the_page_it_answers() -> None:
    claire = make.actor()
    record("opportunity", claire, name="Étude")
    keep()
    told = next(one for one in trend.trend(claire, months=3, at=make.AT) if one["object"] == "opportunity")
    (team,) = claire.team_ids
    assert {one["team"]: one["whose"] for one in told["lines"]}[team][0] == "team"


def test_many_days_are_told_as_thirty_up_to_the_last() -> None:
    record("account", name="Acme")
    for day in range(62):
        Soundness.objects.create(day=(make.AT + day * DAY).date(), object="account", checked=day, counts={})
    points = lines(SYSTEM, 62)[None]
    assert len(points) <= 30
    assert points[-1]["total"] == 61
    assert points[1]["total"] - points[0]["total"] == 3
