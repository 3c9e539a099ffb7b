"""The front desk of approvals: what waits for a decision, asking, deciding, taking back."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, JsonValue

from portulan.api.actors import actor_of
from portulan.automation import approvals, requests
from portulan.base import clock

router = Router(tags=["automation"])
Comment = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class RequestOut(Schema):
    """What was asked about a record: by whom, who decides, what became of it."""

    id: UUID
    object: str
    row_id: int
    title: str
    label: str
    to: str
    state: str
    comment: str
    asked_at: datetime
    asked_by: str | None
    who: list[str]
    decided_at: datetime | None
    decided_by: str | None
    answer: str
    remind: str | None
    may_decide: bool
    may_withdraw: bool


class AgreementIn(Schema):
    """Where a record should go once it is agreed to, and what goes with the question."""

    to: Annotated[str, Field(max_length=48)]
    version: Annotated[int, Field(ge=1, lt=2**31)]
    values: dict[str, JsonValue] = {}
    comment: Comment = ""


class DecisionIn(Schema):
    """Whether one agrees, and why."""

    granted: bool
    comment: Comment = ""


@router.get("/approvals", response=list[RequestOut])
def to_decide(request: HttpRequest) -> Any:
    """Return what waits for the person’s decision, the longest waiting first."""
    return requests.to_decide(actor_of(request), at=clock.now())


@router.get("/approvals/stages", response=dict[str, int])
def waiting_by_stage(request: HttpRequest) -> Any:
    """Return how many records wait for a decision, by the stage where they stand."""
    return requests.by_stage(actor_of(request))


@router.get("/records/{object_name}/{row_id}/approvals", response=list[RequestOut])
def asked(request: HttpRequest, object_name: str, row_id: int) -> Any:
    """Return what was asked about a record, newest first."""
    return requests.of_record(actor_of(request), object_name=object_name, row_id=row_id, at=clock.now())


@router.post("/records/{object_name}/{row_id}/approvals", response={204: None})
def ask(request: HttpRequest, object_name: str, row_id: int, body: AgreementIn) -> None:
    """Ask those who may to agree that a record goes to a stage; it stays as it is until they decided."""
    asking = approvals.Asking(**body.dict())
    approvals.ask(actor_of(request), object_name=object_name, row_id=row_id, asking=asking, at=clock.now())


@router.post("/approvals/{request_id}/decision", response={204: None})
def decide(request: HttpRequest, request_id: UUID, body: DecisionIn) -> None:
    """Agree or refuse, once."""
    approvals.decide(actor_of(request), request_id=request_id, **body.dict(), at=clock.now())


@router.post("/approvals/{request_id}/withdraw", response={204: None})
def withdraw(request: HttpRequest, request_id: UUID) -> None:
    """Take a question back."""
    approvals.withdraw(actor_of(request), request_id=request_id, at=clock.now())
