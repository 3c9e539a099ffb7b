"""Rules are set off by events, wait on the working calendar, are called off, and act exactly once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import make
from portulan.automation import outbox, perform, rules, worker
from portulan.automation.actions import ACTIONS
from portulan.automation.models import Notice, Outbox, Run, Switch
from portulan.events import log
from portulan.events import queries as events
from portulan.people import actor as actors
from portulan.people.models import User
from portulan.records import operations, runtime
from portulan.records.operations import Move
from portulan.records.values import ValuesNotValid

SYSTEM = actors.system()
THURSDAY = datetime(2026, 5, 7, 8, tzinfo=UTC)
MONDAY = datetime(2026, 5, 18, 8, tzinfo=UTC)
TASK: dict[str, Any] = {"do": "create_task", "label": "Relancer"}


def deal(at: datetime = THURSDAY, **given: Any) -> int:
    return operations.create(SYSTEM, object_name="opportunity", given={"name": "Pompes", **given}, at=at)


def go(row_id: int, to: str, at: datetime = THURSDAY, **given: Any) -> None:
    version = row("opportunity", row_id).version
    move = Move(to, version, values=given, motive="essai", override=True)
    operations.move(SYSTEM, object_name="opportunity", row_id=row_id, move=move, at=at)


def row(name: str, row_id: int) -> Any:
    return runtime.current().model(name).objects.get(pk=row_id)


def activities() -> list[Any]:
    return list(runtime.current().model("activity").objects.order_by("pk"))


def say(row_id: int, direction: str, at: datetime) -> int:
    given = {"name": "Re: votre offre", "kind": "email", "direction": direction, "opportunity": row_id}
    return operations.create(SYSTEM, object_name="activity", given=given, at=at)


def update(row_id: int, at: datetime = THURSDAY, **given: Any) -> None:
    version = row("opportunity", row_id).version
    operations.update(SYSTEM, object_name="opportunity", row_id=row_id, version=version, given=given, at=at)


def ledger() -> list[tuple[str, str, str]]:
    return [(one.rule, one.state, one.reason) for one in Run.objects.order_by("id")]


def test_a_proposal_sent_on_a_thursday_gives_a_task_five_working_days_later_once(ruled: Any) -> None:
    ruled()
    owner = make.actor().id
    sold = deal(owner=owner)
    go(sold, "proposition_envoyee")
    worker.settle(at=MONDAY - timedelta(minutes=1))
    assert not activities()
    for _ in range(2):
        worker.settle(at=MONDAY + timedelta(minutes=3))
    (task,) = activities()
    assert (task.due_at, task.owner_id, task.opportunity_id) == (MONDAY, owner, sold)
    assert ledger() == [("vente_au_relance", "fired", "")]


def test_a_client_who_answers_calls_the_follow_up_off(ruled: Any) -> None:
    ruled()
    sold = deal()
    go(sold, "proposition_envoyee")
    worker.settle(at=THURSDAY)
    say(sold, "outbound", THURSDAY + timedelta(hours=1))
    worker.settle(at=THURSDAY + timedelta(hours=1))
    assert ledger() == [("vente_au_relance", "waiting", "")]
    say(sold, "inbound", THURSDAY + timedelta(hours=2))
    worker.settle(at=MONDAY)
    assert ledger() == [("vente_au_relance", "cancelled", "unless")]
    assert len(activities()) == 2


def test_leaving_the_stage_or_the_bin_calls_the_follow_up_off(ruled: Any) -> None:
    ruled()
    left, binned = deal(), deal()
    for one in (left, binned):
        go(one, "proposition_envoyee")
    worker.settle(at=THURSDAY)
    go(left, "negociation", THURSDAY + timedelta(days=1))
    operations.delete(SYSTEM, object_name="opportunity", row_id=binned, at=THURSDAY + timedelta(days=1))
    worker.settle(at=MONDAY)
    assert [(state, reason) for _, state, reason in ledger()] == [
        ("cancelled", "left_stage"),
        ("cancelled", "deleted"),
    ]


def test_an_answer_that_the_outbox_has_not_told_yet_still_calls_off(ruled: Any) -> None:
    ruled()
    sold = deal()
    go(sold, "proposition_envoyee")
    worker.settle(at=THURSDAY)
    say(sold, "inbound", THURSDAY + timedelta(hours=2))
    Outbox.objects.all().delete()
    worker.settle(at=MONDAY)
    assert ledger() == [("vente_au_relance", "cancelled", "unless")]


def test_a_condition_is_asked_at_the_event_and_again_when_the_time_has_come(ruled: Any) -> None:
    big = {"field": "amount", "test": "greater", "value": 1000}
    entered = {"on": "created"}
    ruled(
        make.rule("now", entered, TASK, condition=big),
        make.rule("later", entered, TASK, condition=big, wait={"amount": 1}),
    )
    deal(amount="10")
    sold = deal(amount="5000")
    worker.settle(at=THURSDAY)
    update(sold, amount="5")
    worker.settle(at=THURSDAY + timedelta(days=2))
    assert sorted(ledger()) == [
        ("later", "skipped", "condition"),
        ("later", "skipped", "condition"),
        ("now", "fired", ""),
        ("now", "skipped", "condition"),
    ]


def test_what_a_rule_does_bears_its_cause_and_says_that_nobody_did_it(ruled: Any) -> None:
    ruled(make.rule("first", {"on": "created"}, {"do": "update_record", "values": {"priority": "high"}}))
    sold = deal()
    worker.settle(at=THURSDAY)
    after, before = events.of_subject(f"opportunity:{sold}")
    assert (after.caused_by, after.depth, after.provenance, after.robot) == (before.pk, 1, "automation", True)
    assert events.replay(f"opportunity:{sold}") == {
        **(events.replay(f"opportunity:{sold}") or {}),
        "priority": "high",
    }


def test_rules_act_in_the_order_of_the_blueprint(ruled: Any) -> None:
    ruled(
        make.rule("z_first", {"on": "created"}, {"do": "update_record", "values": {"name": "un"}}),
        make.rule("a_second", {"on": "created"}, {"do": "update_record", "values": {"name": "deux"}}),
    )
    sold = deal()
    worker.settle(at=THURSDAY)
    assert row("opportunity", sold).name == "deux"
    assert [name for name, *_ in ledger()] == ["z_first", "a_second"]


def test_a_gate_refuses_a_rule_as_it_refuses_everybody_and_the_ledger_says_why(ruled: Any) -> None:
    ruled(make.rule("push", {"on": "created"}, {"do": "move", "stage": "premier_contact"}))
    sold = deal()
    worker.settle(at=THURSDAY)
    run = Run.objects.get()
    assert run.state == "refused"
    assert len(run.says["fr"]) == len(run.says["en"]) > 1
    assert row("opportunity", sold).stage == "prospection"
    assert events.of_subject(f"opportunity:{sold}", kinds=["gate.refused"])
    worker.settle(at=MONDAY)
    assert Run.objects.get().attempts == 0


def test_a_refused_action_takes_back_what_the_rule_did_before(ruled: Any) -> None:
    ruled(make.rule("push", {"on": "created"}, TASK, {"do": "move", "stage": "premier_contact"}))
    deal()
    worker.settle(at=THURSDAY)
    assert not activities()


def test_an_event_looked_at_twice_sets_a_rule_off_once(ruled: Any) -> None:
    ruled(make.rule("first", {"on": "created"}, TASK))
    sold = deal()
    note = Outbox.objects.get()
    worker.settle(at=THURSDAY)
    Outbox.objects.create(event=note.event, due_at=THURSDAY)
    worker.settle(at=THURSDAY)
    assert len(activities()) == 1
    assert row("opportunity", sold)


def test_what_a_plan_relocates_sets_no_rule_off_and_still_calls_off(ruled: Any) -> None:
    ruled()
    waiting, relocated = deal(), deal()
    go(waiting, "proposition_envoyee")
    worker.settle(at=THURSDAY)
    with log.because(events.of_subject(f"opportunity:{waiting}")[0].pk):
        go(relocated, "proposition_envoyee")
        go(waiting, "negociation")
    worker.settle(at=MONDAY)
    assert ledger() == [("vente_au_relance", "cancelled", "left_stage")]


def test_what_is_rolled_back_leaves_nothing_to_look_at(ruled: Any) -> None:
    ruled(make.rule("first", {"on": "created"}, TASK))
    with pytest.raises(ValuesNotValid):
        deal(amount="beaucoup")
    assert not Outbox.objects.exists()


def test_events_that_no_rule_watches_are_not_noted(ruled: Any) -> None:
    ruled(make.rule("first", {"on": "created"}, TASK))
    operations.create(SYSTEM, object_name="account", given={"name": "Acme"}, at=THURSDAY)
    assert not Outbox.objects.exists()
    # The sales map promises a first answer, which an activity keeps.
    assert outbox.watched_objects(runtime.current().blueprint) == {"opportunity", "activity"}


def test_causes_are_cut_where_they_go_too_deep(ruled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_DEPTH", 3)
    flip = make.rule(
        "flip",
        {"on": "updated"},
        {"do": "update_record", "values": {"priority": "high", "name": "jamais"}},
        wait={"amount": 0},
    )
    flop = make.rule(
        "flop",
        {"on": "updated"},
        {"do": "update_record", "values": {"priority": "low", "name": "encore"}},
        wait={"amount": 0},
    )
    ruled(flip, flop)
    update(deal(), name="toujours")
    worker.settle(at=THURSDAY)
    assert Run.objects.filter(reason="depth").exists()
    assert Run.objects.filter(state="waiting").count() == 0


def test_a_rule_switched_off_skips_and_says_so_and_everything_can_be_held(ruled: Any) -> None:
    ruled(make.rule("first", {"on": "created"}, TASK), make.rule("second", {"on": "created"}, TASK))
    Switch.objects.create(rule="first", off_at=THURSDAY)
    Switch.objects.create(rule=Switch.ALL, off_at=THURSDAY)
    deal()
    worker.settle(at=THURSDAY)
    assert {state for _, state, _ in ledger()} == {"waiting"}
    Switch.objects.filter(rule=Switch.ALL).delete()
    worker.settle(at=THURSDAY)
    assert ledger() == [("first", "skipped", "off"), ("second", "fired", "")]


def breaks(_acting: Any, _action: Any) -> dict[str, Any]:
    raise RuntimeError("the disk is full")


def test_a_rule_that_fails_is_tried_again_given_up_told_and_at_last_switched_off(
    ruled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = make.person("alix.morel@nordet.example")
    User.objects.filter(pk=admin).update(is_admin=True)
    monkeypatch.setitem(ACTIONS._things, "notify", breaks)
    ruled(make.rule("broken", {"on": "created"}, TASK, {"do": "notify", "text": "Bonjour"}))
    deal()
    at = THURSDAY
    worker.settle(at=at)
    run = Run.objects.get()
    assert (run.state, run.attempts) == ("waiting", 1)
    assert "disk is full" in run.error
    assert not activities()
    for _ in range(2):
        deal()
    for _ in range(perform.MOST_ATTEMPTS):
        at += timedelta(days=1)
        worker.settle(at=at)
    assert {state for _, state, _ in ledger()} == {"failed"}
    assert Switch.objects.get().reason == "failures"
    codes = list(Notice.objects.filter(person=admin).values_list("code", flat=True))
    assert codes.count("automation.notice_failed") == 3
    assert codes.count("automation.notice_off") == 1


def test_the_day_in_a_field_is_waited_for_and_moves_with_it(ruled: Any) -> None:
    before = {"amount": 2, "unit": "working_days"}
    ruled(
        make.rule("soon", {"on": "date_reached", "field": "close_on", "offset": before, "early": True}, TASK)
    )
    sold = deal(close_on="2026-06-30")
    worker.settle(at=THURSDAY)
    update(sold, close_on="2026-06-12")
    worker.settle(at=THURSDAY)
    assert Run.objects.get().due_at == datetime(2026, 6, 10, 7, tzinfo=UTC)
    update(sold, close_on=None)
    worker.settle(at=THURSDAY)
    assert ledger() == [("soon", "cancelled", "no_date")]
    update(sold, close_on="2026-06-12")
    worker.settle(at=datetime(2026, 6, 10, 7, tzinfo=UTC))
    assert len(activities()) == 1


def test_silence_is_waited_for_and_every_activity_puts_it_off(ruled: Any) -> None:
    ruled(
        make.rule(
            "silence", {"on": "inactive", "span": {"amount": 14}}, {"do": "notify", "text": "Rien depuis"}
        )
    )
    owner = make.actor().id
    sold = deal(owner=owner)
    worker.settle(at=THURSDAY)
    say(sold, "outbound", THURSDAY + timedelta(days=10))
    worker.settle(at=THURSDAY + timedelta(days=20))
    assert not Notice.objects.exists()
    worker.settle(at=THURSDAY + timedelta(days=24))
    (told,) = Notice.objects.all()
    assert (told.person_id, told.subject) == (owner, f"opportunity:{sold}")


def test_an_activity_done_sets_rules_off_on_its_record(ruled: Any) -> None:
    ruled(
        make.rule(
            "after",
            {"on": "activity_done", "kind": "call"},
            {"do": "update_record", "values": {"priority": "low"}},
        )
    )
    sold = deal()
    given = {"name": "Appel", "kind": "call", "opportunity": sold}
    call = operations.create(SYSTEM, object_name="activity", given=given, at=THURSDAY)
    worker.settle(at=THURSDAY)
    assert not ledger()
    done = {"done_at": THURSDAY.isoformat()}
    operations.update(SYSTEM, object_name="activity", row_id=call, version=1, given=done, at=THURSDAY)
    worker.settle(at=THURSDAY)
    assert row("opportunity", sold).priority == "low"


def test_a_record_is_created_from_another_with_what_it_copies(ruled: Any) -> None:
    ruled(
        make.rule(
            "onboard",
            {"on": "created"},
            {
                "do": "create_record", "object": "ticket", "values": {"name": "Accueil", "severity": "minor"},
                "copied": {"account": "account"},
            },
        )
    )  # fmt: skip
    account = operations.create(SYSTEM, object_name="account", given={"name": "Acme"}, at=THURSDAY)
    deal(account=account)
    worker.settle(at=THURSDAY)
    (ticket,) = runtime.current().model("ticket").objects.all()
    assert (ticket.name, ticket.account_id) == ("Accueil", account)
