"""Tables of imports: the files, what became of each line, what people decided and is remembered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import models

from portulan.base import ids


class Import(models.Model):
    """A file that was received and the records that it became.

    `sheets` are those of a workbook among which `sheet` was chosen. `report` is what was seen before anything
    is written, `result` what was done, `undone` what was given back. `lines_done` moves with each batch, in
    its transaction, so that a work taken up again goes on there.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    object = models.CharField(max_length=48)
    file_name = models.CharField(max_length=200)
    suffix = models.CharField(max_length=8)
    file_bytes = models.BigIntegerField()
    sheets = models.JSONField(default=list)
    sheet = models.CharField(max_length=255, default="", blank=True)
    header = models.JSONField(default=list)
    preset = models.CharField(max_length=40, default="", blank=True)
    choices = models.JSONField(null=True)
    job = models.UUIDField(null=True)
    report = models.JSONField(null=True)
    result = models.JSONField(null=True)
    undone = models.JSONField(null=True)
    lines_done = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)


class KeptSet(models.QuerySet[Any]):
    """What an import did, and why undoing left some of it."""

    def keep(self, some: Sequence[Any], why: Mapping[int, str]) -> int:
        """Keep why records were left as they are, by id, and return how many; the others were not."""
        by_reason: dict[str, list[int]] = defaultdict(list)
        for one in some:
            if one.kept != why.get(one.row, ""):
                by_reason[why.get(one.row, "")].append(one.pk)
        for reason, keys in by_reason.items():
            self.filter(pk__in=keys).update(kept=reason)
        return sum(one.row in why for one in some)


class ImportedRow(models.Model):
    """What an import did to a record: `changes` are those of an update, `version` the one that it left."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    row = models.BigIntegerField()
    made = models.BooleanField()
    version = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)
    kept = models.CharField(max_length=40, default="", blank=True)

    objects = KeptSet.as_manager()

    class Meta:
        """Read in order, import by import."""

        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="imported_line_once")]


class ImportedBeside(models.Model):
    """A record that an import made because a line named it; `kept`: why undoing left it."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="beside")
    object = models.CharField(max_length=48)
    row = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    kept = models.CharField(max_length=40, default="", blank=True)

    objects = KeptSet.as_manager()

    class Meta:
        """A record is made once."""

        constraints = [models.UniqueConstraint(fields=["object", "row"], name="beside_once")]


class KnownAs(models.Model):
    """The id that another tool has for a record."""

    source = models.CharField(max_length=40)
    object = models.CharField(max_length=48)
    key = models.CharField(max_length=120)
    row = models.BigIntegerField()
    batch = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """One record an id."""

        constraints = [models.UniqueConstraint(fields=["source", "object", "key"], name="known_once")]


class Same(models.Model):
    """What a way of writing stands for in a field, confirmed by a person; `value` null: nothing."""

    object = models.CharField(max_length=48)
    field = models.CharField(max_length=100)
    said = models.CharField(max_length=300)
    value = models.JSONField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """One meaning each."""

        constraints = [models.UniqueConstraint(fields=["object", "field", "said"], name="same_once")]


class Remembered(models.Model):
    """The choices made for an object and a set of columns, proposed again for the next such file."""

    object = models.CharField(max_length=48)
    header = models.CharField(max_length=64)
    choices = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """The last choices count."""

        constraints = [models.UniqueConstraint(fields=["object", "header"], name="remembered_once")]
