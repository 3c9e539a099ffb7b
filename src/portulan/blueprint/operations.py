"""Writes of the blueprint's versions, in the transaction that changes the tables, and of trials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from portulan.base import texts
from portulan.base.refusals import NotNow
from portulan.blueprint import codec, happenings, queries
from portulan.blueprint.diff import Change
from portulan.blueprint.models import BlueprintVersion, Trial
from portulan.blueprint.origins import elements
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.trials import Tried
from portulan.events import log
from portulan.maps import progress
from portulan.maps.progress import InForce
from portulan.people import rights
from portulan.people.actor import Actor


class PlanIsStale(NotNow):
    """Another version was applied since the plan was made."""

    code = "blueprint.plan_is_stale"


@dataclass(frozen=True)
class Build:
    """What a version holds besides the blueprint: where it starts from, its changes, what it takes back.

    `unproven` names the maps whose scenarios are not green, `motive` why it is built all the same.
    """

    base: int
    changes: Sequence[Change] = ()
    undoes: int | None = None
    unproven: tuple[str, ...] = ()
    motive: str = ""


def add_version(actor: Actor, *, blueprint: Blueprint, build: Build, at: datetime) -> BlueprintVersion:
    """Make a blueprint the one in force, and return its version.

    :raises PlanIsStale: when the version in force is not the one that the build starts from.
    """
    rights.require(actor, "apply", "blueprint")
    _require_base(build.base)
    what = happenings.BlueprintApplied(build.base + 1, build.base, len(build.changes), build.undoes)
    event = log.append(what, actor=actor, subject="blueprint:current", at=at)
    if build.unproven:
        forced = happenings.ScenariosOverridden(what.version, build.motive, list(build.unproven))
        log.append(forced, actor=actor, subject="blueprint:current", at=at, caused_by=event)
    raw = codec.dump(blueprint).decode()
    version = BlueprintVersion.objects.create(
        n=what.version,
        blueprint=raw,
        hash=sha256(raw.encode()).hexdigest(),
        says={lang: [change.say(lang) for change in build.changes] for lang in texts.LANGUAGES},
        undoes=build.undoes,
        event=event,
        at=at,
        by_id=actor.id,
    )
    undone = BlueprintVersion.objects.filter(n=build.undoes or 0)
    taken = undone.values_list("at", flat=True).first()
    now = InForce(elements(blueprint), at)
    progress.built(actor, now, undone=taken, at=at)
    return version


def keep_trial(actor: Actor, *, tried: Tried) -> None:
    """Keep what came of the scenarios of a map on a blueprint; played again, the last time counts."""
    rights.require(actor, "read", "blueprint")
    told = {"map": tried.map, "green": tried.green, "outcomes": tried.outcomes, "at": tried.at}
    Trial.objects.update_or_create(key=tried.key, defaults={**told, "by_id": actor.id})


def _require_base(base: int) -> None:
    if queries.newest()[0] != base:
        raise PlanIsStale
