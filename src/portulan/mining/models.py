"""The tables of logs and of what is kept of them; events lie beside the database (`mining.archive`)."""

from django.conf import settings
from django.db import models

from portulan.base import ids


class ImportedLog(models.Model):
    """A file that was uploaded and, once imported, the log that it became.

    `folder` names the version on disk, empty until the first import; `job` is the last import asked for.
    The state is read from both (`mining.queries`), never stored twice.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    name = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    suffix = models.CharField(max_length=12)
    file_bytes = models.BigIntegerField()
    source = models.CharField(max_length=300, default="", blank=True)
    credit = models.CharField(max_length=300, default="", blank=True)
    roles = models.JSONField(default=dict)
    day_first = models.BooleanField(null=True)
    job = models.UUIDField(null=True)
    folder = models.CharField(max_length=40, default="", blank=True)
    cases = models.PositiveIntegerField(null=True)
    events = models.PositiveIntegerField(null=True)
    steps = models.PositiveIntegerField(null=True)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    rejected = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)
    sure_dates = models.BooleanField(default=True)
    ties = models.FloatField(default=0.0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    imported_at = models.DateTimeField(null=True)


class Analysis(models.Model):
    """A way of looking at a log, kept under a name: what the address of its screen held, and for whom.

    `removed_at` is when it was taken away; until then it is listed.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    log = models.ForeignKey(ImportedLog, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    search = models.JSONField(default=dict)
    shared = models.CharField(max_length=8, default="me")
    role = models.CharField(max_length=48, default="", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class DeviationDecision(models.Model):
    """What people decided about a deviation of a map, by the name that `conform` gives it.

    Accepted while `accepted_at` stands; `proposal` is the thread of what was proposed to the target map;
    `label` is what the log calls the step where it lies.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    map = models.ForeignKey("maps.MapRow", models.CASCADE, related_name="+")
    key = models.CharField(max_length=160)
    label = models.CharField(max_length=200, default="", blank=True)
    motive = models.CharField(max_length=300, default="", blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(null=True)
    proposal = models.UUIDField(null=True)

    class Meta:
        """One a map and deviation."""

        constraints = [models.UniqueConstraint(fields=["map", "key"], name="deviation_decision_once")]


class Finding(models.Model):
    """What a long search found, under the digest of all that it read: it is looked for once.

    `job` is the last search that was asked for, `refused` why it was, by language; `found` is empty until one
    ended. A finding leaves with its log; it names no case.
    """

    key = models.CharField(primary_key=True, max_length=64)
    log = models.ForeignKey(ImportedLog, models.CASCADE, null=True, related_name="+")
    job = models.UUIDField()
    found = models.BinaryField(null=True)
    refused = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField()
