"""The log only grows, in order, and tells what a record is from its events alone."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.events import log, queries
from portulan.events.models import Event, EventPersonal, UnchangeableError
from portulan.people import actor as actors

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Noted:
    kind: ClassVar[str] = "test.noted"
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Changed:
    kind: ClassVar[str] = "test.changed"
    changes: dict[str, list[Any]] = field(default_factory=dict)


def test_an_event_is_never_changed_nor_deleted() -> None:
    log.append(Noted(), actor=actors.system(), subject="opportunity:1", at=make.AT)
    event = Event.objects.get()
    for attempt in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(UnchangeableError):
            attempt()
    with pytest.raises(UnchangeableError):
        Event.objects.update(kind="other")


def test_many_events_take_few_statements() -> None:
    entries = [log.Entry(Noted(), f"opportunity:{n}", make.AT) for n in range(500)]
    with CaptureQueriesContext(connection) as seen:
        made = log.append_many(entries, actor=actors.system())
    assert len([q for q in seen if q["sql"].startswith("INSERT")]) <= 6
    assert made == sorted(made)


def test_a_cause_is_kept_with_its_depth() -> None:
    first = log.append(Noted(), actor=actors.system(), subject="opportunity:1", at=make.AT)
    second = log.append(Noted(), actor=actors.system(), subject="task:2", at=make.AT, caused_by=first)
    third = log.append(Noted(), actor=actors.system(), subject="task:3", at=make.AT, caused_by=second)
    assert Event.objects.get(pk=third).depth == 2


def test_personal_values_stand_apart() -> None:
    personal = {"email": "a@nordet.example"}
    log.append(Noted(), actor=actors.system(), subject="contact:1", at=make.AT, personal=personal)
    assert Event.objects.get().data == {"values": {}}
    assert EventPersonal.objects.get().data == {"email": "a@nordet.example"}


def test_a_subject_is_read_page_by_page_newest_first() -> None:
    for n in range(5):
        at = make.AT + timedelta(minutes=n // 2)
        log.append(Noted({"n": n}), actor=actors.system(), subject="opportunity:1", at=at)
    first = queries.of_subject("opportunity:1", limit=3)
    rest = queries.of_subject("opportunity:1", before=(first[-1].at, first[-1].pk), limit=3)
    assert [event.data["values"]["n"] for event in [*first, *rest]] == [4, 3, 2, 1, 0]


def test_a_period_includes_its_beginning_and_not_its_end() -> None:
    for hours in (0, 1, 2):
        log.append(
            Noted(), actor=actors.system(), subject="opportunity:1", at=make.AT + timedelta(hours=hours)
        )
    until = make.AT + timedelta(hours=2)
    assert queries.of_kinds(["test.noted"], since=make.AT, until=until).count() == 2


def test_a_record_is_replayed_from_its_events() -> None:
    system = actors.system()
    log.append(Noted({"name": "Pilote", "amount": "10"}), actor=system, subject="opportunity:1", at=make.AT)
    log.append(
        Changed({"amount": ["10", "20"]}),
        actor=system,
        subject="opportunity:1",
        at=make.AT + timedelta(hours=1),
    )
    assert queries.replay("opportunity:1") == {"name": "Pilote", "amount": "20"}
    assert queries.replay("opportunity:2") is None
