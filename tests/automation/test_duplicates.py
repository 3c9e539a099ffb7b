"""The pass for duplicates begins by itself, once a night however many workers start."""

from datetime import timedelta

import pytest

import make
from portulan.automation import duplicates
from portulan.automation.models import Job

pytestmark = pytest.mark.django_db


def test_workers_that_start_ask_for_one_pass_the_next_night() -> None:
    first = duplicates.begin(at=make.AT)
    assert duplicates.begin(at=make.AT + timedelta(hours=1)) == first
    (job,) = Job.objects.all()
    assert (job.kind, job.due_at) == (duplicates.LOOK, duplicates.next_night(make.AT))
