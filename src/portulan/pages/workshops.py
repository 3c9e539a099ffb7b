"""Workshops: a link with which several people say what hurts and vote, from their phones, without an account.

The link is signed, ends at a moment and can be closed before; each device and each address acts at a bounded
rate. A guest sees the names of the steps and what was said in this workshop, nothing else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Count, QuerySet

from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.events import log
from portulan.pages import happenings
from portulan.pages.models import Message, Thread, Vote, Workshop
from portulan.pages.targets import TARGETS, Where, place_of
from portulan.people import actor as actors
from portulan.people import guests, rights
from portulan.people.actor import Actor

LONGEST, LONGEST_NAME, MOST_IRRITANTS, MOST_HOURS = 280, 40, 1000, 24
#: Acts a minute: of one device; of the devices without a mark that come from one address. A whole meeting
#: room may stand behind an address, or everybody behind a proxy: known devices count for themselves alone.
A_DEVICE, AN_ADDRESS = 20, 240
_SALT = "portulan.workshop"


class WorkshopOver(NotThere):
    """The workshop has ended, or the link is none of ours."""

    code = "pages.workshop_over"


class IrritantNotValid(NotValid):
    """What a guest said does not hold."""

    code = "pages.thread_not_valid"


@dataclass(frozen=True)
class Guest:
    """Who acts without an account: their device, whether its mark is known, the address they come from."""

    device: str
    address: str
    known: bool = False


@dataclass(frozen=True)
class Hurt:
    """What a guest says: about which element, in which words, how much it hurts, under which name."""

    element: str
    body: str
    severity: int = 2
    name: str = ""


@dataclass(frozen=True)
class WorkshopView:
    """A workshop as its host sees it, with the token of its link."""

    id: UUID
    token: str
    ends_at: datetime
    irritants: int
    voices: int


@dataclass(frozen=True)
class HurtView:
    """What somebody said hurts, as the guests of its workshop see it."""

    id: UUID
    element: str
    body: str
    name: str
    severity: int
    votes: int
    voted: bool


@dataclass(frozen=True)
class RoomView:
    """What a guest of a workshop sees."""

    title: str
    ends_at: datetime
    elements: dict[str, str]
    irritants: list[HurtView]


def open_workshop(actor: Actor, where: Where, *, hours: int, at: datetime) -> UUID:
    """Open a workshop on a target that the actor may change, and return its id; an earlier one is closed.

    :raises NotAllowed: when the actor may not change the target.
    """
    title = place_of(actor, where).title
    _require_host(actor, where)
    if not 1 <= hours <= MOST_HOURS:
        raise IrritantNotValid(Problem("hours", "pages.hours_misfit"))
    with transaction.atomic():
        _open(where, at).update(closed_at=at)
        ends_at = at + timedelta(hours=hours)
        row = Workshop.objects.create(
            target=where.target, target_id=where.id, opened_at=at, opened_by_id=actor.id, ends_at=ends_at
        )
        what = happenings.WorkshopOpened(where.subject, title, ends_at.isoformat())
        log.append(what, actor=actor, subject=f"workshop:{row.pk}", case=where.subject, at=at)
    return row.pk


def close_workshop(actor: Actor, where: Where, *, at: datetime) -> None:
    """Close the workshop of a target: its link leads nowhere from now on."""
    place_of(actor, where)
    _require_host(actor, where)
    with transaction.atomic():
        for row in _open(where, at).select_for_update():
            Workshop.objects.filter(pk=row.pk).update(closed_at=at)
            what = happenings.WorkshopClosed(where.subject)
            log.append(what, actor=actor, subject=f"workshop:{row.pk}", case=where.subject, at=at)


def find_workshop(actor: Actor, where: Where, *, at: datetime) -> WorkshopView | None:
    """Return the workshop that is open on a target, for those who may host it."""
    place_of(actor, where)
    if not _may_host(actor, where):
        return None
    row = _open(where, at).first()
    if row is None:
        return None
    voices = Vote.objects.filter(thread__workshop=row).count()
    return WorkshopView(row.pk, _token(row.pk), row.ends_at, row.threads.count(), voices)


def room(token: str, guest: Guest, *, at: datetime) -> RoomView:
    """Return what a guest sees.

    :raises WorkshopOver: when the link leads nowhere, or no more.
    """
    row = _entered(token, at)
    _bound(guest, row, at)
    system = actors.system()
    return RoomView(
        title=place_of(system, row.where).title,
        ends_at=row.ends_at,
        elements=TARGETS.get(row.target).elements(system, row.target_id),
        irritants=_irritants(row, guest),
    )


def say(token: str, guest: Guest, hurt: Hurt, *, at: datetime) -> UUID:
    """Add what a guest says hurts, and return its thread.

    :raises WorkshopOver: when the link leads nowhere, or no more.
    :raises TooFast: when the device or the address sends too much.
    :raises IrritantNotValid: when the words, the severity or the element do not fit.
    """
    row = _entered(token, at)
    _bound(guest, row, at)
    body, name = _clean(hurt.body), _clean(hurt.name)[:LONGEST_NAME]
    _check(hurt, body, row)
    with transaction.atomic():
        thread = Thread.objects.create(
            target=row.target,
            target_id=row.target_id,
            element=hurt.element,
            kind="irritant",
            severity=hurt.severity,
            guest=name,
            workshop=row,
            opened_at=at,
        )
        Message.objects.create(thread=thread, body=body, at=at)
        label = TARGETS.get(row.target).elements(actors.system(), row.target_id).get(hurt.element, "")
        what = happenings.ThreadOpened(
            row.where.subject, hurt.element, "irritant", _title(row), label, mentions=[], watchers=[]
        )
        log.append(what, actor=Actor(None), subject=f"thread:{thread.pk}", case=row.where.subject, at=at)
    return thread.pk


def vote(token: str, guest: Guest, *, thread: UUID, given: bool, at: datetime) -> None:
    """Give what was said in the workshop the voice of a device, or take it back.

    :raises WorkshopOver: when the link leads nowhere, or no more.
    :raises TooFast: when the device or the address sends too much.
    """
    row = _entered(token, at)
    _bound(guest, row, at)
    known = row.threads.filter(pk=thread, state="open").first()
    if known is None:
        raise NotThere
    with transaction.atomic():
        if given:
            _, changed = Vote.objects.get_or_create(thread=known, person=None, guest=guest.device)
        else:
            changed = bool(Vote.objects.filter(thread=known, person=None, guest=guest.device).delete()[0])
        if changed:
            what = happenings.ThreadVoted(row.where.subject, known.element, given)
            log.append(what, actor=Actor(None), subject=f"thread:{known.pk}", case=row.where.subject, at=at)


def _open(where: Where, at: datetime) -> QuerySet[Workshop]:
    rows = Workshop.objects.filter(target=where.target, target_id=where.id)
    return rows.filter(closed_at__isnull=True, ends_at__gt=at).order_by("-opened_at")


def _may_host(actor: Actor, where: Where) -> bool:
    return TARGETS.get(where.target).rows(actor, "update").filter(pk=where.id).exists()


def _require_host(actor: Actor, where: Where) -> None:
    if not _may_host(actor, where):
        rights.require(actor, "update", where.target)


def _token(workshop: UUID) -> str:
    return signing.Signer(salt=_SALT, sep=".").sign(workshop.hex)


def _entered(token: str, at: datetime) -> Workshop:
    try:
        found = UUID(hex=signing.Signer(salt=_SALT, sep=".").unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise WorkshopOver from error
    row = Workshop.objects.filter(pk=found, closed_at__isnull=True, ends_at__gt=at).first()
    if row is None:
        raise WorkshopOver
    return row


def _bound(guest: Guest, row: Workshop, at: datetime) -> None:
    """Count an act of a device in this minute, and of its address when the device is new.

    :raises TooFast: when there are too many.
    """
    guests.bound(f"workshop:{row.pk.hex}:d:{guest.device}", most=A_DEVICE, at=at)
    if not guest.known:
        guests.bound(f"workshop:{row.pk.hex}:a:{guest.address}", most=AN_ADDRESS, at=at)


def _check(hurt: Hurt, body: str, row: Workshop) -> None:
    problems = [] if body else [Problem("body", "pages.body_missing")]
    if len(body) > LONGEST:
        problems.append(Problem("body", "pages.say_less", {"most": LONGEST}))
    if not 1 <= hurt.severity <= 3:  # noqa: PLR2004 - light to heavy
        problems.append(Problem("severity", "pages.severity_misfit"))
    if hurt.element not in {"", *TARGETS.get(row.target).elements(actors.system(), row.target_id)}:
        problems.append(Problem("element", "base.not_there"))
    if row.threads.count() >= MOST_IRRITANTS:
        problems.append(Problem("body", "pages.workshop_full"))
    if problems:
        raise IrritantNotValid(*problems)


def _clean(text: str) -> str:
    """Return a text on one line, without what is no letter, mark or sign."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _title(row: Workshop) -> str:
    return place_of(actors.system(), row.where).title


def _irritants(row: Workshop, guest: Guest) -> list[HurtView]:
    rows = row.threads.filter(state="open").prefetch_related("messages").annotate(voices=Count("votes"))
    mine = Vote.objects.filter(thread__workshop=row, person=None, guest=guest.device)
    voted = set(mine.values_list("thread", flat=True))
    return [
        HurtView(
            id=one.pk,
            element=one.element,
            body=next((said.body for said in one.messages.all()), ""),
            name=one.guest,
            severity=one.severity or 2,
            votes=one.voices,
            voted=one.pk in voted,
        )
        for one in rows.order_by("-voices", "-id")[:MOST_IRRITANTS]
    ]
