"""Records that may be one, found by a pass over all of them; the queue in which a person decides.

Owns the blocks within which records are compared: whatever identifies, the name without legal forms, its
first word in one postcode. What everybody shares (a mail domain of the whole world) makes no block.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db import transaction

from portulan.base.refusals import NotValid, Problem
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import alike, asked, duplicates, happenings, merge, rows, runtime, sight, values
from portulan.records.alike import Identity
from portulan.records.models import Apart, Suspect

#: A block of more records than this proves nothing.
_LARGEST = 40
_SHOWN = 100
Tell = Callable[[float, str], None]
Pair = tuple[int, int]


class MotiveMissing(NotValid):
    """It has to be said why two records alike are not the same."""

    code = "records.motive_needed"


def look(actor: Actor, *, at: datetime, tell: Tell) -> int:
    """Compare the records of every object that has an identity; keep and count the pairs that may be one."""
    kinds = [
        one for one in runtime.current().blueprint.objects if not one.archived and duplicates.identified(one)
    ]
    total = 0
    for done, kind in enumerate(kinds):
        tell(done / len(kinds), kind.plural.say(actor.lang))
        found = _pairs(actor, kind)
        with transaction.atomic():
            Suspect.objects.filter(object=kind.uid).delete()
            gathered = merge.gathered(kind, {row for pair in found for row in pair})
            entries = (
                Suspect(
                    object=kind.uid, one=one, other=other, points=likeness.points,
                    shared=list(likeness.shared), at=at, gathered=min(gathered[one], gathered[other]) + 1,
                )
                for (one, other), likeness in found.items()
            )  # fmt: skip
            Suspect.objects.bulk_create(entries, batch_size=2000)
        total += len(found)
    return total


def queue(actor: Actor, *, object_name: str) -> dict[str, Any]:
    """Return the pairs that the actor may merge, what merging gathers most first."""
    kind = runtime.current().object(object_name)
    mine = rights.visible(actor, "update", "record", asked.seen(actor, object_name)).values("pk")
    found = Suspect.objects.filter(object=kind.uid, one__in=mine, other__in=mine)
    shown = list(found.order_by("-gathered", "-points", "pk")[:_SHOWN])
    title = sight.title(kind)
    ids = {row for pair in shown for row in (pair.one, pair.other)}
    names = dict(asked.seen(actor, object_name).filter(pk__in=ids).values_list("pk", title))
    return {
        "count": found.count(),
        "at": shown[0].at.isoformat() if shown else None,
        "pairs": [
            {
                "one": {"id": pair.one, "title": names.get(pair.one) or ""},
                "other": {"id": pair.other, "title": names.get(pair.other) or ""},
                "points": pair.points,
                "sure": pair.points >= alike.SURE,
                "shared": pair.shared,
                "gathered": pair.gathered,
            }
            for pair in shown
        ],
    }


def keep_apart(actor: Actor, *, object_name: str, pair: merge.Pair, motive: str, at: datetime) -> None:
    """Remember that two records alike are not the same, and why.

    :raises MotiveMissing: when it is not said why.
    """
    kind = runtime.current().object(object_name)
    if not motive.strip():
        raise MotiveMissing(Problem("motive", "records.motive_missing"))
    one, other = sorted((pair.winner, pair.loser))
    with transaction.atomic():
        for row in (one, other):
            rows.locked(actor, "update", object_name, row_id=row)
        known = {"motive": motive.strip()[:500], "at": at, "by_id": actor.id}
        Apart.objects.update_or_create(object=kind.uid, one=one, other=other, defaults=known)
        Suspect.objects.filter(object=kind.uid, one=one, other=other).delete()
        what = happenings.RecordsKeptApart(other, motive.strip()[:500])
        log.append(what, actor=actor, subject=rows.subject(kind, one), at=at)


def _pairs(actor: Actor, kind: Object) -> dict[Pair, alike.Likeness]:
    seen = sight.of(actor, kind)
    columns = {one.name: values.attribute(one) for one in seen.fields if one.type != "links"}
    raw: Any = asked.seen(actor, kind.name).values("pk", *columns.values())
    held: dict[int, Mapping[str, Any]] = {}
    blocks: dict[str, list[int]] = defaultdict(list)
    for row in raw.iterator(chunk_size=5000):
        state = {name: row[column] for name, column in columns.items()}
        held[row["pk"]] = state
        for key in _blocks(duplicates.identity(seen, state)):
            blocks[key].append(row["pk"])
    apart = set(Apart.objects.filter(object=kind.uid).values_list("one", "other"))
    found: dict[Pair, alike.Likeness] = {}
    met: set[Pair] = set()
    for ids in blocks.values():
        for pair in combinations(sorted(set(ids)), 2) if len(ids) <= _LARGEST else ():
            if pair not in met and pair not in apart:
                met.add(pair)
                likeness = alike.compare(*(duplicates.identity(seen, held[row]) for row in pair))
                if likeness.points >= alike.LOOK and not likeness.sister:
                    found[pair] = likeness
    return found


def _blocks(known: Identity) -> Iterator[str]:
    yield from (f"siren:{known.siren}" for _ in (1,) if known.siren)
    for name, held in (("email", known.emails), ("phone", known.phones), ("domain", known.domains)):
        yield from (f"{name}:{one}" for one in held)
    words = sorted(alike.words_of(known.name)) if known.name else []
    if words:
        yield f"name:{' '.join(words)}"
        yield f"letters:{''.join(words)}"
        if known.postcode:
            yield f"place:{known.postcode}:{words[0][:5]}"
