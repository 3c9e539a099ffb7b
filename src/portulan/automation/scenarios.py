"""The scenarios of maps: told in sentences, played in a throw-away house as a job, their outcomes kept.

What is played is what would be built: the published maps, and the draft of the map at hand in place of its
published version. An outcome is kept under the hash of both, unless everybody acted in a chosen role.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.automation import operations as queue
from portulan.automation import sandbox
from portulan.automation.jobs import JobContext
from portulan.automation.outcome import Outcome, crashed, words_of
from portulan.automation.script import Case, Script
from portulan.base import clock, texts
from portulan.base.refusals import NotValid, Problem
from portulan.base.value import Words
from portulan.blueprint import base_model, local, operations, queries
from portulan.blueprint.check import check
from portulan.blueprint.check_scenarios import check_scenario
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.telling import Telling, tell
from portulan.blueprint.trials import Tried, key_of
from portulan.maps import queries as maps
from portulan.maps.model import Map
from portulan.maps.scenarios import Scenario
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import configuration, plan, runtime

RUN = "scenarios.run"
Tell = Callable[[float, str], None]


class RoleUnknown(NotValid):
    """There is no such role to play in."""

    code = "automation.role_unknown"


@dataclass(frozen=True)
class Story:
    """A scenario as a person reads it, and what came of it, unless it was not played on this map."""

    scenario: Scenario
    told: Telling
    problems: tuple[Problem, ...]
    outcome: Outcome | None


@dataclass(frozen=True)
class Stories:
    """The scenarios of a map; `played_at` is None when they were not played on what it would build now."""

    roles: tuple[tuple[str, Words], ...]
    stories: tuple[Story, ...]
    played_at: datetime | None
    green: bool


def stories(actor: Actor, *, map_id: UUID) -> Stories:
    """Return the scenarios of the draft of a map, told in the actor's language.

    :raises NotThere: when there is no such map.
    """
    drawn, wanted, problems = _built(actor, map_id)
    tried = queries.find_trial(actor, key=key_of(wanted, drawn)) if not problems else None
    outcomes = {one["scenario"]: Outcome.model_validate(one) for one in tried.outcomes} if tried else {}
    return Stories(
        roles=tuple((role.uid, role.label) for role in wanted.roles if not role.archived),
        stories=tuple(
            Story(
                one,
                tell(one, wanted, actor.lang),
                (*problems, *check_scenario(one, wanted)),
                outcomes.get(one.id),
            )
            for one in drawn.scenarios
        ),
        played_at=tried.at if tried else None,
        green=tried is not None and tried.green,
    )


def ask(
    actor: Actor, *, map_id: UUID | None, role: str | None = None, upto: int | None = None, at: datetime
) -> UUID:
    """Queue the scenarios of a map, or those of all published maps as far as a phase, and return the job.

    :raises NotThere: when there is no such map.
    :raises RoleUnknown: when nobody can play in that role.
    """
    if map_id is not None:
        _, wanted, _ = _built(actor, map_id)
        if role is not None and role not in {one.uid for one in wanted.roles if not one.archived}:
            raise RoleUnknown(role=role)
    payload = {"map": str(map_id) if map_id else None, "role": role, "upto": upto}
    key = f"{RUN}:{map_id}:{role}:{upto}:{actor.id}"
    return queue.enqueue(actor, kind=RUN, payload=payload, dedup_key=key, at=at)


def run(job: JobContext) -> dict[str, Any]:
    """Play the scenarios of a job and return their outcomes."""
    system = actors.system()
    actor = people.get_actor(system, id=job.created_by) if job.created_by else system
    if job.payload["map"] is None:
        outcomes = prove(actor, upto=job.payload.get("upto"), tell=job.progress, at=clock.now())
    else:
        drawn, wanted, problems = _built(actor, UUID(job.payload["map"]))
        role = job.payload["role"]
        outcomes = list(_played([drawn], wanted, problems, role, job.progress))
        if role is None and not problems:
            _keep(actor, drawn, wanted, outcomes, clock.now())
    green = sum(one.green for one in outcomes)
    told = [one.model_dump(mode="json") for one in outcomes]
    return {"total": len(outcomes), "green": green, "outcomes": told}


def prove(
    actor: Actor, *, upto: int | None = None, tell: Tell = lambda _share, _said: None, at: datetime
) -> list[Outcome]:
    """Play the scenarios of the published maps on what they would build, keep and return the outcomes.

    They are built as far as a phase of the rollout: the one in force by default.

    :raises MapsNotCompiled: when the maps cannot become one blueprint.
    """
    old = runtime.newest().blueprint
    published, wanted = plan.built_by_maps(actor, old, upto=upto or old.rollout)
    return _prove(actor, published, wanted, tell, at)


def take(actor: Actor, *, raw: bytes, motive: str = "", at: datetime) -> int:
    """Take a configuration file once its scenarios were played on what it builds; return the version.

    :raises ScenariosRed: when they are not green, and no motive is given.
    """
    if not motive:
        prove_file(actor, raw=raw, at=at)
    return configuration.take(actor, raw=raw, motive=motive, at=at)


def prove_file(actor: Actor, *, raw: bytes, tell: Tell = lambda _share, _said: None, at: datetime) -> None:
    """Play the scenarios of a configuration file on what it would build, unless they are green already."""
    rights.require(actor, "apply", "blueprint")
    found = configuration.planned(actor, raw=raw)
    if found.unproven and not found.problems:
        held = configuration.read(raw)
        _prove(actor, held.maps, held.blueprint, tell, at)


def _prove(actor: Actor, drawn: Sequence[Map], wanted: Blueprint, tell: Tell, at: datetime) -> list[Outcome]:
    outcomes = list(_played(drawn, wanted, check(wanted), None, tell))
    for one in drawn:
        if one.scenarios:
            _keep(actor, one, wanted, [each for each in outcomes if each.map == one.uid], at)
    return outcomes


def _built(actor: Actor, map_id: UUID) -> tuple[Map, Blueprint, Sequence[Problem]]:
    """Return a map's draft as a process to be, what it gives with the published ones, and what is wrong."""
    drawn = maps.get_map(actor, id=map_id).map.model_copy(update={"state": "to_be"})
    others = [one for one in maps.published(actor) if one.uid != drawn.uid]
    try:
        compiled = compile_maps([*others, drawn], base_model.load())
    except MapsNotCompiled as conflicts:
        return drawn, base_model.load(), tuple(conflicts.problems)
    wanted = local.lay(compiled, runtime.newest().blueprint.local)
    return drawn, wanted, tuple(check(wanted))


def _played(
    drawn: Sequence[Map], wanted: Blueprint, problems: Sequence[Problem], role: str | None, tell: Tell
) -> Iterator[Outcome]:
    """Yield what comes of each scenario; those that cannot be played are red without a house."""
    cases = [Case(map=one.uid, scenario=story) for one in drawn for story in one.scenarios]
    wrong = {
        case.scenario.id: found
        for case in cases
        if (found := (*problems, *check_scenario(case.scenario, wanted)))
    }
    sound = tuple(case for case in cases if case.scenario.id not in wrong)
    for case in cases:
        if case.scenario.id in wrong:
            reasons = words_of(_Wrong(*wrong[case.scenario.id]))
            yield crashed(case.map, case.scenario.id, reasons)
    script = Script(blueprint=wanted, cases=sound, role=role)
    for n, outcome in enumerate(sandbox.outcomes(script), 1):
        title = sound[n - 1].scenario.title
        tell(n / len(sound), texts.say("automation.playing", "fr", n=n, total=len(sound), title=title))
        yield outcome


class _Wrong(NotValid):
    """A scenario cannot be played on what the maps give."""

    code = "automation.red_invalid"


def _keep(actor: Actor, drawn: Map, wanted: Blueprint, outcomes: Sequence[Outcome], at: datetime) -> None:
    told = [one.model_dump(mode="json") for one in outcomes]
    green = all(one.green for one in outcomes)
    operations.keep_trial(actor, tried=Tried(key_of(wanted, drawn), drawn.uid, green, told, at))
