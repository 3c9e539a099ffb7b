"""The front desk of what is made of a log: analyses, comparisons, changes, dots, replays, files taken."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Field, Query, Router, Schema

from portulan.api.actors import actor_of
from portulan.api.answers import as_pieces
from portulan.api.mining import JobRef
from portulan.api.records import Id
from portulan.base import clock
from portulan.mining import ahead, analyses, modelling, queries, taken, why
from portulan.mining.dots import MOST
from portulan.mining.modelled import ModelAnswer
from portulan.mining.outlook import AheadAnswer, ForesightAnswer
from portulan.mining.queries import FlowAsked
from portulan.mining.shapes import (
    AnalysisAnswer,
    ComparisonAnswer,
    DotsAnswer,
    DriftAnswer,
    ReplayAnswer,
    WorthAnswer,
)
from portulan.mining.taken import Form
from portulan.mining.why import WhyAnswer
from portulan.mining.winners import WinningAnswer
from portulan.people.sharing import Shared, Wanted

router = Router(tags=["logs"], by_alias=True)
Most = Annotated[int, Query(ge=1, le=MOST)]


class AnalysisIn(Schema):
    """An analysis to keep: its name, what the address of its screen holds, for whom."""

    name: str
    search: dict[str, Any] = {}
    shared: Shared = "me"
    role: str = ""


class TakenIn(Schema):
    """How much of a flow a file shows, of which cases."""

    paths: float | None = Field(default=None, ge=0, le=1)
    steps: float | None = Field(default=None, ge=0, le=1)
    filters: str = ""


class ModelIn(Schema):
    """Of which cases to search the model; a patient search lasts longer."""

    filters: str = ""
    patient: bool = False


@router.get("/logs/{log_id}/analyses", response=list[AnalysisAnswer])
def saved_analyses(request: HttpRequest, log_id: UUID) -> list[AnalysisAnswer]:
    """Return the saved analyses of a log that one may open."""
    return analyses.analyses(actor_of(request), log_id=log_id)


@router.post("/logs/{log_id}/analyses", response=AnalysisAnswer)
def save_analysis(request: HttpRequest, log_id: UUID, analysis: AnalysisIn) -> AnalysisAnswer:
    """Keep an analysis of a log."""
    wanted = Wanted(**analysis.dict())
    return analyses.save(actor_of(request), log_id=log_id, wanted=wanted, at=clock.now())


@router.put("/analyses/{analysis_id}", response=AnalysisAnswer)
def change_analysis(request: HttpRequest, analysis_id: UUID, analysis: AnalysisIn) -> AnalysisAnswer:
    """Replace an analysis: its name, its filters, whom it is for."""
    wanted = Wanted(**analysis.dict())
    return analyses.change(actor_of(request), analysis=analysis_id, wanted=wanted, at=clock.now())


@router.delete("/analyses/{analysis_id}", response={204: None})
def remove_analysis(request: HttpRequest, analysis_id: UUID) -> None:
    """Take an analysis away; it can be put back."""
    analyses.remove(actor_of(request), analysis=analysis_id, at=clock.now())


@router.post("/analyses/{analysis_id}/restore", response=AnalysisAnswer)
def restore_analysis(request: HttpRequest, analysis_id: UUID) -> AnalysisAnswer:
    """Put back an analysis that was taken away."""
    return analyses.restore(actor_of(request), analysis=analysis_id, at=clock.now())


@router.get("/logs/{log_id}/taken/{form}", response=None)
def take(request: HttpRequest, log_id: UUID, form: Form, asked: Query[TakenIn]) -> StreamingHttpResponse:
    """Return a view of a log as a file: its tables (CSV), picture (SVG), model (BPMN), cases (XES)."""
    how = FlowAsked(**asked.dict())
    file = taken.take(actor_of(request), log_id=log_id, form=form, asked=how, at=clock.now())
    return as_pieces(file.pieces, file.name, file.media)


@router.get("/logs/{log_id}/changes", response=DriftAnswer)
def changes(request: HttpRequest, log_id: str, filters: str = "") -> DriftAnswer:
    """Return when the process of a log changed, and what shifted."""
    return queries.changes(actor_of(request), log=log_id, filters=filters, at=clock.now())


@router.get("/logs/{log_id}/model", response=ModelAnswer)
def model(request: HttpRequest, log_id: str, filters: str = "") -> ModelAnswer:
    """Return the model in blocks of a log, how well it tells of it, and how the search for it goes."""
    return modelling.model(actor_of(request), log=log_id, filters=filters, at=clock.now())


@router.post("/logs/{log_id}/model", response=JobRef)
def search_model(request: HttpRequest, log_id: str, asked: ModelIn) -> JobRef:
    """Queue the search for the model in blocks of a log."""
    job = modelling.ask(actor_of(request), log=log_id, **asked.dict(), at=clock.now())
    return JobRef(job=job)


@router.get("/logs/{log_id}/flow/worth", response=WorthAnswer)
def flow_worth(request: HttpRequest, log_id: str, asked: Query[TakenIn]) -> WorthAnswer:
    """Return the fitness and the precision of the flow as it is shown, and what it leaves out."""
    how = FlowAsked(**asked.dict())
    return queries.picture_worth(actor_of(request), log=log_id, asked=how, at=clock.now())


@router.get("/logs/{log_id}/comparison", response=ComparisonAnswer)
def comparison(request: HttpRequest, log_id: str, before: str, after: str) -> ComparisonAnswer:
    """Return how the cases that pass some filters differ from those that pass others."""
    return queries.comparison(actor_of(request), log=log_id, before=before, after=after, at=clock.now())


@router.get("/logs/{log_id}/winning", response=WinningAnswer)
def winning(request: HttpRequest, log_id: str, filters: str = "") -> WinningAnswer:
    """Return what the contacts of the won cases of a log have that those of the lost ones have not."""
    return queries.winning(actor_of(request), log=log_id, filters=filters, at=clock.now())


@router.get("/logs/{log_id}/why", response=WhyAnswer)
def why_waiting(
    request: HttpRequest, log_id: str, step: str, target: str | None = None, filters: str = ""
) -> WhyAnswer:
    """Return why cases wait after a step, or on the way to another: causes, what goes with blocking."""
    actor, at = actor_of(request), clock.now()
    return why.why(actor, log=log_id, step=step, target=target, filters=filters, at=at)


@router.get("/logs/{log_id}/foresight", response=ForesightAnswer)
def foresight(request: HttpRequest, log_id: str, filters: str = "") -> ForesightAnswer:
    """Return how well the next step and the time left of the cases of a log are foreseen, and what is."""
    return queries.foresight(actor_of(request), log=log_id, filters=filters, at=clock.now())


@router.get("/records/{object_name}/{row_id}/ahead", response=AheadAnswer | None)
def record_ahead(request: HttpRequest, object_name: str, row_id: Id) -> AheadAnswer | None:
    """Return the likely next stage of a record and how long it still lasts, or null when nothing is known."""
    return ahead.ahead(actor_of(request), object_name=object_name, row_id=row_id, at=clock.now())


@router.get("/logs/{log_id}/dots", response=DotsAnswer)
def dots(request: HttpRequest, log_id: str, filters: str = "", most: Most = MOST) -> DotsAnswer:
    """Return the events of a log as dots, in columns, of as many whole cases as hold `most` events."""
    return queries.dots(actor_of(request), log=log_id, filters=filters, most=most, at=clock.now())


@router.get("/logs/{log_id}/replay", response=ReplayAnswer)
def replay(request: HttpRequest, log_id: str, case: str) -> ReplayAnswer:
    """Return a case of a log event by event."""
    return queries.replay(actor_of(request), log=log_id, case=case, at=clock.now())
