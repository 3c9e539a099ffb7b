"""How far a job is while its own transaction keeps what it writes to itself: told beside it.

On PostgreSQL by a connection of its own; SQLite lets one write at a time, there a small file beside the data
says it. Owns both and their end; what is told here never decides anything.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from portulan.automation.models import Job

_UPDATE = "UPDATE automation_job SET progress = %s, message = %s WHERE id = %s AND attempts = %s"
Teller = Callable[[float, str], None]


@contextmanager
def telling(job: Job) -> Iterator[Teller]:
    """Give a way to tell progress that is seen although a transaction is open."""
    if connection.vendor != "postgresql":
        path = _path(job)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield lambda share, message: _keep(path, share, message)
        finally:
            path.unlink(missing_ok=True)
        return
    beside = connection.copy()
    try:
        yield lambda share, message: _update(beside, job, share, message)
    finally:
        beside.close()


def how_far(job: Job) -> tuple[float, str]:
    """Return the progress of a job and what it is at, as told last."""
    if job.state == Job.State.RUNNING and connection.vendor != "postgresql":
        with suppress(FileNotFoundError, ValueError):
            told = json.loads(_path(job).read_text(encoding="utf-8"))
            return told["progress"], told["message"]
    return job.progress, job.message


def _path(job: Job) -> Path:
    return Path(settings.DATA_DIR) / "progress" / f"{job.pk}.json"


def _keep(path: Path, share: float, message: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"progress": share, "message": message}), encoding="utf-8")
    fresh.replace(path)


def _update(beside: Any, job: Job, share: float, message: str) -> None:
    with beside.cursor() as cursor:
        cursor.execute(_UPDATE, [share, message, job.pk, job.attempts])
