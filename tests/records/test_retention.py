"""A person decides on each prospect who is due: forgotten for good, or kept until a day, for a reason."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import make
from portulan.automation import privacy as forgetting
from portulan.automation import queries as queue
from portulan.automation import worker
from portulan.base import clock
from portulan.base.refusals import NotAllowed, NotThere
from portulan.events import queries as events
from portulan.people.actor import Actor
from portulan.records import consents, keyset, privacy, queries, replay, retention, timeline
from portulan.records.models import Kept
from sale import SYSTEM, record

pytestmark = pytest.mark.usefixtures("crm")
NOW = make.AT + timedelta(days=3 * 366)
DAY = NOW.date() + timedelta(days=90)


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)


def work() -> None:
    while worker.run_once(at=NOW):
        pass


def listed(object_name: str = "contact", actor: Actor = SYSTEM, at: Any = NOW) -> dict[str, Any]:
    return next(one for one in retention.proposals(actor, at=at) if one["object"] == object_name)


def due(at: Any = NOW) -> list[int]:
    return [one["id"] for one in listed(at=at)["people"]]


def keep(*ids: int, motive: str = "Salon de mars", until: Any = DAY, actor: Actor = SYSTEM) -> int:
    keeping = retention.Keeping(ids, motive, until)
    return retention.keep(actor, object_name="contact", keeping=keeping, at=NOW)


def test_who_is_due_is_told_with_their_last_word_and_what_they_agreed_to() -> None:
    person = record("contact", name="Anna Le Goff")
    word = make.AT + timedelta(days=1)
    for days in (0, 1):
        at = (make.AT + timedelta(days=days)).isoformat()
        record("activity", kind="call", direction="inbound", contact=person, done_at=at)
    for given in (True, False):
        yes = consents.Said("newsletter", "consent", given, "Formulaire", make.AT)
        consents.record(SYSTEM, object_name="contact", row_id=person, said=yes, at=make.AT)
    told = listed()
    assert (told["count"], told["kept"]) == (1, [])
    one = told["people"][0]
    assert (one["title"], one["heard_at"]) == ("Anna Le Goff", word.isoformat())
    assert [(each["purpose"], each["given"]) for each in one["consents"]] == [("newsletter", False)]


def test_the_list_asks_as_many_questions_of_one_person_as_of_many() -> None:
    record("contact")
    retention.proposals(SYSTEM, at=NOW)
    with CaptureQueriesContext(connection) as one:
        retention.proposals(SYSTEM, at=NOW)
    word: dict[str, Any] = {"kind": "call", "direction": "inbound", "done_at": make.AT.isoformat()}
    for _ in range(12):
        record("activity", contact=record("contact"), **word)
    with CaptureQueriesContext(connection) as many:
        assert listed()["count"] == 13
    assert len(many) == len(one)


def test_more_are_told_page_by_page_each_once_who_was_collected_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retention, "SHOWN", 2)
    everybody = [record("contact") for _ in range(5)]
    told = listed()
    assert (told["count"], len(told["people"])) == (5, 2)
    seen, after = [one["id"] for one in told["people"]], told["next"]
    while after is not None:
        more = retention.page(SYSTEM, object_name="contact", after=after, at=NOW)
        seen, after = seen + [one["id"] for one in more["people"]], more["next"]
    assert seen == everybody
    with pytest.raises(keyset.CursorNotValid):
        retention.page(SYSTEM, object_name="contact", after="x", at=NOW)


def test_each_of_those_chosen_is_looked_at_with_as_many_questions_however_many_are_due() -> None:
    def asked(ids: list[int]) -> list[str]:
        with CaptureQueriesContext(connection) as found:
            assert retention.due(SYSTEM, object_name="contact", ids=ids, at=NOW) == set(ids)
        return [one["sql"] for one in found]

    person = record("contact")
    retention.due(SYSTEM, object_name="contact", ids=[person], at=NOW)
    alone = asked([person])
    for _ in range(12):
        record("contact")
    assert asked([person]) == alone
    (query,) = alone
    parts = query.split(" EXCEPT ")
    assert len(parts) > 5
    assert all(f"IN ({person})" in one for one in parts)


def test_who_is_kept_does_not_come_back_before_their_day_and_then_does() -> None:
    kept, other = record("contact", name="Anna"), record("contact")
    assert keep(kept) == 1
    assert due() == [other]
    told = listed()["kept"]
    assert [(one["id"], one["motive"], one["until"]) for one in told] == [
        (kept, "Salon de mars", DAY.isoformat())
    ]
    assert due(at=NOW + timedelta(days=89)) == [other]
    assert due(at=NOW + timedelta(days=90)) == [kept, other]
    assert listed(at=NOW + timedelta(days=90))["kept"] == []


def test_keeping_is_written_down_and_can_be_taken_back() -> None:
    person = record("contact")
    keep(person)
    assert retention.release(SYSTEM, object_name="contact", ids=[person], at=NOW) == 1
    assert due() == [person]
    assert retention.release(SYSTEM, object_name="contact", ids=[person], at=NOW) == 0
    kinds = [one.kind for one in events.all_of(f"contact:{person}")]
    assert kinds[-2:] == ["person.kept", "person.released"]
    told = timeline.timeline(SYSTEM, object_name="contact", row_id=person)
    assert "garde" in str(told)


def test_the_last_decision_is_the_one_that_stands() -> None:
    person = record("contact")
    keep(person)
    keep(person, motive="Encore", until=DAY + timedelta(days=30))
    assert Kept.objects.filter(ended_at=None).count() == 1
    assert [one["motive"] for one in listed()["kept"]] == ["Encore"]


@pytest.mark.parametrize(
    ("motive", "until", "where"),
    [
        (" ", DAY, ["motive"]),
        ("Salon", NOW.date(), ["until"]),
        ("Salon", NOW.date() + timedelta(days=1100), ["until"]),
        ("", NOW.date() - timedelta(days=1), ["motive", "until"]),
    ],
)
def test_nobody_is_kept_without_a_motive_or_without_an_end(motive: str, until: Any, where: list[str]) -> None:
    person = record("contact")
    with pytest.raises(retention.KeptNotValid) as refused:
        keep(person, motive=motive, until=until)
    assert [one.where for one in refused.value.problems] == where


def test_only_who_may_forget_everybody_sees_and_decides() -> None:
    person = record("contact")
    revops = make.actor("elodie@nordet.example", role="revops")
    assert listed(actor=revops)["count"] == 1
    for actor in (make.actor(), make.actor("marie@nordet.example", role="marketing")):
        assert retention.proposals(actor, at=NOW) == []
        with pytest.raises(NotAllowed):
            keep(person, actor=actor)
        with pytest.raises(NotAllowed):
            retention.release(actor, object_name="contact", ids=[person], at=NOW)
        with pytest.raises(NotAllowed):
            forgetting.ask_due(actor, object_name="contact", ids=[person], at=NOW)
    with pytest.raises(privacy.NotAPerson):
        retention.due(SYSTEM, object_name="account", ids=[1], at=NOW)
    with pytest.raises(NotThere):
        keep(person, person + 99)


def test_those_whose_time_is_over_are_forgotten_and_leave_the_list() -> None:
    revops = make.actor("elodie@nordet.example", role="revops")
    gone, kept = record("contact", name="Le Goff", email="anna@example.com"), record("contact")
    keep(kept)
    keep(gone, motive="Le Goff écrira")
    retention.release(SYSTEM, object_name="contact", ids=[gone], at=NOW)
    with pytest.raises(retention.NotDue):
        forgetting.ask_due(revops, object_name="contact", ids=[gone, kept], at=NOW)
    job = forgetting.ask_due(revops, object_name="contact", ids=[gone], at=NOW)
    work()
    found = queue.get_job(revops, id=job)
    assert (found.state, found.result) == ("done", {"forgotten": 1, "left": 0})
    assert queries.get_record(revops, object_name="contact", row_id=gone)["title"] == "Anonymisé"
    assert due() == []
    assert not Kept.objects.filter(row=gone).exclude(motive="").exists()
    assert list(replay.unlike(SYSTEM)) == []


def test_whoever_writes_before_their_turn_comes_is_left_alone() -> None:
    revops = make.actor("elodie@nordet.example", role="revops")
    person = record("contact", name="Le Goff")
    job = forgetting.ask_due(revops, object_name="contact", ids=[person], at=NOW)
    record("activity", kind="email", direction="inbound", contact=person, done_at=NOW.isoformat())
    work()
    assert queue.get_job(revops, id=job).result == {"forgotten": 0, "left": 1}
    assert queries.get_record(revops, object_name="contact", row_id=person)["title"] == "Le Goff"
