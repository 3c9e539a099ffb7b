"""The front desk of the blueprint: what the CRM is, its scenarios, its documents and its file."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from portulan.api.actors import actor_of
from portulan.api.answers import as_file, language
from portulan.api.plans import ApplyJobOut, PhaseAsked, ProblemOut
from portulan.automation import applying, recording, scenarios
from portulan.automation.outcome import Outcome
from portulan.base import clock
from portulan.blueprint import base_model
from portulan.blueprint.reading import read_back, read_story
from portulan.maps import codec
from portulan.measures import queries as measures
from portulan.records import configuration, schema

router = Router(tags=["blueprint"])


@router.get("/schema")
def get_schema(request: HttpRequest) -> Any:
    """Return the objects, fields and pipelines that the person may read, and whether a board opens."""
    actor = actor_of(request)
    return {**schema.schema(actor), "boards": bool(measures.boards(actor))}


class CheckOut(Schema):
    """Whether something expected is there, and why not."""

    green: bool
    reason: str | None


class PlayedOut(Schema):
    """An act that was played; `step` is where its record then stood on the map."""

    green: bool
    at: datetime
    step: str | None
    refused: str | None
    checks: list[CheckOut]


class OutcomeOut(Schema):
    """What came of a scenario; `failing` is the act where it turned red, `step` the step to light."""

    scenario: str
    green: bool
    failing: int | None
    step: str | None
    reason: str | None
    moments: list[PlayedOut]
    seconds: float


class MomentOut(Schema):
    """An act and what must then be true, in sentences."""

    when: str
    then: list[str]


class ScenarioOut(Schema):
    """A scenario in sentences, and what came of it on the map as it is now."""

    id: str
    title: str
    kind: Literal["use_case", "training"]
    today: str
    tomorrow: str
    given: list[str]
    moments: list[MomentOut]
    problems: list[ProblemOut]
    outcome: OutcomeOut | None


class RoleOut(Schema):
    """A role to play in."""

    uid: str
    label: str


class ScenariosOut(Schema):
    """The scenarios of a map."""

    roles: list[RoleOut]
    scenarios: list[ScenarioOut]
    played_at: datetime | None
    green: bool


class PlayIn(Schema):
    """The role in which everybody acts; none: each in their own."""

    role: str | None = None


class RecordedOut(Schema):
    """The map and the scenario that what people did was added to."""

    map_id: UUID
    scenario: str


class JobStartedOut(Schema):
    """The job that plays."""

    job: UUID


@router.get("/maps/{map_id}/scenarios", response=ScenariosOut)
def get_scenarios(request: HttpRequest, map_id: UUID) -> Any:
    """Return the scenarios of a map, and how they stand."""
    found = scenarios.stories(actor_of(request), map_id=map_id)
    return _scenarios(found, language(request))


@router.post("/maps/{map_id}/scenarios/run", response=JobStartedOut)
def play_scenarios(request: HttpRequest, map_id: UUID, asked: PlayIn) -> Any:
    """Play the scenarios of a map in a throw-away house."""
    return {
        "job": scenarios.ask(actor_of(request), map_id=map_id, role=asked.role, at=clock.now()),
    }


@router.post("/records/{object_name}/{row_id}/scenario", response=RecordedOut)
def record_scenario(request: HttpRequest, object_name: str, row_id: int) -> Any:
    """Add what people did on a record to the draft of its map, as a scenario."""
    map_id, scenario = recording.record(
        actor_of(request), object_name=object_name, row_id=row_id, at=clock.now()
    )
    return {"map_id": map_id, "scenario": scenario}


@router.post("/plan/scenarios", response=JobStartedOut)
def play_published(request: HttpRequest, phase: PhaseAsked = None) -> Any:
    """Play the scenarios of the published maps on what they would build, as far as a phase."""
    return {"job": scenarios.ask(actor_of(request), map_id=None, upto=phase, at=clock.now())}


@router.get("/configuration")
def export_configuration(request: HttpRequest) -> HttpResponse:
    """Return the whole configuration as one file: published maps and blueprint, canonical JSON."""
    raw = configuration.export(actor_of(request))
    return as_file(raw, "portulan-configuration.json", "application/json")


@router.post("/configuration", response=ApplyJobOut)
def import_configuration(request: HttpRequest, file: File[UploadedFile], motive: Form[str] = "") -> Any:
    """Queue a configuration file: its scenarios are played, its maps published, its blueprint applied."""
    job = applying.ask_take(actor_of(request), raw=file.read(), motive=motive, at=clock.now())
    return {"job": job}


def _scenarios(found: scenarios.Stories, lang: str) -> dict[str, Any]:
    return {
        "roles": [{"uid": uid, "label": label.say(lang)} for uid, label in found.roles],
        "scenarios": [
            {
                **one.scenario.model_dump(include={"id", "title", "kind", "today", "tomorrow"}),
                "given": one.told.given,
                "moments": [asdict(moment) for moment in one.told.moments],
                "problems": [{"where": each.where, "detail": each.say(lang)} for each in one.problems],
                "outcome": one.outcome and _outcome(one.outcome, lang),
            }
            for one in found.stories
        ],
        "played_at": found.played_at,
        "green": found.green,
    }


def _outcome(outcome: Outcome, lang: str) -> dict[str, Any]:
    said: dict[str, Any] = _said(outcome.model_dump(), lang)
    return said


def _said(value: Any, lang: str) -> Any:
    """Return a value whose labels in both languages are in one."""
    if isinstance(value, dict):
        if value.keys() == {"fr", "en"}:
            return value[lang]
        return {key: _said(inner, lang) for key, inner in value.items()}
    return [_said(inner, lang) for inner in value] if isinstance(value, list | tuple) else value


class DrawnIn(Schema):
    """A map as it is on screen."""

    map: dict[str, Any]


class SaidOut(Schema):
    """A rule or a promise of a map, by its id there: its sentence, and why it could not run."""

    id: str
    say: str
    problems: list[str]


@router.post("/maps/rules", response=list[SaidOut])
def read_rules(request: HttpRequest, drawn: DrawnIn) -> Any:
    """Return what a map says happens by itself, as sentences; nothing is saved."""
    return read_back(codec.read(drawn.map), base_model.load(), actor_of(request).lang)


class StoryIn(DrawnIn):
    """A map as it is on screen, and one of its scenarios."""

    scenario: str


class StoryMomentOut(Schema):
    """An act and what must then be true, in sentences."""

    when: str
    then: list[str]


class StoryOut(Schema):
    """A scenario in sentences, and why it could not be played."""

    given: list[str]
    moments: list[StoryMomentOut]
    problems: list[str]


@router.post("/maps/stories", response=StoryOut)
def read_scenario(request: HttpRequest, asked: StoryIn) -> Any:
    """Return a scenario of a map as sentences; nothing is saved."""
    lang = actor_of(request).lang
    story = read_story(codec.read(asked.map), asked.scenario, base_model.load(), lang)
    return {**vars(story.told), "problems": story.problems}
