"""The versions of the blueprint, never changed; what came of playing the scenarios of a map on one."""

from django.conf import settings
from django.db import models


class BlueprintVersion(models.Model):
    """One applied version; the newest is in force. `event` is the one that tells of it in the log."""

    n = models.PositiveIntegerField(primary_key=True)
    blueprint = models.TextField()
    hash = models.CharField(max_length=64)
    says = models.JSONField(default=dict)
    undoes = models.PositiveIntegerField(null=True)
    event = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Trial(models.Model):
    """What came of the scenarios of a map on a blueprint; `key` is the hash of both."""

    key = models.CharField(max_length=64, primary_key=True)
    map = models.CharField(max_length=48, db_index=True)
    green = models.BooleanField()
    outcomes = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
