"""An import given back: what it made goes to the bin, what it changed becomes what it was.

What people changed since is theirs: it is left as it is, and listed. Taken up again it finds nothing twice,
because what was given back differs from what the import left.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.blueprint.schema import Object
from portulan.connectors import linking
from portulan.connectors.happenings import ImportUndone
from portulan.connectors.models import Import, ImportedRow, KnownAs
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import amend, consent, rows, runtime, values
from portulan.records.amend import Amended

_BATCH = 1000
_STAGE = ("stage", "stage_since", "closed_at", "pipeline")
Tell = Callable[[float, str], None]


def undo(actor: Actor, kind: Object, batch: Import, *, at: datetime, tell: Tell) -> dict[str, Any]:
    """Give back what an import did and return how many records went which way."""
    counts = {"binned": 0, "given_back": 0, "kept": 0}
    total = ImportedRow.objects.filter(batch=batch).count()
    done = 0
    for some in _backwards(batch):
        with transaction.atomic(), log.quietly():
            for name, n in _give_back(actor, kind, some, at).items():
                counts[name] += n
        done += len(some)
        tell(done / max(total, 1), "")
    with transaction.atomic(), log.quietly():
        for name, n in linking.give_back(actor, batch, at=at).items():
            counts[name] += n
    what = ImportUndone(kind.uid, batch.file_name, counts["binned"], counts["given_back"], counts["kept"])
    with transaction.atomic():
        log.append(what, actor=actor, subject=f"import:{batch.pk}", at=at)
        Import.objects.filter(pk=batch.pk).update(undone=counts, undone_at=at)
    return counts


def follow(batch: Import, done: Mapping[int, Amended]) -> None:
    """Keep what the import did to its records after their line."""
    kept = ImportedRow.objects.filter(batch=batch, row__in=list(done))
    changed = []
    for one in kept:
        amended = done[one.row]
        one.version = amended.version
        if not one.made:
            for uid, (before, after) in amended.changes.items():
                one.changes[uid] = [one.changes.get(uid, [before])[0], after]
        changed.append(one)
    ImportedRow.objects.bulk_update(changed, ["version", "changes"], batch_size=500)


def _backwards(batch: Import) -> Iterator[list[ImportedRow]]:
    last: int | None = None
    while True:
        rows_of = ImportedRow.objects.filter(batch=batch).order_by("-pk")
        some = list((rows_of if last is None else rows_of.filter(pk__lt=last))[:_BATCH])
        if not some:
            return
        yield some
        last = some[-1].pk


def _give_back(actor: Actor, kind: Object, some: list[ImportedRow], at: datetime) -> dict[str, int]:
    live = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True)
    made, changed, kept = _wanted(actor, kind, live, some, at)
    done: list[set[int]] = []
    asked: tuple[tuple[rights.Verb, dict[int, dict[str, Any]]], ...] = (("delete", made), ("update", changed))
    for verb, wanted in asked:
        among = rights.visible(actor, verb, "record", live)
        free = consent.free(kind, wanted)
        done.append(set(amend.amend(actor, kind=kind, among=among, wanted=free, at=at, told=False)))
    binned, back = done
    denied = made.keys() - binned | {pk for pk in changed.keys() - back if changed[pk]}
    kept |= dict.fromkeys(denied, "right")
    KnownAs.objects.filter(batch_id=some[0].batch_id, object=kind.uid, row__in=list(binned)).delete()
    left = ImportedRow.objects.keep(some, kept)
    return {"binned": len(binned), "given_back": len(back), "kept": left}


def _wanted(
    actor: Actor, kind: Object, live: Any, some: list[ImportedRow], at: datetime
) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]], dict[int, str]]:
    """Return what goes to the bin, what becomes what it was, and what people changed since, by id."""
    versions = dict(live.filter(pk__in=[one.row for one in some if one.made]).values_list("pk", "version"))
    held = live.in_bulk([one.row for one in some if not one.made])
    made: dict[int, dict[str, Any]] = {}
    changed: dict[int, dict[str, Any]] = {}
    kept: dict[int, str] = {}
    for one in some:
        if one.made and one.row in versions:
            if versions[one.row] == one.version:
                made[one.row] = {"deleted_at": at, "deleted_by": actor.id}
            else:
                kept[one.row] = "changed"
        elif one.row in held:
            changed[one.row], why = _before(kind, held[one.row], one.changes)
            kept |= {one.row: why} if why else {}
    return made, changed, kept


def _before(kind: Object, row: Any, changes: Mapping[str, list[Any]]) -> tuple[dict[str, Any], str]:
    """Return what a record was before the import, and whether somebody changed part of it since."""
    fields = {one.uid: one for one in values.live(kind).values()}
    now = rows.stored(kind, row)
    mine = {uid for uid, (_, after) in changes.items() if uid in fields and now[uid] == after}
    if "stage" in changes and "stage" not in mine:
        mine -= set(_STAGE)
    mine.discard("updated_at")
    others = {uid for uid in changes if uid in fields} - mine - {"updated_at", *_STAGE[1:]}
    return {
        fields[uid].name: values.load(fields[uid], changes[uid][0]) for uid in mine
    }, "changed" if others else ""
