"""What we ask of a CRM: requirements, their versions, the document as a file."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from portulan.api.actors import actor_of
from portulan.api.answers import as_file
from portulan.base import clock
from portulan.brief import operations, queries
from portulan.brief.document import Brief
from portulan.brief.pdf import write_pdf
from portulan.brief.requirements import Change, Kind
from portulan.brief.word import write_docx
from portulan.maps.model import Priority

router = Router(tags=["brief"])
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class RequirementOut(Schema):
    """A requirement; `element` is what to show on its map, `answers` the irritants that it answers."""

    reference: str
    key: str
    map: str
    process: str
    element: str
    step: str
    role: str
    rollout: int
    kind: Kind
    level: Priority
    text: str
    answers: list[str]
    change: Change


class GoneOut(Schema):
    """A requirement that is no more."""

    reference: str
    process: str
    text: str


class BriefVersionOut(Schema):
    """A version of the requirements that was kept."""

    n: int
    at: datetime
    author: str
    note: str


class BriefOut(Schema):
    """What is required; `maps` is the id of each map by its uid, `draft`: a map was published since."""

    requirements: list[RequirementOut]
    gone: list[GoneOut]
    versions: list[BriefVersionOut]
    maps: dict[str, str]
    draft: bool
    may_keep: bool


class KeepIn(Schema):
    """What a version is kept for."""

    note: str = ""


class KeptOut(Schema):
    """The number of the version."""

    n: int


@router.get("/brief", response=BriefOut)
def get_brief(request: HttpRequest) -> Any:
    """Return what the published maps require of a CRM, against the last version kept."""
    return queries.asked(actor_of(request))


@router.post("/brief/versions", response=KeptOut)
def keep_brief(request: HttpRequest, body: KeepIn) -> Any:
    """Keep the requirements as they are now, under a number."""
    return {"n": operations.keep(actor_of(request), note=body.note, at=clock.now())}


@router.get("/brief.docx")
def brief_docx(request: HttpRequest, version: int | None = None) -> HttpResponse:
    """Return the requirements document, of today or of a version kept, as a Word file."""
    return as_file(write_docx(_brief(request, version)), "cahier-des-charges.docx", _WORD)


@router.get("/brief.pdf")
def brief_pdf(request: HttpRequest, version: int | None = None) -> HttpResponse:
    """Return the requirements document, of today or of a version kept, as a PDF."""
    return as_file(write_pdf(_brief(request, version)), "cahier-des-charges.pdf", "application/pdf")


def _brief(request: HttpRequest, n: int | None) -> Brief:
    root = request.build_absolute_uri("/").rstrip("/")
    return queries.document(actor_of(request), n=n, root=root, at=clock.now())
