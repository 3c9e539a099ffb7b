"""The front desk of lists taken out: asked for with the filters of the list, fetched once written."""

from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from portulan.api.actors import actor_of
from portulan.api.records import Wanted
from portulan.automation import exports
from portulan.base import clock
from portulan.records import export

router = Router(tags=["records"])
_MOST_COLUMNS = 500
Name = Annotated[str, Field(max_length=80)]


class ExportIn(Wanted):
    """The list to take out: its filters and sort, its columns in their order, as CSV or as a workbook."""

    format: export.Format = "csv"
    columns: Annotated[list[Name], Field(max_length=_MOST_COLUMNS)] | None = None

    def wanted(self) -> export.Wanted:
        """Return it as the room of records reads it.

        :raises ConditionNotValid: when the condition is no JSON.
        """
        columns = None if self.columns is None else tuple(self.columns)
        return export.Wanted(self.asked(0), self.format, columns)


class ExportOut(Schema):
    """The job that writes the file: how it goes is asked of the jobs."""

    job: UUID


@router.post("/records/{object_name}/export", response=ExportOut)
def ask_export(request: HttpRequest, object_name: str, body: ExportIn) -> dict[str, UUID]:
    """Have the records that one may export written to a file, and return the job."""
    actor, wanted = actor_of(request), body.wanted()
    return {"job": exports.ask(actor, object_name=object_name, wanted=wanted, at=clock.now())}


@router.get("/exports/{job_id}", response=None)
def get_export(request: HttpRequest, job_id: UUID) -> FileResponse:
    """Send the file that a job wrote to who asked for it; it is kept for a day."""
    content = exports.get_content(actor_of(request), id=job_id, at=clock.now())
    answer = FileResponse(content.file, as_attachment=True, filename=content.name, content_type=content.media)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
