"""Local settings, labels and colours, set and given back: each is a plan like any other, applied, undone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.base.value import Words
from portulan.blueprint import carry, local
from portulan.blueprint.diff import Theme
from portulan.blueprint.schema import (
    Attribute,
    Blueprint,
    Choice,
    Colour,
    Field,
    LocalTheme,
    Object,
    Setting,
    Stage,
)
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import apply, plan, runtime

P = TypeVar("P", Stage, Field)
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
    """What a part is called here, what the maps call it, its colour, whether the actor may change that.

    `plural` is of an object alone, `paintable` says whether the part may have a colour.
    """

    label: Words
    given: Words
    plural: Words | None
    colour: Colour | None
    paintable: bool
    local: bool
    may: bool


@dataclass(frozen=True)
class Shade:
    """A stage or a choice, and the colour that it has here."""

    path: str
    label: Words
    colour: Colour | None


@dataclass(frozen=True)
class Shades:
    """The stages of a pipeline or the choices of a field, and within which object."""

    theme: LocalTheme
    label: Words
    within: Words | None
    parts: tuple[Shade, ...]


def held(actor: Actor, *, theme: Theme, path: str) -> Held | None:
    """Return how the label of a part in force is held, None when it cannot be local."""
    rights.require(actor, "read", "blueprint")
    built, place = runtime.newest().blueprint, _path(path)
    known = next((one for one in local.THEMES if one == theme), None)
    part = local.find(built, known, place) if known else None
    if known is None or part is None:
        return None
    return _held(built, known, place, part, may=rights.allows(actor, "apply", "blueprint"))


def parts(actor: Actor) -> tuple[Part, ...]:
    """Return the objects and pipelines in force, then whatever in them is called otherwise here."""
    rights.require(actor, "read", "blueprint")
    built, may = runtime.newest().blueprint, rights.allows(actor, "apply", "blueprint")
    outer: list[tuple[LocalTheme, tuple[str, ...]]] = [
        *(("objects", (one.uid,)) for one in built.objects if not one.archived),
        *(("pipelines", (one.uid,)) for one in built.pipelines if not one.archived),
    ]
    inner = [(one.theme, one.path) for one in built.local if len(one.path) > 1 and one.attribute == "label"]
    found = []
    for theme, place in (*outer, *inner):
        part = local.find(built, theme, place)
        owner = local.find(built, "pipelines" if theme == "stages" else "objects", place[:1])
        if part is not None:
            within = owner.label if owner is not None and len(place) > 1 else None
            told = _held(built, theme, place, part, may=may)
            found.append(Part(theme, "/".join(place), within, told))
    return tuple(found)


def shades(actor: Actor) -> tuple[Shades, ...]:
    """Return what may have a colour here: the stages of each pipeline, the choices of each field."""
    rights.require(actor, "read", "blueprint")
    built = runtime.newest().blueprint
    staged = (
        Shades("stages", one.label, None, tuple(_shade(one.uid, stage) for stage in _live(one.stages)))
        for one in built.pipelines
        if not one.archived
    )
    chosen = (
        Shades(
            "choices",
            field.label,
            one.label,
            tuple(_shade(f"{one.uid}/{field.uid}", choice) for choice in field.choices),
        )
        for one in built.objects
        if not one.archived
        for field in _live(one.fields)
        if field.choices
    )
    return (*staged, *chosen)


def call(
    actor: Actor,
    *,
    theme: LocalTheme,
    path: str,
    label: Words,
    plural: Words | None = None,
    at: datetime,
) -> int:
    """Call a part otherwise than the maps do, in French or in both languages; return the version in force.

    An object may be given its plural with it; without one, what several are called stays.

    :raises NotThere: when there is no such part in force.
    :raises SettingNotValid: when a label is empty or too long, or the part has no plural.
    """
    rights.require(actor, "apply", "blueprint")
    old, place = runtime.newest(), _path(path)
    part = local.find(old.blueprint, theme, place)
    if part is None:
        raise NotThere
    said: list[tuple[Attribute, Words]] = [("label", _words("label", label))]
    if plural is not None:
        said.append(("plural", _words("plural", plural)))
        if not isinstance(part, Object):
            raise SettingNotValid(Problem("plural", "records.setting_plural", {}))
    wanted = carry.live(old.blueprint)
    for attribute, value in said:
        wanted = _said(wanted, theme, place, attribute, value)
    return _applied(actor, plan.plan(actor, old, wanted), at)


def give_back(actor: Actor, *, theme: LocalTheme, path: str, at: datetime) -> int:
    """Have the maps say again what a part is called, one and several; return the version in force.

    :raises NotThere: when nothing is said locally there.
    """
    rights.require(actor, "apply", "blueprint")
    old, place = runtime.newest(), _path(path)
    said: tuple[Attribute, ...] = ("label", "plural")
    known = [local.find_setting(old.blueprint, theme, place, one) for one in said]
    if not any(known):
        raise NotThere
    wanted = carry.live(old.blueprint)
    for setting in known:
        wanted = wanted if setting is None else local.release(wanted, setting)
    return _applied(actor, plan.plan(actor, old, wanted), at)


def paint(actor: Actor, *, theme: LocalTheme, path: str, colour: Colour | None, at: datetime) -> int:
    """Give a stage or a choice a colour, or none again; return the version in force.

    :raises NotThere: when there is no such part in force, or none that may have a colour.
    """
    rights.require(actor, "apply", "blueprint")
    old, place = runtime.newest(), _path(path)
    if not isinstance(local.find(old.blueprint, theme, place), Stage | Choice):
        raise NotThere
    wanted = _said(carry.live(old.blueprint), theme, place, "colour", colour)
    return _applied(actor, plan.plan(actor, old, wanted), at)


def _said(
    built: Blueprint,
    theme: LocalTheme,
    place: tuple[str, ...],
    attribute: Attribute,
    value: Words | Colour | None,
) -> Blueprint:
    """Return the blueprint where a part says that; saying what the maps say is giving it back to them."""
    known = local.find_setting(built, theme, place, attribute)
    given = known.given if known else getattr(local.find(built, theme, place), attribute)
    if value is None or value == given:
        return built if known is None else local.release(built, known)
    setting = Setting(theme=theme, path=place, attribute=attribute, value=value, given=given)
    return local.keep(built, setting)


def _words(where: str, said: Words) -> Words:
    value = Words(fr=said.fr.strip(), en=said.en.strip())
    if not value.fr or max(len(value.fr), len(value.en)) > LONGEST:
        raise SettingNotValid(Problem(where, "records.setting_label", {"n": LONGEST}))
    return value


def _held(
    built: Blueprint, theme: LocalTheme, place: tuple[str, ...], part: local.Named, *, may: bool
) -> Held:
    setting = local.find_setting(built, theme, place)
    several = local.find_setting(built, theme, place, "plural")
    given = setting.given if setting and isinstance(setting.given, Words) else part.label
    paintable = isinstance(part, Stage | Choice)
    return Held(
        label=part.label,
        given=given,
        plural=part.plural if isinstance(part, Object) else None,
        colour=part.colour if isinstance(part, Stage | Choice) else None,
        paintable=paintable,
        local=setting is not None or several is not None,
        may=may,
    )


def _shade(owner: str, part: Stage | Choice) -> Shade:
    uid = part.uid if isinstance(part, Stage) else part.id
    return Shade(f"{owner}/{uid}", part.label, part.colour)


def _live(parts: Iterable[P]) -> Iterator[P]:
    return (one for one in parts if not one.archived)


def _path(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


def _applied(actor: Actor, planned: plan.Plan, at: datetime) -> int:
    return planned.base if planned.empty else apply.apply(actor, planned=planned, at=at)
