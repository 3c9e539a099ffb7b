"""People who are records: what names one goes for good, while what is counted stays.

An object is about people when it has an address of mail and is no organisation. What a person is called or
wrote goes from the row, its history, its activities, its documents, the index, and every other place that
names them; the row, its links, dates, amounts and stages stay, so that no total and no mined shape changes.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.base import texts
from portulan.base.refusals import NotAllowed, NotThere, NotValid, Problem
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.events import erasing, log
from portulan.events import queries as events
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import (
    activities,
    documents,
    finding,
    happenings,
    merge,
    rows,
    runtime,
    scope,
    sight,
    sweeping,
    tokens,
    values,
)
from portulan.records.models import Consent, Kept, Merge, Suspect

#: What somebody who was forgotten is called.
ANONYMOUS = texts.say("records.anonymous", "fr")


class NotAPerson(NotValid):
    """The record is about no person."""

    code = "records.not_a_person"


class MotiveMissing(NotValid):
    """It has to be said why somebody is forgotten."""

    code = "records.forget_motive"


def is_personal(kind: Object) -> bool:
    """Return whether the records of an object are people."""
    types = {one.type for one in values.live(kind).values()}
    return "email" in types and not types & {"siren", "siret"}


def person(actor: Actor, *, object_name: str, row_id: int) -> tuple[Object, Any]:
    """Return the row of a person whom the actor may forget, in the bin or not.

    :raises NotAPerson: when the record is about none.
    :raises NotAllowed: when the actor may not delete every record of the object.
    :raises NotThere: when there is none that the actor may see.
    """
    snapshot = runtime.current()
    kind = snapshot.object(object_name)
    if not is_personal(kind):
        raise NotAPerson
    seen = rights.visible(actor, "read", "record", snapshot.model(object_name).objects.filter(pk=row_id))
    row = seen.first()
    if row is None:
        raise NotThere
    require_may_forget(actor, kind)
    return kind, row


def may_forget(actor: Actor, kind: Object) -> bool:
    """Return whether the actor may forget the people of an object: whoever may delete every record of it."""
    return scope.scope_of(runtime.current().blueprint, actor, kind, "delete") == "all"


def require_may_forget(actor: Actor, kind: Object) -> None:
    """Do nothing when the actor may forget the records of an object.

    :raises NotAPerson: when they are no people.
    :raises NotAllowed: when the actor may not delete every one of them.
    """
    if not is_personal(kind):
        raise NotAPerson
    if not may_forget(actor, kind):
        raise NotAllowed


def require_motive(motive: str) -> None:
    """Do nothing when it is said why somebody is to be forgotten.

    :raises MotiveMissing: when it is not.
    """
    if not motive.strip():
        raise MotiveMissing(Problem("motive", "records.forget_motive"))


def unnamed(actor: Actor, *, object_name: str, row_id: int, text: str) -> str:
    """Return a text without the name of a person whom the actor may forget."""
    kind, row = person(actor, object_name=object_name, row_id=row_id)
    said_of = [_known(kind, one) for one in _parts(kind, row)]
    found = tokens.pattern(tokens.tokens(said_of) | tokens.names(said_of))
    return str(tokens.without(text, found)) if found else text


def anonymise(
    actor: Actor,
    *,
    object_name: str,
    row_id: int,
    motive: str,
    at: datetime,
    tell: Callable[[float], None] = lambda _: None,
) -> dict[str, int]:
    """Forget a person for good, and return what was emptied: rows, events, documents, other places.

    :raises MotiveMissing: when it is not said why.
    """
    require_motive(motive)
    kind, row = person(actor, object_name=object_name, row_id=row_id)
    parts = [(kind, one) for one in _parts(kind, row)]
    said = list(_activities(kind, [one.pk for _, one in parts]))
    said_of = [_known(one_kind, one) for one_kind, one in parts]
    known, names = tokens.tokens(said_of), tokens.names(said_of)
    counts = {"rows": 0, "events": 0, "documents": 0, "places": 0}
    with transaction.atomic():
        for one_kind, one in (*parts, *said):
            counts["rows"] += 1
            counts["events"] += _forget(actor, one_kind, one, at)
            counts["documents"] += documents.erase(one_kind, [one.pk], at=at)
        _forget_pairs(kind, [one.pk for _, one in parts])
        counts["places"] = _reword(kind, parts, names) + sweeping.sweep(known, tell=tell)
        found = tokens.pattern(known | names)
        what = happenings.PersonForgotten(str(tokens.without(motive, found)) if found else motive, counts)
        log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)
    return counts


def free_fields(kind: Object) -> dict[str, Field]:
    """Return the fields in which people write, by API name."""
    return {
        name: one
        for name, one in values.live(kind).items()
        if not one.system and TYPES.get(one.type).kind == "text"
    }


def _parts(kind: Object, row: Any) -> list[Any]:
    """Return the row and those that became one with it."""
    ids = [row.pk, *merge.absorbed(kind, row.pk)]
    return list(runtime.current().model(kind.name).objects.filter(pk__in=ids).order_by("pk"))


def _activities(kind: Object, ids: list[int]) -> Iterator[tuple[Object, Any]]:
    """Return the activities about people, whoever did them, in the bin or not."""
    known = next((o for o in runtime.current().blueprint.objects if o.uid == activities.UID), None)
    if known is None or known.archived or known.uid == kind.uid:
        return
    for one in values.live(known).values():
        if one.type == "link" and one.to == kind.uid:
            model = runtime.current().model(known.name)
            for row in model.objects.filter(**{f"{values.attribute(one)}__in": ids}):
                yield known, row


def _known(kind: Object, row: Any) -> dict[str, list[str]]:
    """Return what a row says, and said, that a person is known by, by type of field."""
    fields = values.live(kind)
    title = sight.title(kind)
    of = {
        one.uid: "name" if name == title else name if name == "first_name" else one.type
        for name, one in fields.items()
    }
    known: dict[str, list[str]] = {"email": [], "phone": [], "name": [], "first_name": []}
    held = [rows.stored(kind, row), *_history(rows.subject(kind, row.pk))]
    for uid, value in ((uid, value) for one in held for uid, value in one.items()):
        group = known.get(of.get(uid, ""))
        if group is not None and isinstance(value, str) and value not in ("", ANONYMOUS, *group):
            group.append(value)
    return known


def _history(subject: str) -> Iterator[dict[str, Any]]:
    for event in events.all_of(subject):
        yield event.data.get("values", {})
        for uid, both in event.data.get("changes", {}).items():
            yield from ({uid: one} for one in both)


def _forget(actor: Actor, kind: Object, row: Any, at: datetime) -> int:
    """Empty the free fields of a row and of its past; say so with what stands now, and return the events."""
    free, title = free_fields(kind), sight.title(kind)
    subject = rows.subject(kind, row.pk)
    count = erasing.forget([subject], fields=[one.uid for one in free.values()], at=at)
    new = {name: ANONYMOUS if name == title else None for name in free}
    changes = rows.change(kind, row, new, at=at)
    stands = {one.uid: values.dump(new[name]) for name, one in free.items()}
    now = {uid: [None, after] for uid, (_, after) in changes.items()} | {
        uid: [None, after] for uid, after in stands.items()
    }
    log.append(happenings.RecordAnonymised(now), actor=actor, subject=subject, at=at)
    return count


def _reword(kind: Object, parts: list[tuple[Object, Any]], names: frozenset[str]) -> int:
    """Take the bare names out of what points to a person: there they mean nobody else."""
    found = tokens.pattern(names)
    if found is None:
        return 0
    changed, ids = 0, [one.pk for _, one in parts]
    for source in runtime.current().blueprint.objects:
        for one in () if source.archived else values.live(source).values():
            if one.type == "link" and one.to == kind.uid:
                model = runtime.current().model(source.name)
                pointing = model.objects.filter(**{f"{values.attribute(one)}__in": ids})
                changed += _reword_rows(source, pointing, found)
    return changed


def _reword_rows(kind: Object, pointing: Any, found: re.Pattern[str]) -> int:
    many = list(pointing)
    changed = sum(sweeping.reword(row, found) for row in many)
    subjects = [rows.subject(kind, row.pk) for row in many]
    finding.put_many(kind, list(pointing.all()))
    return changed + erasing.reword(subjects, lambda data: tokens.without(data, found))


def _forget_pairs(kind: Object, ids: list[int]) -> None:
    """Empty what duplicates, merges, proofs of consent and decisions to keep them say of a person."""
    Suspect.objects.filter(object=kind.uid, one__in=ids).delete()
    Suspect.objects.filter(object=kind.uid, other__in=ids).delete()
    for side in ("winner", "loser"):
        Merge.objects.filter(object=kind.uid, **{f"{side}__in": ids}).update(changes={}, freed={})
    Consent.objects.filter(object=kind.uid, row__in=ids).update(proof="")
    Kept.objects.filter(object=kind.uid, row__in=ids).update(motive="")
