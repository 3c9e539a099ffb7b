"""Mails that rules write: kept with what was done, sent once through the company’s server, or only shown.

Owns the outbox of mails. One is claimed under its Message-ID, then sent: a worker that dies between the two
leaves it uncertain, shown and never sent again. Without a server (`PORTULAN_SMTP_HOST`) nothing leaves.
"""

import smtplib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from portulan.automation import notices
from portulan.automation.claims import unheld
from portulan.automation.models import Mail
from portulan.people.actor import Actor
from portulan.records import queries, rows, runtime

MOST_ATTEMPTS = 5
LEASE = timedelta(minutes=5)
_BACKOFF = timedelta(minutes=1)
_SECONDS = 20
_SHOWN = ("id", "to", "title", "body", "state", "at", "error")


def write(*, subject: str, rule: str, to: str, title: str, body: str, at: datetime) -> Mail:
    """Write a mail in the caller’s transaction; it leaves later, if there is a server."""
    state = Mail.State.WAITING if settings.SMTP_HOST else Mail.State.SHOWN
    one_line = " ".join(title.split())[:200]
    return Mail.objects.create(
        subject=subject, rule=rule, to=to, title=one_line, body=body, state=state, at=at, due_at=at
    )


def send_next(at: datetime) -> bool:
    """Send the first mail that waits; return whether there was one."""
    Mail.objects.filter(state=Mail.State.CLAIMED, lease_until__lt=at).update(state=Mail.State.UNCERTAIN)
    mail = _claim(at)
    if mail is None:
        return False
    state, error = post(mail.pk, to=mail.to, title=mail.title, body=mail.body)
    if state == Mail.State.WAITING:
        _again(mail, error, at)
    else:
        _end(mail, state, at, error=error)
    return True


def post(
    key: UUID, *, to: str, title: str, body: str, html: str = "", way_out: str = ""
) -> tuple[Mail.State, str]:
    """Send a message under its id; return what became of it and why: waiting when it may be tried again.

    `way_out` is the address that stops messages of its kind in one click (RFC 8058).
    """
    message = _message(key, to=to, title=title, body=body)
    if html:
        message.attach_alternative(html, "text/html")
    if way_out:
        message.extra_headers["List-Unsubscribe"] = f"<{way_out}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    try:
        message.send()
    except smtplib.SMTPServerDisconnected as broken:
        return Mail.State.UNCERTAIN, str(broken)
    except (smtplib.SMTPException, OSError) as failure:
        return Mail.State.WAITING, str(failure)
    return Mail.State.SENT, ""


def of_record(actor: Actor, *, object_name: str, row_id: int) -> list[dict[str, Any]]:
    """Return the mails that rules wrote about a record, newest first.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    subject = rows.subject(runtime.current().object(object_name), row_id)
    found = Mail.objects.filter(subject=subject).order_by("-id")[:50]
    return [{name: getattr(one, name) for name in _SHOWN} for one in found]


def ready(subject: str) -> list[Mail]:
    """Return the mails about a record that have not left, as the house knows them, oldest first."""
    waiting = Mail.objects.filter(subject=subject, state__in=[Mail.State.SHOWN, Mail.State.WAITING])
    return list(waiting.order_by("id"))


def _claim(at: datetime) -> Mail | None:
    with transaction.atomic():
        waiting = Mail.objects.filter(state=Mail.State.WAITING, due_at__lte=at).order_by("due_at", "id")
        waiting = unheld(waiting)
        mail = waiting.first()
        if mail is None:
            return None
        mine = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING)
        claimed = mine.update(state=Mail.State.CLAIMED, lease_until=at + LEASE, attempts=mail.attempts + 1)
    mail.attempts += 1
    return mail if claimed else None


def _message(key: UUID, *, to: str, title: str, body: str) -> EmailMultiAlternatives:
    connection = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=settings.SMTP_HOST,
        port=settings.SMTP_PORT,
        username=settings.SMTP_USER or None,
        password=settings.SMTP_PASSWORD or None,
        use_tls=settings.SMTP_TLS,
        timeout=_SECONDS,
    )
    headers = {"Message-ID": f"<{key}@portulan>", "Auto-Submitted": "auto-generated"}
    return EmailMultiAlternatives(
        title, body, settings.MAIL_FROM, [to], connection=connection, headers=headers
    )


def _again(mail: Mail, error: str, at: datetime) -> None:
    if mail.attempts >= MOST_ATTEMPTS:
        _end(mail, Mail.State.FAILED, at, error=error)
        facts = {"to": mail.to, "title": mail.title}
        notices.to_administrators("automation.notice_mail_failed", facts, subject=mail.subject, at=at)
        return
    later = at + _BACKOFF * 4**mail.attempts
    Mail.objects.filter(pk=mail.pk, state=Mail.State.CLAIMED).update(
        state=Mail.State.WAITING, due_at=later, lease_until=None, error=error
    )


def _end(mail: Mail, state: str, at: datetime, *, error: str = "") -> None:
    Mail.objects.filter(pk=mail.pk, state=Mail.State.CLAIMED).update(
        state=state, sent_at=at if state == Mail.State.SENT else None, lease_until=None, error=error
    )
