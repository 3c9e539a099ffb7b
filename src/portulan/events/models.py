"""The append-only log. Refuses to change or delete what happened."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from portulan.base import ids


class UnchangeableError(TypeError):
    """Somebody tried to change what happened."""


class EventSet(models.QuerySet["Event"]):
    """Events can be read and added."""

    def update(self, **_fields: Any) -> NoReturn:
        """Refuse: an event never changes."""
        raise UnchangeableError("an event is never updated")

    def delete(self) -> NoReturn:
        """Refuse: an event never disappears."""
        raise UnchangeableError("an event is never deleted")


class Event(models.Model):
    """One thing that happened: when, by whom, to what, within which case, because of which event."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    at = models.DateTimeField()
    kind = models.CharField(max_length=48)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=96)
    case = models.CharField(max_length=96, default="", blank=True)
    data = models.JSONField(default=dict)
    caused_by = models.UUIDField(null=True)
    depth = models.PositiveSmallIntegerField(default=0)
    provenance = models.CharField(max_length=12, default="person")
    robot = models.BooleanField(default=False)

    objects = EventSet.as_manager()

    class Meta:
        """Read by subject, by case and by kind, in time."""

        indexes = [
            models.Index(fields=["subject", "at", "id"], name="event_subject"),
            models.Index(fields=["case", "at", "id"], name="event_case"),
            models.Index(fields=["kind", "at", "id"], name="event_kind"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to save twice."""
        if not self._state.adding:
            raise UnchangeableError("an event is never updated")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: an event never disappears."""
        raise UnchangeableError("an event is never deleted")


class EventPersonal(models.Model):
    """The personal values of an event, apart, so that erasing them leaves the event untouched."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="personal")
    data = models.JSONField(default=dict)
    erased_at = models.DateTimeField(null=True)
