"""Jobs are claimed once, tell their progress, stop when asked, and are tried again when they fail."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

import make
from portulan.automation import leases, operations, queries, worker
from portulan.automation.jobs import JOBS, JobContext, NotYet
from portulan.automation.models import Job
from portulan.base import clock
from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.people import actor as actors
from portulan.people.models import User
from running import until

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
ENGLISH = replace(SYSTEM, lang="en")


def counts_to_three(job: JobContext) -> dict[str, Any]:
    for step in range(3):
        job.progress(step / 3, f"{step}")
    return {"counted": job.payload["to"]}


def fails(_job: JobContext) -> None:
    raise RuntimeError("the disk is full")


def refuses(_job: JobContext) -> None:
    raise NotValid(Problem("state", "base.not_now"))


def waits_for_its_lease(job: JobContext) -> None:
    held = Job.objects.filter(pk=job.id)
    until(lambda: held.exclude(lease_until=make.AT + leases.span()).exists(), seconds=20)


def not_yet(_job: JobContext) -> None:
    raise NotYet(timedelta(seconds=5))


JOBS.register("test.wait", waits_for_its_lease)
JOBS.register("test.later", not_yet)
JOBS.register("test.count", counts_to_three)
JOBS.register("test.fail", fails)
JOBS.register("test.refuse", refuses)


def enqueued(kind: str, **more: Any) -> Job:
    return Job.objects.get(pk=operations.enqueue(SYSTEM, kind=kind, payload={"to": 3}, at=make.AT, **more))


def test_a_job_runs_to_its_result() -> None:
    job = enqueued("test.count")
    assert worker.run_once(at=make.AT)
    job.refresh_from_db()
    assert (job.state, job.progress, job.result) == ("done", 1.0, {"counted": 3})
    assert not worker.run_once(at=make.AT)


def test_a_job_that_waits_is_not_queued_twice_under_one_key() -> None:
    assert enqueued("test.count", dedup_key="import:1").pk == enqueued("test.count", dedup_key="import:1").pk
    worker.run_once(at=make.AT)
    assert enqueued("test.count", dedup_key="import:1").state == "queued"
    assert Job.objects.count() == 2


def test_a_job_asked_to_stop_stops_at_its_next_progress() -> None:
    job = enqueued("test.count")
    Job.objects.filter(pk=job.pk).update(cancel_asked_at=make.AT)
    worker.run_once(at=make.AT)
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once() -> None:
    job = enqueued("test.count")
    operations.cancel(SYSTEM, id=job.pk, at=make.AT)
    assert not worker.run_once(at=make.AT)


def test_a_job_that_fails_is_tried_again_later_and_given_up_after_three_times() -> None:
    job = enqueued("test.fail")
    worker.run_once(at=make.AT)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 1)
    assert job.due_at > clock.now()
    for _ in range(2):
        worker.run_once(at=clock.now() + timedelta(days=1))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 3)
    assert "the disk is full" in job.error
    told = queries.failure(ENGLISH, job=job)
    assert told == "This work failed for an internal reason; it can be started again."


def test_a_refusal_ends_the_job_with_its_sentence_in_the_language_of_whoever_reads() -> None:
    job = enqueued("test.refuse")
    worker.run_once(at=make.AT)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "")
    said = {lang: queries.failure(replace(SYSTEM, lang=lang), job=job) for lang in ("fr", "en")}
    assert said == {
        "fr": "Certaines valeurs ne conviennent pas. L’état actuel ne le permet pas.",
        "en": "Some values do not fit. The current state does not allow it.",
    }
    assert queries.job_told(ENGLISH, id=job.pk)["error"] == said["en"]


def test_a_sentence_kept_in_french_alone_is_still_said_and_a_trace_stays_unsaid() -> None:
    kept = {"Ce plan a vieilli.": "Ce plan a vieilli.", "Traceback\n  ...": "This work failed for an"}
    for error, said in kept.items():
        job = enqueued("test.count")
        Job.objects.filter(pk=job.pk).update(state="failed", error=error)
        import_module("portulan.automation.migrations.0012_refused").move(apps, None)
        job.refresh_from_db()
        assert queries.failure(ENGLISH, job=job).startswith(said)


def test_a_job_whose_worker_died_is_claimed_again_when_its_lease_ends() -> None:
    job = enqueued("test.count")
    Job.objects.filter(pk=job.pk).update(state="running", attempts=1, lease_until=make.AT + leases.span())
    assert not worker.run_once(at=make.AT)
    assert worker.run_once(at=make.AT + leases.span() + timedelta(seconds=1))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_tells_nothing_keeps_its_lease_while_its_worker_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leases, "RENEW", timedelta(milliseconds=10))
    job = enqueued("test.wait")
    assert worker.run_once(at=make.AT)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


def test_a_job_that_cannot_begin_goes_back_to_the_queue() -> None:
    job = enqueued("test.later")
    worker.run_once(at=make.AT)
    job.refresh_from_db()
    assert (job.state, job.lease_until, job.error) == ("queued", None, "")
    assert job.due_at > job.created_at


def test_a_person_sees_their_own_jobs_only() -> None:
    job = enqueued("test.count")
    with pytest.raises(NotThere):
        queries.get_job(make.actor(), id=job.pk)


def test_a_job_is_read_through_the_api_by_its_author_alone() -> None:
    author = make.actor()
    job_id = operations.enqueue(author, kind="test.count", payload={"to": 1}, at=make.AT)
    client = Client()
    signed_out = client.get(f"/api/jobs/{job_id}")
    assert (signed_out.status_code, signed_out.json()["title"]) == (401, "Connectez-vous pour continuer.")
    client.force_login(User.objects.get(email=author.email))
    assert client.get(f"/api/jobs/{job_id}").json()["state"] == "queued"
    assert client.post(f"/api/jobs/{job_id}/cancel").json()["state"] == "cancelled"
    client.force_login(User.objects.get(pk=make.person("tom.girard@nordet.example")))
    missing = client.get(f"/api/jobs/{job_id}")
    assert missing.status_code == 404
    assert missing["Content-Type"] == "application/problem+json"
