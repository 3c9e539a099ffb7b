"""Reads of the requirements document: what is required today or in a version kept, as the actor may read."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from babel.dates import format_date

from portulan.base import calendar as calendars
from portulan.base.refusals import NotThere
from portulan.blueprint import base_model
from portulan.blueprint import queries as blueprints
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.trials import key_of
from portulan.brief.document import Brief, Sources
from portulan.brief.document import document as written
from portulan.brief.models import BriefVersion
from portulan.brief.requirements import Answers, Requirement, numbered, requirements
from portulan.brief.volumes import find_volume
from portulan.maps import irritants
from portulan.maps import queries as maps
from portulan.maps.model import Map
from portulan.pages import glossary
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor


@dataclass(frozen=True)
class VersionView:
    """A version that was kept."""

    n: int
    at: datetime
    author: str
    note: str


@dataclass(frozen=True)
class Asked:
    """What is required: with its numbers and marks, and what is no more since the last version kept.

    `maps` is the id of each map by its uid; `draft` says whether maps were published since.
    """

    requirements: tuple[Requirement, ...]
    gone: tuple[Requirement, ...]
    versions: tuple[VersionView, ...]
    maps: dict[str, str]
    draft: bool
    may_keep: bool


def asked(actor: Actor) -> Asked:
    """Return what the published maps require, against the last version kept."""
    kept = _kept(actor)
    last = kept[0] if kept else None
    sources = _sources(actor, last)
    found, gone = sources.required(actor.lang)
    return Asked(
        requirements=found,
        gone=gone,
        versions=tuple(VersionView(one.n, one.at, one.by.name if one.by else "", one.note) for one in kept),
        maps={uid: pk for uid, (pk, _) in maps.titles(actor).items()},
        draft=maps.published_versions(actor) != (last.maps if last else {}),
        may_keep=rights.allows(actor, "create", "brief"),
    )


def required(actor: Actor) -> tuple[Requirement, ...]:
    """Return what the published maps require, under the numbers given or to be given."""
    rights.require(actor, "read", "brief")
    last = next(iter(_kept(actor)), None)
    found = requirements(maps.published(actor), actor.lang, _answers(actor))
    return numbered(found, last.numbers if last else {})


def document(actor: Actor, *, n: int | None, root: str, at: datetime) -> Brief:
    """Return the document of today, or of a version kept; its links begin with `root`, our address.

    :raises NotThere: when there is no such version.
    :raises MapsNotCompiled: when the maps contradict each other.
    """
    kept = _kept(actor)
    if n is None:
        sources, day = _sources(actor, kept[0] if kept else None), at
    else:
        one = next((row for row in kept if row.n == n), None)
        if one is None:
            raise NotThere
        before = next((row for row in kept if row.n < n), None)
        then = maps.published_then(actor, versions=one.maps)
        sources, day = replace(_sources(actor, before, then), numbers=one.numbers), one.at
    links = {uid: f"{root}/cartes/{pk}" for uid, (pk, _) in maps.titles(actor).items()}
    sources = replace(_told(actor, sources, at), links=links)
    local = day.astimezone(calendars.DEFAULT.tz)
    return written(sources, day=format_date(local, format="long", locale=actor.lang), lang=actor.lang)


def proven(actor: Actor, *, wanted: Blueprint, drawn: Map) -> dict[str, bool]:
    """Return whether each scenario of a map that was played on a blueprint is green."""
    tried = blueprints.find_trial(actor, key=key_of(wanted, drawn))
    return {one["scenario"]: one["green"] for one in tried.outcomes} if tried else {}


def _kept(actor: Actor) -> list[BriefVersion]:
    """Return the versions kept that the actor may read, newest first."""
    rights.require(actor, "read", "brief")
    rows = rights.visible(actor, "read", "brief", BriefVersion.objects.all())
    return list(rows.select_related("by").order_by("-n"))


def _sources(actor: Actor, last: BriefVersion | None, of: tuple[Map, ...] | None = None) -> Sources:
    drawn = maps.published(actor) if of is None else of
    return Sources(
        maps=drawn,
        blueprint=Blueprint(),
        before=maps.published_then(actor, versions=last.maps) if last else (),
        since=last.n if last else 0,
        numbers=last.numbers if last else {},
        answers=_answers(actor),
    )


def _told(actor: Actor, sources: Sources, at: datetime) -> Sources:
    """Return sources with what only the written document says: sheets, proofs, volumes, users, words."""
    wanted = compile_maps(sources.maps, base_model.load())
    volumes = {one.uid: find_volume(actor, pipeline=one.uid, at=at) for one in sources.maps}
    return replace(
        sources,
        blueprint=wanted,
        proven={one.uid: proven(actor, wanted=wanted, drawn=one) for one in sources.maps},
        volumes={uid: one for uid, one in volumes.items() if one is not None},
        users=Counter(role for one in people.directory(actor) for role in one.roles),
        terms=[(_word(one), one.says or one.definition) for one in glossary.terms(actor)],
    )


def _word(one: glossary.TermView) -> str:
    return f"{one.word} ({one.team})" if one.team else one.word


def _answers(actor: Actor) -> Answers:
    """Return the irritants that each element of a map answers."""
    uids = {pk: uid for uid, (pk, _) in maps.titles(actor).items()}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in irritants.irritants(actor):
        uid = uids.get(str(one.answer.map_id)) if one.answer else None
        if one.answer and uid:
            place = (uid, one.answer.element)
            found[place] = (*found.get(place, ()), one.label)
    return found
