"""The tables of what is said (threads, messages, watchers, votes) and of who keeps what up to date."""

from django.conf import settings
from django.db import models

from portulan.base import ids
from portulan.pages.targets import Where

_PERSON = settings.AUTH_USER_MODEL


class Workshop(models.Model):
    """A time during which a link lets several people say what hurts about a target, without an account."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    target = models.CharField(max_length=16)
    target_id = models.UUIDField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Read by target, the newest first."""

        indexes = [models.Index(fields=["target", "target_id", "-opened_at"], name="workshop_target")]

    @property
    def where(self) -> Where:
        """What the workshop is about."""
        return Where(self.target, self.target_id)


class Thread(models.Model):
    """Something said about an element of a target: open until it is resolved, accepted or refused.

    A proposal may carry a change of its target, which that target’s room alone accepts. An irritant says
    who suffers (`who`) and how much (`severity`); a `guest` opened it without an account.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    target = models.CharField(max_length=16)
    target_id = models.UUIDField()
    element = models.CharField(max_length=48, default="", blank=True)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default="open")
    reason = models.CharField(max_length=500, default="", blank=True)
    carries_change = models.BooleanField(default=False)
    who = models.CharField(max_length=80, default="", blank=True)
    severity = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")
    guest = models.CharField(max_length=60, default="", blank=True)
    workshop = models.ForeignKey(Workshop, models.SET_NULL, null=True, related_name="threads")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Read by target; counted by author."""

        indexes = [
            models.Index(fields=["target", "target_id", "id"], name="thread_target"),
            models.Index(fields=["opened_by", "kind"], name="thread_author"),
        ]

    @property
    def where(self) -> Where:
        """What the thread is about."""
        return Where(self.target, self.target_id, self.element)


class Message(models.Model):
    """What somebody wrote in a thread; people mentioned stand in it as `@[id]`."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    body = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")


class Watch(models.Model):
    """A person who is told of what follows in a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="watches")
    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="+")

    class Meta:
        """A thread is watched once."""

        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="watch_once")]


class Vote(models.Model):
    """A voice for a thread: a person's, or that of a guest's device."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="votes")
    person = models.ForeignKey(_PERSON, models.CASCADE, null=True, related_name="+")
    guest = models.CharField(max_length=32, default="", blank=True)

    class Meta:
        """One voice each."""

        constraints = [
            models.UniqueConstraint(
                fields=["thread", "person"], condition=models.Q(person__isnull=False), name="vote_person_once"
            ),
            models.UniqueConstraint(
                fields=["thread", "guest"], condition=models.Q(person__isnull=True), name="vote_guest_once"
            ),
        ]


class Care(models.Model):
    """Who answers for a target and when it is to be looked at again; verifying it is no edit of it.

    `remind_on` is when somebody is told next, after `level` reminders.
    """

    target = models.CharField(max_length=16)
    target_id = models.UUIDField()
    owner = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")
    backup = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")
    months = models.PositiveSmallIntegerField(default=6)
    due_on = models.DateField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")
    verified_version = models.PositiveIntegerField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    remind_on = models.DateField(null=True)

    class Meta:
        """One a target; read by what is to be reminded of next."""

        constraints = [models.UniqueConstraint(fields=["target", "target_id"], name="care_once")]
        indexes = [
            models.Index(
                fields=["remind_on"], name="care_remind", condition=models.Q(remind_on__isnull=False)
            )
        ]

    @property
    def where(self) -> Where:
        """What is cared for."""
        return Where(self.target, self.target_id)


class Term(models.Model):
    """What a word means for a team; two teams that mean different things are a conflict until one is kept.

    `condition` says it in the one language of conditions, on records of `object_name`.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    word = models.CharField(max_length=80)
    folded = models.CharField(max_length=80)
    team = models.CharField(max_length=60, default="", blank=True)
    definition = models.TextField()
    object_name = models.CharField(max_length=48, default="", blank=True)
    condition = models.JSONField(null=True)
    owner = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    kept_instead = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        """A team defines a word once."""

        constraints = [
            models.UniqueConstraint(
                fields=["folded", "team"], condition=models.Q(archived_at__isnull=True), name="term_once_live"
            )
        ]
