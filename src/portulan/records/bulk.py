"""One change asked of many records: each goes through its own rights and gates, the refused are listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portulan.base.refusals import NotThere, NotValid, Problem, Refusal
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import operations, runtime, sight
from portulan.records.operations import Move

#: Records that one call changes at most.
LIMIT = 500


class BulkNotValid(NotValid):
    """The change of many records cannot even begin."""

    code = "records.values_not_valid"


@dataclass(frozen=True)
class Change:
    """What should become of each record: new values, another stage, or the bin."""

    values: Mapping[str, Any] = field(default_factory=dict)
    to: str = ""
    motive: str = ""
    override: bool = False
    delete: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.values or self.to or self.delete)


def bulk(
    actor: Actor, *, object_name: str, ids: Sequence[int], change: Change, at: datetime
) -> dict[str, Any]:
    """Change records one by one and return the ids of those done, and the others each with its reasons.

    :raises BulkNotValid: when there are too many records, or nothing to do.
    """
    if len(ids) > LIMIT:
        raise BulkNotValid(Problem("ids", "records.too_many", {"n": LIMIT}))
    if change.empty:
        raise BulkNotValid(Problem("change", "records.nothing_to_do"))
    kind = runtime.current().object(object_name)
    title = sight.title(kind)
    shown = title in sight.of(actor, kind).names.values()
    wanted = list(dict.fromkeys(ids))
    found = asks.seen(actor, object_name).filter(pk__in=wanted).values_list("pk", "version", title)
    known = {row_id: (version, name if shown else "") for row_id, version, name in found}
    done, refused = [], []
    for row_id in wanted:
        version, name = known.get(row_id, (0, ""))
        try:
            _change_one(actor, object_name, row_id, version, change, at)
            done.append(row_id)
        except Refusal as refusal:
            refused.append(_told(actor, row_id, name, refusal))
    return {"done": done, "refused": refused}


def _change_one(
    actor: Actor, object_name: str, row_id: int, version: int, change: Change, at: datetime
) -> None:
    if not version:
        raise NotThere
    if change.delete:
        operations.delete(actor, object_name=object_name, row_id=row_id, at=at)
    elif change.to:
        move = Move(change.to, version, change.values, change.motive, change.override)
        operations.move(actor, object_name=object_name, row_id=row_id, move=move, at=at)
    else:
        given = change.values
        operations.update(actor, object_name=object_name, row_id=row_id, version=version, given=given, at=at)


def _told(actor: Actor, row_id: int, title: str, refusal: Refusal) -> dict[str, Any]:
    return {
        "id": row_id,
        "title": title,
        "code": refusal.code,
        "say": refusal.say(actor.lang),
        "problems": [{"where": one.where, "detail": one.say(actor.lang)} for one in refusal.problems],
    }
