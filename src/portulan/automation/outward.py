"""What rules send out of the house: mails and webhooks, written with the rest, leaving later."""

from portulan.automation import deliveries, mails, merging
from portulan.automation.acting import Acting, Did
from portulan.base.refusals import NotNow
from portulan.maps.rules import CallWebhook, SendMail
from portulan.records import rows


class NoAddress(NotNow):
    """The record holds no address where the mail could go."""

    code = "automation.no_address"


def send_mail(acting: Acting, action: SendMail) -> Did:
    """Write a mail to the address that a field of the record, or of what it links to, holds."""
    to = merging.value_at(acting.kind, acting.row, action.address)
    if not to:
        raise NoAddress(field=action.address)
    title, body = (merging.filled(acting.kind, acting.row, text) for text in (action.title, action.body))
    mail = mails.write(
        subject=acting.subject, rule=acting.rule.uid, to=str(to), title=title, body=body, at=acting.at
    )
    return {"do": action.do, "subject": acting.subject, "mail": str(mail.pk)}


def call_webhook(acting: Acting, action: CallWebhook) -> Did:
    """Tell another server about the record, with the values of the fields that the rule names."""
    held = rows.stored(acting.kind, acting.row)
    body = {
        "rule": acting.rule.uid,
        "object": acting.kind.name,
        "record": acting.row.pk,
        "at": acting.at.isoformat(),
        "values": {uid: held.get(uid) for uid in action.fields},
    }
    made = deliveries.write(
        subject=acting.subject, rule=acting.rule.uid, url=action.url, body=body, at=acting.at
    )
    return {"do": action.do, "subject": acting.subject, "delivery": str(made.pk)}
