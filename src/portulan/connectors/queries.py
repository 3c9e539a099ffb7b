"""Reads of imports: where they stand, what their columns may become, what was refused, what was kept."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from portulan.automation import queries as jobs
from portulan.base.refusals import NotThere
from portulan.connectors import guess, linking, meanings, places, refusing, sheets
from portulan.connectors.choices import CREATED_AT, EXTERNAL, MOVED_AT, STAGE, Choices
from portulan.connectors.models import Import, ImportedRow
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import asked, runtime, scope, sight

_MOVING = {"import.look": "looking", "import.run": "importing", "import.undo": "undoing"}
_LIVE = ("queued", "running")
_SHOWN, _SAMPLES = 200, 4


def imports(actor: Actor) -> list[dict[str, Any]]:
    """Return the imports, the newest first."""
    rows = list(rights.visible(actor, "read", "import", Import.objects.order_by("-id"))[:_SHOWN])
    return _answers(actor, rows)


def get_import(actor: Actor, *, import_id: UUID) -> dict[str, Any]:
    """Return an import: where it stands, what was decided, what it would do or did.

    :raises NotThere: when there is none that the actor may see.
    """
    one = row(actor, import_id=import_id)
    kind = runtime.current().object(one.object)
    path = places.upload(one.pk, one.suffix)
    sample = [line.cells for line in islice(sheets.lines(path, one.sheet), _SAMPLES)] if path.exists() else []
    return _answers(actor, [one])[0] | {
        "header": one.header,
        "sheets": one.sheets,
        "sheet": one.sheet,
        "samples": [
            {"column": name, "values": [cells[at] for cells in sample if at < len(cells)]}
            for at, name in enumerate(one.header)
        ],
        "preset": guess.label(one.preset) if one.preset else "",
        "choices": one.choices,
        "targets": [*targets(actor, object_name=one.object)],
        "makeable": linking.makeable(actor, kind),
        "title": sight.title(kind),
        "report": one.report,
        "may_override": rights.allows(actor, "override", "record", one.object),
    }


def row(actor: Actor, *, import_id: UUID) -> Import:
    """Return the row of an import, for this room.

    :raises NotThere: when there is none that the actor may see.
    """
    found = rights.visible(actor, "read", "import", Import.objects.filter(pk=import_id)).first()
    if found is None:
        raise NotThere
    return found


def is_moving(actor: Actor, *, import_id: UUID) -> bool:
    """Return whether some work on an import is under way."""
    return _answers(actor, [row(actor, import_id=import_id)])[0]["state"] in _MOVING.values()


def targets(actor: Actor, *, object_name: str) -> tuple[str, ...]:
    """Return what a column may become: the fields that the actor writes, and what is no field."""
    kind = runtime.current().object(object_name)
    writable = scope.writable(runtime.current().blueprint, actor, kind)
    fields = [one.name for one in kind.fields if not one.archived and not one.system and one.name in writable]
    travels = any(
        one.object == kind.uid and not one.archived for one in runtime.current().blueprint.pipelines
    )
    return (*fields, EXTERNAL, *((STAGE, MOVED_AT) if travels else ()), CREATED_AT)


def options(actor: Actor, *, import_id: UUID, target: str, words: str) -> list[dict[str, Any]]:
    """Return what a way of writing may be said to stand for, by words of its label."""
    one = row(actor, import_id=import_id)
    kind, choices = runtime.current().object(one.object), Choices.model_validate(one.choices)
    resolver = meanings.resolvers(actor, kind, choices).get(target)
    return resolver.options(words) if resolver else []


def refused_csv(actor: Actor, *, import_id: UUID) -> Iterator[str]:
    """Return the refused lines as pieces of a CSV file."""
    one = row(actor, import_id=import_id)
    return refusing.as_csv(places.refused(one.pk), one.header, actor.lang)


def kept(actor: Actor, *, import_id: UUID) -> list[dict[str, Any]]:
    """Return the records that an undoing left as they are, because of what was done with them since."""
    one = row(actor, import_id=import_id)
    left = dict(ImportedRow.objects.filter(batch=one).exclude(kept="").values_list("row", "kept")[:_SHOWN])
    kind = runtime.current().object(one.object)
    title = sight.title(kind)
    rows = asked.seen(actor, one.object).filter(pk__in=list(left)).values_list("pk", title)
    found = [{"object": kind.name, "id": pk, "title": name, "why": left[pk]} for pk, name in rows]
    return [*found, *_kept_beside(actor, one)][:_SHOWN]


def _kept_beside(actor: Actor, one: Import) -> Iterator[dict[str, Any]]:
    left: dict[str, dict[int, str]] = {}
    for uid, pk, why in one.beside.exclude(kept="").values_list("object", "row", "kept")[:_SHOWN]:
        left.setdefault(uid, {})[pk] = why
    for kind in runtime.current().blueprint.objects:
        if kind.uid in left:
            rows = asked.seen(actor, kind.name).filter(pk__in=left[kind.uid])
            for pk, name in rows.values_list("pk", sight.title(kind)):
                yield {"object": kind.name, "id": pk, "title": name, "why": left[kind.uid][pk]}


def _answers(actor: Actor, rows: list[Import]) -> list[dict[str, Any]]:
    works = {
        job.pk: job for job in jobs.jobs(actors.system()).filter(pk__in=[one.job for one in rows if one.job])
    }
    names = people.named(actor, ids=[one.created_by_id for one in rows if one.created_by_id])
    return [_answer(actor, one, works.get(one.job) if one.job else None, names) for one in rows]


def _answer(actor: Actor, one: Import, job: Any, names: dict[int, people.Person]) -> dict[str, Any]:
    moving = job is not None and job.state in _LIVE
    author = names.get(one.created_by_id or 0)
    return {
        "id": str(one.pk),
        "object": one.object,
        "name": one.file_name,
        "bytes": one.file_bytes,
        "state": _MOVING[job.kind] if moving else _rest(one, job),
        "progress": job.progress if moving else None,
        "message": job.message if moving else "",
        "error": jobs.failure(actor, job=job) if job is not None else "",
        "at": one.created_at.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "by": author.name if author else "",
        "result": one.result,
        "undone": one.undone,
        "live": bool((one.choices or {}).get("live")),
    }


def _rest(one: Import, job: Any) -> str:
    if one.undone_at:
        return "undone"
    if one.ended_at:
        return "imported"
    if one.begun_at:
        return "stopped"
    if job is not None and job.state == "failed":
        return "failed"
    return "looked" if one.looked_at else "columns"
