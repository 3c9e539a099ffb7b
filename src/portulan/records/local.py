"""Local settings set and given back: each is a plan like any other, applied, in the history, undone."""

from dataclasses import dataclass
from datetime import datetime

from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.base.value import Words
from portulan.blueprint import carry, local
from portulan.blueprint.diff import Theme
from portulan.blueprint.schema import Blueprint, LocalTheme, Setting
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import apply, plan, runtime

#: Characters of a label; the longest that a column of a board shows is shorter.
LONGEST = 100


class SettingNotValid(NotValid):
    """This cannot be said locally."""

    code = "records.setting_not_valid"


@dataclass(frozen=True)
class Part:
    """A part that may be called otherwise here, within which object or pipeline it is, and how it is held."""

    theme: LocalTheme
    path: str
    within: Words | None
    held: "Held"


@dataclass(frozen=True)
class Held:
    """What a part is called here, what the maps call it, whether the actor may change that."""

    label: Words
    given: Words
    local: bool
    may: bool


def held(actor: Actor, *, theme: Theme, path: str) -> Held | None:
    """Return how the label of a part in force is held, None when it cannot be local."""
    rights.require(actor, "read", "blueprint")
    built, place = runtime.newest().blueprint, _path(path)
    known = next((one for one in local.THEMES if one == theme), None)
    part = local.find(built, known, place) if known else None
    if known is None or part is None:
        return None
    return _held(built, known, place, part.label, may=rights.allows(actor, "apply", "blueprint"))


def parts(actor: Actor) -> tuple[Part, ...]:
    """Return the objects and pipelines in force, then the fields and stages called otherwise here."""
    rights.require(actor, "read", "blueprint")
    built, may = runtime.newest().blueprint, rights.allows(actor, "apply", "blueprint")
    outer: list[tuple[LocalTheme, tuple[str, ...]]] = [
        *(("objects", (one.uid,)) for one in built.objects if not one.archived),
        *(("pipelines", (one.uid,)) for one in built.pipelines if not one.archived),
    ]
    inner = [(one.theme, one.path) for one in built.local if len(one.path) > 1]
    found = []
    for theme, place in (*outer, *inner):
        part = local.find(built, theme, place)
        owner = local.find(built, "objects" if theme == "fields" else "pipelines", place[:1])
        if part is not None:
            within = owner.label if owner is not None and owner is not part else None
            found.append(
                Part(theme, "/".join(place), within, _held(built, theme, place, part.label, may=may))
            )
    return tuple(found)


def call(
    actor: Actor,
    *,
    theme: LocalTheme,
    path: str,
    label: Words,
    at: datetime,
) -> int:
    """Call a part otherwise than the maps do, in French or in both languages; return the version in force.

    :raises NotThere: when there is no such part in force.
    :raises SettingNotValid: when the label is empty or too long.
    """
    rights.require(actor, "apply", "blueprint")
    old = runtime.newest()
    value = Words(fr=label.fr.strip(), en=label.en.strip())
    setting = Setting(theme=theme, path=_path(path), value=value, given=value)
    if local.find(old.blueprint, theme, setting.path) is None:
        raise NotThere
    if not value.fr or max(len(value.fr), len(value.en)) > LONGEST:
        raise SettingNotValid(Problem("label", "records.setting_label", {"n": LONGEST}))
    wanted = local.keep(carry.live(old.blueprint), setting)
    return _applied(actor, plan.plan(actor, old, wanted), at)


def give_back(actor: Actor, *, theme: LocalTheme, path: str, at: datetime) -> int:
    """Have the maps say again what a part is called, and return the version in force.

    :raises NotThere: when nothing is said locally there.
    """
    rights.require(actor, "apply", "blueprint")
    old = runtime.newest()
    setting = local.find_setting(old.blueprint, theme, _path(path))
    if setting is None:
        raise NotThere
    wanted = local.release(carry.live(old.blueprint), setting)
    return _applied(actor, plan.plan(actor, old, wanted), at)


def _held(built: Blueprint, theme: LocalTheme, place: tuple[str, ...], label: Words, *, may: bool) -> Held:
    setting = local.find_setting(built, theme, place)
    return Held(label, setting.given if setting else label, setting is not None, may)


def _path(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


def _applied(actor: Actor, planned: plan.Plan, at: datetime) -> int:
    return planned.base if planned.empty else apply.apply(actor, planned=planned, at=at)
