"""A scenario played: acts through the very operations of the screens, expectations checked after each.

Time is the scene's own: it goes on by a minute with every act and by working time when the scenario waits;
what the rules do by themselves is done at its moment.
Changes whatever database it runs on: only a throw-away house may call it.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from portulan.automation import expect, worker
from portulan.automation.outcome import Outcome, Played, words, words_of
from portulan.automation.scene import ACTIVITY, Scene
from portulan.base import calendar as calendars
from portulan.base.fold import fold
from portulan.base.refusals import NotThere, Refusal
from portulan.maps.scenarios import (
    Act,
    Answer,
    AtStage,
    Create,
    Finish,
    Given,
    LogActivity,
    Moment,
    Refused,
    Scenario,
    Update,
    Wait,
)
from portulan.maps.scenarios import Move as MoveAct
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import operations
from portulan.records.operations import Move

_MINUTE = timedelta(minutes=1)


class TaskNotThere(NotThere):
    """The record has no open task of that name."""

    code = "automation.task_not_there"


def play(map_uid: str, scenario: Scenario, people: Mapping[str, Actor]) -> Outcome:
    """Play a scenario and return what came of it; `people` are those who act, by alias."""
    scene = Scene(people)
    try:
        for one in scenario.given:
            _give(scene, one)
        worker.settle(at=scene.at)
    except Refusal as refusal:
        reason = words("automation.red_given", reasons=words_of(refusal))
        return Outcome(map=map_uid, scenario=scenario.id, green=False, reason=reason)
    played: list[Played] = []
    for moment in scenario.moments:
        played.append(_moment(scene, moment))
        if scene.refusal is not None and not _expects_refusal(moment):
            break
    return _outcome(map_uid, scenario, played)


def _outcome(map_uid: str, scenario: Scenario, played: list[Played]) -> Outcome:
    failing = next((index for index, one in enumerate(played) if not one.green), None)
    if failing is None:
        return Outcome(map=map_uid, scenario=scenario.id, green=True, moments=tuple(played))
    red = played[failing]
    reasons = (one.reason for one in red.checks if one.reason)
    return Outcome(
        map=map_uid,
        scenario=scenario.id,
        green=False,
        failing=failing,
        step=red.step,
        reason=next(reasons, red.refused),
        moments=tuple(played),
    )


def _give(scene: Scene, one: Given) -> None:
    system = actors.system()
    given = scene.resolve(one.object, one.values)
    if one.owner is not None:
        given["owner"] = scene.people[one.owner].id
    row_id = operations.create(system, object_name=one.object, given=given, at=scene.at)
    scene.records[one.id] = (one.object, row_id)
    row = scene.row(one.id)
    if one.stage is not None and row.stage != one.stage:
        to = Move(one.stage, row.version, motive="–", override=True)
        operations.move(system, object_name=one.object, row_id=row_id, move=to, at=scene.at)


def _moment(scene: Scene, moment: Moment) -> Played:
    scene.refusal = None
    scene.at += _MINUTE
    try:
        _ACTS[type(moment.act)](scene, moment.act)
        worker.settle(at=scene.at)
    except Refusal as refusal:
        scene.refusal = refusal
    refused = words_of(scene.refusal) if scene.refusal else None
    step = scene.lit = scene.step(getattr(moment.act, "record", None)) or scene.lit
    if refused and not _expects_refusal(moment):
        return Played(green=False, at=scene.at, step=step, refused=refused)
    checks = tuple(expect.check(scene, one) for one in moment.then)
    red = next((one for one, made in zip(moment.then, checks, strict=True) if not made.green), None)
    return Played(
        green=red is None,
        at=scene.at,
        step=_lit(scene, red, step) if red else step,
        refused=refused,
        checks=checks,
    )


def _lit(scene: Scene, red: Any, step: str | None) -> str | None:
    """Return the step to light for a red expectation."""
    if isinstance(red, AtStage):
        return red.stage
    return scene.step(getattr(red, "record", None)) or step


def _expects_refusal(moment: Moment) -> bool:
    return any(isinstance(one, Refused) for one in moment.then)


def _create(scene: Scene, act: Create) -> None:
    given = scene.resolve(act.object, act.values)
    row_id = operations.create(scene.people[act.by], object_name=act.object, given=given, at=scene.at)
    scene.records[act.record] = (act.object, row_id)


def _update(scene: Scene, act: Update) -> None:
    name, row_id = scene.records[act.record]
    operations.update(
        scene.people[act.by],
        object_name=name,
        row_id=row_id,
        version=scene.row(act.record).version,
        given=scene.resolve(name, act.values),
        at=scene.at,
    )


def _move(scene: Scene, act: MoveAct) -> None:
    name, row_id = scene.records[act.record]
    given = scene.resolve(name, act.values)
    to = Move(act.to, scene.row(act.record).version, given, act.motive, act.override)
    operations.move(scene.people[act.by], object_name=name, row_id=row_id, move=to, at=scene.at)


def _log(scene: Scene, act: LogActivity | Answer) -> None:
    given = {
        "name": act.label,
        "kind": act.kind,
        "direction": "inbound" if isinstance(act, Answer) else "outbound",
        "done_at": scene.at.isoformat(),
        scene.link(act.record): scene.records[act.record][1],
    }
    operations.create(scene.people[act.by], object_name=ACTIVITY, given=given, at=scene.at)


def _finish(scene: Scene, act: Finish) -> None:
    open_tasks = scene.tasks(act.record).filter(done_at__isnull=True)
    found = next((row for row in open_tasks if fold(act.label) in fold(row.name)), None)
    if found is None:
        raise TaskNotThere(label=act.label)
    operations.update(
        scene.people[act.by],
        object_name=ACTIVITY,
        row_id=found.pk,
        version=found.version,
        given={"done_at": scene.at.isoformat()},
        at=scene.at,
    )


def _wait(scene: Scene, act: Wait) -> None:
    """Let time go by, stopping whenever something is due, so that each happens at its own moment."""
    until = calendars.DEFAULT.add(scene.at, act.span)
    while due := worker.next_moment(until):
        scene.at = max(scene.at, due)
        if not worker.settle(at=scene.at):
            break
    scene.at = until


_ACTS: dict[type[Act], Callable[[Scene, Any], None]] = {
    Create: _create,
    Update: _update,
    MoveAct: _move,
    LogActivity: _log,
    Answer: _log,
    Finish: _finish,
    Wait: _wait,
}
