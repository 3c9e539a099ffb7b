"""Writes of imports: receive a file, decide what its columns are, look, import, stop, undo, forget."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from portulan.automation import operations as jobs
from portulan.base import ids, uploads
from portulan.base.refusals import NotNow, NotValid, Problem
from portulan.connectors import guess, linking, meanings, places, queries, sheets
from portulan.connectors.choices import CREATED_AT, EXTERNAL, MOVED_AT, STAGE, Choices
from portulan.connectors.models import Import, Remembered, Same
from portulan.connectors.resolving import key_of
from portulan.people import actor as actors
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import operations as records
from portulan.records import runtime, sight

LOOK, RUN, UNDO = "import.look", "import.run", "import.undo"
_SAMPLE = 200


class ImportTooLarge(NotValid):
    """The file is larger than what is accepted."""

    code = "connectors.upload_too_large"


class ChoicesNotValid(NotValid):
    """The columns cannot become records so."""

    code = "connectors.choices_not_valid"


class ImportMoving(NotNow):
    """Some work on the import is under way."""

    code = "connectors.moving"


class NotLookedAt(NotNow):
    """Nobody looked at what the import would do."""

    code = "connectors.not_looked_at"


class AlreadyImported(NotNow):
    """The file was imported."""

    code = "connectors.already_imported"


class NothingToUndo(NotNow):
    """The import did nothing, or was undone."""

    code = "connectors.nothing_to_undo"


@dataclass(frozen=True)
class Received:
    """A file on its way: the name that the person gave it, its content in pieces."""

    name: str
    chunks: Iterable[bytes]


def upload(actor: Actor, *, object_name: str, file: Received, at: datetime) -> UUID:
    """Keep a file whose lines are to become records, propose what its columns are, and return its id.

    :raises ImportTooLarge: when it exceeds the limit of the settings.
    :raises SheetNotReadable: when it is no table of records.
    """
    rights.require(actor, "create", "record", object_name)
    import_id = ids.uuid7()
    arriving = places.folder(import_id) / "arriving"
    try:
        size = uploads.receive(
            file.chunks, arriving, most=settings.MOST_UPLOAD_BYTES, too_large=ImportTooLarge
        )
        suffix = sheets.suffix_of(arriving)
        path = arriving.rename(places.upload(import_id, suffix))
        tabs = sheets.tabs(path)
        seen = _seen(actor, object_name, path, tabs[0].name if tabs else "")
    except NotValid:
        shutil.rmtree(places.folder(import_id), ignore_errors=True)
        raise
    Import.objects.create(
        id=import_id,
        object=object_name,
        file_name=uploads.plain(file.name) or "import",
        suffix=suffix,
        file_bytes=size,
        sheets=[asdict(one) for one in tabs],
        created_at=at,
        created_by_id=actor.id,
        **seen,
    )
    return import_id


def pick(actor: Actor, *, import_id: UUID, sheet: str) -> None:
    """Read another sheet of the workbook; what its columns are is proposed anew.

    :raises ChoicesNotValid: when the workbook has no such sheet.
    :raises SheetNotReadable: when the sheet is no table of records.
    """
    one = _still(actor, import_id)
    if sheet not in [each["name"] for each in one.sheets]:
        raise ChoicesNotValid(Problem("sheet", "connectors.no_such_sheet", {"name": sheet}))
    seen = _seen(actor, one.object, places.upload(import_id, one.suffix), sheet)
    Import.objects.filter(pk=import_id).update(report=None, looked_at=None, **seen)


def choose(actor: Actor, *, import_id: UUID, choices: Choices) -> None:
    """Decide what the columns of a file are; they are remembered for the next file that has them.

    :raises ChoicesNotValid: with everything that does not hold.
    """
    one = _still(actor, import_id)
    problems = list(_problems(actor, one, choices))
    if problems:
        raise ChoicesNotValid(*problems)
    held = choices.model_dump(mode="json")
    with transaction.atomic():
        Import.objects.filter(pk=import_id).update(choices=held, report=None, looked_at=None)
        Remembered.objects.update_or_create(
            object=one.object,
            header=_print_of(one.header),
            defaults={"choices": held | {"motive": ""}, "at": one.created_at},
        )


def look(actor: Actor, *, import_id: UUID, at: datetime) -> UUID:
    """Queue a look at what every line would become and return the job."""
    _still(actor, import_id)
    return _enqueue(actor, import_id, LOOK, at)


def same(actor: Actor, *, import_id: UUID, target: str, values: dict[str, Any], at: datetime) -> None:
    """Confirm what ways of writing stand for in a field: a value, or None for nothing.

    :raises ChoicesNotValid: when a value is none of the field.
    """
    one = _still(actor, import_id)
    kind, choices = runtime.current().object(one.object), Choices.model_validate(one.choices)
    resolver = meanings.resolvers(actor, kind, choices).get(target)
    wrong = resolver is None or any(v is not None and v not in resolver.labels for v in values.values())
    if wrong:
        raise ChoicesNotValid(Problem(target, "connectors.no_such_value"))
    place = meanings.place_of(target, choices)
    entries = [
        Same(object=kind.uid, field=place, said=key_of(said), value=value, at=at, by_id=actor.id)
        for said, value in values.items()
        if key_of(said)
    ]
    with transaction.atomic():
        Same.objects.bulk_create(
            list({entry.said: entry for entry in entries}.values()),
            update_conflicts=True,
            unique_fields=["object", "field", "said"],
            update_fields=["value", "at", "by"],
        )
        Import.objects.filter(pk=import_id).update(looked_at=None)


def start(actor: Actor, *, import_id: UUID, at: datetime) -> UUID:
    """Queue the import itself, or what is left of one that stopped, and return the job.

    :raises NotLookedAt: when nobody looked at what it would do.
    :raises AlreadyImported: when it was done.
    """
    one = _moved(actor, import_id)
    if one.ended_at or one.undone_at:
        raise AlreadyImported
    if one.looked_at is None:
        raise NotLookedAt
    rights.require(actor, "create", "record", one.object)
    return _enqueue(actor, import_id, RUN, at)


def cancel(actor: Actor, *, import_id: UUID, at: datetime) -> None:
    """Ask what is under way to stop; what was imported so far can be undone."""
    one = queries.row(actor, import_id=import_id)
    if one.job is not None:
        jobs.cancel(actors.system(), id=one.job, at=at)


def undo(actor: Actor, *, import_id: UUID, at: datetime) -> UUID:
    """Queue the undoing of an import and return the job.

    :raises NothingToUndo: when it did nothing or was undone.
    """
    one = _moved(actor, import_id)
    if one.begun_at is None or one.undone_at is not None:
        raise NothingToUndo
    return _enqueue(actor, import_id, UNDO, at)


def forget(actor: Actor, *, import_id: UUID) -> None:
    """Forget a file of which nothing was imported, or whose import was undone.

    :raises AlreadyImported: when records came from it.
    """
    one = _moved(actor, import_id)
    if one.begun_at is not None and one.undone_at is None:
        raise AlreadyImported
    Import.objects.filter(pk=import_id).delete()
    shutil.rmtree(places.folder(import_id), ignore_errors=True)


def _seen(actor: Actor, object_name: str, path: Path, sheet: str) -> dict[str, Any]:
    """Return what is seen of a file, or of one of its sheets: its columns, and what they seem to be."""
    header = sheets.header(path, sheet)
    sample = [line.cells for line in islice(sheets.lines(path, sheet), _SAMPLE)]
    preset = guess.preset_of(runtime.current().object(object_name), header)
    choices = _proposed(actor, object_name, header, sample, preset).model_dump(mode="json")
    return {"sheet": sheet, "header": list(header), "preset": preset, "choices": choices}


def _enqueue(actor: Actor, import_id: UUID, kind: str, at: datetime) -> UUID:
    with transaction.atomic():
        payload = {"import": str(import_id)}
        job = jobs.enqueue(actor, kind=kind, payload=payload, dedup_key=f"import:{import_id}", at=at)
        Import.objects.filter(pk=import_id).update(job=job)
    return job


def _moved(actor: Actor, import_id: UUID) -> Import:
    """Return an import on which no work is under way."""
    one = queries.row(actor, import_id=import_id)
    rights.require(actor, "update", "import", one)
    if queries.is_moving(actor, import_id=import_id):
        raise ImportMoving
    return one


def _still(actor: Actor, import_id: UUID) -> Import:
    """Return an import of which nothing was written."""
    one = _moved(actor, import_id)
    if one.begun_at is not None:
        raise AlreadyImported
    return one


def _proposed(
    actor: Actor, object_name: str, header: Sequence[str], sample: Sequence[Sequence[str]], preset: str
) -> Choices:
    remembered = Remembered.objects.filter(object=object_name, header=_print_of(header)).first()
    if remembered is not None:
        return Choices.model_validate(remembered.choices)
    kind = runtime.current().object(object_name)
    targets = queries.targets(actor, object_name=object_name)
    found = guess.columns(kind, frozenset(targets), header, sample)
    columns = {name: one.target for name, one in found.items()}
    travelled = [
        one for one in runtime.current().blueprint.pipelines if one.object == kind.uid and not one.archived
    ]
    named = sight.title(kind) in columns.values()
    by_target = {one.target: name for name, one in found.items()}
    links = [by_target[target] for target in ("account", "contact", "product") if target in by_target]
    return Choices(
        columns=columns,
        title=() if named else tuple(links),
        keys=guess.keys(kind, tuple(columns.values())),
        source=preset or ("file" if EXTERNAL in columns.values() else ""),
        pipeline=travelled[0].uid if travelled else None,
    )


def _problems(actor: Actor, one: Import, choices: Choices) -> Iterator[Problem]:
    targets = queries.targets(actor, object_name=one.object)
    kind = runtime.current().object(one.object)
    given = [target for target in choices.columns.values() if target]
    for name, target in choices.columns.items():
        if target and (name not in one.header or target not in targets):
            yield Problem(name, "connectors.no_such_target", {"column": name})
        elif target and given.count(target) > 1:
            yield Problem(name, "connectors.target_twice", {"column": name})
    title = sight.title(kind)
    held = {
        "title_missing": title in given or choices.title or choices.mode == "update",
        "source_missing": EXTERNAL not in given or choices.source,
        "name_unknown": set(choices.title) <= set(one.header),
        "key_without_column": set(choices.keys) <= {*given, title},
        "may_not_make": set(choices.make) <= set(linking.makeable(actor, kind)),
        "live_has_no_past": not choices.live or not {CREATED_AT, MOVED_AT} & set(given),
    }
    for name, holds in held.items():
        if not holds:
            yield Problem("", f"connectors.{name}", {"object": kind.label.fr})
    if choices.pipeline or {STAGE, MOVED_AT} & set(given):
        records.beginning(kind, choices.pipeline)


def _print_of(header: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(sorted(key_of(name) for name in header)).encode()).hexdigest()
