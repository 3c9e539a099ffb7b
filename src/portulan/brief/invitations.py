"""The link by which a vendor fills its own column, and nothing else.

The token is known to who holds the link alone: we keep its hash. It ends at a moment, can be taken back, and
acts at a bounded rate. Its guest sees what is compared and its own answers: no weight, no total, no other
vendor, none of our own remarks.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.brief import happenings, scoring
from portulan.brief.models import Grid, Invitation, Score, Vendor
from portulan.brief.proofs import Sent
from portulan.brief.scoring import Given
from portulan.events import log
from portulan.people import guests, rights
from portulan.people.actor import Actor

MOST_DAYS = 90
#: Acts a minute of an address, whatever token it comes with.
AN_ADDRESS = 240
_TOKEN_BYTES = 32


class InvitationOver(NotThere):
    """The link leads nowhere, or no more."""

    code = "brief.invitation_over"


class AnswerSettled(NotNow):
    """We settled what this vendor is worth on the criterion."""

    code = "brief.answer_settled"


@dataclass(frozen=True)
class Question:
    """What a guest is asked, and what it answered; `settled`: we have the last word on it."""

    id: UUID
    theme: str
    label: str
    detail: str
    score: int | None = None
    proof: str = ""
    link: str = ""
    file: str = ""
    settled: bool = False


@dataclass(frozen=True)
class Sheet:
    """Everything that a guest sees."""

    title: str
    vendor: str
    ends_at: datetime
    questions: tuple[Question, ...]


def invite(actor: Actor, *, vendor: UUID, days: int, at: datetime) -> str:
    """Return the token of a new link for a vendor, shown this once; an earlier link ends.

    :raises NotValid: when the link would last too long.
    """
    if not 1 <= days <= MOST_DAYS:
        raise NotValid(Problem("days", "brief.days_misfit", {"most": MOST_DAYS}))
    with transaction.atomic():
        row = _vendor(actor, vendor)
        _open(row).update(revoked_at=at)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        ends_at = at + timedelta(days=days)
        Invitation.objects.create(
            vendor=row, token_hash=_hash(token), sent_at=at, sent_by_id=actor.id, ends_at=ends_at
        )
        what = happenings.VendorInvited(str(row.pk), row.name, ends_at.isoformat())
        log.append(what, actor=actor, subject=f"grid:{row.grid_id}", at=at)
    return token


def revoke(actor: Actor, *, vendor: UUID, at: datetime) -> None:
    """Take the link of a vendor back: it leads nowhere from now on."""
    with transaction.atomic():
        row = _vendor(actor, vendor)
        if _open(row).update(revoked_at=at):
            what = happenings.InvitationRevoked(str(row.pk), row.name)
            log.append(what, actor=actor, subject=f"grid:{row.grid_id}", at=at)


def enter(token: str, *, address: str, at: datetime) -> Invitation:
    """Return the invitation that a token opens.

    :raises InvitationOver: when the link leads nowhere, or no more.
    :raises TooFast: when too much comes from the address.
    """
    guests.bound(f"grid:{address}", most=AN_ADDRESS, at=at)
    found = Invitation.objects.select_related("vendor__grid").filter(
        token_hash=_hash(token), revoked_at__isnull=True, ends_at__gt=at, vendor__removed_at__isnull=True
    )
    row = found.first()
    if row is None:
        raise InvitationOver
    return row


def sheet(token: str, *, address: str, at: datetime) -> Sheet:
    """Return what the guest of a link sees.

    :raises InvitationOver: when the link leads nowhere, or no more.
    :raises TooFast: when too much comes from the address.
    """
    invitation = enter(token, address=address, at=at)
    Invitation.objects.filter(pk=invitation.pk).update(seen_at=at)
    vendor = invitation.vendor
    said = {one.criterion_id: one for one in Score.objects.filter(vendor=vendor)}
    asked = vendor.grid.criteria.filter(gone_at__isnull=True).order_by("position", "id")
    questions = tuple(
        _question(Question(one.pk, one.theme, one.label, one.detail), said.get(one.pk)) for one in asked
    )
    return Sheet(vendor.grid.title, vendor.name, invitation.ends_at, questions)


def answer(token: str, *, address: str, criterion: UUID, given: Given, at: datetime) -> None:
    """Write what a guest answers about its own product.

    :raises InvitationOver: when the link leads nowhere, or no more.
    :raises AnswerSettled: when we settled it.
    """
    with transaction.atomic():
        scoring.write(Actor(None), _cell(token, address, criterion, at), given, at)


def attach(token: str, *, address: str, criterion: UUID, file: Sent, at: datetime) -> str:
    """Keep a file that a guest sends as a proof, and return its name.

    :raises InvitationOver: when the link leads nowhere, or no more.
    :raises AnswerSettled: when we settled it.
    """
    with transaction.atomic():
        return scoring.put(Actor(None), _cell(token, address, criterion, at), file, at)


def _cell(token: str, address: str, criterion: UUID, at: datetime) -> Score:
    invitation = enter(token, address=address, at=at)
    held = Vendor.objects.select_for_update().get(pk=invitation.vendor_id)
    row = scoring.cell(criterion, held)
    if row.by_id is not None:
        raise AnswerSettled
    return row


def _vendor(actor: Actor, vendor: UUID) -> Vendor:
    rights.require(actor, "update", "grid")
    grids = rights.visible(actor, "update", "grid", Grid.objects.all())
    row = Vendor.objects.select_for_update().filter(pk=vendor, grid__in=grids, removed_at=None).first()
    if row is None:
        raise NotThere
    return row


def _open(vendor: Vendor) -> QuerySet[Invitation]:
    return vendor.invitations.filter(revoked_at__isnull=True)


def _question(asked: Question, said: Score | None) -> Question:
    if said is None:
        return asked
    if said.by_id is not None:
        return replace(asked, settled=True)
    return replace(asked, score=said.score, proof=said.proof, link=said.link, file=said.file_name)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
