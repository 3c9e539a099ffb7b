"""What a map does not give a step where cases block: criteria, a content, somebody, a delay, a document.

Pure. Owns what would be drawn in its stead: what can be read from practice is (the delay that three visits in
four that advanced kept, the role that acts just before); what only people know is drawn as a line to fill in.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from portulan.base.durations import Duration
from portulan.maps import naming
from portulan.maps.model import Criterion, Delays, Map, Note, Step
from portulan.mining.study import Study
from portulan.mining.visits import ADVANCE
from portulan.mining.ways import ways

Lack = Literal["criteria", "content", "owner", "delay", "document"]
LACKS: tuple[Lack, ...] = get_args(Lack)
#: Of the visits that advanced, the share that a proposed delay covers; fewer visits propose none.
_KEPT, _LEAST = 0.75, 10
_WORKING_DAY = 7 * 3600


@dataclass(frozen=True)
class Filling:
    """What would be drawn at a step: the lines to fill in, by lack; who would act; the delay aimed at."""

    lines: Mapping[str, str]
    roles: tuple[str, ...] = ()
    delay: Duration | None = None


def lacking(drawn: Map, step_id: str) -> tuple[Lack, ...]:
    """Return what a map does not give a step.

    :raises KeyError: when the map has no such step.
    """
    step = drawn.step(step_id)
    given = {
        "criteria": bool(step.entry or step.exit),
        "content": bool(step.contents),
        "owner": bool(_acts(drawn, step)),
        "delay": step.delays.target is not None,
        "document": bool(step.documents),
    }
    return tuple(one for one in LACKS if not given[one])


def filling(drawn: Map, step_id: str, study: Study, lines: Mapping[str, str]) -> Filling:
    """Return what would be drawn at a step: from practice where it tells, else the lines given."""
    before = [source for source, target in ways(drawn) if target == step_id and source != step_id]
    roles = next((acts for one in before if (acts := _acts(drawn, drawn.step(one)))), ())
    return Filling(lines, roles, _delay(study, step_id))


def can_fill(lack: Lack, given: Filling) -> bool:
    """Return whether there is something to draw in the stead of a lack."""
    return bool({"owner": given.roles, "delay": given.delay}.get(lack, True))


def filled(drawn: Map, step_id: str, lack: Lack, given: Filling) -> Map:
    """Return a map with what a step lacks.

    :raises KeyError: when the map has no such step.
    """
    step = drawn.step(step_id)
    changed = step.model_copy(update=_change(drawn, step, lack, given))
    return drawn.model_copy(
        update={"steps": tuple(changed if one.id == step_id else one for one in drawn.steps)}
    )


def _change(drawn: Map, step: Step, lack: Lack, given: Filling) -> dict[str, object]:
    if lack == "owner":
        return {"actors": given.roles}
    if lack == "delay":
        return {"delays": Delays.model_validate({**step.delays.model_dump(), "target": given.delay})}
    label = given.lines[lack]
    uid = naming.free_uid(naming.uid_from(f"{lack} {step.id}"), _taken(drawn))
    if lack == "criteria":
        return {"exit": (Criterion(id=uid, label=label),)}
    return {{"content": "contents", "document": "documents"}[lack]: (Note(id=uid, label=label),)}


def _acts(drawn: Map, step: Step) -> tuple[str, ...]:
    """Return the roles that act at a step: its own, else that of its lane."""
    lane = next((one.role for one in drawn.lanes if one.id == step.lane), None)
    return step.actors or ((lane,) if lane else ())


def _taken(drawn: Map) -> set[str]:
    """Return every id that a step bears, of itself and of what is attached to it."""
    parts = ("entry", "exit", "contents", "documents", "risks", "signals", "systems", "information")
    inner = {one.id for step in drawn.steps for part in parts for one in getattr(step, part)}
    return inner | {step.id for step in drawn.steps}


def _delay(study: Study, step_id: str) -> Duration | None:
    """Return the working days within which three visits in four that advanced had left."""
    visits = study.visits
    here = (visits.step == study.state_code_of.get(step_id, -1)) & (visits.exit == ADVANCE)
    if int(here.sum()) < _LEAST:
        return None
    kept = float(np.quantile(visits.worked[here], _KEPT))
    return Duration(amount=max(math.ceil(kept / _WORKING_DAY), 1), unit="working_days")
