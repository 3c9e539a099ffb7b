"""Two records made one, and taken apart again: values chosen by field, links brought along, both histories.

Owns the alias: what was merged lies in the bin and its address leads to the survivor. Two establishments of
one company are sisters and never merged. Undoing gives back what nobody changed since; what was added to the
survivor stays with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.blueprint.schema import Field, Object
from portulan.events import log
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import amend, asked, happenings, links, rows, runtime, scope, sight, values
from portulan.records.models import Merge, Suspect

#: So many records are looked for; what points to more is counted over all.
_FEW = 100
_KEPT = frozenset({"updated_at", "deleted_at", "deleted_by"})


class MergeNotValid(NotValid):
    """These two cannot become one so."""

    code = "records.merge_not_valid"


class NotMerged(NotNow):
    """The merge was undone, or its records are no longer what it left."""

    code = "records.not_merged"


class MergedElsewhere(NotNow):
    """The record is part of another one since a merge."""

    code = "records.merged_elsewhere"


@dataclass(frozen=True)
class Pair:
    """Which record stays and which becomes part of it."""

    winner: int
    loser: int


def merge(actor: Actor, *, object_name: str, pair: Pair, taken: Iterable[str], at: datetime) -> int:
    """Make two records one; `taken` are the fields whose value is the loser's. Return the id of the merge.

    :raises MergeNotValid: when they are one and the same, sisters, or a field cannot be taken.
    :raises NotAllowed: when the actor may not change the one or delete the other.
    """
    kind = runtime.current().object(object_name)
    if pair.winner == pair.loser:
        raise MergeNotValid(Problem("loser", "records.merge_itself"))
    with transaction.atomic():
        winner = rows.locked(actor, "update", object_name, row_id=pair.winner)
        loser = rows.locked(actor, "delete", object_name, row_id=pair.loser)
        fields = _taken(actor, kind, winner, loser, taken)
        title = str(getattr(loser, sight.title(kind)) or "")
        new = {one.name: getattr(loser, values.attribute(one)) for one in fields}
        freed = {one.uid: values.dump(new[one.name]) for one in fields if one.unique}
        gone = dict.fromkeys((one.name for one in fields if one.unique), None)
        moved = dict(_pointing(kind, pair.loser))
        bin_ = {**gone, "deleted_at": at, "deleted_by": actor.id}
        _amend(actor, kind, {pair.loser: bin_}, at)
        done = _amend(actor, kind, {pair.winner: new}, at)
        changes = done[pair.winner].changes if pair.winner in done else {}
        _repoint(actor, moved, pair.loser, pair.winner, at)
        made = Merge.objects.create(
            object=kind.uid, winner=pair.winner, loser=pair.loser, changes=changes, freed=freed,
            links={place: ids for (_, _, place), ids in moved.items()}, at=at, by_id=actor.id,
        )  # fmt: skip
        both = (pair.winner, pair.loser)
        Suspect.objects.filter(object=kind.uid, one__in=both, other__in=both).delete()
        what = happenings.RecordMerged(pair.loser, title, sum(map(len, moved.values())))
        log.append(what, actor=actor, subject=rows.subject(kind, pair.winner), at=at)
    return int(made.pk)


def undo(actor: Actor, *, merge_id: int, at: datetime) -> None:
    """Take a merge apart: the loser has its links again, the winner what nobody changed since.

    :raises NotThere: when there is no such merge, or its records are hidden from the actor.
    :raises NotMerged: when it was undone.
    """
    made = Merge.objects.filter(pk=merge_id).first()
    if made is None:
        raise NotThere
    kind = next(one for one in runtime.current().blueprint.objects if one.uid == made.object)
    with transaction.atomic():
        if not Merge.objects.filter(pk=merge_id, undone_at=None).update(undone_at=at):
            raise NotMerged
        held_by = survivor(kind, made.winner)
        rows.locked(actor, "update", kind.name, row_id=held_by)
        loser = rows.locked(actor, "delete", kind.name, row_id=made.loser, deleted=True)
        _amend(actor, kind, {made.winner: _before(kind, made)}, at)
        named = {one.uid: one for one in values.live(kind).values()}
        freed = {one.name: one for uid, one in named.items() if uid in made.freed}
        back = {name: values.load(one, made.freed[one.uid]) for name, one in freed.items()}
        _amend(actor, kind, {made.loser: {**back, "deleted_at": None, "deleted_by": None}}, at)
        moved = {place: made.links.get(place[2], []) for place in places(kind)}
        _repoint(actor, moved, held_by, made.loser, at)
        what = happenings.RecordUnmerged(made.loser, str(getattr(loser, sight.title(kind)) or ""))
        log.append(what, actor=actor, subject=rows.subject(kind, held_by), at=at)


def survivor(kind: Object, row_id: int) -> int:
    """Return the record that a record became part of, through every merge since, or itself."""
    seen = {row_id}
    while True:
        merges = Merge.objects.filter(object=kind.uid, loser=row_id, undone_at=None)
        into = merges.values_list("winner", flat=True).first()
        if into is None or into in seen:
            return row_id
        row_id = into
        seen.add(into)


def require_apart(kind: Object, row_id: int) -> None:
    """Do nothing when a record is no part of another.

    :raises MergedElsewhere: when it is.
    """
    if survivor(kind, row_id) != row_id:
        raise MergedElsewhere


def survivors(kind: Object) -> dict[int, int]:
    """Return the record that each merged record of an object became part of."""
    into = dict(Merge.objects.filter(object=kind.uid, undone_at=None).values_list("loser", "winner"))

    def last(row_id: int) -> int:
        for _ in into:
            row_id = into.get(row_id, row_id)
        return row_id

    return {row_id: last(row_id) for row_id in into}


def absorbed(kind: Object, row_id: int) -> list[int]:
    """Return the records that became part of a record, through every merge."""
    found, waiting = [], [row_id]
    while waiting:
        parts = Merge.objects.filter(object=kind.uid, winner__in=waiting, undone_at=None)
        waiting = [one for one in parts.values_list("loser", flat=True) if one not in found]
        found += waiting
    return found


def merges(actor: Actor, *, object_name: str, row_id: int) -> list[dict[str, Any]]:
    """Return what became part of a record and can be taken apart, the newest first.

    :raises NotThere: when the actor may not see the record.
    """
    kind = runtime.current().object(object_name)
    if not asked.seen(actor, object_name).filter(pk=row_id).exists():
        raise NotThere
    parts = list(Merge.objects.filter(object=kind.uid, winner=row_id, undone_at=None).order_by("-pk"))
    persons = people.named(actor, ids=[one.by_id for one in parts if one.by_id])
    model, title = runtime.current().model(object_name), sight.title(kind)
    shown = title in sight.of(actor, kind).names.values()
    named = model.objects.filter(pk__in=[one.loser for one in parts]) if shown else model.objects.none()
    titles = dict(named.values_list("pk", title))
    return [
        {
            "id": one.pk,
            "title": titles.get(one.loser) or "",
            "at": one.at.isoformat(),
            "by": persons[one.by_id].name if one.by_id in persons else "",
        }
        for one in parts
    ]


def gathered(kind: Object, ids: set[int]) -> dict[int, int]:
    """Return how many records point to each of some records, in one query a link."""
    found: dict[int, int] = defaultdict(int)
    for source, link, _ in places(kind):
        if link.type != "links":
            path = values.attribute(link)
            pointing = runtime.current().model(source.name).objects.filter(deleted_at=None)
            if len(ids) <= _FEW:
                pointing = pointing.filter(**{f"{path}__in": ids})
            for row, n in pointing.order_by().values_list(path).annotate(n=Count("pk")):
                if row in ids:
                    found[row] += n
    return found


Place = tuple[Object, Field, str]


def places(kind: Object) -> Iterator[Place]:
    """Yield the fields that may point to records of an object."""
    for source in runtime.current().blueprint.objects:
        if not source.archived:
            for one in values.live(source).values():
                if one.to == kind.uid:
                    yield source, one, f"{source.uid}.{one.uid}"


def _pointing(kind: Object, row_id: int) -> Iterator[tuple[Place, list[int]]]:
    """Yield the records, of the bin too, that point to a record, place by place."""
    for place in places(kind):
        source, one, _ = place
        model = runtime.current().model(source.name)
        if one.type == "links":
            found = links.pairs_of(model, one.name).objects.filter(b_id=row_id).values_list("a_id", flat=True)
        else:
            found = model.objects.filter(**{values.attribute(one): row_id}).values_list("pk", flat=True)
        if ids := sorted(found):
            yield place, ids


def _repoint(actor: Actor, moved: Mapping[Place, list[int]], source: int, target: int, at: datetime) -> None:
    """Have records that point to one record point to another, unless they point elsewhere by now."""
    for (kind, one, _), ids in moved.items():
        model = runtime.current().model(kind.name)
        wanted: dict[int, dict[str, Any]] = {}
        for row in model.objects.filter(pk__in=ids):
            held = getattr(row, values.attribute(one))
            if one.type == "links" and source in held:
                wanted[row.pk] = {one.name: sorted({*held, target} - {source})}
            elif held == source:
                wanted[row.pk] = {one.name: None if row.pk == target and one.to == kind.uid else target}
        amend.amend(actor, kind=kind, among=model.objects.all(), wanted=wanted, at=at)


def _amend(
    actor: Actor, kind: Object, wanted: Mapping[int, Mapping[str, Any]], at: datetime
) -> dict[int, amend.Amended]:
    among = runtime.current().model(kind.name).objects.all()
    return amend.amend(actor, kind=kind, among=among, wanted=wanted, at=at)


def _taken(actor: Actor, kind: Object, winner: Any, loser: Any, taken: Iterable[str]) -> list[Field]:
    """Return the fields taken from the loser.

    :raises MergeNotValid: when the two are sisters, or the actor does not write one of the fields.
    """
    live, writable = values.live(kind), scope.writable(runtime.current().blueprint, actor, kind)
    problems = [
        Problem(name, "records.field_unknown", {"field": name})
        for name in taken
        if name not in live or live[name].system or name not in writable
    ]
    sirets = {getattr(row, "siret", None) for row in (winner, loser)}
    sirens = {siret[:9] for siret in sirets if siret}
    if None not in sirets and len(sirets) == 2 and len(sirens) == 1:  # noqa: PLR2004 - one each
        problems.append(Problem("siret", "records.merge_sisters"))
    if problems:
        raise MergeNotValid(*problems)
    return [live[name] for name in dict.fromkeys(taken)]


def _before(kind: Object, made: Merge) -> dict[str, Any]:
    """Return the values that the winner had, but for those that somebody changed since."""
    row = runtime.current().model(kind.name).objects.get(pk=made.winner)
    now, fields = rows.stored(kind, row), {one.uid: one for one in values.live(kind).values()}
    return {
        fields[uid].name: values.load(fields[uid], before)
        for uid, (before, after) in made.changes.items()
        if uid in fields and uid not in _KEPT and now[uid] == after
    }
