"""Lists taken out as work: asked for, written by the worker with the rights of that moment, kept for a day.

A file lies in the storage of documents under the id of its job, is given to who asked for it and to nobody
else, and is gone once it is stopped, too old, or of a person who was forgotten.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from re import Pattern
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

from portulan.automation import duplicates, queries
from portulan.automation import operations as queue
from portulan.automation.jobs import Cancelled, JobContext
from portulan.automation.models import Job
from portulan.base import clock
from portulan.base.refusals import NotNow, NotThere
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import export
from portulan.records.asked import Asked
from portulan.records.documents import Content
from portulan.records.export import Wanted

RUN, SWEEP = "records.export", "records.export_sweep"
KEPT = timedelta(days=1)
_FOLDER = "exports"


class NotReady(NotNow):
    """The file is still being written."""

    code = "automation.export_not_ready"


class ExportGone(NotThere):
    """There is no file, or no longer."""

    code = "automation.export_gone"


class ExportOutlived(NotNow):
    """What may be taken out changed since the file was written."""

    code = "automation.export_outlived"


def ask(actor: Actor, *, object_name: str, wanted: Wanted, at: datetime) -> UUID:
    """Queue the file of a list and return the job.

    :raises NotAllowed: when the actor exports no record of that object.
    :raises ExportNotValid: when a column is none that the actor may read.
    """
    export.require(actor, object_name=object_name, wanted=wanted, at=at)
    asked = wanted.asked
    payload = {
        "object": object_name,
        "condition": asked.condition,
        "words": asked.words,
        "sort": asked.sort,
        "format": wanted.format,
        "columns": wanted.columns,
        "by": actor.id,
    }
    return queue.enqueue(actor, kind=RUN, payload=payload, at=at)


def run(job: JobContext) -> dict[str, Any]:
    """Write the file in the name of who asked for it, with the rights that they have now."""
    at, payload = clock.now(), job.payload
    actor = people.get_actor(actors.system(), id=payload["by"])
    wanted = _wanted(payload)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        taken = export.write(
            actor, object_name=payload["object"], wanted=wanted, path=path, at=at, tell=job.progress
        )
        size = path.stat().st_size
        _keep(job.id, path)
    if Job.objects.filter(pk=job.id, cancel_asked_at__isnull=False).exists():
        _drop(str(job.id))
        raise Cancelled
    reach = export.reach(actor, object_name=payload["object"], fields=taken.fields)
    export.note(actor, object_name=payload["object"], wanted=wanted, taken=taken, at=at)
    return {"name": taken.name, "count": taken.count, "bytes": size, "fields": taken.fields, "reach": reach}


def get_content(actor: Actor, *, id: UUID, at: datetime) -> Content:  # noqa: A002 - the noun of the row
    """Return the file that a job wrote, open, to who asked for it.

    :raises NotReady: while it is being written.
    :raises ExportGone: when there is none, or no longer.
    :raises NotAllowed: when they lost the right to what it holds.
    :raises ExportOutlived: when their rights on it, or whose records these reach, changed since.
    :raises NotValid: when they may no longer sort or filter as they did.
    """
    job = queries.jobs(actor).filter(pk=id, kind=RUN, created_by=actor.id).first()
    if job is None:
        raise NotThere
    if job.state in (Job.State.QUEUED, Job.State.RUNNING):
        raise NotReady
    if job.result is None or not _lives(job, at) or not storages["documents"].exists(_place(str(id))):
        raise ExportGone
    _require_same_rights(actor, job, at)
    media = export.MEDIA[job.payload["format"]]
    return Content(job.result["name"], media, storages["documents"].open(_place(str(id))))


def begin(*, at: datetime) -> UUID:
    """Have the files of the next night swept, once however many workers start, and return the job."""
    night = duplicates.next_night(at)
    key = f"{SWEEP}:{night:%Y-%m-%d}"
    return queue.enqueue(actors.system(), kind=SWEEP, payload={}, dedup_key=key, at=night)


def sweep(_: JobContext) -> dict[str, Any]:
    """Remove what nobody may fetch any more, and what killed workers left; ask for the next night."""
    at = clock.now()
    gone = [name for name in _kept() if not _is_live(name, at)]
    for name in gone:
        _drop(name)
    left = list(_left_by_the_dead(at))
    for path in left:
        path.unlink(missing_ok=True)
    begin(at=at)
    return {"removed": len(gone) + len(left)}


def forget(_: Pattern[str]) -> int:
    """Remove every file of a list, whoever it names: each can be asked for again."""
    return sum(_drop(name) for name in list(_kept()))


def workshop() -> Path:
    """Return the folder in which the worker writes what it has in hand."""
    folder = Path(settings.DATA_DIR) / "worker"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _require_same_rights(actor: Actor, job: Job, at: datetime) -> None:
    """Do nothing when the actor may take out today what they did when the file was written."""
    name, result = job.payload["object"], job.result or {}
    export.require_readable(actor, object_name=name, fields=result["fields"])
    reach = export.reach(actor, object_name=name, fields=result["fields"])
    if "reach" not in result or not set(result["reach"]) <= set(reach):
        raise ExportOutlived
    export.require(actor, object_name=name, wanted=replace(_wanted(job.payload), columns=None), at=at)


def _wanted(payload: dict[str, Any]) -> Wanted:
    asked = Asked(payload["condition"], payload["words"], payload["sort"])
    columns = payload["columns"]
    return Wanted(asked, payload["format"], None if columns is None else tuple(columns))


def _keep(job_id: UUID, path: Path) -> None:
    _drop(str(job_id))
    with path.open("rb") as file:
        storages["documents"].save(_place(str(job_id)), File(file))


def _drop(name: str) -> bool:
    held = storages["documents"].exists(_place(name))
    storages["documents"].delete(_place(name))
    return held


def _kept() -> list[str]:
    try:
        return sorted(storages["documents"].listdir(_FOLDER)[1])
    except FileNotFoundError:
        return []


def _is_live(name: str, at: datetime) -> bool:
    try:
        job = Job.objects.filter(pk=UUID(name)).first()
    except ValueError:
        return False
    return job is not None and (job.state in (Job.State.QUEUED, Job.State.RUNNING) or _lives(job, at))


def _lives(job: Job, at: datetime) -> bool:
    ended = job.ended_at
    return (
        job.state == Job.State.DONE
        and job.cancel_asked_at is None
        and ended is not None
        and at < ended + KEPT
    )


def _left_by_the_dead(at: datetime) -> Iterator[Path]:
    """Yield what lies in the workshop for longer than any work takes."""
    old = (at - KEPT).timestamp()
    yield from (path for path in workshop().rglob("*") if path.is_file() and path.stat().st_mtime < old)


def _place(name: str) -> str:
    return f"{_FOLDER}/{name}"
