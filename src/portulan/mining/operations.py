"""Writes of logs: receive a file, import it as a job or at once, stop an import, delete."""

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from portulan.automation import operations as jobs
from portulan.automation.jobs import Cancelled, JobContext
from portulan.base import clock, ids, texts, uploads
from portulan.base.refusals import NotNow, NotValid, Problem
from portulan.events import log as events
from portulan.maps import naming
from portulan.maps import operations as drawing
from portulan.maps import queries as maps
from portulan.maps.model import MapState
from portulan.maps.rows import Origin
from portulan.mining import archive, modelling, places, queries, read, show, structured, tell
from portulan.mining import study as studies
from portulan.mining.discover import Wanted, map_uid
from portulan.mining.discover import discover as draw
from portulan.mining.happenings import LogDeleted, LogImported
from portulan.mining.models import ImportedLog
from portulan.mining.read import Source
from portulan.mining.read_csv import Progress, Role, silent
from portulan.people import actor as actors
from portulan.people import rights
from portulan.people.actor import Actor

IMPORT = "log.import"
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_ROLES: Mapping[str, Role] = {
    "activity": "step", "case": "case", "step": "step", "time": "time", "end": "end", "resource": "resource",
    "lifecycle": "lifecycle", "case_attribute": "case_attribute", "event_attribute": "event_attribute",
    "ignore": "ignore",
}  # fmt: skip


class UploadTooLarge(NotValid):
    """The file is larger than what is accepted."""

    code = "mining.upload_too_large"


class UploadNotValid(NotValid):
    """What was sent is no file that can be a log."""

    code = "mining.upload_not_valid"


class RolesNotValid(NotValid):
    """Columns cannot play the roles that were given."""

    code = "mining.log_not_clear"


class BeingImported(NotNow):
    """An import of the log runs."""

    code = "mining.being_imported"


@dataclass(frozen=True)
class MapWanted:
    """The map to draw from a log: its title, how much of the flow, of which cases, a variant, its model."""

    title: str = ""
    state: MapState = "as_is"
    subject: str | None = None
    paths: float | None = None
    steps: float | None = None
    variant: int | None = None
    filters: str = ""
    blocks: bool = False


@dataclass(frozen=True)
class Upload:
    """A file on its way: the name that the person gave it, its content in pieces."""

    name: str
    chunks: Iterable[bytes]


def upload(actor: Actor, *, file: Upload, at: datetime) -> UUID:
    """Keep a file that is to become a log and return the id of the log.

    :raises UploadTooLarge: when it exceeds the limit of the settings.
    :raises UploadNotValid: when it is empty or an archive that is no XES.
    """
    rights.require(actor, "create", "log")
    log_id = ids.uuid7()
    arriving = places.folder(log_id) / "arriving"
    try:
        size = uploads.receive(
            file.chunks, arriving, most=settings.MOST_UPLOAD_BYTES, too_large=UploadTooLarge
        )
        if not size:
            raise UploadNotValid(Problem("file", "mining.file_empty"))
        suffix = _suffix(arriving)
    except NotValid:
        shutil.rmtree(places.folder(log_id), ignore_errors=True)
        raise
    arriving.rename(places.upload(log_id, suffix))
    plain = uploads.plain(file.name) or "journal"
    ImportedLog.objects.create(
        id=log_id,
        name=_stem(plain),
        file_name=plain,
        suffix=suffix,
        file_bytes=size,
        created_at=at,
        created_by_id=actor.id,
    )
    return log_id


def start_import(
    actor: Actor, *, log_id: UUID, roles: Mapping[str, str], day_first: bool | None, at: datetime
) -> UUID:
    """Queue the import of a log with the roles of its columns and return the id of the job.

    :raises RolesNotValid: when a role is unknown.
    :raises BeingImported: when an import of the log runs.
    """
    rights.require(actor, "create", "log")
    chosen = _known(roles)
    with transaction.atomic():
        one = queries.row(actor, log_id=log_id)
        if queries.get_log(actor, log_id=log_id).state == "importing":
            raise BeingImported
        job = jobs.enqueue(
            actor, kind=IMPORT, payload={"log": str(log_id)}, dedup_key=f"{IMPORT}:{log_id}", at=at
        )
        one.roles, one.day_first, one.job = chosen, day_first, job
        one.save(update_fields=["roles", "day_first", "job"])
    return job


def run_import(job: JobContext) -> dict[str, Any]:
    """Import the log of a job; doing it again replaces what the first try left."""
    one = ImportedLog.objects.filter(pk=job.payload["log"]).first()
    if one is None:
        raise Cancelled
    return _import(one, progress=job.progress, at=clock.now())


def import_file(
    actor: Actor,
    *,
    path: Path,
    name: str = "",
    roles: Mapping[str, str] | None = None,
    at: datetime,
    progress: Progress = silent,
) -> UUID:
    """Import a file at once, its columns guessed without `roles`, and return the id of the log.

    :raises FileNotReadable: when the file cannot be parsed.
    :raises LogNotClear: when its columns cannot be told.
    """
    with path.open("rb") as file:
        log_id = upload(actor, file=Upload(path.name, iter(lambda: file.read(1 << 20), b"")), at=at)
    one = queries.row(actor, log_id=log_id)
    one.roles = _known(roles or {})
    try:
        _import(one, progress=progress, at=at)
    except NotValid:
        ImportedLog.objects.filter(pk=log_id).delete()
        shutil.rmtree(places.folder(log_id), ignore_errors=True)
        raise
    ImportedLog.objects.filter(pk=log_id).update(name=name or one.name)
    return log_id


def describe(actor: Actor, *, log_id: UUID, source: str, credit: str) -> None:
    """Say where a log comes from and whom to thank for it."""
    rights.require(actor, "create", "log")
    one = queries.row(actor, log_id=log_id)
    ImportedLog.objects.filter(pk=one.pk).update(source=source[:300], credit=credit[:300])


def cancel_import(actor: Actor, *, log_id: UUID, at: datetime) -> None:
    """Ask the import of a log to stop, whoever started it."""
    rights.require(actor, "create", "log")
    one = queries.row(actor, log_id=log_id)
    if one.job is not None:
        jobs.cancel(actors.system(), id=one.job, at=at)


def delete(actor: Actor, *, log_id: UUID, at: datetime) -> None:
    """Delete a log, and its file; maps discovered from it stay.

    :raises BeingImported: when an import of the log runs.
    """
    rights.require(actor, "delete", "log")
    one = queries.row(actor, log_id=log_id)
    if queries.get_log(actor, log_id=log_id).state == "importing":
        raise BeingImported
    with transaction.atomic():
        events.append(LogDeleted(one.name), actor=actor, subject=f"log:{log_id}", at=at)
        ImportedLog.objects.filter(pk=log_id).delete()
    shutil.rmtree(places.folder(log_id), ignore_errors=True)


def discover(actor: Actor, *, log: str, wanted: MapWanted, at: datetime) -> UUID:
    """Draw the map of a log, of one of its variants or of its model, as a draft, and return its id.

    :raises NotThere: when there is no such log or variant.
    :raises NotSearched: when nobody has searched for its model in blocks.
    :raises NotStructurable: when it has none.
    """
    rights.require(actor, "create", "map")
    study = queries.study(actor, log=log, filters=wanted.filters, at=at)
    if wanted.variant is not None:
        study = studies.of_variant(study, wanted.variant)
    if wanted.blocks:
        shown = structured.moves(study, modelling.needed(study))
    else:
        shown = show.show(study, paths=wanted.paths, steps=wanted.steps)
    title = wanted.title.strip() or texts.say("mining.map_title", actor.lang)
    taken = {one.uid for one in (*maps.maps(actor), *maps.maps(actor, archived=True))}
    uid = naming.free_uid(map_uid(title), taken)
    drawn = draw(shown, Wanted(uid, title, wanted.state, wanted.subject, actor.lang))
    mapping = dict(zip(study.labels, study.ids, strict=True))
    known = {step.id for step in drawn.steps}
    origin = Origin(log, {label: step if step in known else None for label, step in mapping.items()})
    return drawing.add(actor, drawn=drawn, origin=origin, at=at)


def _import(one: ImportedLog, *, progress: Progress, at: datetime) -> dict[str, Any]:
    path = places.upload(one.pk, one.suffix)
    progress(0.02, texts.say("mining.reading_file", "fr"))
    source = read.read(path, roles=_known(one.roles) or None, day_first=one.day_first, progress=progress)
    progress(0.8, texts.say("mining.writing_log", "fr"))
    version = f"v{ids.uuid7().hex}"
    archive.write(places.version(one.pk, version), source)
    progress(0.95, texts.say("mining.writing_log", "fr"))
    before, one.folder = one.folder, version
    what = LogImported(one.name, len(source.log.cases), len(source.log.step), len(source.rejected))
    with transaction.atomic():
        _describe(one, source, at)
        author = actors.system("import")
        events.append(what, actor=author, subject=f"log:{one.pk}", at=at)
    if before:
        shutil.rmtree(places.version(one.pk, before), ignore_errors=True)
    return {"log": str(one.pk), "cases": what.cases, "events": what.events, "rejected": what.rejected}


def _describe(one: ImportedLog, source: Source, at: datetime) -> None:
    log = source.log
    ImportedLog.objects.filter(pk=one.pk).update(
        folder=one.folder,
        roles=dict(source.roles),
        cases=len(log.cases),
        events=len(log.step),
        steps=len(log.steps),
        first_at=tell.moment(log.at.min()) if len(log.at) else None,
        last_at=tell.moment(log.at.max()) if len(log.at) else None,
        rejected=len(source.rejected),
        set_aside=source.set_aside,
        sure_dates=source.sure_dates,
        ties=log.ties,
        imported_at=at,
    )


def _known(roles: Mapping[str, str]) -> dict[str, Role]:
    unknown = [
        Problem(name, "mining.role_unknown", {"role": r}) for name, r in roles.items() if r not in _ROLES
    ]
    if unknown:
        raise RolesNotValid(*unknown)
    return {name: _ROLES[role] for name, role in roles.items()}


def _suffix(path: Path) -> str:
    """Return what kind of file it is, from what it holds."""
    with path.open("rb") as file:
        head = file.read(2048)
    if head.startswith(_GZIP):
        return ".xes.gz"
    if head.startswith(_ZIP):
        raise UploadNotValid(Problem("file", "mining.file_binary"))
    return ".xes" if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"<log")) else ".csv"


def _stem(name: str) -> str:
    return re.sub(r"(\.(csv|tsv|txt|xes))?(\.gz)?$", "", name, flags=re.IGNORECASE) or name
