"""Reads of the blueprint's versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portulan.base.refusals import NotThere
from portulan.blueprint import codec
from portulan.blueprint.models import BlueprintVersion, Trial
from portulan.blueprint.origins import elements
from portulan.blueprint.schema import Blueprint
from portulan.blueprint.trials import Standing, Tried, key_of, standing_of
from portulan.maps.model import Map
from portulan.maps.progress import InForce
from portulan.people import rights
from portulan.people.actor import Actor

#: What is in force before anything was ever applied.
NOTHING = (0, "")


@dataclass(frozen=True)
class Version:
    """One version as the history shows it; `may_undo` says whether it is the last that stands."""

    n: int
    at: datetime
    author: str
    says: tuple[str, ...]
    undoes: int | None
    undone: bool
    may_undo: bool


def newest() -> tuple[int, str]:
    """Return the number and the hash of the version in force; no actor: every request begins so."""
    found = BlueprintVersion.objects.order_by("-n").values_list("n", "hash").first()
    return found or NOTHING


def blueprint_of(n: int) -> Blueprint:
    """Return the blueprint of a version, the empty one for version 0.

    :raises NotThere: when there is no such version.
    """
    if n == 0:
        return Blueprint()
    raw = BlueprintVersion.objects.filter(n=n).values_list("blueprint", flat=True).first()
    if raw is None:
        raise NotThere
    return codec.read(raw.encode())


def in_force(actor: Actor) -> InForce:
    """Return the elements of maps that what is in force was made from, and since when it is."""
    row = rights.visible(actor, "read", "blueprint", BlueprintVersion.objects.order_by("-n")).first()
    return InForce(elements(codec.read(row.blueprint.encode())), row.at) if row else InForce()


def get_version(actor: Actor, *, n: int) -> BlueprintVersion:
    """Return a version.

    :raises NotThere: when there is none that the actor may see.
    """
    found = rights.visible(actor, "read", "blueprint", BlueprintVersion.objects.filter(n=n)).first()
    if found is None:
        raise NotThere
    return found


def versions(actor: Actor, *, lang: str, limit: int = 50) -> list[Version]:
    """Return the versions, newest first, each with what it changed in sentences."""
    rows = rights.visible(actor, "read", "blueprint", BlueprintVersion.objects.all())
    listed = list(rows.select_related("by").order_by("-n")[:limit])
    taken_back = {row.undoes for row in listed}
    standing = (row.n for row in listed if row.undoes is None and row.n not in taken_back)
    undoable = next(standing, 0) if rights.allows(actor, "apply", "blueprint") else 0
    return [
        Version(
            n=row.n,
            at=row.at,
            author=row.by.name if row.by else "Portulan",
            says=tuple(row.says.get(lang, ())),
            undoes=row.undoes,
            undone=row.n in taken_back,
            may_undo=row.n == undoable and row.n > 1,
        )
        for row in listed
    ]


def find_trial(actor: Actor, *, key: str) -> Tried | None:
    """Return what came of the scenarios of a map on a blueprint, or None when they were not played on it."""
    row = rights.visible(actor, "read", "blueprint", Trial.objects.filter(key=key)).first()
    return Tried(row.key, row.map, row.green, row.outcomes, row.at) if row else None


def standings(actor: Actor, *, wanted: Blueprint, maps: Iterable[Map]) -> tuple[Standing, ...]:
    """Return how the scenarios of maps stand on a blueprint; maps without any are left out."""
    keys = {drawn.uid: key_of(wanted, drawn) for drawn in maps if drawn.scenarios}
    rows = rights.visible(actor, "read", "blueprint", Trial.objects.filter(key__in=keys.values()))
    known = {row.key: Tried(row.key, row.map, row.green, row.outcomes, row.at) for row in rows}
    return tuple(standing_of(one, known.get(keys[one.uid])) for one in maps if one.uid in keys)
