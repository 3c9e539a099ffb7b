"""The table of work to do: one queue for everything that takes time or leaves the house."""

from django.conf import settings
from django.db import models

from portulan.base import ids


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
