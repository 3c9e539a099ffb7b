"""The plan: what applying the published maps would change, on how many rows, and where records would go.

Reads everything and changes nothing. A plan has a hash, so that what is applied is what was read.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from portulan.base import texts
from portulan.base.refusals import Problem
from portulan.blueprint import base_model, carry, codec, diff, local, phase, queries, reasons
from portulan.blueprint.check import check
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.blueprint.details import Teller
from portulan.blueprint.diff import Change
from portulan.blueprint.operations import PlanIsStale
from portulan.blueprint.reasons import Reasons
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.trials import Standing
from portulan.events import queries as events
from portulan.maps import queries as maps
from portulan.maps.model import Map
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import fates, impact, runtime, users
from portulan.records.fates import Fate
from portulan.records.impact import Touched
from portulan.records.snapshot import Snapshot


@dataclass(frozen=True)
class Plan:
    """What would be built over the version `base`, and what that changes.

    `touched` is by the path of a change; `problems` say why the plan cannot be applied at all; `standings`
    say how the scenarios of the maps it comes from stand on exactly what would be built, `motive` why it is
    built although they are not green; `turns`: another phase of the rollout comes into force.
    """

    base: int
    target: Blueprint
    changes: tuple[Change, ...] = ()
    touched: Mapping[tuple[str, ...], Touched] | None = None
    fates: tuple[Fate, ...] = ()
    problems: tuple[Problem, ...] = ()
    standings: tuple[Standing, ...] = ()
    motive: str = ""
    turns: bool = False

    @property
    def unproven(self) -> tuple[Standing, ...]:
        """The maps whose scenarios are red, or were not played on what would be built."""
        return tuple(one for one in self.standings if one.state != "green")

    @property
    def hash(self) -> str:
        """The hash of what would be built, over which version."""
        return sha256(b"%d:%s" % (self.base, codec.dump(self.target))).hexdigest()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to apply."""
        homeless = any(one.no_place for one in self.fates)
        return not (self.changes or self.problems or self.turns or homeless)


def plan_of_maps(actor: Actor, *, upto: int | None = None) -> Plan:
    """Return the plan of the published maps, as far as a phase of the rollout: that in force by default."""
    rights.require(actor, "read", "blueprint")
    old = runtime.newest()
    reached = upto or old.blueprint.rollout
    try:
        published, wanted = built_by_maps(actor, old.blueprint, upto=reached)
    except MapsNotCompiled as conflicts:
        return Plan(old.version, old.blueprint, problems=tuple(conflicts.problems))
    standings = queries.standings(actor, wanted=wanted, maps=published)
    turns = reached != old.blueprint.rollout
    return replace(plan(actor, old, wanted), standings=standings, turns=turns)


def built_by_maps(actor: Actor, old: Blueprint, *, upto: int) -> tuple[tuple[Map, ...], Blueprint]:
    """Return the published maps as far as a phase, and what they build, under the local settings in force.

    :raises MapsNotCompiled: when they cannot become one blueprint.
    """
    published, base = phase.upto(maps.published(actor), base_model.load(), upto)
    return published, local.lay(compile_maps(published, base), old.local)


def plan(
    actor: Actor, old: Snapshot, wanted: Blueprint, leaving: Mapping[str, list[int]] | None = None
) -> Plan:
    """Return the plan from the version in force to a blueprint; records in `leaving` are set aside."""
    rights.require(actor, "read", "blueprint")
    target = carry.carry(old.blueprint, wanted)
    changes = diff.diff(carry.live(old.blueprint), carry.live(target))
    unsound = tuple(check(target))
    problems = (*unsound, *users.problems(old.blueprint, changes))
    if unsound:
        return Plan(old.version, target, changes, problems=problems)
    found = fates.fates(old, target, leaving or {})
    touched = impact.impact(old, changes, carry.retyped(old.blueprint, target), found)
    return Plan(old.version, target, changes, touched, found, problems)


def forced(actor: Actor, n: int) -> tuple[Standing, ...]:
    """Return the maps whose scenarios were not green when a version was built for a motive."""
    titles = maps.titles(actor)
    told = events.of_subject("blueprint:current", kinds=["blueprint.scenarios_overridden"])
    uids = (uid for one in told if one.data["version"] == n for uid in one.data["maps"])
    return tuple(Standing(uid, titles.get(uid, ("", uid))[1], "red", 0) for uid in uids)


def past(actor: Actor, *, n: int, lang: str) -> dict[str, Any]:
    """Return what a version changed, fact by fact, and how many records it moved.

    :raises NotThere: when there is no such version.
    """
    version = queries.get_version(actor, n=n)
    old, new = (carry.live(queries.blueprint_of(one)) for one in (n - 1, n))
    teller = Teller(old, new, lang)
    changes = [{"say": one.say(lang), "details": teller.details(one)} for one in diff.diff(old, new)]
    moved = events.caused(version.event, kind="record.moved", at=version.at)
    return {"n": n, "changes": changes, "moved": len(moved)}


def require_same(planned: Plan, base: int, read: str) -> Plan:
    """Return the plan when it is still the one that was read.

    :raises PlanIsStale: when the maps or the version in force changed since.
    """
    if (planned.base, planned.hash) != (base, read):
        raise PlanIsStale
    return planned


def say(actor: Actor, planned: Plan, lang: str, *, at: datetime) -> dict[str, Any]:
    """Return the plan as the screens show it, in a language."""
    with runtime.pinned(runtime.newest()):
        enrolled = impact.enrolled(actor, planned.changes, at)
    planned = replace(planned, touched={**(planned.touched or {}), **enrolled})
    old = queries.blueprint_of(planned.base)
    teller = Teller(old, planned.target, lang)
    known = reasons.reasons(actor)
    return {
        "hash": planned.hash,
        "phase": planned.target.rollout,
        "base_version": planned.base,
        "empty": planned.empty,
        "changes": [_change(one, planned, teller, known) for one in planned.changes],
        "fates": [_fate(one, lang) for one in planned.fates if one.records],
        "problems": [{"where": one.where, "detail": one.say(lang)} for one in planned.problems],
        "scenarios": [asdict(one) for one in planned.standings],
        "may_override": rights.allows(actor, "override", "blueprint"),
    }


def _change(change: Change, planned: Plan, teller: Teller, known: Reasons) -> dict[str, Any]:
    touched = (planned.touched or {}).get(change.path, Touched())
    reason = known.of(change.origin)
    return {
        "uid": "/".join(change.path),
        "action": change.action,
        "theme": change.theme,
        "say": change.say(teller.lang),
        "details": teller.details(change),
        "warn": touched.warn(teller.lang),
        "destructive": change.destructive,
        "records": touched.records,
        "listed": touched.listed and vars(touched.listed),
        "reversible": change.reversible,
        "reason": vars(reason) if reason else None,
    }


def _fate(fate: Fate, lang: str) -> dict[str, Any]:
    label = fate.label or texts.say("records.no_stage", lang)
    targets = [{"uid": uid, "label": name} for uid, name in fate.targets]
    return {**vars(fate), "label": label, "targets": targets}
