"""How long a job stays with the worker that took it: short, and renewed for as long as that worker lives.

Owns the length of leases and the thread that renews one. A process that dies takes its thread with it, so
that another worker finds the job soon, whatever the job was at and however long one statement of it takes.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db import DatabaseError, connection

from portulan.automation.models import Job
from portulan.base import clock

RENEW = timedelta(seconds=10)
_SHORT, _LONG = timedelta(seconds=30), timedelta(seconds=90)


def span() -> timedelta:
    """Return how long a job is kept without being renewed.

    Longer where one transaction writes at a time: a long one keeps the renewal waiting as well.
    """
    return _SHORT if connection.vendor == "postgresql" else _LONG


@contextmanager
def renewed(job: Job) -> Iterator[None]:
    """Keep a job until the end of the block."""
    over = threading.Event()
    keeper = threading.Thread(target=_renew, args=(job, over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _renew(job: Job, over: threading.Event) -> None:
    """Renew on a connection of this thread, which the transactions of the work do not hold back."""
    mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING)
    try:
        while not over.wait(RENEW.total_seconds()):
            with suppress(DatabaseError):
                mine.update(lease_until=clock.now() + span())
    finally:
        connection.close()
