"""What practice shows, drawn into the map as it should be: a passage, a step, a longer delay.

Pure. Refuses what that map draws already, and what lies between steps that it does not have.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portulan.base.durations import Duration
from portulan.base.fold import fold
from portulan.base.refusals import NotNow
from portulan.maps import naming
from portulan.maps.model import Delays, Map, Passage, Step
from portulan.mining import project
from portulan.mining.project import Projection
from portulan.mining.study import Study
from portulan.mining.ways import ways

_MOVES = frozenset({"skipped", "back", "passage"})
#: The kinds of deviation that a drawing can take in.
KINDS = _MOVES | {"unknown", "slow"}
#: Of the stays at a step, the share that an adopted delay covers.
_COVERED = 0.9


class DrawnAlready(NotNow):
    """The map as it should be draws already what practice shows."""

    code = "mining.adopt_drawn"


class NotOnTarget(NotNow):
    """The map as it should be lacks the steps between which the deviation lies."""

    code = "mining.adopt_missing"


@dataclass(frozen=True)
class Practice:
    """A deviation as it would be drawn: between which steps, under which name, up to how long."""

    kind: str
    source: str
    target: str
    label: str
    longest: Duration | None = None


def practice(study: Study, found: Projection, places: Sequence[str | None], key: str) -> Practice:
    """Return what a deviation shows; `places` (k) names the step where each of the log stands.

    A step that is on no map lies between the steps that most often precede and follow it.
    """
    kind, _, rest = key.partition(":")
    source, _, target = rest.partition(">")
    if kind == "unknown":
        return Practice(
            kind,
            _beside(study, places, source, before=True),
            _beside(study, places, source, before=False),
            study.label(source),
        )
    longest = _longest(found, source) if kind == "slow" else None
    return Practice(kind, source, target, found.study.label(source), longest)


def adopt(target: Map, shown: Practice, taken: frozenset[str] = frozenset()) -> Map:
    """Return a map with what practice shows; a new step gets an id that is not `taken`.

    :raises DrawnAlready: when the map draws it.
    :raises NotOnTarget: when the map has not the steps it lies between.
    """
    known = {step.id for step in target.steps}
    if shown.kind == "unknown":
        return _with_step(target, shown, known | taken)
    if not {shown.source, shown.target} - {""} <= known:
        raise NotOnTarget(label=shown.label)
    return _slower(target, shown) if shown.kind == "slow" else _with_passage(target, shown)


def _with_passage(target: Map, shown: Practice) -> Map:
    if (shown.source, shown.target) in ways(target):
        raise DrawnAlready
    return target.model_copy(
        update={"passages": (*target.passages, _passage(target.passages, shown.source, shown.target))}
    )


def _with_step(target: Map, shown: Practice, taken: frozenset[str] | set[str]) -> Map:
    if any(fold(step.label) == fold(shown.label) for step in target.steps):
        raise DrawnAlready
    places = {step.id: place for place, step in enumerate(target.steps)}
    anchor = next((one for one in (shown.source, shown.target) if one in places), None)
    if anchor is None:
        raise NotOnTarget(label=shown.label)
    beside = target.step(anchor)
    uid = naming.free_uid(naming.uid_from(shown.label), taken)
    step = Step(id=uid, label=shown.label, lane=beside.lane, phase=beside.phase)
    at = places[anchor] + (anchor == shown.source)
    passages = target.passages
    if shown.source in places:
        passages = (*passages, _passage(passages, shown.source, uid))
    if shown.target in places:
        passages = (*passages, _passage(passages, uid, shown.target))
    return target.model_copy(
        update={"steps": (*target.steps[:at], step, *target.steps[at:]), "passages": passages}
    )


def _slower(target: Map, shown: Practice) -> Map:
    step = target.step(shown.source)
    limit = step.delays.maximum or step.delays.target
    name = "maximum" if step.delays.maximum else "target"
    if shown.longest is None or (limit and project.seconds(limit) >= project.seconds(shown.longest)):
        raise DrawnAlready
    delays = Delays.model_validate({**step.delays.model_dump(), name: shown.longest})
    slower = step.model_copy(update={"delays": delays})
    steps = tuple(slower if one.id == step.id else one for one in target.steps)
    return target.model_copy(update={"steps": steps})


def _passage(known: Sequence[Passage], source: str, target: str) -> Passage:
    uid = naming.free_uid(naming.uid_from(f"{source} {target}"), {one.id for one in known})
    return Passage(id=uid, source=source, target=target)


def _beside(study: Study, places: Sequence[str | None], step_id: str, *, before: bool) -> str:
    """Return the step of the map that most often stands just before a step of the log, or just after."""
    code, flow = study.code_of[step_id], study.flow
    here, there = (flow.target, flow.source) if before else (flow.source, flow.target)
    counts: dict[str, int] = {}
    for at in np.flatnonzero(here == code).tolist():
        place = places[int(there[at])]
        if place is not None:
            counts[place] = counts.get(place, 0) + int(flow.count[at])
    return max(sorted(counts), key=lambda one: counts[one]) if counts else ""


def _longest(found: Projection, step_id: str) -> Duration | None:
    """Return how long most stays at a step last, in whole units of the delay that they exceed."""
    step, study = found.drawn.step(step_id), found.study
    limit = step.delays.maximum or step.delays.target
    if limit is None or step_id not in study.state_code_of:
        return None
    length = study.visits.length(working=limit.unit.startswith("working"))
    here = length[study.visits.step == study.state_code_of[step_id]]
    if not len(here):
        return None
    unit = project.seconds(Duration(amount=1, unit=limit.unit))
    return Duration(amount=math.ceil(float(np.quantile(here, _COVERED)) / unit), unit=limit.unit)
