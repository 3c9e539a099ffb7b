"""Tables of assignment: who may receive what, who received it and why, whose turn it is to take it up."""

from django.conf import settings
from django.db import models

from portulan.base import ids


class Seat(models.Model):
    """A person’s place among those of a role: their share, their limit, what they can do, what they had.

    `assigned` is what fairness counts: absences are made up for, so that nobody returns to a flood.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=48)
    weight = models.FloatField(default=1.0)
    capacity = models.PositiveIntegerField(null=True)
    skills = models.JSONField(default=list)
    assigned = models.FloatField(default=0.0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        """One a person and role."""

        constraints = [models.UniqueConstraint(fields=["role", "person"], name="seat_once")]


class Absence(models.Model):
    """A time during which a person receives nothing; the delegate decides in their stead."""

    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()


class Decision(models.Model):
    """Who received a record, why, and why not the others."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    subject = models.CharField(max_length=96)
    role = models.CharField(max_length=48)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=24)
    considered = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        """Read by record."""

        indexes = [models.Index(fields=["subject", "id"], name="decision_subject")]


class Turn(models.Model):
    """The time that a person who received a record has to take it up, else it goes to the next one.

    `had` are those who received it in this round, the person last; `due_at` is when it goes on.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"
        TAKEN = "taken"
        PASSED = "passed"
        ENDED = "ended"

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    subject = models.CharField(max_length=96)
    rule = models.CharField(max_length=48)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    had = models.JSONField(default=list)
    within = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=24, default="", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One waits a record; read by what is due."""

        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=models.Q(state="waiting"), name="turn_once")
        ]
        indexes = [
            models.Index(fields=["due_at"], name="turn_due", condition=models.Q(state="waiting")),
            models.Index(fields=["subject", "id"], name="turn_subject"),
        ]


class Patience(models.Model):
    """How long those who lead leave a person to take up what a rule gave them; none: for ever.

    Takes the place of what the map says, and stays when the map is applied again.
    """

    rule = models.CharField(max_length=48, primary_key=True)
    within = models.JSONField(null=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
