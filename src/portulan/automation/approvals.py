"""Approvals: asked on a gated passage or by a rule, decided once by one of those who may, or withdrawn.

Owns the requests. While one waits, its record stays as it is; what was agreed holds as long as the values
that it was about do. Nobody decides what they asked for themselves.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portulan.automation import approvers, notices
from portulan.automation.claims import unheld
from portulan.automation.happenings import ApprovalAsked, ApprovalDecided, ApprovalWithdrawn
from portulan.automation.models import Request
from portulan.base import calendar as calendars
from portulan.base.durations import Duration
from portulan.base.refusals import NotAllowed, NotNow, NotThere, NotValid, Problem, Refusal
from portulan.blueprint.schema import Approval, Object
from portulan.events import log
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import (
    agreement,
    consent,
    lines,
    operations,
    quotes,
    related,
    rows,
    runtime,
    sight,
)
from portulan.records.operations import Move

#: Reminders of one request; from the second on, those who lead and who asked are told too.
MOST_REMINDERS = 3


class NothingToAgree(NotNow):
    """Nothing has to be agreed before this move."""

    code = "automation.nothing_to_agree"


class AlreadyDecided(NotNow):
    """Somebody decided before, or who asked took it back."""

    code = "automation.already_decided"


@dataclass(frozen=True)
class Asking:
    """Where a record should go once it is agreed to, and what goes with the question."""

    to: str
    version: int
    values: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""


def ask(actor: Actor, *, object_name: str, row_id: int, asking: Asking, at: datetime) -> None:
    """Ask those who may to agree that a record goes to a stage; it stays as it is until they decided.

    :raises NothingToAgree: when the move asks for no approval.
    :raises GateClosed: when it asks for something else besides.
    """
    kind = runtime.current().object(object_name)
    version = asking.version
    with transaction.atomic():
        if asking.values:
            given = asking.values
            operations.update(
                actor, object_name=object_name, row_id=row_id, version=version, given=given, at=at
            )
        row = rows.locked(actor, "update", object_name, row_id=row_id)
        if not asking.values and row.version != version:
            raise operations.ChangedMeanwhile
        verdict = operations.ask_gate(actor, kind=kind, row=row, to=asking.to, at=at)
        if verdict.missing or verdict.unmet or verdict.blocked:
            raise operations.closed_gate(actor, row=row, verdict=verdict)
        if not verdict.unagreed:
            raise NothingToAgree
        seen = related.of_row(
            kind, row, related.needs_of(one.condition for one in verdict.unagreed if one.condition)
        )
        wanted = [(one, consent.about_of(one, seen)) for one in verdict.unagreed]
        _ask_each(actor, kind, row, wanted, asking, at)


def ask_for_quote(actor: Actor, *, row_id: int, version: int, comment: str = "", at: datetime) -> None:
    """Ask those who may to agree to a quote that is about to be sent; it stays as it is until they decided.

    :raises NothingToAgree: when sending it asks for no approval.
    """
    with transaction.atomic():
        row = quotes.get_draft(actor, row_id=row_id, version=version)
        wanted = agreement.lacking(row)
        if not wanted:
            raise NothingToAgree
        kind = runtime.current().object(lines.QUOTE)
        _ask_each(actor, kind, row, wanted, Asking("", version, comment=comment), at)


def ask_by_rule(acting: Any, *, role: str, text: str, remind_after: Duration | None) -> Request:
    """Ask in the name of a rule, once while it waits, and return the request."""
    request = Request(approval=acting.rule.uid, label=text, approvers=[role])
    request.remind_after = remind_after.model_dump() if remind_after else None
    waiting = Request.objects.filter(
        subject=acting.subject, approval=acting.rule.uid, state=Request.State.ASKED
    )
    known = waiting.first()
    if known is None:
        _open(request, acting.actor, acting.kind, acting.row, acting.at)
    return known or request


def decide(actor: Actor, *, request_id: UUID, granted: bool, comment: str = "", at: datetime) -> None:
    """Agree or refuse; once nothing more is waited for, the record goes where it was asked to go.

    :raises NotThere: when the actor is not of those who decide.
    :raises AlreadyDecided: when somebody decided before.
    """
    if not granted and not comment.strip():
        raise NotValid(Problem("comment", "automation.refusal_without_reason"))
    with transaction.atomic():
        request = _mine(actor, request_id, at)
        state = Request.State.GRANTED if granted else Request.State.REFUSED
        _close(request, state, actor, comment, at)
        what = ApprovalDecided(request.approval, request.label, granted, comment)
        event = log.append(what, actor=actor, subject=request.subject, at=at)
        others = Request.objects.filter(subject=request.subject, state=Request.State.ASKED)
        if not granted:
            others.update(state=Request.State.WITHDRAWN, decided_at=at, remind_at=None)
        code = f"automation.notice_{'granted' if granted else 'refused_approval'}"
        facts = {"name": actor.name, "approval": request.label, "record": _title(request), "comment": comment}
        notices.tell(_who_asked(request), code, facts, subject=request.subject, at=at)
        if granted and request.to and not others.exists():
            _go_on(request, event, at)


def withdraw(actor: Actor, *, request_id: UUID, at: datetime) -> None:
    """Take a question back: the record may be changed again.

    :raises NotThere: when the actor neither asked it nor looks after the product.
    """
    with transaction.atomic():
        request = Request.objects.filter(pk=request_id).first()
        if request is None or not may_withdraw(actor, request):
            raise NotThere
        _close(request, Request.State.WITHDRAWN, actor, "", at)
        log.append(
            ApprovalWithdrawn(request.approval, request.label), actor=actor, subject=request.subject, at=at
        )


def may_withdraw(actor: Actor, request: Request) -> bool:
    """Return whether the actor may take a question back."""
    return actor.is_admin or (actor.id is not None and request.asked_by_id == actor.id)


def holding(uid: str, ids: Collection[int]) -> dict[int, Problem]:
    """Return the records of an object that wait for a decision, each with who decides."""
    found = {}
    for one in Request.objects.filter(
        subject__in=[f"{uid}:{row_id}" for row_id in ids], state=Request.State.ASKED
    ):
        facts = {"approval": one.label, "who": ", ".join(approvers.names(one))}
        found[int(one.subject.partition(":")[2])] = Problem(
            "approval", "automation.waits_for_approval", facts
        )
    return found


def given(uid: str, row_id: int, about: Mapping[str, str]) -> set[str]:
    """Return the approvals whose last decision about a record, as it is, agreed."""
    decided = Request.objects.filter(subject=f"{uid}:{row_id}", approval__in=list(about))
    decided = decided.filter(state__in=[Request.State.GRANTED, Request.State.REFUSED]).order_by(
        "decided_at", "pk"
    )
    last = {one.approval: one for one in decided if one.about == about[one.approval]}
    return {uid for uid, one in last.items() if one.state == Request.State.GRANTED}


def due_reminders(at: datetime) -> Any:
    """Return the requests that somebody is to be reminded of."""
    return Request.objects.filter(state=Request.State.ASKED, remind_at__lte=at)


def remind(at: datetime) -> bool:
    """Remind of the first request that waits too long; return whether there was one."""
    waiting = due_reminders(at).order_by("remind_at", "pk")
    waiting = unheld(waiting)
    request = waiting.first()
    if request is None:
        return False
    request.reminded += 1
    request.remind_at = None if request.reminded >= MOST_REMINDERS else _next(request, at)
    request.save(update_fields=["reminded", "remind_at"])
    people_told = set(approvers.of(request, at).told)
    if request.reminded > 1:
        people_told |= {*_who_asked(request), *approvers.leading(request)}
    facts = {"approval": request.label, "record": _title(request), "n": request.reminded}
    notices.tell(people_told, "automation.notice_approval_waits", facts, subject=request.subject, at=at)
    return True


def _ask_each(
    actor: Actor,
    kind: Object,
    row: Any,
    wanted: Iterable[tuple[Approval, str]],
    asking: Asking,
    at: datetime,
) -> None:
    for one, about in wanted:
        request = Request(approval=one.uid, label=one.label.fr, approvers=list(one.approvers))
        request.remind_after = one.remind_after.model_dump()
        request.about, request.to, request.comment = about, asking.to, asking.comment
        _open(request, actor, kind, row, at)


def _open(request: Request, actor: Actor, kind: Object, row: Any, at: datetime) -> None:
    request.subject = rows.subject(kind, row.pk)
    request.owner_id, request.asked_by_id, request.asked_at = getattr(row, "owner_id", None), actor.id, at
    request.remind_at = _next(request, at)
    told = approvers.of(request, at).told
    if not told:
        raise approvers.NobodyDecides
    request.save(force_insert=True)
    what = ApprovalAsked(request.approval, request.label, request.to, request.comment, list(told))
    log.append(what, actor=actor, subject=request.subject, at=at)
    facts = {
        "name": actor.name,
        "approval": request.label,
        "record": _title(request),
        "comment": request.comment,
    }
    notices.tell(told, "automation.notice_approval", facts, subject=request.subject, at=at)


def _next(request: Request, at: datetime) -> datetime | None:
    if request.remind_after is None:
        return None
    return calendars.DEFAULT.add(at, Duration.model_validate(request.remind_after))


def _mine(actor: Actor, request_id: UUID, at: datetime) -> Request:
    request = Request.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotThere
    if request.state != Request.State.ASKED:
        raise AlreadyDecided
    if actor.seen_by or actor.id not in approvers.of(request, at).allowed:
        raise NotAllowed
    return request


def _close(request: Request, state: str, actor: Actor, comment: str, at: datetime) -> None:
    """Write the one decision, unless somebody wrote one before."""
    waiting = Request.objects.filter(pk=request.pk, state=Request.State.ASKED)
    if not waiting.update(state=state, decided_by=actor.id, decided_at=at, answer=comment, remind_at=None):
        raise AlreadyDecided


def _go_on(request: Request, event: UUID, at: datetime) -> None:
    """Take the record where it was asked to go, in the name of who asked; a gate that refuses tells them."""
    system = actors.system("automation")
    uid, _, row_id = request.subject.partition(":")
    kind = runtime.find_object(uid)
    try:
        asker = (
            people.get_actor(system, id=request.asked_by_id).through("automation")
            if request.asked_by_id
            else system
        )
        if kind is None:
            raise NotThere
        row = rows.locked(asker, "update", kind.name, row_id=int(row_id))
        with transaction.atomic(), log.because(event):
            operations.move(
                asker, object_name=kind.name, row_id=row.pk, move=Move(request.to, row.version), at=at
            )
    except Refusal as refusal:
        facts = {"record": _title(request), "why": notices.why(refusal)}
        notices.tell(
            _who_asked(request), "automation.notice_not_moved", facts, subject=request.subject, at=at
        )


def _who_asked(request: Request) -> Sequence[int]:
    who = request.asked_by_id or request.owner_id
    return [who] if who else []


def _title(request: Request) -> str:
    return titles([request]).get(request.subject, "")


def titles(requests: Iterable[Request]) -> dict[str, str]:
    """Return what the records of some requests are called, by subject."""
    found: dict[str, str] = {}
    for request in requests:
        uid, _, row_id = request.subject.partition(":")
        kind = runtime.find_object(uid)
        if kind is not None:
            row = runtime.current().model(kind.name).objects.filter(pk=row_id).first()
            found[request.subject] = str(getattr(row, sight.title(kind), "") or "") if row else ""
    return found
