"""Tables of the digest: who wants one and at what hour, and what became of the one of each day."""

from django.conf import settings
from django.db import models

from portulan.base import ids


class DigestChoice(models.Model):
    """The hour at which a person gets their digest on working days; `due_at` is the next one."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    hour = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()

    class Meta:
        """Read by what is due next."""

        indexes = [models.Index(fields=["due_at"], name="digest_choice_due")]


class Digest(models.Model):
    """The digest of a person for a day; its id is its Message-ID. What it says is never kept."""

    class State(models.TextChoices):
        """What became of it; uncertain: a worker died while sending."""

        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        NOTHING = "nothing"
        FAILED = "failed"
        UNCERTAIN = "uncertain"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(default="", blank=True)

    class Meta:
        """One a person and day; read by what leaves next."""

        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once")]
        indexes = [
            models.Index(
                fields=["state", "due_at"],
                name="digest_due",
                condition=models.Q(state__in=["waiting", "claimed"]),
            )
        ]
