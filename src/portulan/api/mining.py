"""The front desk of mining: logs dropped, imported and looked at."""

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Body, Field, File, Query, Router, Schema
from ninja.files import UploadedFile

from portulan.api.actors import actor_of
from portulan.api.answers import CSV, as_pieces
from portulan.base import clock
from portulan.maps import operations as maps
from portulan.maps.model import MapState
from portulan.mining import align, lately, operations, overlays, queries
from portulan.mining.conformance import AlignmentAnswer, ConformanceAnswer
from portulan.mining.preview import Preview
from portulan.mining.shapes import (
    BlockedAnswer,
    CasesPage,
    ChoicesAnswer,
    FlowAnswer,
    LogAnswer,
    OverlayAnswer,
    StageMeasure,
    WaitsAnswer,
)
from portulan.mining.tell import CasesAsked

router = Router(tags=["logs"], by_alias=True)


class LogRef(Schema):
    """A log that was received."""

    id: UUID


class JobRef(Schema):
    """A job that was queued."""

    job: UUID


class ImportIn(Schema):
    """What each column of a file is."""

    roles: dict[str, str] = {}
    day_first: bool | None = None


class MapRef(Schema):
    """A map that was drawn."""

    map_id: UUID


class DiscoverIn(Schema):
    """The map to draw from a log: its title, how much of the flow, one variant by its rank, or its model."""

    title: str = ""
    state: MapState = "as_is"
    subject: str | None = None
    paths: float | None = Field(default=None, ge=0, le=1)
    steps: float | None = Field(default=None, ge=0, le=1)
    variant: int | None = None
    filters: str = ""
    blocks: bool = False


class FlowIn(Schema):
    """How much of a flow to see, of which cases; `moving` while a slider moves."""

    paths: float | None = Field(default=None, ge=0, le=1)
    steps: float | None = Field(default=None, ge=0, le=1)
    filters: str = ""
    moving: bool = False


class AlignIn(Schema):
    """Which cases to align with a map, and within how many seconds."""

    log: str
    filters: str = ""
    seconds: float = Field(default=align.BUDGET, gt=0, le=align.BUDGET)


class CorrectedIn(AlignIn):
    """Which correction of an alignment to see the cases of, from which place on."""

    correction: str
    after: str = ""


class LatelyOut(Schema):
    """How often, by step, and by `step.touchpoint` or `step.signal`; what is not counted is absent."""

    days: int
    steps: dict[str, int]
    watched: dict[str, int]


@router.post("/logs", response=LogRef)
def upload_log(request: HttpRequest, file: File[UploadedFile]) -> LogRef:
    """Receive a file that is to become a log."""
    sent = operations.Upload(file.name or "", file.chunks())
    return LogRef(id=operations.upload(actor_of(request), file=sent, at=clock.now()))


@router.get("/logs", response=list[LogAnswer])
def logs(request: HttpRequest) -> list[LogAnswer]:
    """Return the logs, the newest first."""
    return queries.logs(actor_of(request))


@router.get("/logs/{log_id}", response=LogAnswer)
def log(request: HttpRequest, log_id: UUID) -> LogAnswer:
    """Return a log and where it stands."""
    return queries.get_log(actor_of(request), log_id=log_id)


@router.delete("/logs/{log_id}", response={204: None})
def delete_log(request: HttpRequest, log_id: UUID) -> None:
    """Delete a log and its file."""
    operations.delete(actor_of(request), log_id=log_id, at=clock.now())


@router.get("/logs/{log_id}/preview", response=Preview)
def preview_log(request: HttpRequest, log_id: UUID) -> Preview:
    """Return what the columns of a file seem to be, and what must be asked."""
    return queries.preview(actor_of(request), log_id=log_id)


@router.post("/logs/{log_id}/import", response=JobRef)
def import_log(request: HttpRequest, log_id: UUID, how: ImportIn) -> JobRef:
    """Queue the import of a log."""
    job = operations.start_import(
        actor_of(request), log_id=log_id, roles=how.roles, day_first=how.day_first, at=clock.now()
    )
    return JobRef(job=job)


@router.post("/logs/{log_id}/cancel", response=LogAnswer)
def cancel_import(request: HttpRequest, log_id: UUID) -> LogAnswer:
    """Ask the import of a log to stop."""
    operations.cancel_import(actor_of(request), log_id=log_id, at=clock.now())
    return queries.get_log(actor_of(request), log_id=log_id)


@router.get("/logs/{log_id}/rejected.csv", response=None)
def rejected_rows(request: HttpRequest, log_id: UUID) -> StreamingHttpResponse:
    """Return the rows set apart at the import, each with its reason, as CSV."""
    pieces = queries.rejected_csv(actor_of(request), log_id=log_id)
    return as_pieces(pieces, "lignes-ecartees.csv", CSV)


@router.get("/logs/{log_id}/flow", response=FlowAnswer)
def flow(request: HttpRequest, log_id: str, asked: Query[FlowIn]) -> FlowAnswer:
    """Return the flow of a log as it is shown, and what the picture leaves out."""
    how = queries.FlowAsked(**asked.dict())
    return queries.flow(actor_of(request), log=log_id, asked=how, at=clock.now())


@router.get("/logs/{log_id}/choices", response=ChoicesAnswer)
def choices(request: HttpRequest, log_id: str) -> ChoicesAnswer:
    """Return what the cases of a log can be chosen by."""
    return queries.choices(actor_of(request), log=log_id, at=clock.now())


@router.get("/logs/{log_id}/blocked", response=BlockedAnswer)
def blocked(request: HttpRequest, log_id: str, filters: str = "") -> BlockedAnswer:
    """Return where the cases of a log block."""
    return queries.blocked(actor_of(request), log=log_id, filters=filters, at=clock.now())


@router.get("/logs/{log_id}/waits", response=WaitsAnswer)
def waits(request: HttpRequest, log_id: str, step: str, filters: str = "") -> WaitsAnswer:
    """Return how long cases stay at a step."""
    return queries.waits(actor_of(request), log=log_id, step=step, filters=filters, at=clock.now())


@router.get("/logs/{log_id}/cases", response=CasesPage)
def cases(
    request: HttpRequest,
    log_id: str,
    step: str | None = None,
    blocked: bool = False,  # noqa: FBT001, FBT002 - a parameter of the address
    after: str = "",
    filters: str = "",
) -> CasesPage:
    """Return a page of the cases of a log, or of those that went through or wait at a step."""
    asked = CasesAsked(step, blocked, after)
    return queries.cases(actor_of(request), log=log_id, asked=asked, filters=filters, at=clock.now())


@router.post("/logs/{log_id}/discover", response=MapRef)
def discover(request: HttpRequest, log_id: str, wanted: DiscoverIn) -> MapRef:
    """Draw the map of a log as an ordinary draft."""
    how = operations.MapWanted(**wanted.dict())
    return MapRef(map_id=operations.discover(actor_of(request), log=log_id, wanted=how, at=clock.now()))


@router.get("/maps/{map_id}/overlay", response=OverlayAnswer)
def overlay(request: HttpRequest, map_id: UUID, log: str) -> OverlayAnswer:
    """Return a log projected on a map."""
    return overlays.overlay(actor_of(request), map_id=map_id, log=log, at=clock.now())


@router.get("/maps/{map_id}/conformance", response=ConformanceAnswer)
def conformance(request: HttpRequest, map_id: UUID, log: str, filters: str = "") -> ConformanceAnswer:
    """Return how a log keeps to a map: its deviations, and the share of cases that conform by month."""
    return overlays.conformance(actor_of(request), map_id=map_id, log=log, filters=filters, at=clock.now())


@router.get("/maps/{map_id}/alignment", response=AlignmentAnswer)
def alignment(request: HttpRequest, map_id: UUID, asked: Query[AlignIn]) -> AlignmentAnswer:
    """Return what would make the cases of a log follow a map: steps skipped, steps too many."""
    return overlays.alignment(actor_of(request), map_id=map_id, **asked.dict(), at=clock.now())


@router.get("/maps/{map_id}/alignment/cases", response=CasesPage)
def corrected_cases(request: HttpRequest, map_id: UUID, asked: Query[CorrectedIn]) -> CasesPage:
    """Return a page of the cases that a correction of an alignment is about."""
    which = overlays.Corrected(asked.correction, asked.seconds, asked.after)
    actor = actor_of(request)
    return overlays.corrected(
        actor, map_id=map_id, log=asked.log, filters=asked.filters, asked=which, at=clock.now()
    )


@router.get("/maps/{map_id}/lately", response=LatelyOut)
def happened_lately(request: HttpRequest, map_id: UUID) -> lately.Lately:
    """Return what happened in the last thirty days on a map: steps entered, touchpoints and signals."""
    return lately.lately(actor_of(request), map_id=map_id, at=clock.now())


@router.get("/maps/{map_id}/mapping", response=dict[str, str | None])
def mapping(request: HttpRequest, map_id: UUID, log: str) -> dict[str, str | None]:
    """Return which step of a map each label of a log stands for: what was saved, else a first guess."""
    return overlays.mapping(actor_of(request), map_id=map_id, log=log, at=clock.now())


@router.put("/maps/{map_id}/mapping", response=dict[str, str | None])
def save_mapping(
    request: HttpRequest, map_id: UUID, log: str, steps: Body[dict[str, str | None]]
) -> dict[str, str | None]:
    """Confirm which step of a map each label of a log stands for."""
    maps.set_mapping(actor_of(request), id=map_id, log_id=log, mapping=steps)
    return steps


@router.get("/pipelines/{uid}/measures", response=dict[str, StageMeasure])
def measures(request: HttpRequest, uid: str) -> dict[str, StageMeasure]:
    """Return what our own events say of each stage of a pipeline."""
    return overlays.measures(actor_of(request), pipeline=uid, at=clock.now())
