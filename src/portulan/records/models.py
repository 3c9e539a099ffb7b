"""The projection that search reads: one folded line a record, beside the tables of the blueprint."""

from django.conf import settings
from django.db import models


class SearchEntry(models.Model):
    """What a live record is found by. `holder` is whose it is, so that a search is scoped like a list."""

    object = models.CharField(max_length=48)
    row = models.BigIntegerField()
    title = models.TextField()
    folded = models.TextField()
    holder = models.BigIntegerField(null=True)

    class Meta:
        """Once a record; the index of the text is each database's own, made by the migration."""

        constraints = [models.UniqueConstraint(fields=["object", "row"], name="search_once")]


class View(models.Model):
    """A saved view: what the address of a screen held, for its author, their team or a role."""

    object = models.CharField(max_length=48)
    pipeline = models.CharField(max_length=48, default="", blank=True)
    name = models.CharField(max_length=80)
    search = models.JSONField(default=dict)
    shared = models.CharField(max_length=8, default="me")
    role = models.CharField(max_length=48, default="", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Read by what it shows."""

        indexes = [models.Index(fields=["object", "pipeline"], name="view_of")]
