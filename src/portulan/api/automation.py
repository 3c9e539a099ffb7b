"""The front desk of automation: jobs, rules with their switches and balance, what ran by itself, notices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import JsonValue

from portulan.api.actors import actor_of
from portulan.automation import (
    grammar,
    ledger,
    notices,
    operations,
    queries,
    rehearse,
    switches,
    tester,
    timing,
)
from portulan.base import clock
from portulan.base.durations import Duration

router = Router(tags=["jobs"])


class JobOut(Schema):
    """A piece of work and how far it is, from 0 to 1."""

    id: UUID
    kind: str
    state: str
    progress: float
    message: str
    result: Any = None
    error: str


@router.get("/jobs/{job_id}", response=JobOut)
def job(request: HttpRequest, job_id: UUID) -> Any:
    """Return how a job is going."""
    return queries.job_told(actor_of(request), id=job_id)


@router.post("/jobs/{job_id}/cancel", response=JobOut)
def cancel_job(request: HttpRequest, job_id: UUID) -> Any:
    """Ask a job to stop."""
    operations.cancel(actor_of(request), id=job_id, at=clock.now())
    return queries.job_told(actor_of(request), id=job_id)


class WordsOut(Schema):
    """A label in both languages."""

    fr: str
    en: str


class DrawnOnOut(Schema):
    """The element of a map that a rule is drawn on."""

    map_id: str
    map: str
    element: str


class OffOut(Schema):
    """Since when something is off, by whom (nobody: its own failures), why."""

    at: datetime
    by: str | None
    reason: str


class BalanceOut(Schema):
    """What a rule did in the last 90 days; `acted_on`: its tasks that people did."""

    waiting: int
    fired: int
    skipped: int
    cancelled: int
    refused: int
    failed: int
    tasks: int
    acted_on: int
    minutes_saved: int
    proposed_for_removal: bool


class RuleOut(Schema):
    """A rule as a sentence."""

    uid: str
    label: WordsOut
    say: str
    object: str
    origin: DrawnOnOut | None
    off: OffOut | None
    balance: BalanceOut


class RulesOut(Schema):
    """The rules in their order of execution; `held`: everything is held."""

    held: OffOut | None
    may_switch: bool
    rules: list[RuleOut]


class RunOut(Schema):
    """What a rule did, will do or left alone."""

    id: UUID
    rule: str
    version: int
    label: str
    say: str
    state: str
    why: str | None
    says: list[str]
    attempts: int
    at: datetime
    due_at: datetime
    ended_at: datetime | None
    did: list[dict[str, Any]]


class WouldOut(Schema):
    """What a rule would have done on a record."""

    row_id: int
    title: str
    at: datetime
    due_at: datetime
    outcome: str
    reason: str


class RehearsalOut(Schema):
    """A dry run: how often by outcome, and the records that one may see, newest first."""

    since: datetime
    until: datetime
    object: str
    counts: dict[str, int]
    rows: list[WouldOut]


class SpanOut(Schema):
    """A slot that counted, a closed time or a pause."""

    begins_at: datetime
    ends_at: datetime
    counts: bool
    why: str


class ClockOut(Schema):
    """The clock of a promise on a record, with every slot and pause."""

    measure: str
    turn: int
    label: str
    say: str
    state: str
    due_at: datetime | None
    promised_seconds: float | None
    consumed_seconds: float
    kept: bool | None
    spans: list[SpanOut]


class SeatedOut(Schema):
    """A person as the screens show them."""

    id: int
    name: str
    initials: str
    hue: int


class ConsideredOut(Schema):
    """How a person stood: chosen, able, or why not; `level` is what they have had for their share."""

    person: SeatedOut | None
    why: str
    level: float


class DecisionOut(Schema):
    """Who received a record and why."""

    at: datetime
    role: str
    person: SeatedOut | None
    reason: str
    considered: list[ConsideredOut]


class WouldGetOut(Schema):
    """Who would get a record, by which rule; then who in turn, if nobody took it up in time."""

    rule: str | None
    say: str
    role: str | None
    person: SeatedOut | None
    reason: str | None
    considered: list[ConsideredOut]
    within: Duration | None
    then: list[SeatedOut]


class SupposedIn(Schema):
    """A record that may not exist."""

    values: dict[str, JsonValue]


class SeatIn(Schema):
    """How much of a role a person takes."""

    weight: float = 1.0
    capacity: int | None = None
    skills: list[str] = []


class SwitchIn(Schema):
    """Whether a rule should run."""

    on: bool


class NoticeOut(Schema):
    """Something the product told a person."""

    id: UUID
    at: datetime
    say: str
    subject: str
    seen_at: datetime | None


class SeenIn(Schema):
    """The notices that were seen."""

    ids: list[UUID]


class InputOut(Schema):
    """Something that a trigger or an action asks for, and what it is filled with."""

    name: str
    label: str
    input: str
    required: bool
    default: str | int | bool | None


class WordOut(Schema):
    """A trigger or an action."""

    name: str
    label: str
    inputs: list[InputOut]


class StoryGrammarOut(Schema):
    """What scenarios may be made of."""

    acts: list[WordOut]
    expectations: list[WordOut]


class GrammarOut(Schema):
    """What rules may be made of."""

    triggers: list[WordOut]
    actions: list[WordOut]


@router.get("/rules/grammar", response=GrammarOut, tags=["automation"])
def rule_grammar(request: HttpRequest) -> Any:
    """Return the triggers and actions that rules may be made of."""
    lang = actor_of(request).lang
    return {"triggers": grammar.triggers(lang), "actions": grammar.actions(lang)}


@router.get("/scenarios/grammar", response=StoryGrammarOut, tags=["automation"])
def story_grammar(request: HttpRequest) -> Any:
    """Return the acts and expectations that scenarios may be made of."""
    lang = actor_of(request).lang
    return {"acts": grammar.acts(lang), "expectations": grammar.expectations(lang)}


@router.get("/rules", response=RulesOut, tags=["automation"])
def rules(request: HttpRequest) -> Any:
    """Return the rules with their switches and their balance."""
    return ledger.rules(actor_of(request), at=clock.now())


@router.put("/rules/{uid}/switch", response=RulesOut, tags=["automation"])
def switch(request: HttpRequest, uid: str, body: SwitchIn) -> Any:
    """Switch a rule on or off; `*` releases or holds everything."""
    turn = switches.switch_on if body.on else switches.switch_off
    turn(actor_of(request), rule=uid, at=clock.now())
    return ledger.rules(actor_of(request), at=clock.now())


@router.get("/rules/{uid}/rehearsal", response=RehearsalOut, tags=["automation"])
def rehearsal(request: HttpRequest, uid: str) -> Any:
    """Return what a rule would have done in the last month; nothing is changed."""
    return rehearse.rehearse(actor_of(request), uid=uid, at=clock.now())


@router.get("/records/{object_name}/{row_id}/runs", response=list[RunOut], tags=["automation"])
def runs(request: HttpRequest, object_name: str, row_id: int) -> Any:
    """Return what happened by itself to a record, newest first."""
    return ledger.of_record(actor_of(request), object_name=object_name, row_id=row_id)


@router.get("/records/{object_name}/{row_id}/clocks", response=list[ClockOut], tags=["automation"])
def clocks(request: HttpRequest, object_name: str, row_id: int) -> Any:
    """Return the clocks of a record, and why each due time is what it is."""
    return timing.clocks_of(actor_of(request), object_name=object_name, row_id=row_id, at=clock.now())


@router.post("/assignment/{object_name}/explain", response=WouldGetOut, tags=["automation"])
def explain(request: HttpRequest, object_name: str, body: SupposedIn) -> Any:
    """Return who would get a record with these values, by which rule, and why not the others."""
    return tester.explain(actor_of(request), object_name=object_name, given=body.values, at=clock.now())


@router.get("/records/{object_name}/{row_id}/decisions", response=list[DecisionOut], tags=["automation"])
def decisions(request: HttpRequest, object_name: str, row_id: int) -> Any:
    """Return who received a record and why, newest first."""
    return tester.decisions(actor_of(request), object_name=object_name, row_id=row_id)


@router.put("/seats/{role}/{person}", response={204: None}, tags=["automation"])
def seat(request: HttpRequest, role: str, person: int, body: SeatIn) -> None:
    """Say how much of a role a person takes."""
    tester.seat(actor_of(request), role=role, person=person, **body.dict())


@router.get("/notices", response=list[NoticeOut], tags=["automation"])
def told(request: HttpRequest, *, unseen: bool = False) -> Any:
    """Return what the product told the person, newest first."""
    return notices.notices(actor_of(request), unseen=unseen)


@router.post("/notices/seen", response={204: None}, tags=["automation"])
def seen(request: HttpRequest, body: SeenIn) -> None:
    """Note that notices were seen."""
    notices.see(actor_of(request), ids=body.ids, at=clock.now())
