"""A discount above the threshold is agreed to first: the record is locked, one decides, the deal moves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

import make
from portulan.automation import absences, approvals, requests, worker
from portulan.automation.approvals import AlreadyDecided, Asking, NothingToAgree
from portulan.automation.models import Notice, Request
from portulan.base.refusals import NotAllowed, NotThere, NotValid
from portulan.events import queries as events
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import bulk, merge, operations, runtime
from portulan.records.amend import amend
from portulan.records.consent import Held
from portulan.records.merge import Pair
from portulan.records.operations import GateClosed, Move
from portulan.records.snapshot import Snapshot

SYSTEM = actors.system()
DAY = timedelta(days=1)
WHOLE = {
    "amount": "900",
    "conditions_validees": True,
    "besoin_exprime": "Deux pompes de plus",
    "date_demo": "2026-05-04",
}


def row(row_id: int) -> Any:
    return runtime.current().model("opportunity").objects.get(pk=row_id)


def version(row_id: int) -> int:
    return int(row(row_id).version)


def deal(remise: str = "20", **given: Any) -> int:
    """Make a deal that only an approval keeps from being won, held by nobody."""
    client = operations.create(SYSTEM, object_name="account", given={"name": "Aubert"}, at=make.AT)
    given = {"name": "Pompes", "remise": remise, "account": client, **WHOLE, **given}
    made = operations.create(SYSTEM, object_name="opportunity", given=given, at=make.AT)
    move = Move("negociation", 1, motive="essai", override=True)
    operations.move(SYSTEM, object_name="opportunity", row_id=made, move=move, at=make.AT)
    return made


def ask(actor: Actor, row_id: int, **more: Any) -> Request:
    asking = Asking("gagne", version(row_id), comment="Client historique", **more)
    approvals.ask(actor, object_name="opportunity", row_id=row_id, asking=asking, at=make.AT)
    return Request.objects.get(subject=f"opportunity:{row_id}", state="asked")


def win(actor: Actor, row_id: int) -> None:
    move = Move("gagne", version(row_id))
    operations.move(actor, object_name="opportunity", row_id=row_id, move=move, at=make.AT)


@pytest.fixture
def seller(vente: Snapshot) -> Actor:
    return make.actor()


@pytest.fixture
def boss(seller: Actor) -> Actor:
    return make.actor("marc.besson@nordet.example", role="manager")


def told(person: Actor) -> set[str]:
    return set(Notice.objects.filter(person=person.id).values_list("code", flat=True))


def test_a_discount_below_the_threshold_asks_for_nothing(seller: Actor, boss: Actor) -> None:
    small = deal("10", owner=seller.id)
    with pytest.raises(NothingToAgree):
        ask(seller, small)
    win(seller, small)
    assert row(small).stage == "gagne"


def test_a_discount_above_it_is_refused_until_somebody_who_leads_agrees(seller: Actor, boss: Actor) -> None:
    big = deal(owner=seller.id)
    with pytest.raises(GateClosed) as closed:
        win(seller, big)
    assert [one["label"]["fr"] for one in closed.value.details["unagreed"]] == ["Remise au-delà de 15\u202f%"]
    request = ask(seller, big)
    assert told(boss) == {"automation.notice_approval"}
    (mine,) = requests.to_decide(boss, at=make.AT)
    assert (mine["title"], mine["to"], mine["comment"]) == ("Pompes", "Gagné", "Client historique")
    approvals.decide(boss, request_id=request.pk, granted=True, at=make.AT)
    assert row(big).stage == "gagne"
    kinds = [one.kind for one in events.of_subject(f"opportunity:{big}", limit=3)]
    assert kinds == ["record.moved", "approval.decided", "approval.asked"]


def test_what_was_agreed_holds_as_long_as_the_values_that_it_was_about_do(seller: Actor, boss: Actor) -> None:
    big = deal(owner=seller.id)
    approvals.decide(boss, request_id=ask(seller, big).pk, granted=True, at=make.AT)
    for remise, opens in (("20", True), ("30", False), ("20", True)):
        back = Move("negociation", version(big), values={"remise": remise}, motive="revue")
        operations.move(seller, object_name="opportunity", row_id=big, move=back, at=make.AT)
        if opens:
            win(seller, big)
        else:
            with pytest.raises(GateClosed):
                win(seller, big)
            forced = Move("gagne", version(big), motive="essai", override=True)
            operations.move(SYSTEM, object_name="opportunity", row_id=big, move=forced, at=make.AT)


def _amend(row_id: int) -> None:
    kind = runtime.current().object("opportunity")
    among = runtime.current().model("opportunity").objects.all()
    with transaction.atomic():
        amend(SYSTEM, kind=kind, among=among, wanted={row_id: {"name": "Autre"}}, at=make.AT)


def _merge(row_id: int) -> None:
    merge.merge(SYSTEM, object_name="opportunity", pair=Pair(deal(), row_id), taken=(), at=make.AT)


def _bulk(row_id: int) -> None:
    change = bulk.Change(values={"name": "Autre"})
    done = bulk.bulk(SYSTEM, object_name="opportunity", ids=[row_id], change=change, at=make.AT)
    assert done["done"] == []
    raise Held


PATHS: dict[str, Callable[[int], Any]] = {
    "update": lambda one: operations.update(
        SYSTEM, object_name="opportunity", row_id=one, version=version(one), given={"name": "B"}, at=make.AT
    ),
    "move": lambda one: operations.move(
        SYSTEM,
        object_name="opportunity",
        row_id=one,
        move=Move("gagne", version(one), motive="je force", override=True),
        at=make.AT,
    ),
    "delete": lambda one: operations.delete(SYSTEM, object_name="opportunity", row_id=one, at=make.AT),
    "amend": _amend,
    "merge": _merge,
    "bulk": _bulk,
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_record_that_waits_is_written_by_no_path(
    seller: Actor, boss: Actor, path: Callable[[int], Any]
) -> None:
    big = deal(owner=seller.id)
    ask(seller, big)
    before = vars(row(big)) | {"_state": None}
    with pytest.raises(Held):
        path(big)
    assert vars(row(big)) | {"_state": None} == before


def test_exactly_one_decision_is_taken_and_by_nobody_else(seller: Actor, boss: Actor) -> None:
    big = deal(owner=seller.id)
    request = ask(seller, big)
    with pytest.raises(NotAllowed):
        approvals.decide(seller, request_id=request.pk, granted=True, at=make.AT)
    with pytest.raises(NotValid):
        approvals.decide(boss, request_id=request.pk, granted=False, comment=" ", at=make.AT)
    approvals.decide(boss, request_id=request.pk, granted=False, comment="Trop haut", at=make.AT)
    for granted in (True, False):
        with pytest.raises(AlreadyDecided):
            approvals.decide(boss, request_id=request.pk, granted=granted, comment="x", at=make.AT)
    assert len(events.of_subject(f"opportunity:{big}", kinds=("approval.decided",), limit=9)) == 1
    assert (row(big).stage, told(seller)) == ("negociation", {"automation.notice_refused_approval"})
    with pytest.raises(GateClosed):
        win(seller, big)


def test_a_question_taken_back_frees_the_record(seller: Actor, boss: Actor) -> None:
    big = deal(owner=seller.id)
    request = ask(seller, big)
    with pytest.raises(NotThere):
        approvals.withdraw(boss, request_id=request.pk, at=make.AT)
    approvals.withdraw(seller, request_id=request.pk, at=make.AT)
    operations.update(
        seller,
        object_name="opportunity",
        row_id=big,
        version=version(big),
        given={"remise": "10"},
        at=make.AT,
    )
    win(seller, big)


def test_the_delegate_decides_while_the_approver_is_away(seller: Actor, boss: Actor) -> None:
    stand_in = make.actor("nadia.cherif@nordet.example", role="adv")
    absences.be_away(
        SYSTEM, person=boss.id or 0, begins_at=make.AT, ends_at=make.AT + 7 * DAY, delegate=stand_in.id
    )
    big = deal(owner=seller.id)
    request = ask(seller, big)
    assert (told(boss), told(stand_in)) == (set(), {"automation.notice_approval"})
    approvals.decide(stand_in, request_id=request.pk, granted=True, at=make.AT)
    assert row(big).stage == "gagne"


def test_who_decides_is_reminded_on_working_days_then_those_who_asked_are(seller: Actor, boss: Actor) -> None:
    ask(seller, deal(owner=seller.id))
    Notice.objects.all().delete()
    for days in (1, 8, 15, 22, 29):
        worker.settle(at=make.AT + days * DAY)
    assert told(boss) == {"automation.notice_approval_waits"}
    assert told(seller) == {"automation.notice_approval_waits"}
    assert Request.objects.get().reminded == approvals.MOST_REMINDERS


def test_a_rule_asks_and_another_follows_the_decision(ruled: Any) -> None:
    ask_boss = {"do": "ask_approval", "role": "manager", "text": "Affaire stratégique"}
    after = {"do": "update_record", "values": {"priority": "high"}}
    ruled(
        make.rule("ask", {"on": "created"}, ask_boss),
        make.rule("then", {"on": "decided", "granted": True}, after),
    )
    boss = make.actor("marc.besson@nordet.example", role="manager")
    made = operations.create(SYSTEM, object_name="opportunity", given={"name": "Pompes"}, at=make.AT)
    worker.settle(at=make.AT)
    request = Request.objects.get()
    assert requests.by_stage(SYSTEM) == {"prospection": 1}
    approvals.decide(boss, request_id=request.pk, granted=True, at=make.AT)
    worker.settle(at=make.AT)
    assert row(made).priority == "high"
