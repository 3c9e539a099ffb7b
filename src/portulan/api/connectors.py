"""The front desk of the doors: files of records dropped, decided upon, imported and undone."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field, JsonValue

from portulan.api.actors import actor_of
from portulan.api.answers import CSV, as_json, as_pieces
from portulan.base import clock
from portulan.connectors import operations, queries
from portulan.connectors.choices import Choices

router = Router(tags=["imports"])
Said = Annotated[str, Field(max_length=300)]


class ImportRef(Schema):
    """An import that was received."""

    id: UUID


class WorkRef(Schema):
    """A piece of work that was queued."""

    job: UUID


class SheetIn(Schema):
    """The sheet of a workbook whose lines are to become records."""

    sheet: Annotated[str, Field(max_length=255)]


class SameIn(Schema):
    """What ways of writing stand for in a field; null: nothing."""

    target: Annotated[str, Field(max_length=60)]
    values: dict[Said, JsonValue]


@router.post("/imports", response=ImportRef)
def receive_import(request: HttpRequest, object_name: str, file: File[UploadedFile]) -> dict[str, Any]:
    """Receive a file whose lines are to become records."""
    sent = operations.Received(file.name or "", file.chunks())
    made = operations.upload(actor_of(request), object_name=object_name, file=sent, at=clock.now())
    return {"id": made}


@router.get("/imports")
def imports(request: HttpRequest) -> HttpResponse:
    """Return the imports, the newest first."""
    return as_json(queries.imports(actor_of(request)))


@router.get("/imports/{import_id}")
def one_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Return an import: where it stands, what was decided, what it would do or did."""
    return as_json(queries.get_import(actor_of(request), import_id=import_id))


@router.put("/imports/{import_id}/choices")
def choose(request: HttpRequest, import_id: UUID, choices: Choices) -> HttpResponse:
    """Decide what the columns of a file are, and how its lines become records."""
    actor = actor_of(request)
    operations.choose(actor, import_id=import_id, choices=choices)
    return as_json(queries.get_import(actor, import_id=import_id))


@router.put("/imports/{import_id}/sheet")
def pick_sheet(request: HttpRequest, import_id: UUID, body: SheetIn) -> HttpResponse:
    """Read another sheet of the workbook, whose columns are proposed anew."""
    actor = actor_of(request)
    operations.pick(actor, import_id=import_id, sheet=body.sheet)
    return as_json(queries.get_import(actor, import_id=import_id))


@router.post("/imports/{import_id}/look", response=WorkRef)
def look_at_import(request: HttpRequest, import_id: UUID) -> dict[str, Any]:
    """Queue a look at what every line would become; nothing is written."""
    return {"job": operations.look(actor_of(request), import_id=import_id, at=clock.now())}


@router.post("/imports/{import_id}/same", response={204: None})
def confirm_same(request: HttpRequest, import_id: UUID, same: SameIn) -> HttpResponse:
    """Confirm what ways of writing stand for; it is remembered."""
    operations.same(
        actor_of(request), import_id=import_id, target=same.target, values=same.values, at=clock.now()
    )
    return HttpResponse(status=204)


@router.get("/imports/{import_id}/options")
def import_options(request: HttpRequest, import_id: UUID, target: str, words: str = "") -> HttpResponse:
    """Return what a way of writing may be said to stand for."""
    return as_json(queries.options(actor_of(request), import_id=import_id, target=target, words=words))


@router.post("/imports/{import_id}/start", response=WorkRef)
def start_import(request: HttpRequest, import_id: UUID) -> dict[str, Any]:
    """Queue the import, or what is left of one that stopped."""
    return {"job": operations.start(actor_of(request), import_id=import_id, at=clock.now())}


@router.post("/imports/{import_id}/cancel", response={204: None})
def stop_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Ask what is under way to stop."""
    operations.cancel(actor_of(request), import_id=import_id, at=clock.now())
    return HttpResponse(status=204)


@router.post("/imports/{import_id}/undo", response=WorkRef)
def undo_import(request: HttpRequest, import_id: UUID) -> dict[str, Any]:
    """Queue the undoing of an import."""
    return {"job": operations.undo(actor_of(request), import_id=import_id, at=clock.now())}


@router.get("/imports/{import_id}/kept")
def kept_records(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Return the records that an undoing left as they are."""
    return as_json(queries.kept(actor_of(request), import_id=import_id))


@router.delete("/imports/{import_id}", response={204: None})
def forget_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Forget a file of which nothing was imported, or whose import was undone."""
    operations.forget(actor_of(request), import_id=import_id)
    return HttpResponse(status=204)


@router.get("/imports/{import_id}/refused.csv", response=None)
def refused_lines(request: HttpRequest, import_id: UUID) -> StreamingHttpResponse:
    """Return the refused lines, each with its reason, as CSV."""
    pieces = queries.refused_csv(actor_of(request), import_id=import_id)
    return as_pieces(pieces, "lignes-refusees.csv", CSV)
