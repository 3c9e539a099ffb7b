"""A sequence: mails and tasks on working days, one after the other, stopped by an answer or a move."""

from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.automation import ledger, worker
from portulan.automation.models import Enrolment, Mail
from portulan.people import actor as actors
from portulan.records import operations, runtime
from portulan.records.operations import Move

SYSTEM = actors.system()
DAY = timedelta(days=1)
MAIL = {"do": "send_mail", "title": "Suite à {{name}}", "body": "Bonjour {{contact.first_name}},\n{{amount}}"}
STEPS = [
    {"wait": {"amount": 0, "unit": "working_days"}, "action": MAIL},
    {"wait": {"amount": 3, "unit": "working_days"}, "action": MAIL},
    {"wait": {"amount": 2, "unit": "working_days"}, "action": {"do": "create_task", "label": "Appeler"}},
]
START = {"do": "start_sequence", "name": "Relance", "steps": STEPS}


def made(object_name: str, **given: Any) -> int:
    return operations.create(SYSTEM, object_name=object_name, given=given, at=make.AT)


def tasks() -> int:
    return int(runtime.current().model("activity").objects.filter(kind="task").count())


@pytest.fixture
def deal(ruled: Any) -> int:
    ruled(make.rule("follow", {"on": "created"}, START))
    contact = made("contact", name="Durieux", first_name="Karine", email="k.durieux@acme.example")
    deal = made("opportunity", name="Pompes", contact=contact, amount="1200")
    worker.settle(at=make.AT)
    return deal


def test_a_sequence_goes_on_by_itself_to_its_end(deal: int) -> None:
    first = Mail.objects.get()
    assert (first.to, first.title, first.state) == ("k.durieux@acme.example", "Suite à Pompes", "shown")
    assert first.body.startswith("Bonjour Karine,\n1\u202f200")
    worker.settle(at=make.AT + 2 * DAY)
    assert Mail.objects.count() == 1
    worker.settle(at=make.AT + 10 * DAY)
    assert (Mail.objects.count(), tasks()) == (2, 0)
    worker.settle(at=make.AT + 20 * DAY)
    assert (Mail.objects.count(), tasks(), Enrolment.objects.get().state) == (2, 1, "done")


def test_each_step_stands_in_the_ledger_of_its_record_and_a_refused_one_says_why(deal: int) -> None:
    runtime.current().model("contact").objects.update(email="")
    worker.settle(at=make.AT + 30 * DAY)
    refused, first = [
        one
        for one in ledger.of_record(SYSTEM, object_name="opportunity", row_id=deal)
        if "Relance" in str(one["says"])
    ]
    assert (first["state"], first["did"][0]["do"]) == ("fired", "send_mail")
    assert first["says"] == ["Séquence «\u202fRelance\u202f», étape 1 sur 3."]
    assert (refused["state"], refused["did"]) == ("refused", [])
    assert len(refused["says"]) > 1


def test_an_answer_stops_it(deal: int) -> None:
    made("activity", name="Réponse", kind="email", direction="inbound", opportunity=deal)
    worker.settle(at=make.AT + 30 * DAY)
    assert Mail.objects.count() == 1
    assert (Enrolment.objects.get().state, Enrolment.objects.get().reason) == ("stopped", "unless")


def test_leaving_the_stage_stops_it_and_it_may_begin_again(deal: int) -> None:
    going = Move("premier_contact", 1, override=True, motive="essai")
    operations.move(SYSTEM, object_name="opportunity", row_id=deal, move=going, at=make.AT + DAY)
    worker.settle(at=make.AT + 30 * DAY)
    assert (Mail.objects.count(), Enrolment.objects.get().reason) == (1, "left_stage")
