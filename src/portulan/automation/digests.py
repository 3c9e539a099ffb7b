"""The digest: once a working day, at an hour of their choice, what waits for a person leaves by mail.

Owns the choice, off until it is made, and the one row a person and day, claimed before anything is sent: a
worker that dies in between leaves it uncertain, never sent again. What is said is read when it leaves,
through the eyes of the person, and is not kept. Nothing leaves to who is away. Refuses a choice that no mail
server could honour, and a way out that was not written here.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet

from portulan.automation import letter, mails, notices
from portulan.automation.claims import again, take, unheld
from portulan.automation.letter import Letter
from portulan.automation.models import Absence, Digest, DigestChoice, Mail
from portulan.base import calendar as calendars
from portulan.base.refusals import NotAllowed, NotThere, NotValid, Problem
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor

_BACKOFF = timedelta(minutes=1)
_HOURS = range(24)
#: What the way out of one person's digest is signed for.
_WAY_OUT = signing.Signer(salt="portulan.digest")


def choice(actor: Actor) -> dict[str, Any]:
    """Return the hour that the actor chose, if any, and whether mails leave this house."""
    hour = DigestChoice.objects.filter(person=actor.id).values_list("hour", flat=True).first()
    return {"hour": hour, "leaves": bool(settings.SMTP_HOST)}


def choose(actor: Actor, *, hour: int, at: datetime) -> None:
    """Let the actor get a digest on working days, from the next such hour on.

    :raises NotValid: when there is no such hour.
    :raises NoServer: when no mail can leave.
    """
    if actor.id is None:
        raise NotAllowed
    if hour not in _HOURS:
        raise NotValid(Problem("hour", "automation.digest_hour"))
    mails.require_server()
    kept = {"hour": hour, "due_at": _following(hour, at)}
    DigestChoice.objects.update_or_create(person_id=actor.id, defaults=kept)


def stop(actor: Actor) -> None:
    """Send the actor no digest any more."""
    DigestChoice.objects.filter(person=actor.id).delete()


def way_out(person: int) -> str:
    """Return what stops the digest of a person without signing in: it does nothing else, for nobody else."""
    return _WAY_OUT.sign(str(person))


def leave(way: str) -> None:
    """Send no digest any more to whom a way out was written for.

    :raises NotThere: when it was not written here.
    """
    try:
        person = int(_WAY_OUT.unsign(way))
    except signing.BadSignature as forged:
        raise NotThere from forged
    DigestChoice.objects.filter(person=person).delete()


def open_next(at: datetime) -> bool:
    """Make the digest of the day of the first person whose hour has come; return whether there was one."""
    if not DigestChoice.objects.filter(due_at__lte=at).exists():
        return False
    with transaction.atomic():
        chosen = unheld(DigestChoice.objects.filter(due_at__lte=at).order_by("due_at")).first()
        if chosen is None:
            return False
        today = _day(at)
        there = calendars.DEFAULT.is_open_on(today) and not _is_away(chosen.person_id, at)
        if settings.SMTP_HOST and there:
            Digest.objects.get_or_create(person_id=chosen.person_id, day=today, defaults={"due_at": at})
        DigestChoice.objects.filter(pk=chosen.pk).update(due_at=_following(chosen.hour, at))
    return True


def claim(at: datetime) -> Digest | None:
    """Take the first digest that waits, alone, and return it."""
    lost = Q(state=Digest.State.CLAIMED, lease_until__lt=at)
    if not Digest.objects.filter(_waiting(at) | lost).exists():
        return None
    Digest.objects.filter(lost).update(state=Digest.State.UNCERTAIN, lease_until=None)
    waiting = Digest.objects.filter(_waiting(at)).order_by("due_at", "id")
    return take(waiting, state=Digest.State.CLAIMED, lease_until=at + mails.LEASE)


def write(digest: Digest, *, at: datetime) -> Letter | None:
    """Return what a digest says, with the rights and in the language of its person, or None.

    Nothing is said when nothing waits, to who cannot sign in any more, to who wants no digest any more.
    """
    if not DigestChoice.objects.filter(person=digest.person_id).exists():
        return None
    try:
        reader = people.get_actor(actors.system(), id=digest.person_id)
    except NotThere:
        return None
    return letter.letter(reader, at=at)


def send(digest: Digest, written: Letter | None, *, at: datetime) -> None:
    """Send a digest that was claimed, once."""
    if written is None:
        _end(digest, Digest.State.NOTHING)
        return
    message = mails.compose(digest.pk, to=written.to, title=written.title, body=written.text)
    message.attach_alternative(written.html, "text/html")
    message.extra_headers |= _headers(digest.person_id)
    state, error = mails.post(message)
    if state == Mail.State.WAITING:
        put_off(digest, error, at)
        if digest.attempts >= mails.MOST_ATTEMPTS:
            facts = {"to": written.to, "title": written.title}
            notices.to_administrators("automation.notice_mail_failed", facts, at=at)
        return
    _end(digest, Digest.State(state), error=error, sent_at=at if state == Mail.State.SENT else None)


def put_off(digest: Digest, error: str, at: datetime) -> None:
    """Try a digest again later, or give it up."""
    if digest.attempts >= mails.MOST_ATTEMPTS:
        _end(digest, Digest.State.FAILED, error=error)
        return
    later = again(at, first=_BACKOFF, attempts=digest.attempts)
    _end(digest, Digest.State.WAITING, error=error, due_at=later)


def _headers(person: int) -> dict[str, str]:
    """Return what lets a mail reader stop the digest in one click (RFC 8058)."""
    address = f"{settings.PUBLIC_URL}/api/digest/leave/{way_out(person)}"
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _end(digest: Digest, state: Digest.State, **what: Any) -> None:
    mine: QuerySet[Digest] = Digest.objects.filter(pk=digest.pk, state=Digest.State.CLAIMED)
    mine.update(state=state, lease_until=None, **what)


def _waiting(at: datetime) -> Q:
    return Q(state=Digest.State.WAITING, due_at__lte=at)


def _is_away(person: int, at: datetime) -> bool:
    return Absence.objects.filter(person=person, begins_at__lte=at, ends_at__gt=at).exists()


def _day(at: datetime) -> date:
    return at.astimezone(calendars.DEFAULT.tz).date()


def _following(hour: int, at: datetime) -> datetime:
    """Return the next moment of that hour on a working day, in UTC."""
    day = _day(at)
    while True:
        moment = datetime.combine(day, time(hour), calendars.DEFAULT.tz).astimezone(UTC)
        if moment > at and calendars.DEFAULT.is_open_on(day):
            return moment
        day += timedelta(days=1)
