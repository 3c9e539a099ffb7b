"""Those who have been kept long enough, for who may forget them; the decisions that keep some a while longer.

Refuses a decision without a motive or without an end. Forgets nobody: a person validates the list, then
`automation.privacy` does what they asked.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from portulan.base import calendar as calendars
from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import activities, asked, dues, happenings, keyset, privacy, rows, runtime, sight
from portulan.records.models import Consent, Kept

#: People told at once, and decided on at once.
SHOWN = 200


class KeptNotValid(NotValid):
    """Somebody cannot be kept so."""

    code = "records.kept_not_valid"


class NotDue(NotNow):
    """Somebody is not to be forgotten yet."""

    code = "records.not_due"


@dataclass(frozen=True)
class Keeping:
    """Who is kept although they are due, why, and until which day."""

    ids: tuple[int, ...]
    motive: str
    until: date


def proposals(actor: Actor, *, at: datetime) -> list[dict[str, Any]]:
    """Return, object by object, who is due and who is kept; nothing of those the actor may not forget."""
    kinds = (one for one in runtime.current().blueprint.objects if not one.archived)
    return [_proposed(actor, one, at) for one in kinds if _is_governed(actor, one)]


def page(actor: Actor, *, object_name: str, after: str, at: datetime) -> dict[str, Any]:
    """Return those of an object who are due after a cursor, who was collected first, and the next cursor.

    :raises NotAPerson: when the object is about none.
    :raises NotAllowed: when the actor may not delete every record of the object.
    :raises CursorNotValid: when the cursor was not made by this list.
    """
    kind = _governed(actor, object_name)
    return _page(actor, kind, dues.due(actor, kind, at=at), after)


def due(actor: Actor, *, object_name: str, ids: Collection[int], at: datetime) -> set[int]:
    """Return those of some people who are to be forgotten.

    :raises NotAPerson: when the object is about none.
    :raises NotAllowed: when the actor may not delete every record of the object.
    """
    kind = _governed(actor, object_name)
    return set(dues.due(actor, kind, at=at, among=ids).values_list("pk", flat=True))


def require_due(actor: Actor, *, object_name: str, ids: Collection[int], at: datetime) -> None:
    """Do nothing when everybody is to be forgotten.

    :raises NotDue: when somebody is not, or no more.
    """
    early = set(ids) - due(actor, object_name=object_name, ids=ids, at=at)
    if early:
        raise NotDue(Problem("ids", "records.not_due_some", {"n": len(early)}))


def keep(actor: Actor, *, object_name: str, keeping: Keeping, at: datetime) -> int:
    """Keep people off the list until a day, and return how many.

    :raises KeptNotValid: without a motive, or with a day that is past or too far.
    :raises NotThere: when the actor does not see one of them.
    """
    kind = _governed(actor, object_name)
    _require_valid(keeping, at)
    motive = keeping.motive.strip()
    with transaction.atomic():
        held = _held(actor, kind, keeping.ids)
        dues.standing(kind).filter(row__in=held).update(ended_at=at, ended_by_id=actor.id)
        Kept.objects.bulk_create(
            Kept(object=kind.uid, row=row, motive=motive, until=keeping.until, at=at, by_id=actor.id)
            for row in held
        )
        for row in held:
            what = happenings.PersonKept(keeping.until.isoformat(), motive)
            log.append(what, actor=actor, subject=rows.subject(kind, row), at=at)
    return len(held)


def release(actor: Actor, *, object_name: str, ids: Collection[int], at: datetime) -> int:
    """Take back the decision that keeps some people, and return how many it kept.

    :raises NotThere: when the actor does not see one of them.
    """
    kind = _governed(actor, object_name)
    with transaction.atomic():
        kept = dues.standing(kind).filter(row__in=_held(actor, kind, ids))
        released = sorted(kept.values_list("row", flat=True))
        kept.update(ended_at=at, ended_by_id=actor.id)
        for row in released:
            log.append(happenings.PersonReleased(), actor=actor, subject=rows.subject(kind, row), at=at)
    return len(released)


def _is_governed(actor: Actor, kind: Object) -> bool:
    names = activities.named(kind)
    return "created_at" in names and privacy.is_personal(kind) and privacy.may_forget(actor, kind)


def _governed(actor: Actor, object_name: str) -> Object:
    kind = runtime.current().object(object_name)
    privacy.require_may_forget(actor, kind)
    return kind


def _require_valid(keeping: Keeping, at: datetime) -> None:
    today = dues.today(at)
    problems = []
    if not keeping.motive.strip():
        problems.append(Problem("motive", "records.kept_motive"))
    if not today < keeping.until <= calendars.months_later(today, dues.MONTHS):
        problems.append(Problem("until", "records.kept_until"))
    if problems:
        raise KeptNotValid(*problems)


def _held(actor: Actor, kind: Object, ids: Collection[int]) -> list[int]:
    """Return the rows of some people, held until the end of the transaction."""
    mine = asked.seen(actor, kind.name).select_for_update(of=("self",)).filter(pk__in=list(ids))
    held = [row.pk for row in mine.order_by("pk")]
    if len(held) < len(set(ids)):
        raise NotThere
    return held


def _proposed(actor: Actor, kind: Object, at: datetime) -> dict[str, Any]:
    found = dues.due(actor, kind, at=at)
    return {
        "object": kind.name,
        "label": kind.plural.say(actor.lang),
        "count": found.count(),
        **_page(actor, kind, found),
        "kept": _kept(actor, kind, at),
    }


def _page(actor: Actor, kind: Object, found: QuerySet[Any], after: str = "") -> dict[str, Any]:
    began = activities.named(kind)["created_at"]
    keys = [keyset.Key(began)]
    rest = found.filter(keyset.after(keys, after)) if after else found
    read = list(rest.order_by(*keyset.order(keys))[: SHOWN + 1])
    shown = read[:SHOWN]
    heard, agreed = _heard(kind, shown), _agreed(kind, shown)
    called = _called(actor, kind)
    people_due = [
        {
            "id": row.pk,
            "title": called(row),
            "collected_at": getattr(row, began).isoformat(),
            "heard_at": heard[row.pk].isoformat() if row.pk in heard else None,
            "consents": agreed.get(row.pk, []),
        }
        for row in shown
    ]
    last = {began: getattr(shown[-1], began), "id": shown[-1].pk} if len(read) > SHOWN else None
    return {"people": people_due, "next": keyset.cursor(keys, last) if last else None}


def _heard(kind: Object, shown: Collection[Any]) -> dict[int, datetime]:
    """Return when people were last heard from, in one query a kind of proof."""
    found: dict[int, datetime] = {}
    ids = [row.pk for row in shown]
    for voice in dues.voices(kind) if ids else ():
        for row, moment in voice.last(ids):
            found[row] = max(moment, found.get(row, moment))
    return found


def _agreed(kind: Object, shown: Collection[Any]) -> dict[int, list[dict[str, Any]]]:
    """Return what stands for each purpose that people said something about."""
    said = Consent.objects.filter(object=kind.uid, row__in=[row.pk for row in shown]).order_by("at", "pk")
    last = {(one.row, one.purpose): one for one in said}
    found: dict[int, list[dict[str, Any]]] = {}
    for (row, purpose), one in sorted(last.items()):
        told = {"purpose": purpose, "basis": one.basis, "given": one.given}
        found.setdefault(row, []).append(told | {"said_at": one.said_at.isoformat()})
    return found


def _called(actor: Actor, kind: Object) -> Callable[[Any], str]:
    """Return what tells how a person is called, as far as the actor may read it."""
    title = sight.title(kind)
    readable = title in sight.of(actor, kind).names.values()
    return lambda row: getattr(row, title) if readable else ""


def _kept(actor: Actor, kind: Object, at: datetime) -> list[dict[str, Any]]:
    """Return who is kept, until when and why, who is free first."""
    mine = asked.seen(actor, kind.name)
    mine_kept = dues.standing(kind).filter(until__gt=dues.today(at), row__in=mine.values("pk"))
    shown = list(mine_kept.order_by("until", "pk")[:SHOWN])
    held = mine.in_bulk([one.row for one in shown])
    called = _called(actor, kind)
    names = people.named(actor, ids={one.by_id for one in shown if one.by_id})
    return [
        {
            "id": one.row,
            "title": called(held[one.row]),
            "motive": one.motive,
            "until": one.until.isoformat(),
            "by": names[one.by_id].name if one.by_id in names else None,
        }
        for one in shown
    ]
