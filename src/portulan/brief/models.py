"""The tables of what we ask: versions of the requirements, grids with their vendors, scores and guests."""

from django.conf import settings
from django.db import models

from portulan.base import ids


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


class Grid(models.Model):
    """A comparison of vendors on criteria."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    title = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")


class Criterion(models.Model):
    """What vendors are compared on; `key` is that of the element it comes from; `gone_at`: off the maps."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    grid = models.ForeignKey(Grid, models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=120)
    theme = models.CharField(max_length=16)
    label = models.TextField()
    detail = models.TextField(default="", blank=True)
    weight = models.PositiveSmallIntegerField()
    map = models.CharField(max_length=48, default="", blank=True)
    element = models.CharField(max_length=48, default="", blank=True)
    position = models.PositiveIntegerField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        """One a key in a grid."""

        constraints = [models.UniqueConstraint(fields=["grid", "key"], name="criterion_once")]


class Vendor(models.Model):
    """A column of a grid."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    grid = models.ForeignKey(Grid, models.CASCADE, related_name="vendors")
    name = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Score(models.Model):
    """What a vendor is worth on a criterion, what proves it, who said so last: nobody of ours, a guest."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="scores")
    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="scores")
    score = models.PositiveSmallIntegerField(null=True)
    proof = models.TextField(default="", blank=True)
    link = models.CharField(max_length=500, default="", blank=True)
    file_id = models.UUIDField(null=True)
    file_name = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """One a cell."""

        constraints = [models.UniqueConstraint(fields=["criterion", "vendor"], name="score_once")]


class Invitation(models.Model):
    """A link by which a vendor fills its own column; only the hash of its token is kept."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
