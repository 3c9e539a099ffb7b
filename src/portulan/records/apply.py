"""A plan applied, and a version undone: configuration, tables and records in flight in one transaction.

Refuses a plan made over another version, one with problems, one whose scenarios are not green (unless
somebody with the right says why), and one that leaves records without a stage.
Nothing is ever lost: what a version drops stays as a tombstone, which undoing brings back with its values.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from portulan.base.refusals import NotNow, NotValid, Problem
from portulan.blueprint import base_model, carry, operations, queries
from portulan.blueprint.operations import Build, PlanIsStale
from portulan.blueprint.schema import Blueprint
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import fates, migrate, plan, relocate, retype, runtime, state
from portulan.records.plan import Plan
from portulan.records.relocate import Cause, Moved


class PlanNotValid(NotValid):
    """The plan cannot be applied; the problems say why."""

    code = "records.plan_not_valid"


class NothingToUndo(NotNow):
    """This version is not the last that stands, or it is the first one."""

    code = "records.nothing_to_undo"


class ScenariosRed(NotNow):
    """Scenarios of the maps are red, or were not played on what would be built."""

    code = "records.scenarios_red"


def install(actor: Actor, *, at: datetime) -> int:
    """Build the base model where nothing was ever built, and return the version in force."""
    if queries.newest() != queries.NOTHING:
        return queries.newest()[0]
    return apply(actor, planned=plan.plan(actor, runtime.newest(), base_model.load()), at=at)


def apply(
    actor: Actor, *, planned: Plan, choices: Mapping[str, str] | None = None, motive: str = "", at: datetime
) -> int:
    """Apply a plan and return the new version; `choices` say where records without a stage go.

    With a motive, it is applied although scenarios are not green, by who has the right `override`.

    :raises PlanIsStale: when another version is in force.
    :raises PlanNotValid: when the plan has problems.
    :raises FatesMissing: when records would have no stage.
    :raises ScenariosRed: when scenarios are red or were not played, and no motive is given.
    """
    rights.require(actor, "apply", "blueprint")
    require_proven(actor, planned, motive)
    return _apply(actor, replace(planned, motive=motive.strip()), choices or {}, at=at)


def require_proven(actor: Actor, planned: Plan, motive: str) -> None:
    """Do nothing when what would be built is proven, or may be built all the same for a motive.

    :raises ScenariosRed: when scenarios are red or were not played, and no motive is given.
    :raises NotAllowed: when one is given by who may not override.
    """
    if planned.unproven and not planned.problems:
        _require_override(actor, planned, motive.strip())


def undoing(actor: Actor, *, n: int) -> Plan:
    """Return the plan that takes a version back: what goes with it, which records came since.

    Its standings are the maps whose scenarios were not green when what comes back was built.

    :raises NothingToUndo: when it is not the last version that stands.
    """
    rights.require(actor, "apply", "blueprint")
    standing = next((one.n for one in queries.versions(actor, lang="fr") if one.may_undo), None)
    if standing != n:
        raise NothingToUndo
    moved = _moved(actor, n)
    wanted = carry.live(queries.blueprint_of(n - 1))
    planned = plan.plan(actor, runtime.newest(), wanted, {name: list(rows) for name, rows in moved.items()})
    return replace(planned, standings=plan.forced(actor, n - 1))


def undo(
    actor: Actor, *, n: int, choices: Mapping[str, str] | None = None, motive: str = "", at: datetime
) -> int:
    """Take a version back, values and moves included, and return the new version.

    :raises NothingToUndo: when it is not the last version that stands.
    :raises FatesMissing: when records that came since would have no stage.
    :raises ScenariosRed: when what comes back was built with red scenarios, and no motive is given.
    """
    planned = undoing(actor, n=n)
    require_proven(actor, planned, motive)
    kept = replace(planned, motive=motive.strip())
    return _apply(actor, kept, choices or {}, at=at, undoes=n, moved=_moved(actor, n))


def _moved(actor: Actor, n: int) -> Moved:
    version = queries.get_version(actor, n=n)
    return relocate.moved_by(runtime.newest(), version.event, version.at)


def _apply(
    actor: Actor,
    planned: Plan,
    choices: Mapping[str, str],
    *,
    at: datetime,
    undoes: int | None = None,
    moved: Moved | None = None,
) -> int:
    rights.require(actor, "apply", "blueprint")
    if planned.problems:
        raise PlanNotValid(*planned.problems)
    old = runtime.newest()
    if old.version != planned.base:
        raise PlanIsStale
    settled = fates.settle(planned.fates, choices)
    ddl = migrate.ddl_of(old.blueprint, planned.target, runtime.kind_of)

    def prepare() -> None:
        unproven = tuple(one.map for one in planned.unproven)
        build = Build(planned.base, planned.changes, undoes, unproven, planned.motive)
        version = operations.add_version(actor, blueprint=planned.target, build=build, at=at)
        cause = Cause(actor, version.event, at)
        relocate.take_back(old, moved or {}, cause)
        relocate.relocate(old, planned.target, settled, cause)

    with runtime.pinned(old):
        migrate.run(ddl, within=prepare, after=partial(_copy, ddl, old.blueprint, planned.target))
    return planned.base + 1


def _require_override(actor: Actor, planned: Plan, motive: str) -> None:
    if motive:
        rights.require(actor, "override", "blueprint")
        return
    problems = (
        Problem(
            one.map,
            f"records.map_{one.state}" if one.total else "records.map_was_red",
            {"map": one.title, "names": ", ".join(one.red)},
        )
        for one in planned.unproven
    )
    raise ScenariosRed(*problems)


def _copy(ddl: migrate.Ddl, old: Blueprint, new: Blueprint) -> None:
    for change in carry.retyped(old, new):
        if change.source.to is None and change.target.to is None:
            retype.copy(ddl.target.apps.get_model(state.LABEL, change.object.uid), change)
