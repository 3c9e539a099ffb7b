"""Logs against maps: projected on them by the ids of steps, or by the mapping that a person confirmed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from portulan.maps import queries as maps
from portulan.maps.model import Map
from portulan.mining import deviations, own, project, queries, tell
from portulan.mining.match import match
from portulan.mining.project import Projection
from portulan.mining.shapes import ConformanceAnswer, OverlayAnswer, StageMeasure
from portulan.mining.study import Study
from portulan.people.actor import Actor
from portulan.records import runtime

_OWN = "own"


def overlay(actor: Actor, *, map_id: UUID, log: str, at: datetime) -> OverlayAnswer:
    """Return a log projected on a map: our own events by step id, others by their mapping.

    :raises NotThere: when there is no such map or log, or no pipeline was built from the map.
    """
    drawn = maps.get_map(actor, id=map_id).map
    name = log_name(log, drawn)
    study = queries.study(actor, log=name, at=at)
    places = tuple(_places(actor, map_id, name, study, drawn))
    asked = ("overlay", log, drawn.model_dump_json(), places, actor.lang)
    return study.answer(asked, lambda: project.overlay(project.place(study, drawn, places), log, actor.lang))


def projection(actor: Actor, *, map_id: UUID, log: str, at: datetime) -> Projection:
    """Return a log whose steps are those of a map.

    :raises NotThere: when there is no such map or log, or no pipeline was built from the map.
    """
    drawn = maps.get_map(actor, id=map_id).map
    name = log_name(log, drawn)
    study = queries.study(actor, log=name, at=at)
    return project.place(study, drawn, _places(actor, map_id, name, study, drawn))


def mapping(actor: Actor, *, map_id: UUID, log: str, at: datetime) -> dict[str, str | None]:
    """Return which step of a map each label of a log stands for: what was saved, else a first guess."""
    drawn = maps.get_map(actor, id=map_id).map
    name = log_name(log, drawn)
    labels = queries.study(actor, log=name, at=at).labels
    saved = maps.mapping(actor, id=map_id, log_id=name) or {}
    guessed = match([label for label in labels if label not in saved], drawn)
    return {label: saved[label] if label in saved else guessed[label] for label in labels}


def conformance(
    actor: Actor, *, map_id: UUID, log: str, filters: str = "", at: datetime
) -> ConformanceAnswer:
    """Return how a log keeps to a map, or its cases that pass some filters.

    :raises NotThere: when there is no such map or log, or no pipeline was built from the map.
    :raises FilterNotValid: when a filter cannot be read or names what the log does not hold.
    """
    drawn = maps.get_map(actor, id=map_id).map
    name = log_name(log, drawn)
    study = queries.study(actor, log=name, filters=filters, at=at)
    known = mapping(actor, map_id=map_id, log=log, at=at)
    own_log = name == f"{own.PREFIX}{drawn.uid}"
    places = tuple(study.ids if own_log else (known.get(label) for label in study.labels))
    asked = ("conformance", drawn.model_dump_json(), places, actor.lang)
    return study.answer(asked, lambda: deviations.told(study, drawn, places, actor.lang))


def measures(actor: Actor, *, pipeline: str, at: datetime) -> dict[str, StageMeasure]:
    """Return what our own events say of each stage; a stage's delay is the horizon of its blocked share.

    :raises NotThere: when there is no such pipeline.
    """
    study = own.study(actor, pipeline=pipeline, at=at)
    stages = runtime.current().pipeline(pipeline).stages

    def measured() -> dict[str, StageMeasure]:
        known = project.told(study, {stage.uid: stage.delay for stage in stages if stage.delay})
        return {stage.uid: tell.stage(study, stage.uid, known.get(stage.uid)) for stage in stages}

    return study.answer("measures", measured)


def log_name(log: str, drawn: Map) -> str:
    """Return the full name of a log: `own` alone is our own events of the map's process."""
    return f"{own.PREFIX}{drawn.uid}" if log == _OWN else log


def _places(actor: Actor, map_id: UUID, name: str, study: Study, drawn: Map) -> Sequence[str | None]:
    """Return the step of the map where each step of the log stands."""
    if name == f"{own.PREFIX}{drawn.uid}":
        return study.ids
    saved = maps.mapping(actor, id=map_id, log_id=name) or {}
    return [saved.get(label) for label in study.labels]
