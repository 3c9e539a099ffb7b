"""The front desk of plans: what maps would change, applying it, versions, and why each part exists."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from portulan.api.actors import actor_of, enter_sandbox, leave_sandbox, sandbox_of
from portulan.api.answers import language
from portulan.api.local import HeldOut, said
from portulan.automation import applying, staging
from portulan.automation.applying import Asked
from portulan.base import clock
from portulan.blueprint import queries, reasons
from portulan.blueprint.diff import Theme
from portulan.blueprint.schema import LAST_PHASE
from portulan.records import apply, local, plan

router = Router(tags=["blueprint"])
#: The phase of the rollout up to which one plans; none: the one in force.
PhaseAsked = Annotated[int | None, Query(ge=1, le=LAST_PHASE)]


class ReasonOut(Schema):
    """The element of a map that asks for a part of the CRM, and the irritants that it answers."""

    map_id: str
    map: str
    element: str
    where: str
    phase: int
    priority: Literal["indispensable", "important", "optional"]
    irritants: list[str]


class ListedOut(Schema):
    """The list that shows records: its object, and the condition by which it filters."""

    object: str
    condition: dict[str, Any]


class ChangeOut(Schema):
    """One change of the plan, said; `records` are the rows that it touches, `listed` where they are seen."""

    uid: str
    action: Literal["add", "remove", "rename", "change"]
    theme: Theme
    say: str
    details: list[str]
    warn: str | None
    destructive: bool
    records: int
    listed: ListedOut | None
    reversible: bool
    reason: ReasonOut | None


class TargetOut(Schema):
    """A stage where records may go."""

    uid: str
    label: str


class FateOut(Schema):
    """What becomes of the records at a stage; without a place, somebody must choose a target."""

    object: str
    pipeline: str
    stage: str
    label: str
    records: int
    incomplete: int
    missing: list[str]
    lacking: list[str]
    no_place: bool
    targets: list[TargetOut]
    target: str | None


class ProblemOut(Schema):
    """Why a plan cannot be applied."""

    where: str
    detail: str


class StandingOut(Schema):
    """How the scenarios of a map stand on what would be built."""

    map: str
    title: str
    state: Literal["green", "red", "not_run"]
    total: int
    green: int
    red: list[str]


class PlanOut(Schema):
    """What applying the published maps would change."""

    hash: str
    phase: int
    base_version: int
    empty: bool
    changes: list[ChangeOut]
    fates: list[FateOut]
    problems: list[ProblemOut]
    scenarios: list[StandingOut]
    may_override: bool


class ApplyIn(Schema):
    """The plan that was read, where records without a stage go, why it is built with red scenarios."""

    phase: int | None = Field(default=None, ge=1, le=LAST_PHASE)
    hash: str
    base_version: int
    fates: dict[str, str] = {}
    motive: str = ""


class UndoIn(Schema):
    """The version to take back, and where records without a stage go."""

    n: int
    fates: dict[str, str] = {}
    motive: str = ""


class PastVersionOut(Schema):
    """A version of the history."""

    n: int
    at: datetime
    author: str
    says: list[str]
    undoes: int | None
    undone: bool
    may_undo: bool


@router.get("/plan", response=PlanOut)
def get_plan(request: HttpRequest, phase: PhaseAsked = None) -> Any:
    """Return what applying the published maps would change, as far as a phase of the rollout."""
    asked = plan.plan_of_maps(actor_of(request), upto=phase)
    return plan.say(actor_of(request), asked, language(request), at=clock.now())


class ApplyJobOut(Schema):
    """The job that builds."""

    job: UUID


class ApplyingOut(Schema):
    """What is being built: what it is at, how far from 0 to 1; or how it ended (`red`: for its scenarios)."""

    job: UUID
    kind: Literal["apply", "undo", "take"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float
    step: Literal[
        "waiting", "reading", "scenarios", "lock", "records", "schema", "backfill", "indexes", "checks"
    ]
    error: str
    red: bool
    version: int | None
    by: str | None
    at: datetime
    may_stop: bool


@router.post("/plan/apply", response=ApplyJobOut)
def apply_plan(request: HttpRequest, asked: ApplyIn) -> Any:
    """Queue the plan that was read, unless anything changed since."""
    return {"job": applying.ask(actor_of(request), asked=Asked(**asked.dict()), at=clock.now())}


@router.get("/plan/applying", response=ApplyingOut | None)
def get_applying(request: HttpRequest) -> Any:
    """Return how what is being built goes, or how the last one ended when nothing was built since."""
    return applying.find_last(actor_of(request))


class WhyOut(Schema):
    """What a part of the CRM is, and why; without a reason, the base model."""

    label: str
    facts: list[str]
    reasons: list[ReasonOut]
    held: HeldOut | None


@router.get("/why/{theme}/{path:path}", response=WhyOut)
def why(request: HttpRequest, theme: Theme, path: str) -> Any:
    """Return why a field, a stage, a passage, a rule or a role exists; `path` are its uids, outer first."""
    lang = language(request)
    known = reasons.why(actor_of(request), theme=theme, path=path, lang=lang)
    held = local.held(actor_of(request), theme=theme, path=path)
    return {**known, "held": held and said(held, lang)}


@router.get("/versions", response=list[PastVersionOut])
def versions(request: HttpRequest) -> Any:
    """Return the versions, newest first, with what each changed."""
    return [asdict(one) for one in queries.versions(actor_of(request), lang=language(request))]


class ChangedOut(Schema):
    """A change of a version, and what it consisted of."""

    say: str
    details: list[str]


class PastOut(Schema):
    """What a version changed, and how many records it moved."""

    n: int
    changes: list[ChangedOut]
    moved: int


@router.get("/versions/{int:n}", response=PastOut)
def get_version(request: HttpRequest, n: int) -> Any:
    """Return what a version changed, fact by fact, and its effect on the records."""
    return plan.past(actor_of(request), n=n, lang=language(request))


@router.get("/versions/{int:n}/undo", response=PlanOut)
def get_undoing(request: HttpRequest, n: int) -> Any:
    """Return what taking a version back would change: what goes with it, which records came since."""
    undone = apply.undoing(actor_of(request), n=n)
    return plan.say(actor_of(request), undone, language(request), at=clock.now())


@router.post("/versions/undo", response=ApplyJobOut)
def undo_version(request: HttpRequest, asked: UndoIn) -> Any:
    """Queue that the last version is taken back, with its values and its moves."""
    job = applying.ask_undo(
        actor_of(request), n=asked.n, choices=asked.fates, motive=asked.motive, at=clock.now()
    )
    return {"job": job}


class SandboxIn(Schema):
    """Where records without a stage go in the sandbox; those that nobody said go to the first stage."""

    fates: dict[str, str] = {}


class SandboxOut(Schema):
    """The sandbox of the person: since when there is one, and whether this session works in it."""

    built_at: datetime | None
    inside: bool


class SandboxJobOut(Schema):
    """The job that builds."""

    job: UUID


@router.get("/sandbox", response=SandboxOut)
def get_sandbox(request: HttpRequest) -> Any:
    """Return whether the person has a sandbox."""
    built_at = staging.built_at(actor_of(request))
    return {"built_at": built_at, "inside": sandbox_of(request) is not None}


@router.post("/sandbox", response=SandboxJobOut)
def build_sandbox(request: HttpRequest, asked: SandboxIn) -> Any:
    """Queue a sandbox of what the published maps would build, with a sample of the records."""
    return {"job": staging.ask(actor_of(request), fates=asked.fates, at=clock.now())}


@router.post("/sandbox/enter", response={204: None})
def go_in(request: HttpRequest) -> None:
    """Have this session work in the person's sandbox."""
    enter_sandbox(request)


@router.post("/sandbox/leave", response={204: None})
def go_out(request: HttpRequest) -> None:
    """Have this session work in the real house again."""
    leave_sandbox(request)


@router.delete("/sandbox", response={204: None})
def throw_sandbox_away(request: HttpRequest) -> None:
    """Leave the sandbox and throw it away."""
    leave_sandbox(request)
    staging.throw_away(actor_of(request))
