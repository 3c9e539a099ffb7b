"""Doors for what comes from outside: a form makes a lead, a mail an activity; nothing else gets in."""

from datetime import timedelta
from typing import Any

import pytest

import make
from portulan.automation import calls, inbound, worker
from portulan.automation.inbound import Opening, TooOften
from portulan.automation.models import Door
from portulan.base.refusals import NotAllowed, NotThere, NotValid
from portulan.people import actor as actors
from portulan.records import operations, runtime

SYSTEM = actors.system()
FORM = Opening("Site", object="lead", fields=("name", "email"), values={"source": "web_form"})
HEARD = {"name": "Rose Vidal", "email": "rose@vidal.example", "score": 99, "owner": 1}


def leads() -> Any:
    return runtime.current().model("lead").objects


@pytest.fixture
def known(ruled: Any) -> None:
    task = {"do": "create_task", "label": "Rappeler {{name}}"}
    ruled(make.rule("call", {"on": "form_received", "label": "Site"}, task, object="lead"))


def test_a_form_makes_a_lead_with_the_fields_that_were_said_and_rules_follow(known: None) -> None:
    source = next(one for one in runtime.current().object("lead").fields if one.uid == "source").choices[0].id
    opening = Opening("Site", object="lead", fields=("name", "email"), values={"source": source})
    _, secret = inbound.open_door(SYSTEM, opening=opening, at=make.AT)
    inbound.receive(secret, given=HEARD, at=make.AT)
    worker.settle(at=make.AT)
    lead = leads().get()
    assert (lead.name, lead.email, lead.score, lead.owner_id, lead.source) == (
        "Rose Vidal", "rose@vidal.example", None, None, source,
    )  # fmt: skip
    task = runtime.current().model("activity").objects.get()
    assert task.name == "Rappeler Rose Vidal"


def test_a_mail_becomes_an_activity_of_whoever_wrote_it(known: None) -> None:
    _, secret = inbound.open_door(SYSTEM, opening=Opening("Boîte", kind="mail"), at=make.AT)
    with pytest.raises(NotValid):
        inbound.receive(secret, given={"from": "rose@vidal.example"}, at=make.AT)
    lead = operations.create(
        SYSTEM, object_name="lead", given={"name": "Rose", "email": "Rose@vidal.example"}, at=make.AT
    )
    mail = {"from": "rose@vidal.example", "subject": "Oui", "text": "Allons-y"}
    inbound.receive(secret, given=mail, at=make.AT)
    found = runtime.current().model("activity").objects.get()
    assert (found.lead_id, found.name, found.direction, found.body) == (lead, "Oui", "inbound", "Allons-y")


def test_a_door_takes_so_many_a_minute_and_nothing_once_closed(known: None) -> None:
    opening = Opening("Site", object="lead", fields=("name",))
    door, secret = inbound.open_door(SYSTEM, opening=opening, at=make.AT)
    Door.objects.update(uses=inbound.MOST - 1, minute=make.AT)
    inbound.receive(secret, given=HEARD, at=make.AT)
    with pytest.raises(TooOften):
        inbound.receive(secret, given=HEARD, at=make.AT)
    inbound.receive(secret, given=HEARD, at=make.AT + timedelta(minutes=2))
    inbound.close_door(SYSTEM, door_id=door, at=make.AT)
    for wrong in (secret, "x", ""):
        with pytest.raises(NotThere):
            inbound.receive(wrong, given=HEARD, at=make.AT)


def test_only_builders_open_doors_and_only_on_plain_fields(known: None) -> None:
    with pytest.raises(NotAllowed):
        inbound.open_door(make.actor(), opening=FORM, at=make.AT)
    for wrong in (Opening("Site", object="lead", fields=("owner",)), Opening(" ", object="rien")):
        with pytest.raises(NotValid):
            inbound.open_door(SYSTEM, opening=wrong, at=make.AT)


def test_a_door_tells_its_last_calls_the_record_that_came_or_why_none_did(known: None) -> None:
    opening = Opening("Site", object="lead", fields=("name", "email"))
    door, secret = inbound.open_door(SYSTEM, opening=opening, at=make.AT)
    inbound.receive(secret, given=HEARD, at=make.AT)
    with pytest.raises(NotValid):
        inbound.receive(secret, given={"email": "pas une adresse"}, at=make.AT)
    refused, taken = inbound.doors(SYSTEM)[0]["calls"]
    assert refused["record"] is None
    assert refused["refused"]
    assert (taken["refused"], taken["record"]["title"]) == (None, "Rose Vidal")
    for _ in range(calls.KEPT):
        calls.keep(Door.objects.get(pk=door), make.AT)
    assert len(inbound.doors(SYSTEM)[0]["calls"]) == calls.KEPT
