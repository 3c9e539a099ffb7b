"""A plan applied, a version taken back, a file taken in as work: followed, stopped in time, whole or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

import make
from portulan.automation import applying, aside, scenarios, worker
from portulan.automation import operations as queue
from portulan.automation.applying import Asked
from portulan.automation.models import Job
from portulan.base import clock
from portulan.base.refusals import NotAllowed
from portulan.blueprint.operations import PlanIsStale
from portulan.maps import operations as maps
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import apply, configuration, plan, runtime

SYSTEM = actors.system()


@pytest.fixture
def builder(transactional_db: None) -> Any:
    make.crm()
    drawn = maps.create(SYSTEM, title="", state="to_be", subject=None, starter="vente", at=make.AT)
    maps.publish(SYSTEM, id=drawn, at=make.AT)
    yield make.actor("e.renard@nordet.example", role="direction")
    make.no_crm()


def asked(actor: Actor) -> Asked:
    read = plan.plan_of_maps(actor)
    return Asked(read.hash, read.base, motive="Scénarios à jouer ensuite")


def start(actor: Actor) -> Job:
    return Job.objects.get(pk=applying.ask(actor, asked=asked(actor), at=make.AT))


def work() -> None:
    while worker.run_once(at=clock.now()):
        pass


def test_every_step_is_told_while_the_transaction_is_open(
    builder: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str, bool]] = []
    told = aside.telling

    @contextmanager
    def watched(job: Job) -> Iterator[aside.Teller]:
        with told(job) as tell:

            def telling(share: float, step: str) -> None:
                tell(share, step)
                now = applying.find_last(builder) or {}
                seen.append((step, now["step"], now["may_stop"]))

            yield telling

    monkeypatch.setattr(aside, "telling", watched)
    job = start(builder)
    waiting = applying.find_last(builder) or {}
    assert (waiting["job"], waiting["state"], waiting["may_stop"]) == (job.pk, "queued", True)
    work()
    steps = [step for step in applying.STEPS if step not in ("waiting", "scenarios")]
    assert seen == [(step, step, step == "reading") for step in steps]
    ended = applying.find_last(builder) or {}
    assert (ended["state"], ended["version"], ended["may_stop"]) == ("done", 2, False)
    assert runtime.newest().version == 2
    assert plan.plan_of_maps(builder).empty


def test_a_plan_that_is_stale_is_refused_at_once_and_when_its_time_comes(builder: Actor) -> None:
    with pytest.raises(PlanIsStale):
        applying.ask(builder, asked=replace(asked(builder), hash="0"), at=make.AT)
    start(builder)
    drawn = maps.create(SYSTEM, title="", state="to_be", subject=None, starter="support", at=make.AT)
    maps.publish(SYSTEM, id=drawn, at=make.AT)
    work()
    told = applying.find_last(builder) or {}
    assert told["state"] == "failed"
    assert told["error"] == PlanIsStale().say("fr")
    assert runtime.newest().version == 1


def test_it_can_be_stopped_until_it_begins_to_write(builder: Actor) -> None:
    job = start(builder)
    Job.objects.filter(pk=job.pk).update(cancel_asked_at=make.AT)
    work()
    assert (applying.find_last(builder) or {})["state"] == "cancelled"
    assert runtime.newest().version == 1
    again = start(builder)
    queue.cancel(builder, id=again.pk, at=make.AT)
    work()
    assert Job.objects.get(pk=again.pk).state == "cancelled"
    assert runtime.newest().version == 1


def test_a_failure_in_the_middle_says_its_cause_and_changes_nothing(
    builder: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(connection.introspection.table_names()), runtime.newest().version

    def full(*_: Any) -> None:
        raise DatabaseError("disk full\nDETAIL: more")

    with monkeypatch.context() as broken:
        broken.setattr(apply, "_copy", full)
        start(builder)
        work()
    told = applying.find_last(builder) or {}
    assert told["state"] == "failed"
    assert told["error"].endswith("rien n’a été changé. disk full")
    assert (set(connection.introspection.table_names()), runtime.newest().version) == before
    start(builder)
    work()
    assert runtime.newest().version == 2


def test_a_worker_that_dies_after_it_applied_leaves_it_applied_once(builder: Actor) -> None:
    job = start(builder)
    work()
    past = clock.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, lease_until=past, ended_at=None)
    work()
    again = Job.objects.get(pk=job.pk)
    assert (again.state, again.result, runtime.newest().version) == ("done", {"version": 2}, 2)


def test_one_plan_is_applied_at_a_time_and_by_who_may(builder: Actor) -> None:
    start(builder)
    with pytest.raises(applying.AlreadyApplying):
        start(builder)
    seller = make.actor("a.un@nordet.example")
    with pytest.raises(NotAllowed):
        applying.ask(seller, asked=Asked("0", 1), at=make.AT)
    with pytest.raises(NotAllowed):
        applying.find_last(seller)


def last(builder: Actor) -> tuple[Any, ...]:
    told = applying.find_last(builder) or {}
    return told["kind"], told["state"], told["version"], told["red"]


def test_a_version_is_taken_back_as_work_and_once(builder: Actor) -> None:
    start(builder)
    work()
    job = applying.ask_undo(builder, n=2, at=make.AT)
    with pytest.raises(applying.AlreadyApplying):
        applying.ask_undo(builder, n=2, at=make.AT)
    work()
    assert last(builder) == ("undo", "done", 3, False)
    past = clock.now() - timedelta(hours=1)
    Job.objects.filter(pk=job).update(state=Job.State.RUNNING, lease_until=past, ended_at=None)
    work()
    assert (last(builder)[1], runtime.newest().version) == ("done", 3)
    with pytest.raises(apply.NothingToUndo):
        applying.ask_undo(builder, n=2, at=make.AT)


def taken_away(builder: Actor) -> bytes:
    """Return the configuration of the sales, on a house where nothing of it is built any more."""
    start(builder)
    work()
    raw = configuration.export(builder)
    apply.undo(builder, n=2, at=make.AT)
    return raw


def test_a_file_is_taken_in_as_work(builder: Actor) -> None:
    held = configuration.read(taken_away(builder))
    maps = tuple(one.model_copy(update={"scenarios": ()}) for one in held.maps)
    raw = held.model_copy(update={"maps": maps}).model_dump_json(by_alias=True).encode()
    applying.ask_take(builder, raw=raw, at=make.AT)
    assert runtime.newest().version == 3
    work()
    assert last(builder) == ("take", "done", 4, False)


def test_a_file_whose_scenarios_are_not_green_is_refused_then_taken_for_a_motive(
    builder: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = taken_away(builder)
    monkeypatch.setattr(scenarios, "prove_file", lambda *_, **__: None)
    applying.ask_take(builder, raw=raw, at=make.AT)
    work()
    assert last(builder) == ("take", "failed", None, True)
    with pytest.raises(NotAllowed):
        applying.ask_take(make.actor(role="revops"), raw=raw, motive="essai", at=make.AT)
    applying.ask_take(builder, raw=raw, motive="essai", at=make.AT)
    work()
    assert last(builder) == ("take", "done", 4, False)
