"""Documents of records: files received, versioned, given back and removed, with the rights of their record.

Refuses what is too large and what is none of the kinds accepted (`sniffing`). A file lies in the storage
under its own id: what a person named is no path.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Max

from portulan.base import ids, uploads
from portulan.base.refusals import NotThere, NotValid
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import happenings, queries, rows, runtime, sniffing
from portulan.records.models import Document


class FileTooLarge(NotValid):
    """The file is larger than what is accepted."""

    code = "records.file_too_large"


@dataclass(frozen=True)
class Received:
    """A file on its way: the name that the person gave it, its content in pieces, what it is a version of."""

    name: str
    chunks: Iterable[bytes]
    series: UUID | None = None


@dataclass(frozen=True)
class Content:
    """A file as it leaves: what it is called, what it is, its bytes."""

    name: str
    media: str
    file: "File[bytes]"


def add(actor: Actor, *, object_name: str, row_id: int, file: Received, at: datetime) -> UUID:
    """Keep a file on a record, as the next version of its series, and return its id.

    :raises FileTooLarge: when it exceeds the limit of the settings.
    :raises FileNotAccepted: when it is none of the kinds accepted.
    """
    kind = runtime.current().object(object_name)
    with tempfile.TemporaryDirectory() as folder:
        arriving = Path(folder) / "arriving"
        limit = settings.MOST_DOCUMENT_BYTES
        size = uploads.receive(file.chunks, arriving, most=limit, too_large=FileTooLarge)
        media = sniffing.media_of(arriving)
        with transaction.atomic():
            rows.locked(actor, "update", object_name, row_id=row_id)
            made = _row(actor, kind, row_id, file, at)
            made.media, made.bytes = media, size
            made.save()
            what = happenings.DocumentAdded(str(made.pk), made.n, media, size)
            log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)
            with arriving.open("rb") as content:
                storages["documents"].save(_place(made.pk), File(content))
    return made.pk


def remove(actor: Actor, *, document_id: UUID, at: datetime) -> None:
    """Remove a file in all its versions.

    :raises NotThere: when there is none that the actor may see.
    """
    one = _seen(actor, document_id)
    kind = _kind(one.object)
    with transaction.atomic():
        rows.locked(actor, "update", kind.name, row_id=one.row)
        versions = Document.objects.filter(series=one.series, removed_at=None)
        what = happenings.DocumentRemoved(str(one.series), versions.count())
        log.append(what, actor=actor, subject=rows.subject(kind, one.row), at=at)
        _forget(list(versions.values_list("pk", flat=True)), at)


def erase(kind: Object, row_ids: Iterable[int], *, at: datetime) -> int:
    """Remove every file of records without a trace of their names, and return how many there were."""
    found = Document.objects.filter(object=kind.uid, row__in=list(row_ids))
    gone = list(found.values_list("pk", flat=True))
    with transaction.atomic():
        _forget(gone, at)
        found.update(name="")
    return len(gone)


def documents(actor: Actor, *, object_name: str, row_id: int) -> list[dict[str, Any]]:
    """Return the files of a record, the newest version of each with those before it.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    uid = runtime.current().object(object_name).uid
    found = list(Document.objects.filter(object=uid, row=row_id, removed_at=None).order_by("-at", "-n"))
    names = people.named(actor, ids={one.by_id for one in found if one.by_id})
    told: dict[UUID, dict[str, Any]] = {}
    for one in found:
        by = names.get(one.by_id or 0)
        said = {
            "id": str(one.pk),
            "n": one.n,
            "name": one.name,
            "media": one.media,
            "shown": one.media in sniffing.SHOWN,
            "bytes": one.bytes,
            "at": one.at.isoformat(),
            "by": by.name if by else None,
        }
        newest = told.setdefault(one.series, {**said, "series": str(one.series), "before": []})
        if newest["n"] != one.n:
            newest["before"].append(said)
    return list(told.values())


def get_content(actor: Actor, *, document_id: UUID) -> Content:
    """Return a file that is open.

    :raises NotThere: when there is none that the actor may see.
    """
    one = _seen(actor, document_id)
    return Content(one.name, one.media, storages["documents"].open(_place(one.pk)))


def _row(actor: Actor, kind: Object, row_id: int, file: Received, at: datetime) -> Document:
    series, n = file.series or ids.uuid7(), 1
    if file.series is not None:
        earlier = Document.objects.filter(series=series, object=kind.uid, row=row_id)
        n = (earlier.aggregate(last=Max("n"))["last"] or 0) + 1
        if n == 1:
            raise NotThere
    name = uploads.plain(file.name) or "document"
    return Document(series=series, n=n, object=kind.uid, row=row_id, name=name, at=at, by_id=actor.id)


def _seen(actor: Actor, document_id: UUID) -> Document:
    one = Document.objects.filter(pk=document_id, removed_at=None).first()
    if one is None:
        raise NotThere
    queries.require_seen(actor, object_name=_kind(one.object).name, row_id=one.row)
    return one


def _kind(uid: str) -> Object:
    found = next((one for one in runtime.current().blueprint.objects if one.uid == uid), None)
    if found is None:
        raise NotThere
    return found


def _forget(gone: list[UUID], at: datetime) -> None:
    """Take files away once the transaction that says so is kept."""
    Document.objects.filter(pk__in=gone).update(removed_at=at)
    transaction.on_commit(lambda: _delete(gone))


def _delete(gone: list[UUID]) -> None:
    for one in gone:
        storages["documents"].delete(_place(one))


def _place(document_id: UUID) -> str:
    text = str(document_id)
    return f"{text[-2:]}/{text}"
