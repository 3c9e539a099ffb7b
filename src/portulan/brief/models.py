"""The versions of the requirements document that were kept."""

from django.conf import settings
from django.db import models


class BriefVersion(models.Model):
    """A version that was kept: of which published version of each map, by id, with every number ever given.

    Published versions never change, so the document of a version can be written again.
    """

    n = models.PositiveIntegerField(primary_key=True)
    maps = models.JSONField()
    numbers = models.JSONField()
    note = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
