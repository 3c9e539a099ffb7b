"""Records made one by themselves in the night, where somebody chose so: off until then, object by object.

Owns the choice, whose measured worth is shown with it, and what was merged so. Merges what `certain` is sure
of and nothing else: never what a person kept apart, nor what was merged once and taken apart. What stays is
the record that gathers most, its values, and those of the other where it has none. Every merge is undone as
any other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.base.refusals import NotAllowed, NotValid, Problem, Refusal
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import (
    asked,
    certain,
    duplicates,
    happenings,
    merge,
    runtime,
    scope,
    sight,
    values,
)
from portulan.records.models import Apart, Merge, Suspect, Unattended
from portulan.records.pipeline import is_empty

_SHOWN = 100
_PAIR = 2


@dataclass(frozen=True)
class Measured:
    """What was measured at a threshold: pairs merged, those that were one, all that were one."""

    merged: int
    right: int
    truth: int


#: What `benchmarks/duplicates.py` measured: made companies with sisters and homonyms; people of FEBRL 4.
_COMPANIES = {
    70: Measured(1050, 1047, 1324),
    80: Measured(953, 953, 1324),
    90: Measured(809, 809, 1324),
}
_PEOPLE = {60: Measured(2080, 2080, 5000), 70: Measured(2009, 2009, 5000)}
#: How sure merging unattended has to be, as measured, to be offered.
LEAST = 0.995


def choice(actor: Actor, *, object_name: str) -> dict[str, Any]:
    """Return whether records of an object are merged by themselves, from how many points, and what was.

    :raises NotThere: when the actor reads no such object.
    """
    kind = runtime.current().object(object_name)
    chosen = Unattended.objects.filter(object=kind.uid).first()
    return {
        "threshold": chosen.threshold if chosen else None,
        "may": _may(actor, kind),
        "offered": [
            {
                "threshold": threshold,
                "precision": one.right / one.merged,
                "recall": one.right / one.truth,
                "merged": one.merged,
                "right": one.right,
            }
            for threshold, one in _offered(kind).items()
        ],
        "done": _done(actor, kind),
    }


def choose(actor: Actor, *, object_name: str, threshold: int, at: datetime) -> None:
    """Have records of an object merged by themselves from the next night on.

    :raises NotAllowed: when the actor may not change and delete every one of them.
    :raises NotValid: when that threshold was not measured, or not sure enough.
    """
    kind = runtime.current().object(object_name)
    _require(actor, kind)
    if threshold not in _offered(kind):
        raise NotValid(Problem("threshold", "records.unattended_unmeasured"))
    with transaction.atomic():
        chosen = {"threshold": threshold, "at": at, "by_id": actor.id}
        Unattended.objects.update_or_create(object=kind.uid, defaults=chosen)
        what = happenings.MergingChosen(kind.name, threshold)
        log.append(what, actor=actor, subject=f"object:{kind.uid}", at=at)


def stop(actor: Actor, *, object_name: str, at: datetime) -> None:
    """Merge nothing of an object by itself any more; what was merged stays so.

    :raises NotAllowed: when the actor may not change and delete every one of its records.
    """
    kind = runtime.current().object(object_name)
    _require(actor, kind)
    with transaction.atomic():
        gone, _ = Unattended.objects.filter(object=kind.uid).delete()
        if gone:
            what = happenings.MergingStopped(kind.name)
            log.append(what, actor=actor, subject=f"object:{kind.uid}", at=at)


def run(actor: Actor, *, at: datetime) -> dict[int, int]:
    """Merge what is sure among what the last pass found; return how many, by whoever chose so."""
    done: dict[int, int] = {}
    for chosen in Unattended.objects.all():
        kind = runtime.find_object(chosen.object)
        if kind is not None and chosen.threshold in _offered(kind):
            merged = sum(_merge(actor, kind, pair, chosen.threshold, at) for pair in _waiting(kind))
            done[chosen.by_id or 0] = done.get(chosen.by_id or 0, 0) + merged
    return done


def _waiting(kind: Object) -> list[tuple[int, int]]:
    """Return the pairs found, the surest first, without those that somebody took apart."""
    apart = set(Apart.objects.filter(object=kind.uid).values_list("one", "other"))
    undone = Merge.objects.filter(object=kind.uid, undone_at__isnull=False).values_list("winner", "loser")
    apart |= {(min(pair), max(pair)) for pair in undone}
    found = Suspect.objects.filter(object=kind.uid).order_by("-points", "pk").values_list("one", "other")
    return [pair for pair in found if pair not in apart]


def _merge(actor: Actor, kind: Object, pair: tuple[int, int], threshold: int, at: datetime) -> bool:
    """Make two records one if that is sure as they are now; what refuses is left to people."""
    seen = sight.of(actor, kind)
    found = {one.pk: one for one in asked.seen(actor, kind.name).filter(pk__in=pair)}
    if len(found) < _PAIR:
        return False
    held = {pk: _held(seen, row) for pk, row in found.items()}
    one, other = (duplicates.identity(seen, held[pk]) for pk in pair)
    points = certain.points(one, other)
    if points < threshold:
        return False
    gathered = merge.gathered(kind, set(pair))
    winner, loser = sorted(pair, key=lambda pk: (-gathered[pk], pk))
    taken = list(_lacking(actor, kind, held[winner], held[loser]))
    try:
        with transaction.atomic():
            made = merge.merge(
                actor, object_name=kind.name, pair=merge.Pair(winner, loser), taken=taken, at=at
            )
            Merge.objects.filter(pk=made).update(points=points)
    except Refusal:
        return False
    return True


def _held(seen: sight.Sight, row: Any) -> dict[str, Any]:
    return {one.name: getattr(row, values.attribute(one)) for one in seen.fields if one.type != "links"}


def _lacking(
    actor: Actor, kind: Object, winner: Mapping[str, Any], loser: Mapping[str, Any]
) -> Iterator[str]:
    """Yield what the record that stays does not say and the other does."""
    written = scope.writable(runtime.current().blueprint, actor, kind)
    for name, one in values.live(kind).items():
        free = name in winner and name in written and not one.system
        if free and is_empty(winner[name]) and not is_empty(loser[name]):
            yield name


def _offered(kind: Object) -> dict[int, Measured]:
    company = any(one.type in ("siren", "siret") for one in values.live(kind).values())
    known = (_COMPANIES if company else _PEOPLE) if duplicates.identified(kind) else {}
    return {threshold: one for threshold, one in known.items() if one.right >= LEAST * one.merged}


def _may(actor: Actor, kind: Object) -> bool:
    blueprint = runtime.current().blueprint
    return all(
        rights.allows(actor, verb, "record", kind.name)
        and scope.holders(blueprint, actor, kind, verb) is None
        for verb in ("update", "delete")
    )


def _require(actor: Actor, kind: Object) -> None:
    if not _may(actor, kind):
        raise NotAllowed


def _done(actor: Actor, kind: Object) -> list[dict[str, Any]]:
    """Return what was merged by itself into records that the actor sees, the newest first."""
    seen = asked.seen(actor, kind.name)
    made = Merge.objects.filter(object=kind.uid, points__isnull=False, winner__in=seen.values("pk"))
    shown = list(made.order_by("-pk")[:_SHOWN])
    title = sight.title(kind)
    ids = {pk for one in shown for pk in (one.winner, one.loser)}
    readable = title in sight.of(actor, kind).names.values()
    model = runtime.current().model(kind.name)
    titles = dict(model.objects.filter(pk__in=ids).values_list("pk", title)) if readable else {}
    return [
        {
            "id": one.pk,
            "winner": {"id": one.winner, "title": titles.get(one.winner) or ""},
            "loser": titles.get(one.loser) or "",
            "points": one.points,
            "at": one.at.isoformat(),
            "undone_at": one.undone_at.isoformat() if one.undone_at else None,
        }
        for one in shown
    ]
