"""The front desk of documents: files put on records and given back so that no browser runs them."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from portulan.api.actors import actor_of
from portulan.api.answers import as_json
from portulan.base import clock
from portulan.records import documents, sniffing

router = Router(tags=["documents"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
_LOCKED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"


class DocumentRef(Schema):
    """A document that was received."""

    id: UUID


@router.post("/records/{object_name}/{row_id}/documents", response=DocumentRef)
def add_document(
    request: HttpRequest, object_name: str, row_id: Id, file: File[UploadedFile], series: UUID | None = None
) -> dict[str, Any]:
    """Keep a file on a record, as a new version of one that is there if its series is named."""
    sent = documents.Received(file.name or "", file.chunks(), series)
    made = documents.add(actor_of(request), object_name=object_name, row_id=row_id, file=sent, at=clock.now())
    return {"id": made}


@router.get("/records/{object_name}/{row_id}/documents")
def documents_of(request: HttpRequest, object_name: str, row_id: Id) -> HttpResponse:
    """Return the files of a record, the newest version of each with those before it."""
    return as_json(documents.documents(actor_of(request), object_name=object_name, row_id=row_id))


@router.get("/documents/{document_id}", response=None)
def get_document(request: HttpRequest, document_id: UUID, shown: bool = False) -> FileResponse:  # noqa: FBT001, FBT002 - a query parameter
    """Send a file, to be kept or, for pictures and PDF, shown where it stands."""
    content = documents.get_content(actor_of(request), document_id=document_id)
    shown = shown and content.media in sniffing.SHOWN
    response = FileResponse(content.file, content_type=content.media)
    way = "inline" if shown else "attachment"
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(content.name, safe='')}"
    response.headers["Content-Security-Policy"] = _LOCKED if shown else f"{_LOCKED}; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@router.delete("/documents/{document_id}", response={204: None})
def remove_document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Remove a file in all its versions."""
    documents.remove(actor_of(request), document_id=document_id, at=clock.now())
    return HttpResponse(status=204)
