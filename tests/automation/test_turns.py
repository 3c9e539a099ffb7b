"""Who received a record and does nothing about it loses it to the next one; any act of theirs keeps it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

import make
from portulan.automation import absences, notices, seats, switches, tester, timing, turns, worker
from portulan.automation.models import Decision, Notice, Turn
from portulan.base.durations import Duration
from portulan.base.refusals import NotAllowed, NotValid
from portulan.people import actor as actors
from portulan.people import operations as people
from portulan.people.models import User
from portulan.records import operations, runtime
from portulan.records.operations import Move

SYSTEM = actors.system()
FOUR = {"amount": 4, "unit": "working_hours"}
GIVE: dict[str, Any] = {"do": "assign", "role": "sales", "within": FOUR}
CREATED = {"on": "created"}


def paris(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=ZoneInfo("Europe/Paris"))


THURSDAY = paris(7, 9)
#: Four working hours later: nine to noon, then two to three.
OVER = paris(7, 15)


@pytest.fixture
def three(ruled: Any) -> list[int]:
    ruled(make.rule("give", CREATED, GIVE))
    return sellers()


def sellers() -> list[int]:
    names = ("a.un", "b.deux", "c.trois")
    return [make.person(f"{one}@nordet.example", role="sales", team="Ventes") for one in names]


def deal(at: datetime = THURSDAY, **given: Any) -> int:
    row_id = operations.create(SYSTEM, object_name="opportunity", given={"name": "Pompes", **given}, at=at)
    worker.settle(at=at)
    return row_id


def row(row_id: int) -> Any:
    return runtime.current().model("opportunity").objects.get(pk=row_id)


def reasons(row_id: int) -> list[str]:
    held = Decision.objects.filter(subject__endswith=f":{row_id}").order_by("id")
    return list(held.values_list("reason", flat=True))


def edit(person: int, row_id: int, at: datetime, **given: Any) -> None:
    version = row(row_id).version
    operations.update(
        make.acting(person), object_name="opportunity", row_id=row_id, version=version, given=given, at=at
    )


def call(person: int, row_id: int, at: datetime) -> None:
    given = {"name": "Appel", "kind": "call", "direction": "outbound", "opportunity": row_id}
    operations.create(make.acting(person), object_name="activity", given=given, at=at)


def lead(person: int) -> None:
    people.grant_role(SYSTEM, user_id=person, role="manager", at=make.AT)


def test_a_record_that_nobody_takes_up_goes_to_the_next_after_four_working_hours(three: list[int]) -> None:
    one = deal()
    assert row(one).owner_id == three[0]
    worker.settle(at=OVER - timedelta(minutes=1))
    assert row(one).owner_id == three[0]
    worker.settle(at=OVER)
    assert row(one).owner_id == three[1]
    assert reasons(one) == ["next", "passed"]
    lost, given = (Notice.objects.filter(person=each).order_by("-id")[0].code for each in three[:2])
    assert (lost, given) == ("automation.notice_turn_lost", "automation.notice_your_turn")


@pytest.mark.parametrize(("lang", "span"), [("fr", "4 heures ouvrées"), ("en", "4 working hours")])
def test_a_notice_says_a_time_in_the_language_of_who_reads_it(three: list[int], lang: str, span: str) -> None:
    deal()
    reader = replace(make.acting(three[0]), lang=lang)
    assert span in notices.notices(reader)[0]["say"].replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("act", ["call", "edit", "move", "say"])
def test_any_act_of_who_received_it_keeps_the_record(three: list[int], act: str) -> None:
    one = deal()
    at = THURSDAY + timedelta(hours=1)
    match act:
        case "call":
            call(three[0], one, at)
        case "edit":
            edit(three[0], one, at, name="Pompes de relevage")
        case "move":
            going = Move("premier_contact", row(one).version, motive="Vu au salon", override=True)
            lead(three[0])
            operations.move(make.acting(three[0]), object_name="opportunity", row_id=one, move=going, at=at)
        case _:
            turns.take(make.acting(three[0]), object_name="opportunity", row_id=one, at=at)
    worker.settle(at=paris(12, 9))
    assert (row(one).owner_id, Turn.objects.get().state) == (three[0], "taken")


def test_an_act_that_nobody_looked_at_yet_keeps_the_record_too(three: list[int]) -> None:
    one = deal()
    call(three[0], one, THURSDAY + timedelta(hours=1))
    turn = Turn.objects.get()
    with transaction.atomic():
        turns.pass_on(turn, at=OVER)
    assert (row(one).owner_id, Turn.objects.get().state) == (three[0], "taken")


def test_what_somebody_else_or_a_robot_does_is_no_taking_up(three: list[int]) -> None:
    one = deal()
    lead(three[1])
    edit(three[1], one, THURSDAY + timedelta(hours=1), name="Pompes de relevage")
    operations.update(
        SYSTEM,
        object_name="opportunity",
        row_id=one,
        version=row(one).version,
        given={"territory": "nord"},
        at=THURSDAY + timedelta(hours=2),
    )
    worker.settle(at=OVER)
    assert row(one).owner_id == three[1]


def test_a_record_given_to_somebody_else_or_thrown_away_waits_for_nobody(three: list[int]) -> None:
    moved, gone = deal(), deal()
    lead(three[2])
    edit(three[2], moved, THURSDAY + timedelta(hours=1), owner=three[2])
    operations.delete(SYSTEM, object_name="opportunity", row_id=gone, at=THURSDAY)
    worker.settle(at=paris(12, 9))
    assert row(moved).owner_id == three[2]
    assert set(Turn.objects.values_list("state", "reason")) == {("ended", "reassigned"), ("ended", "deleted")}


def test_after_a_full_round_it_comes_to_who_leads_and_stays_there(three: list[int]) -> None:
    boss = make.person("m.besson@nordet.example", role="manager", team="Ventes")
    one = deal()
    for day in (8, 11, 12, 13, 18):
        worker.settle(at=paris(day, 18))
    assert reasons(one) == ["next", "passed", "passed", "leader"]
    assert row(one).owner_id == boss
    assert not Turn.objects.filter(state="waiting").exists()
    assert Notice.objects.filter(person=boss).get().code == "automation.notice_last_turn"


def test_after_the_pools_it_comes_to_the_last_role_and_stays_there(ruled: Any) -> None:
    ruled(make.rule("give", CREATED, {**GIVE, "role": "revops", "pools": [{"role": "sales"}]}))
    ops = make.person("e.renard@nordet.example", role="revops")
    who = sellers()
    one = deal()
    for day in (8, 11, 12, 13, 18):
        worker.settle(at=paris(day, 18))
    assert reasons(one) == ["next", "passed", "passed", "fallback"]
    assert (row(one).owner_id, len(who)) == (ops, 3)


def test_with_nobody_left_it_stays_and_is_told(ruled: Any) -> None:
    ruled(make.rule("give", CREATED, GIVE))
    alone, admin = make.person("a.un@nordet.example", role="sales"), make.person("alix.morel@nordet.example")
    User.objects.filter(pk=admin).update(is_admin=True)
    one = deal()
    worker.settle(at=paris(12, 9))
    assert (row(one).owner_id, Turn.objects.get().reason) == (alone, "nobody")
    assert Notice.objects.filter(person=admin).get().code == "automation.notice_untaken"


def test_who_is_away_when_their_turn_comes_is_passed_over(three: list[int]) -> None:
    one = deal()
    absences.be_away(SYSTEM, person=three[1], begins_at=make.AT, ends_at=make.AT + timedelta(days=30))
    worker.settle(at=OVER)
    assert row(one).owner_id == three[2]
    told = tester.decisions(SYSTEM, object_name="opportunity", row_id=one)[0]
    assert [each["why"] for each in told["considered"]] == [
        "l’a déjà eue sans la prendre en charge",
        "en absence",
        "c’est son tour",
    ]


def test_who_held_it_before_the_rule_has_it_in_charge_already(three: list[int]) -> None:
    deal(owner=three[2])
    assert not Turn.objects.exists()


def test_a_rule_that_is_off_passes_nothing_on_until_it_is_on_again(three: list[int]) -> None:
    one = deal()
    switches.switch_off(SYSTEM, rule="give", at=THURSDAY)
    worker.settle(at=OVER)
    assert row(one).owner_id == three[0]
    switches.switch_on(SYSTEM, rule="give", at=OVER)
    worker.settle(at=OVER)
    assert row(one).owner_id == three[1]


def test_the_time_said_on_the_screen_takes_the_place_of_the_drawn_one(three: list[int]) -> None:
    with pytest.raises(NotAllowed):
        tester.leave(make.acting(three[0]), rule="give", within=None, at=THURSDAY)
    with pytest.raises(NotValid):
        tester.leave(SYSTEM, rule="give", within=Duration(amount=0, unit="working_hours"), at=THURSDAY)
    tester.leave(SYSTEM, rule="give", within=Duration(amount=1, unit="working_hours"), at=THURSDAY)
    (told,) = seats.seats(SYSTEM, at=THURSDAY)["rules"]
    assert (told["within"].amount, told["drawn"].amount) == (1, 4)
    assert "sans prise en charge après 1 heure ouvrée, au suivant" in told["say"]
    deal()
    assert Turn.objects.get().due_at == paris(7, 10)
    tester.leave(SYSTEM, rule="give", within=None, at=THURSDAY)
    deal()
    assert Turn.objects.count() == 1
    tester.leave_as_drawn(SYSTEM, rule="give")
    (told,) = seats.seats(SYSTEM, at=THURSDAY)["rules"]
    assert told["within"] == Duration.model_validate(FOUR)


def test_only_who_received_it_takes_it_up_and_only_once(three: list[int]) -> None:
    one = deal()
    mine, other = make.acting(three[0]), make.acting(three[1])
    shown = timing.find_turn(mine, object_name="opportunity", row_id=one)
    assert shown == {"person": "A Un", "due_at": OVER, "mine": True}
    with pytest.raises(NotAllowed):
        turns.take(other, object_name="opportunity", row_id=one, at=THURSDAY)
    turns.take(mine, object_name="opportunity", row_id=one, at=THURSDAY)
    assert timing.find_turn(mine, object_name="opportunity", row_id=one) is None
    with pytest.raises(turns.NoTurn):
        turns.take(mine, object_name="opportunity", row_id=one, at=THURSDAY)


def test_the_tester_says_who_would_get_it_next_and_last(three: list[int]) -> None:
    boss = make.person("m.besson@nordet.example", role="manager", team="Ventes")
    told = tester.explain(SYSTEM, object_name="opportunity", given={"name": "Essai"}, at=THURSDAY)
    assert [one["id"] for one in (told["person"], *told["then"])] == [*three, boss]
    assert told["within"] == Duration.model_validate(FOUR)


def test_last_month_played_again_says_what_would_have_gone_on(ruled: Any) -> None:
    ruled(make.rule("give", CREATED, {"do": "assign", "role": "sales"}))
    who = sellers()
    kept, late = deal(), deal()
    call(who[0], kept, THURSDAY + timedelta(hours=2))
    call(who[1], late, paris(8, 10))
    worker.settle(at=paris(8, 18))
    assert seats.replay(SYSTEM, uid="give", at=paris(11, 9))["passed"] == 0
    tester.leave(SYSTEM, rule="give", within=Duration.model_validate(FOUR), at=paris(11, 9))
    told = seats.replay(SYSTEM, uid="give", at=paris(11, 9))
    assert (told["total"], told["different"], told["passed"]) == (2, 1, 1)
    assert [(one["row_id"], one["was"], one["now"]) for one in told["rows"]] == [(late, "B Deux", "C Trois")]


def test_a_rule_played_again_as_it_was_gives_the_same_people(three: list[int]) -> None:
    deal()
    for day in (7, 8):
        worker.settle(at=paris(day, 18))
    told = seats.replay(SYSTEM, uid="give", at=paris(8, 18))
    assert (told["total"], told["different"], told["passed"]) == (1, 0, 1)


def test_several_workers_pass_each_record_on_once(three: list[int]) -> None:
    rows = [deal() for _ in range(12)]

    def work(_: int) -> None:
        try:
            worker.settle(at=OVER)
        finally:
            connection.close()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(work, range(3)))
    else:
        worker.settle(at=OVER)
    assert [reasons(one) for one in rows] == [["next", "passed"]] * 12
    assert Turn.objects.filter(state="waiting").count() == 12


def test_a_failure_is_put_off_and_stops_nothing_else(
    three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = deal()
    with monkeypatch.context() as broken:
        broken.setattr(turns, "pass_on", lambda *_, **__: 1 / 0)
        worker.settle(at=OVER)
    assert Turn.objects.get().attempts == 1
    worker.settle(at=OVER + timedelta(minutes=1))
    assert row(one).owner_id == three[1]
