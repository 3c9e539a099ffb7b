"""Logs against maps: projected on them by the ids of steps, or by the mapping that a person confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portulan.maps import queries as maps
from portulan.maps.model import Map
from portulan.mining import (
    align,
    conform,
    corrections,
    decisions,
    deviations,
    own,
    project,
    queries,
    tell,
)
from portulan.mining.align import Alignments
from portulan.mining.conformance import AlignmentAnswer, ConformanceAnswer
from portulan.mining.match import match
from portulan.mining.project import Projection
from portulan.mining.shapes import CasesPage, OverlayAnswer, StageMeasure
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
    allowed = conform.accepted_moves(decisions.accepted(map_id))
    asked = ("overlay", log, drawn.model_dump_json(), places, actor.lang, allowed)
    return study.answer(
        asked, lambda: project.overlay(project.place(study, drawn, places), log, actor.lang, allowed)
    )


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
    known = held(actor, map_id=map_id, log=log, filters=filters, at=at)
    study, drawn, places, lang = known.study, known.drawn, known.places, actor.lang
    allowed = decisions.accepted(map_id)
    asked = ("conformance", drawn.model_dump_json(), places, lang, allowed)
    answer = study.answer(asked, lambda: deviations.told(study, drawn, places, lang, accepted=allowed))
    return decisions.told(actor, map_id=map_id, target=known.view.pair["to_be"], answer=answer)


@dataclass(frozen=True)
class Corrected:
    """Which correction of an alignment, worked out in how many seconds; from which place on its cases."""

    key: str
    seconds: float = align.BUDGET
    after: str = ""


@dataclass(frozen=True)
class Held:
    """A log against a map: `places` (k) names the step where each of the log stands, or a guess."""

    view: maps.MapView
    study: Study
    places: tuple[str | None, ...]

    @property
    def drawn(self) -> Map:
        """The map."""
        return self.view.map

    @property
    def projection(self) -> Projection:
        """The log with the steps of the map."""
        return project.place(self.study, self.drawn, self.places)


def held(actor: Actor, *, map_id: UUID, log: str, filters: str = "", at: datetime) -> Held:
    """Return a log, or its cases that pass some filters, against a map.

    :raises NotThere: when there is no such map or log, or no pipeline was built from the map.
    :raises FilterNotValid: when a filter cannot be read or names what the log does not hold.
    """
    view = maps.get_map(actor, id=map_id)
    drawn = view.map
    name = log_name(log, drawn)
    study = queries.study(actor, log=name, filters=filters, at=at)
    if name == f"{own.PREFIX}{drawn.uid}":
        return Held(view, study, study.ids)
    known = mapping(actor, map_id=map_id, log=log, at=at)
    return Held(view, study, tuple(known.get(label) for label in study.labels))


def alignment(
    actor: Actor, *, map_id: UUID, log: str, filters: str = "", seconds: float = align.BUDGET, at: datetime
) -> AlignmentAnswer:
    """Return what would make the cases of a log, or those that pass some filters, follow a map.

    :raises NotThere: when there is no such map or log, or no pipeline was built from the map.
    :raises FilterNotValid: when a filter cannot be read or names what the log does not hold.
    """
    known = held(actor, map_id=map_id, log=log, filters=filters, at=at)
    return corrections.told(
        known.study, known.drawn, known.places, _aligned(known, map_id, seconds), actor.lang
    )


def corrected(
    actor: Actor, *, map_id: UUID, log: str, filters: str = "", asked: Corrected, at: datetime
) -> CasesPage:
    """Return a page of the cases that a correction of an alignment is about.

    :raises NotThere: when there is no such map, log or correction, or no pipeline was built from the map.
    :raises FilterNotValid: when a filter cannot be read or names what the log does not hold.
    """
    known = held(actor, map_id=map_id, log=log, filters=filters, at=at)
    found = corrections.cases(_aligned(known, map_id, asked.seconds), asked.key)
    page = tell.page(known.study, found, asked.after)
    return own.named(actor, known.study, page) if known.study.object_name else page


def _aligned(known: Held, map_id: UUID, seconds: float) -> Alignments:
    allowed = conform.accepted_moves(decisions.accepted(map_id))
    asked = ("alignment", known.drawn.model_dump_json(), known.places, allowed, seconds)
    return known.study.answer(
        asked, lambda: corrections.aligned(known.study, known.drawn, known.places, allowed, seconds)
    )


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
