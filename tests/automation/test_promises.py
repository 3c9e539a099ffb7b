"""Promises on real tickets: the clock follows the stages, the client and the people; alerts come in time."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import make
from portulan.automation import timing, worker
from portulan.automation.models import Clock, Notice
from portulan.events import queries as events
from portulan.people import actor as actors
from portulan.records import operations, runtime
from portulan.records.operations import Move

SYSTEM = actors.system()
PARIS = ZoneInfo("Europe/Paris")


def paris(*parts: int) -> datetime:
    return datetime(2026, 9, *parts, tzinfo=PARIS)  # type: ignore[arg-type, misc]


@pytest.fixture
def support(ruled: Any) -> None:
    ruled(names=("support",))


def ticket(at: datetime, **given: Any) -> int:
    return operations.create(SYSTEM, object_name="ticket", given={"name": "Fuite", **given}, at=at)


def go(row_id: int, to: str, at: datetime, **given: Any) -> None:
    version = runtime.current().model("ticket").objects.get(pk=row_id).version
    move = Move(to, version, values=given, motive="essai", override=True)
    operations.move(SYSTEM, object_name="ticket", row_id=row_id, move=move, at=at)
    worker.settle(at=at)


def say(actor: Any, row_id: int, direction: str, at: datetime) -> None:
    given = {"name": "Message", "kind": "email", "direction": direction, "ticket": row_id}
    operations.create(actor, object_name="activity", given=given, at=at)
    worker.settle(at=at)


def clock(measure: str, turn: int = 1) -> Clock:
    return Clock.objects.get(measure=measure, turn=turn)


def test_a_ticket_received_on_a_friday_evening_is_answered_by_monday_morning(support: None) -> None:
    ticket(paris(4, 17, 30))
    worker.settle(at=paris(4, 17, 30))
    assert clock("first_response").due_at == paris(7, 9, 30)
    assert clock("resolution").due_at == paris(9, 17, 30)


def test_the_first_answer_of_a_person_stops_the_clock_and_a_robots_does_not(support: None) -> None:
    one = ticket(paris(7, 9))
    say(actors.system("automation"), one, "outbound", paris(7, 9, 10))
    assert clock("first_response").state == "running"
    say(make.actor("yann.legoff@nordet.example", role="support"), one, "outbound", paris(7, 9, 30))
    stopped = clock("first_response")
    assert (stopped.state, stopped.ended_at) == ("stopped", paris(7, 9, 30))
    assert clock("resolution").state == "running"


def test_waiting_for_the_client_rests_the_clock_and_any_answer_resumes_it(support: None) -> None:
    one = ticket(paris(7, 9))
    go(one, "affecte", paris(7, 10))
    go(one, "attente_client", paris(7, 11))
    assert (clock("resolution").state, clock("resolution").due_at) == ("paused", None)
    say(SYSTEM, one, "inbound", paris(9, 11))
    assert clock("resolution").state == "running"
    found = timing.clocks_of(SYSTEM, object_name="ticket", row_id=one, at=paris(9, 12))
    told = next(clock for clock in found if clock["measure"] == "resolution")
    assert told["consumed_seconds"] == 3 * 3600
    assert [span["why"] for span in told["spans"]] == ["open", "paused", "open"]


def test_a_more_particular_promise_takes_over_and_keeps_what_was_consumed(support: None) -> None:
    one = ticket(paris(7, 9))
    go(one, "qualifie", paris(7, 11), severity="critical")
    taken = clock("resolution")
    assert taken.promise == "support_resolution_critique"
    assert taken.due_at == paris(8, 10)


def test_reopening_starts_a_second_resolution_and_the_first_one_stays(support: None) -> None:
    one = ticket(paris(7, 9))
    go(one, "clos", paris(7, 11))
    go(one, "affecte", paris(8, 9))
    assert clock("resolution").state == "stopped"
    assert clock("resolution", 2).state == "running"
    assert not Clock.objects.filter(measure="first_response", turn=2).exists()


def test_the_owner_is_warned_at_80_percent_then_role_after_role(support: None) -> None:
    agent = make.actor("yann.legoff@nordet.example", role="support").id
    boss = make.actor("marc.besson@nordet.example", role="manager").id
    one = ticket(paris(7, 9), owner=agent)
    go(one, "qualifie", paris(7, 9), severity="critical")
    due_at = paris(8, 10)
    assert clock("resolution").due_at == due_at

    def told(person: int | None) -> list[str]:
        return list(
            Notice.objects.filter(person=person, code__contains="notice_").values_list("code", flat=True)
        )

    worker.settle(at=paris(7, 17, 23))
    assert told(agent) == []
    worker.settle(at=paris(7, 17, 24))
    assert told(agent) == ["automation.notice_at_risk"]
    worker.settle(at=due_at)
    worker.settle(at=due_at)
    assert told(agent) == ["automation.notice_at_risk", "automation.notice_broken"]
    assert told(boss) == []
    worker.settle(at=paris(8, 16))
    assert told(boss) == ["automation.notice_broken"]
    kinds = [one.kind for one in events.of_subject(f"ticket:{one}") if one.kind.startswith("promise.")]
    assert kinds == ["promise.broken", "promise.broken", "promise.at_risk"]


def test_each_further_message_of_the_client_waits_for_its_own_answer(support: None) -> None:
    agent = make.actor("sofia.mendes@nordet.example", role="support")
    one = ticket(paris(7, 9))
    say(agent, one, "inbound", paris(7, 10))
    assert not Clock.objects.filter(measure="next_response").exists()
    say(agent, one, "outbound", paris(7, 11))
    for turn, day in enumerate((8, 9), 1):
        say(agent, one, "inbound", paris(day, 9))
        assert clock("next_response", turn).due_at == paris(day, 15)
        say(agent, one, "outbound", paris(day, 10))
        assert clock("next_response", turn).state == "stopped"


def test_a_ticket_in_the_bin_alerts_nobody(support: None) -> None:
    one = ticket(paris(7, 9), owner=make.actor(role="support").id)
    worker.settle(at=paris(7, 9))
    operations.delete(SYSTEM, object_name="ticket", row_id=one, at=paris(7, 9, 5))
    worker.settle(at=paris(7, 9) + timedelta(days=30))
    assert not Notice.objects.exists()
