"""Tables of what runs by itself: the one queue of jobs, the outbox of events, the ledger of runs.

A run that waits is a durable timer; a run is never deleted.
"""

from django.conf import settings
from django.db import models

from portulan.automation.models.assignment import Absence, Decision, Patience, Seat, Turn
from portulan.automation.models.digests import Digest, DigestChoice
from portulan.base import ids

__all__ = [
    "Absence", "Call", "Clock", "Decision", "Delivery", "Digest", "DigestChoice", "Door", "Enrolment",
    "Job", "Mail", "Notice", "Outbox", "Patience", "Request", "Run", "Seat", "SigningKey", "Switch", "Turn",
]  # fmt: skip


class Job(models.Model):
    """A piece of work, claimed by one worker at a time under a lease."""

    class State(models.TextChoices):
        """Where the work stands."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    kind = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    progress = models.FloatField(default=0.0)
    message = models.CharField(max_length=255, default="", blank=True)
    result = models.JSONField(null=True)
    #: What a refusal said, in each language; what broke down without one leaves its trace in `error`.
    refused = models.JSONField(null=True)
    error = models.TextField(default="", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    dedup_key = models.CharField(max_length=128, null=True)  # noqa: DJ001 - null keeps free jobs out of the constraint
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Claims look for the oldest due work."""

        indexes = [models.Index(fields=["state", "due_at"], name="job_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["dedup_key"],
                condition=models.Q(state__in=["queued", "running"]),
                name="job_once_at_a_time",
            ),
        ]


class Outbox(models.Model):
    """An event that rules have still to look at; written in the event’s own transaction."""

    event = models.UUIDField(primary_key=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()


class Run(models.Model):
    """What a rule did about an event, or will do; `key` makes it once: an event, a date, a silence."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"
        FIRED = "fired"
        SKIPPED = "skipped"
        CANCELLED = "cancelled"
        REFUSED = "refused"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    rule = models.CharField(max_length=48)
    version = models.PositiveIntegerField()
    key = models.CharField(max_length=128)
    event = models.UUIDField()
    subject = models.CharField(max_length=96)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=24, default="", blank=True)
    says = models.JSONField(default=dict)
    did = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Read by what is due, by record, by rule."""

        constraints = [models.UniqueConstraint(fields=["rule", "key"], name="run_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="run_due", condition=models.Q(state="waiting")),
            models.Index(fields=["subject", "id"], name="run_subject"),
            models.Index(
                fields=["subject", "due_at"], name="run_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["rule", "at"], name="run_rule"),
        ]


class Switch(models.Model):
    """A rule that somebody, or its own failures, switched off; `*` holds everything."""

    ALL = "*"

    rule = models.CharField(max_length=48, primary_key=True)
    off_at = models.DateTimeField()
    off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=24, default="person")


class Notice(models.Model):
    """Something that the product tells a person, on a record where there is one."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    subject = models.CharField(max_length=96, default="", blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        """Read by person, newest first."""

        indexes = [models.Index(fields=["person", "id"], name="notice_person")]


class Clock(models.Model):
    """The clock of one measure on a record; reopening a record begins another `turn`.

    `marks` are what happened to it; `alert_at` is when somebody is told next, after `level` alerts.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    subject = models.CharField(max_length=96)
    measure = models.CharField(max_length=16)
    turn = models.PositiveSmallIntegerField(default=1)
    promise = models.CharField(max_length=48)
    marks = models.JSONField(default=list)
    state = models.CharField(max_length=8, default="running")
    due_at = models.DateTimeField(null=True)
    alert_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One a measure and turn; read by what alerts next."""

        constraints = [models.UniqueConstraint(fields=["subject", "measure", "turn"], name="clock_once")]
        indexes = [
            models.Index(fields=["alert_at"], name="clock_alert", condition=models.Q(alert_at__isnull=False))
        ]


class Request(models.Model):
    """A question whether a record may go on: asked of roles or of those who lead, decided once.

    `about` tells the values that it is about; `to` is the stage where the record goes once it is agreed to.
    """

    class State(models.TextChoices):
        """What became of it."""

        ASKED = "asked"
        GRANTED = "granted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    subject = models.CharField(max_length=96)
    approval = models.CharField(max_length=48)
    label = models.TextField()
    approvers = models.JSONField(default=list)
    about = models.CharField(max_length=64, default="", blank=True)
    to = models.CharField(max_length=48, default="", blank=True)
    comment = models.TextField(default="", blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    remind_after = models.JSONField(null=True)
    remind_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(default="", blank=True)

    class Meta:
        """One waits per record and approval; read by record and by what reminds next."""

        constraints = [
            models.UniqueConstraint(
                fields=["subject", "approval"], condition=models.Q(state="asked"), name="request_once"
            )
        ]
        indexes = [
            models.Index(fields=["subject", "id"], name="request_subject"),
            models.Index(fields=["remind_at"], name="request_remind", condition=models.Q(state="asked")),
        ]


class Mail(models.Model):
    """A mail that a rule or a person wrote; its id is its Message-ID, under which it is sent once at most."""

    class State(models.TextChoices):
        """What became of it; uncertain: a worker died while sending."""

        SHOWN = "shown"
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        FAILED = "failed"
        UNCERTAIN = "uncertain"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    subject = models.CharField(max_length=96)
    rule = models.CharField(max_length=48, default="", blank=True)
    to = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, default="", blank=True)
    document = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(default="", blank=True)

    class Meta:
        """Read by record, and by what leaves next."""

        indexes = [
            models.Index(fields=["subject", "id"], name="mail_subject"),
            models.Index(
                fields=["state", "due_at"],
                name="mail_due",
                condition=models.Q(state__in=["waiting", "claimed"]),
            ),
        ]


class Delivery(models.Model):
    """What a webhook is to be told; made at least once."""

    class State(models.TextChoices):
        """What became of it; dead: given up."""

        WAITING = "waiting"
        DONE = "done"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    subject = models.CharField(max_length=96)
    rule = models.CharField(max_length=48)
    url = models.CharField(max_length=500)
    body = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=255, default="", blank=True)

    class Meta:
        """Read by what is due."""

        indexes = [models.Index(fields=["due_at"], name="delivery_due", condition=models.Q(state="waiting"))]


class SigningKey(models.Model):
    """What is known of the key of a server that webhooks call: how often renewed, when shown."""

    host = models.CharField(max_length=255, primary_key=True)
    turn = models.PositiveIntegerField(default=0)
    shown_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)


class Enrolment(models.Model):
    """A record in a sequence; `place` is the step that comes next."""

    class State(models.TextChoices):
        """What became of it."""

        ACTIVE = "active"
        DONE = "done"
        STOPPED = "stopped"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    subject = models.CharField(max_length=96)
    name = models.CharField(max_length=100)
    rule = models.CharField(max_length=48)
    steps = models.JSONField(default=list)
    stage = models.CharField(max_length=48, default="", blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    reason = models.CharField(max_length=24, default="", blank=True)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One of a name at a time; read by what is due."""

        constraints = [
            models.UniqueConstraint(
                fields=["subject", "name"], condition=models.Q(state="active"), name="enrolment_once"
            )
        ]
        indexes = [models.Index(fields=["due_at"], name="enrolment_due", condition=models.Q(state="active"))]


class Door(models.Model):
    """An address for forms or mails from outside; `secret` is a hash, `uses` counts since `minute`."""

    class Kind(models.TextChoices):
        """What comes through it."""

        FORM = "form"
        MAIL = "mail"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    secret = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100)
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.FORM)
    object = models.CharField(max_length=48, default="", blank=True)
    fields = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)


class Call(models.Model):
    """One use of a door: the record that came of it, or why it was refused; never what was said."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    door = models.ForeignKey(Door, models.CASCADE, related_name="calls")
    at = models.DateTimeField()
    subject = models.CharField(max_length=96, default="", blank=True)
    says = models.JSONField(default=dict)
