"""The front desk of the blueprint: what the CRM is, what the maps would change, its versions, its file."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from portulan.api.actors import actor_of
from portulan.api.answers import language
from portulan.base import clock
from portulan.blueprint import queries
from portulan.blueprint.diff import Theme
from portulan.records import apply, configuration, plan, schema

router = Router(tags=["blueprint"])


class ChangeOut(Schema):
    """One change of the plan, said; `records` are the rows that it touches."""

    uid: str
    action: Literal["add", "remove", "rename", "change"]
    theme: Theme
    say: str
    details: list[str]
    warn: str | None
    destructive: bool
    records: int
    origin: dict[str, str] | None


class TargetOut(Schema):
    """A stage where records may go."""

    uid: str
    label: str


class FateOut(Schema):
    """What becomes of the records at a stage; without a place, somebody must choose a target."""

    pipeline: str
    stage: str
    label: str
    records: int
    incomplete: int
    missing: list[str]
    no_place: bool
    targets: list[TargetOut]
    target: str | None


class ProblemOut(Schema):
    """Why a plan cannot be applied."""

    where: str
    detail: str


class PlanOut(Schema):
    """What applying the published maps would change."""

    hash: str
    base_version: int
    empty: bool
    changes: list[ChangeOut]
    fates: list[FateOut]
    problems: list[ProblemOut]


class ApplyIn(Schema):
    """The plan that was read, and where records without a stage go."""

    hash: str
    base_version: int
    fates: dict[str, str] = {}


class UndoIn(Schema):
    """The version to take back, and where records without a stage go."""

    n: int
    fates: dict[str, str] = {}


class VersionOut(Schema):
    """The version now in force."""

    version: int


class PastVersionOut(Schema):
    """A version of the history."""

    n: int
    at: datetime
    author: str
    says: list[str]
    undoes: int | None
    undone: bool
    may_undo: bool


@router.get("/schema")
def get_schema(request: HttpRequest) -> Any:
    """Return the objects, fields and pipelines that the person may read."""
    return schema.schema(actor_of(request))


@router.get("/plan", response=PlanOut)
def get_plan(request: HttpRequest) -> Any:
    """Return what applying the published maps would change."""
    return plan.say(actor_of(request), plan.plan_of_maps(actor_of(request)), language(request))


@router.post("/plan/apply", response=VersionOut)
def apply_plan(request: HttpRequest, asked: ApplyIn) -> Any:
    """Apply the plan that was read, unless anything changed since."""
    read = plan.require_same(plan.plan_of_maps(actor_of(request)), asked.base_version, asked.hash)
    return {"version": apply.apply(actor_of(request), planned=read, choices=asked.fates, at=clock.now())}


@router.get("/versions", response=list[PastVersionOut])
def versions(request: HttpRequest) -> Any:
    """Return the versions, newest first, with what each changed."""
    return [asdict(one) for one in queries.versions(actor_of(request), lang=language(request))]


@router.post("/versions/undo", response=VersionOut)
def undo_version(request: HttpRequest, asked: UndoIn) -> Any:
    """Take the last version back, with its values and its moves."""
    undone = apply.undo(actor_of(request), n=asked.n, choices=asked.fates, at=clock.now())
    return {"version": undone}


@router.get("/configuration")
def export_configuration(request: HttpRequest) -> HttpResponse:
    """Return the whole configuration as one file: published maps and blueprint, canonical JSON."""
    raw = configuration.export(actor_of(request))
    disposition = 'attachment; filename="portulan-configuration.json"'
    return HttpResponse(raw, content_type="application/json", headers={"Content-Disposition": disposition})


@router.post("/configuration", response=VersionOut)
def import_configuration(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Take a configuration file: its maps are published and its blueprint is applied."""
    taken = configuration.take(actor_of(request), raw=file.read(), at=clock.now())
    return {"version": taken}
