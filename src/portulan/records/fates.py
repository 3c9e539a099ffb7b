"""Where the records in flight go when the stages change: who stays, who lacks a field, who has no place.

Counts every record, whoever acts: a plan that forgot those one may not see would lose them. A record whose
whole pipeline leaves, when its object has no other, keeps its stage and waits for the pipeline to return.
A record lacks what every drawn way to its stage asks for: not what a branch that it may not have taken does.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from portulan.base.refusals import NotValid, Problem
from portulan.blueprint import ways
from portulan.blueprint.schema import Blueprint, Field, Object, Pipeline, Transition
from portulan.maps.model import FINAL
from portulan.records import links
from portulan.records import pipeline as pipelines
from portulan.records.snapshot import Snapshot

_LIVE = Q(deleted_at__isnull=True)


class FatesMissing(NotValid):
    """Records would have no stage: somebody must say where they go."""

    code = "records.fates_missing"


@dataclass(frozen=True)
class Fate:
    """What becomes of the records at one stage; `target` is where they go, None while nobody said.

    `stage` is empty for records that never had one. `missing` are the labels of newly required fields,
    `lacking` the names of those that records already have, by which a list shows the incomplete ones.
    """

    object: str
    pipeline: str
    stage: str
    label: str
    records: int
    incomplete: int = 0
    missing: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    no_place: bool = False
    targets: tuple[tuple[str, str], ...] = ()
    target: str | None = None


def fates(old: Snapshot, new: Blueprint, leaving: Mapping[str, Collection[int]] = {}) -> tuple[Fate, ...]:
    """Return what becomes of every record in flight, pipeline by pipeline; `leaving` ones are set aside."""
    return tuple(fate for kind in old.blueprint.objects for fate in _of_object(old, kind, new, leaving))


def settle(found: tuple[Fate, ...], choices: Mapping[str, str]) -> tuple[Fate, ...]:
    """Return the fates of the records that must move, each with its target.

    :raises FatesMissing: with every stage for which nobody said where its records go.
    """
    homeless = [fate for fate in found if fate.no_place]
    settled, problems = [], []
    for fate in homeless:
        target = choices.get(fate.stage) or fate.target
        if target in dict(fate.targets):
            settled.append(Fate(**{**vars(fate), "target": target}))
        else:
            facts = {"stage": fate.label, "n": fate.records}
            problems.append(Problem(f"fates/{fate.stage}", "records.fate_missing", facts))
    if problems:
        raise FatesMissing(*problems)
    return tuple(settled)


def _of_object(
    old: Snapshot, kind: Object, new: Blueprint, leaving: Mapping[str, Collection[int]]
) -> Iterator[Fate]:
    after = next((one for one in new.objects if one.uid == kind.uid and not one.archived), None)
    pipes = [one for one in new.pipelines if one.object == kind.uid and not one.archived]
    names = {field.uid for field in kind.fields if not field.archived}
    if kind.archived or after is None or not pipes or not {"pipeline", "stage"} <= names:
        return
    rows = old.model(kind.name).objects.exclude(pk__in=list(leaving.get(kind.name, ())))
    counted = rows.order_by("pipeline", "stage").values_list("pipeline", "stage")
    for held, stage, n in counted.annotate(n=Count("pk", filter=_LIVE)):
        home = next((one for one in pipes if one.uid == held), None)
        if home is not None and stage in pipelines.live_stages(home):
            yield _staying(old, kind, after, home, (stage, n))
        else:
            yield _homeless(old, kind, pipes, (held or "", stage or "", n))


def _homeless(old: Snapshot, kind: Object, pipes: list[Pipeline], group: tuple[str, str, int]) -> Fate:
    held, stage, n = group
    homes = [one for one in pipes if one.uid == held] or pipes
    targets = tuple((s.uid, s.label.fr) for one in homes for s in pipelines.live_stages(one).values())
    first = pipelines.first_stage(homes[0])
    obvious = n == 0 or (stage == "" and len(homes) == 1)
    target = first.uid if obvious and first is not None else None
    label = _label(old, held, stage)
    return Fate(kind.name, held, stage, label, n, no_place=True, targets=targets, target=target)


def _label(old: Snapshot, held: str, stage: str) -> str:
    stages = (s for one in old.blueprint.pipelines if one.uid == held for s in one.stages)
    return next((s.label.fr for s in stages if s.uid == stage), stage)


def _staying(old: Snapshot, kind: Object, after: Object, home: Pipeline, group: tuple[str, int]) -> Fate:
    stage, n = group
    asked = _newly_required(old, after, home, stage)
    label = pipelines.live_stages(home)[stage].label.fr
    if not asked or not n:
        return Fate(kind.name, home.uid, stage, label, n)
    lacking = _lacking(old, kind, asked, Q(pipeline=home.uid, stage=stage))
    missing = tuple(field.label.fr for field in asked if lacking[field.uid])
    stored = {field.uid: field.name for field in kind.fields if not field.archived}
    short = [stored.get(field.uid) for field in asked if lacking[field.uid]]
    listed = tuple(name for name in short if name) if None not in short else ()
    return Fate(kind.name, home.uid, stage, label, n, lacking[""], missing, listed)


def _newly_required(old: Snapshot, after: Object, home: Pipeline, stage: str) -> list[Field]:
    """Return the fields that a record at this stage must have filled, and could come without before."""
    was = next((one for one in old.blueprint.pipelines if one.uid == home.uid), None)
    before = set(_accumulated(was, stage)) if was is not None else set()
    fields = {field.uid: field for field in after.fields if not field.archived}
    return [fields[uid] for uid in _accumulated(home, stage) if uid not in before and uid in fields]


def _accumulated(home: Pipeline, stage: str) -> list[str]:
    """Return what a record that stands at an open stage was asked for, whichever drawn way it came."""
    stages = pipelines.live_stages(home)
    if stage not in stages or stages[stage].kind in FINAL:
        return []

    def asks(way: Transition) -> dict[str, None]:
        return dict.fromkeys((*stages[way.source].required, *way.required))

    return list(ways.asked_before(home, asks).get(stage, ()))


def _lacking(old: Snapshot, kind: Object, asked: list[Field], where: Q) -> dict[str, int]:
    """Return how many records lack each field, by uid, and under "" how many lack any of them."""
    stored = {field.uid: field.name for field in kind.fields if not field.archived}
    model = old.model(kind.name)
    lists = {
        one.uid: ~Q(pk__in=links.pairs_of(model, one.name).objects.values("a_id"))
        for one in links.fields_of(kind)
    }
    empty = {field.uid: lists.get(field.uid) or _empty(stored.get(field.uid)) for field in asked}
    anyone = Q()
    for one in empty.values():
        anyone |= one
    counts: dict[str, Any] = {f"n_{rank}": Count("pk", filter=one) for rank, one in enumerate(empty.values())}
    rows = model.objects.filter(where & _LIVE)
    found = rows.aggregate(n=Count("pk", filter=anyone), **counts)
    return {"": found["n"], **{uid: found[f"n_{rank}"] for rank, uid in enumerate(empty)}}


def _empty(name: str | None) -> Q:
    return Q(pk__isnull=False) if name is None else Q(**{f"{name}__isnull": True})
