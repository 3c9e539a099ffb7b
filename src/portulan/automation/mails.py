"""Mails that rules and people write: kept with what was done, sent once by the company’s server, or shown.

Owns the outbox of mails. One is claimed under its Message-ID, then sent: a worker that dies between the two
leaves it uncertain, shown and never sent again. Without a server (`PORTULAN_SMTP_HOST`) nothing leaves. A
document of a record may go with it: it is read when the mail leaves.
"""

import smtplib
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from portulan.automation import notices
from portulan.automation.claims import take
from portulan.automation.models import Mail
from portulan.base import texts
from portulan.base.refusals import NotNow, NotThere
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import documents, queries, rows, runtime

MOST_ATTEMPTS = 5
LEASE = timedelta(minutes=5)
_BACKOFF = timedelta(minutes=1)
_SECONDS = 20
_SHOWN = ("id", "to", "title", "body", "state", "at", "error")


class NoServer(NotNow):
    """No mail can leave this house."""

    code: ClassVar[str] = "automation.no_mail_server"


def require_server() -> None:
    """Do nothing where mails leave the house.

    :raises NoServer: where they do not.
    """
    if not settings.SMTP_HOST:
        raise NoServer


def write(*, subject: str, to: str, title: str, body: str, at: datetime, **more: Any) -> Mail:
    """Write a mail in the caller’s transaction; it leaves later, if there is a server.

    `more`: the uid of the rule that writes, who gets the answers (`reply_to`), the id of a `document`.
    """
    state = Mail.State.WAITING if settings.SMTP_HOST else Mail.State.SHOWN
    one_line = " ".join(title.split())[:200]
    return Mail.objects.create(
        subject=subject, to=to, title=one_line, body=body, state=state, at=at, due_at=at, **more
    )


def send_next(at: datetime) -> bool:
    """Send the first mail that waits; return whether there was one."""
    Mail.objects.filter(state=Mail.State.CLAIMED, lease_until__lt=at).update(state=Mail.State.UNCERTAIN)
    mail = _claim(at)
    if mail is None:
        return False
    message = compose(mail.pk, to=mail.to, title=mail.title, body=mail.body)
    message.reply_to = [mail.reply_to] if mail.reply_to else []
    try:
        _attach(message, mail)
    except (NotThere, OSError):
        _end(mail, Mail.State.FAILED, at, error=texts.say("automation.mail_document_gone", "fr"))
        return True
    state, error = post(message)
    if state == Mail.State.WAITING:
        _again(mail, error, at)
    else:
        _end(mail, state, at, error=error)
    return True


def post(message: EmailMultiAlternatives) -> tuple[Mail.State, str]:
    """Send a message; return what became of it and why: waiting when it may be tried again."""
    try:
        message.send()
    except smtplib.SMTPServerDisconnected as broken:
        return Mail.State.UNCERTAIN, str(broken)
    except (smtplib.SMTPException, OSError) as failure:
        return Mail.State.WAITING, str(failure)
    return Mail.State.SENT, ""


def of_record(actor: Actor, *, object_name: str, row_id: int) -> list[dict[str, Any]]:
    """Return the mails that were written about a record, newest first.

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
    waiting = Mail.objects.filter(state=Mail.State.WAITING, due_at__lte=at).order_by("due_at", "id")
    return take(waiting, state=Mail.State.CLAIMED, lease_until=at + LEASE)


def compose(key: UUID, *, to: str, title: str, body: str) -> EmailMultiAlternatives:
    """Return a message under its id, ready to leave by the server of the house."""
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


def _attach(message: EmailMultiAlternatives, mail: Mail) -> None:
    if mail.document is not None:
        with runtime.pinned(runtime.newest()):
            content = documents.get_content(actors.system(), document_id=mail.document)
        with content.file as file:
            message.attach(content.name, file.read(), content.media)


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
