"""Who answers for the data of an object, and when they are looked at again: the reviews of `pages`, on data.

Whoever may change every record of the object says who answers for it; they, and those who answer, say that it
was looked at. Refuses what the actor may not read as if it were not there.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from portulan.base import texts
from portulan.base.refusals import NotAllowed, NotThere
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.pages import reviews
from portulan.pages.targets import Place, Where
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import happenings, runtime, scope, sight
from portulan.records.models import Upkeep

TARGET = "quality"
_FIRST = 1


class UpkeepTarget:
    """The data of the objects that somebody answers for, as the version in force has them."""

    def rows(self, actor: Actor, verb: Verb) -> QuerySet[Any]:
        """Return those that the actor reads, or may change every record of."""
        with runtime.pinned(runtime.newest()):
            kinds = [one for one in _kinds(actor) if verb == "read" or _keeps(actor, one)]
        return Upkeep.objects.filter(object__in=[one.uid for one in kinds])

    def place(self, actor: Actor, id: UUID, element: str) -> Place:  # noqa: A002, ARG002 - a target’s
        """Return what the data are called.

        :raises NotThere: when the actor reads none of them.
        """
        with runtime.pinned(runtime.newest()):
            kind = _kind_of(actor, Upkeep.objects.filter(pk=id).first())
        title = texts.say("records.quality_of", actor.lang, label=kind.plural.say(actor.lang))
        return Place(title, "", reviews.keepers(Where(TARGET, id)))

    def elements(self, actor: Actor, id: UUID) -> dict[str, str]:  # noqa: A002, ARG002 - a target’s
        """Return nothing: data have no parts that guests speak about."""
        return {}


def upkeeps(actor: Actor, *, at: datetime) -> list[dict[str, Any]]:
    """Return, object by object, who answers for the data that the actor reads; `may`: say so, too."""
    cares = reviews.cares(actor, target=TARGET, at=at)
    held = dict(Upkeep.objects.values_list("object", "pk"))
    return [
        {
            "object": kind.name,
            "id": held.get(kind.uid),
            "care": care,
            "may": _keeps(actor, kind),
            "answers": care is not None and actor.id in _ids(care),
        }
        for kind in _kinds(actor)
        for care in (cares.get(held[kind.uid]) if kind.uid in held else None,)
    ]


def entrust(
    actor: Actor, *, object_name: str, owner: int | None, backup: int | None, months: int, at: datetime
) -> None:
    """Say who answers for the data of an object and how often they are looked at.

    :raises NotThere: when the actor reads none of them.
    :raises NotAllowed: when the actor could not change them all.
    :raises CareNotValid: when a person is gone, or the interval is none of ours.
    """
    kind = runtime.current().object(object_name)
    if kind not in _kinds(actor):
        raise NotThere
    if not _keeps(actor, kind):
        raise NotAllowed(details={"verb": "update", "kind": object_name})
    with transaction.atomic():
        row, made = Upkeep.objects.get_or_create(object=kind.uid)
        where = Where(TARGET, row.pk)
        if made:
            reviews.begin(actor, where, at=at)
        reviews.assign(actor, where, owner=owner, backup=backup, months=months, at=at)


def done(actor: Actor, *, id: UUID, at: datetime) -> None:  # noqa: A002 - the noun of the row
    """Note that the data of an object were looked at; the next review is an interval away.

    :raises NotThere: when nobody answers for them, or the actor reads none of them.
    :raises NotAllowed: when the actor neither could change them all nor answers for them.
    """
    kind = _kind_of(actor, Upkeep.objects.filter(pk=id).first())
    where = Where(TARGET, id)
    if not (_keeps(actor, kind) or reviews.answers(actor, where)):
        raise NotAllowed(details={"verb": "update", "kind": kind.name})
    with transaction.atomic():
        reviews.verified(actor, where, version=_FIRST, at=at)
        log.append(happenings.QualityReviewed(kind.name), actor=actor, subject=where.subject, at=at)


def _kinds(actor: Actor) -> list[Object]:
    return [
        one for one in runtime.current().blueprint.objects if not one.archived and sight.of(actor, one).fields
    ]


def _kind_of(actor: Actor, row: Upkeep | None) -> Object:
    kind = next((one for one in _kinds(actor) if row is not None and one.uid == row.object), None)
    if kind is None:
        raise NotThere
    return kind


def _keeps(actor: Actor, kind: Object) -> bool:
    return scope.holders(runtime.current().blueprint, actor, kind, "update") is None


def _ids(care: reviews.CareView) -> set[int]:
    return {one.id for one in (care.owner, care.backup) if one is not None}
