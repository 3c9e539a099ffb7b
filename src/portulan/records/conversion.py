"""A lead that becomes an account, a contact and a deal in one operation, and what takes that back.

Owns the trace: what was created, what was linked, which activities came along, the stage that the lead
left. A lead ends where its map says that it is won, through its gates. Refuses a second conversion while the
first stands, a new record where one very likely the same is there (unless somebody says why), and taking
back a deal that has moved on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.base import texts
from portulan.base.refusals import NotNow, NotThere
from portulan.blueprint.schema import Object
from portulan.events import log
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import activities, amend, enter, happenings, merge, operations, pipeline, rows, runtime
from portulan.records import asked as asks
from portulan.records.models import Conversion
from portulan.records.operations import ChangedMeanwhile, GateClosed, Move

LEAD, ACCOUNT, CONTACT, DEAL = "lead", "account", "contact", "opportunity"


class AlreadyConverted(NotNow):
    """The lead became a deal already."""

    code = "records.already_converted"


class NotConverted(NotNow):
    """The conversion was taken back already."""

    code = "records.not_converted"


class DealMovedOn(NotNow):
    """The deal has moved on since: the conversion stays."""

    code = "records.deal_moved_on"


@dataclass(frozen=True)
class Part:
    """What a part of a lead becomes: the record `id` that is there, else a new one with these values.

    `motive` says why a new one is created although one like it is there.
    """

    id: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    motive: str = ""
    pipeline: str | None = None


@dataclass(frozen=True)
class Wanted:
    """What a lead, as of a version, becomes; `values` are those that its own gate asks for.

    `override`: its gate is passed all the same, with a motive, by who may.
    """

    version: int
    account: Part
    contact: Part | None
    opportunity: Part
    values: Mapping[str, Any] = field(default_factory=dict)
    motive: str = ""
    override: bool = False


def convert(actor: Actor, *, row_id: int, wanted: Wanted, at: datetime) -> int:
    """Make a deal of a lead, with its account and its contact, and return the id of the conversion.

    :raises AlreadyConverted: when it became one.
    :raises AlreadyThere: when a new account or contact is very likely there already, and no motive is given.
    :raises GateClosed: with what the lead’s own map still asks before it is won.
    """
    kind = object_of(LEAD)
    try:
        with transaction.atomic():
            return _convert(actor, kind, row_id, wanted, at)
    except GateClosed as closed:
        what = happenings.GateRefused(**closed.details["refused"])
        log.append(what, actor=actor, subject=rows.subject(kind, row_id), at=at)
        raise


def undo(actor: Actor, *, conversion_id: int, at: datetime) -> None:
    """Take a conversion back: what it created goes to the bin, unless something else needs it by now.

    :raises NotConverted: when it was taken back.
    :raises DealMovedOn: when the deal left the stage where it began, or was closed.
    """
    made = Conversion.objects.filter(pk=conversion_id).first()
    if made is None:
        raise NotThere
    kind, deal = object_of(LEAD), object_of(DEAL)
    with transaction.atomic():
        lead = rows.locked(actor, "update", kind.name, row_id=made.lead)
        if not Conversion.objects.filter(pk=conversion_id, undone_at=None).update(undone_at=at):
            raise NotConverted
        row = rows.locked(actor, "update", deal.name, row_id=made.deal)
        if row.stage != made.began:
            raise DealMovedOn
        _release(actor, made, at)
        for uid, one in ((DEAL, made.deal), (CONTACT, made.contact), (ACCOUNT, made.account)):
            if one is not None and one in made.created.get(uid, []):
                _bin(actor, object_of(uid), one, at)
        if made.left and made.left != lead.stage:
            back = Move(to=made.left, version=lead.version, motive=_word(actor))
            operations.move(actor, object_name=kind.name, row_id=made.lead, move=back, at=at)
        subject = rows.subject(kind, made.lead)
        log.append(happenings.ConversionUndone(made.deal), actor=actor, subject=subject, at=at)


def find_conversion(actor: Actor, *, row_id: int) -> dict[str, Any] | None:
    """Return what a lead became, or None; what the actor may not see is left out."""
    made = Conversion.objects.filter(lead=row_id, undone_at=None).first()
    if made is None:
        return None
    named = people.named(actor, ids=[made.by_id] if made.by_id else [])
    return {
        "id": made.pk,
        "at": made.at.isoformat(),
        "by": named[made.by_id].name if made.by_id in named else None,
        "deal": _seen(actor, object_of(DEAL), made.deal),
        "account": _seen(actor, object_of(ACCOUNT), made.account),
        "contact": made.contact and _seen(actor, object_of(CONTACT), made.contact),
    }


def _convert(actor: Actor, kind: Object, row_id: int, wanted: Wanted, at: datetime) -> int:
    lead = rows.locked(actor, "update", kind.name, row_id=row_id)
    if lead.version != wanted.version:
        raise ChangedMeanwhile
    if Conversion.objects.filter(lead=row_id, undone_at=None).exists():
        raise AlreadyConverted
    left = _win(actor, kind, lead, wanted, at)
    created: dict[str, list[int]] = {}
    account = _part(actor, ACCOUNT, wanted.account, {}, created, at)
    of = {_named(CONTACT).get(ACCOUNT, ""): account}
    contact = _part(actor, CONTACT, wanted.contact, of, created, at) if wanted.contact else None
    links = {ACCOUNT: account, CONTACT: contact, LEAD: row_id}
    held = {_named(DEAL).get(uid, ""): value for uid, value in links.items()}
    deal = _part(actor, DEAL, wanted.opportunity, held, created, at)
    began = runtime.current().model(object_of(DEAL).name).objects.values_list("stage", flat=True).get(pk=deal)
    taken = dict(_take(actor, row_id, {DEAL: deal, ACCOUNT: account, CONTACT: contact}, at))
    made = Conversion.objects.create(
        lead=row_id, deal=deal, account=account, contact=contact, created=created, taken=taken,
        left=left, began=began or "", at=at, by_id=actor.id,
    )  # fmt: skip
    for subject, what in (
        (rows.subject(kind, row_id), happenings.LeadConverted(account, contact, deal)),
        (rows.subject(object_of(DEAL), deal), happenings.DealBorn(row_id)),
    ):
        log.append(what, actor=actor, subject=subject, at=at)
    return int(made.pk)


def _win(actor: Actor, kind: Object, lead: Any, wanted: Wanted, at: datetime) -> str:
    """Take the lead to where its map says that it is won, and return the stage that it left."""
    travelled = next(
        (
            one
            for one in runtime.current().blueprint.pipelines
            if one.uid == getattr(lead, "pipeline", None) and not one.archived
        ),
        None,
    )
    stages = pipeline.live_stages(travelled) if travelled else {}
    won = next((uid for uid, stage in stages.items() if stage.kind == "won"), None)
    if won is None or lead.stage == won:
        if wanted.values:
            operations.update(
                actor, object_name=kind.name, row_id=lead.pk, version=lead.version, given=wanted.values, at=at
            )
        return ""
    left = str(lead.stage)
    move = Move(won, lead.version, dict(wanted.values), motive=wanted.motive, override=wanted.override)
    operations.move(actor, object_name=kind.name, row_id=lead.pk, move=move, at=at)
    return left


def _part(
    actor: Actor, uid: str, part: Part, held: Mapping[str, Any], created: dict[str, list[int]], at: datetime
) -> int:
    """Return the record that a part becomes: the one named, else a new one, noted among the created."""
    kind = object_of(uid)
    if part.id is not None and uid != DEAL:
        if not asks.seen(actor, kind.name).filter(pk=part.id).exists():
            raise NotThere
        return part.id
    given = {**part.values, **{name: value for name, value in held.items() if name and value is not None}}
    made = enter.enter(
        actor, object_name=kind.name, given=given, pipeline_uid=part.pipeline, motive=part.motive, at=at
    )
    created[uid] = [made]
    return made


def _take(
    actor: Actor, row_id: int, parts: Mapping[str, int | None], at: datetime
) -> Iterator[tuple[str, list[int]]]:
    """Have the activities of the lead be about what it became too; yield which got which link."""
    kind = runtime.find_object(activities.UID)
    links = activities.links_of(kind) if kind else {}
    if kind is None or LEAD not in links:
        return
    model = runtime.current().model(kind.name)
    mine = list(model.objects.filter(**{f"{links[LEAD].name}_id": row_id}))
    wanted: dict[int, dict[str, Any]] = {one.pk: {} for one in mine}
    for uid, target in parts.items():
        link = links.get(uid)
        free = [one.pk for one in mine if link and target and getattr(one, f"{link.name}_id") is None]
        for one in free:
            wanted[one][links[uid].name] = target
        if free:
            yield uid, free
    amend.amend(actor, kind=kind, among=model.objects.all(), wanted=wanted, at=at)


def _release(actor: Actor, made: Conversion, at: datetime) -> None:
    """Take from the activities of the lead the links that the conversion gave them, unless changed since."""
    kind = runtime.find_object(activities.UID)
    if kind is None:
        return
    links, model = activities.links_of(kind), runtime.current().model(kind.name)
    now = {DEAL: made.deal, ACCOUNT: made.account, CONTACT: made.contact}
    wanted: dict[int, dict[str, Any]] = {}
    for uid, ids in made.taken.items():
        if uid in links:
            held = model.objects.filter(pk__in=ids, **{f"{links[uid].name}_id": now[uid]})
            for one in held.values_list("pk", flat=True):
                wanted.setdefault(one, {})[links[uid].name] = None
    amend.amend(actor, kind=kind, among=model.objects.all(), wanted=wanted, at=at)


def _bin(actor: Actor, kind: Object, row_id: int, at: datetime) -> None:
    """Put a record that the conversion created into the bin, unless a live record needs it."""
    for source, link, _ in merge.places(kind):
        rows_of = runtime.current().model(source.name).objects.filter(deleted_at__isnull=True)
        pointing = link.name if link.type == "link" else ""
        if pointing and rows_of.filter(**{f"{pointing}_id": row_id}).exists():
            return
    rows.locked(actor, "update", kind.name, row_id=row_id)
    gone = {row_id: {"deleted_at": at, "deleted_by": actor.id}}
    amend.amend(actor, kind=kind, among=runtime.current().model(kind.name).objects.all(), wanted=gone, at=at)


def _seen(actor: Actor, kind: Object, row_id: int) -> dict[str, Any] | None:
    title = next(one.name for one in kind.fields if one.uid == kind.title)
    found = asks.seen(actor, kind.name).filter(pk=row_id).values_list(title, flat=True).first()
    return None if found is None else {"object": kind.name, "id": row_id, "title": found}


def _named(uid: str) -> dict[str, str]:
    return activities.named(object_of(uid))


def object_of(uid: str) -> Object:
    """Return an object of the base model.

    :raises NotThere: when the CRM has none such.
    """
    found = runtime.find_object(uid)
    if found is None:
        raise NotThere
    return found


def _word(actor: Actor) -> str:
    return texts.say("records.conversion_undone", actor.lang)
