"""How sound the records are is kept by itself, once a night however many workers start."""

from datetime import timedelta

import pytest

import make
from portulan.automation import duplicates, soundness, worker
from portulan.automation.models import Job

pytestmark = pytest.mark.usefixtures("crm")


def test_a_night_is_kept_after_its_pass_for_duplicates_and_asks_for_the_next_one() -> None:
    first = soundness.begin(at=make.AT)
    assert soundness.begin(at=make.AT + timedelta(hours=1)) == first
    (job,) = Job.objects.all()
    assert job.due_at > duplicates.next_night(make.AT)
    assert worker.run_once(at=job.due_at)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.result
    assert Job.objects.filter(kind=soundness.KEEP, state=Job.State.QUEUED).exists()
