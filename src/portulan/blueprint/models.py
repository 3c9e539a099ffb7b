"""The versions of the blueprint: each what was built at a moment, by whom, from which one. Never changed."""

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
