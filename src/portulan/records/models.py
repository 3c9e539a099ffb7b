"""The projection that search reads: one folded line a record, beside the tables of the blueprint."""

from django.conf import settings
from django.db import models

from portulan.base import ids


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


class Merge(models.Model):
    """Two records that became one: `changes` of the winner, `links` that came along, by object and field.

    `points`: how sure it was, where nobody looked.
    """

    object = models.CharField(max_length=48)
    winner = models.BigIntegerField()
    loser = models.BigIntegerField()
    changes = models.JSONField(default=dict)
    freed = models.JSONField(default=dict)
    links = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    points = models.PositiveSmallIntegerField(null=True)

    class Meta:
        """A record is merged into one other at most."""

        constraints = [
            models.UniqueConstraint(
                fields=["object", "loser"], condition=models.Q(undone_at=None), name="merged_once"
            )
        ]
        indexes = [models.Index(fields=["object", "winner"], name="merge_winner")]


class Suspect(models.Model):
    """Two records that may be one, found by a pass over all; `gathered`: what merging brings together."""

    object = models.CharField(max_length=48)
    one = models.BigIntegerField()
    other = models.BigIntegerField()
    points = models.PositiveSmallIntegerField()
    shared = models.JSONField(default=list)
    gathered = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        """Once a pair, the surest and worthiest first."""

        constraints = [models.UniqueConstraint(fields=["object", "one", "other"], name="suspect_once")]


class Unattended(models.Model):
    """An object whose records are merged by themselves from so many points on, and who chose so."""

    object = models.CharField(max_length=48, primary_key=True)
    threshold = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")


class Apart(models.Model):
    """Two records that a person looked at and said are not the same."""

    object = models.CharField(max_length=48)
    one = models.BigIntegerField()
    other = models.BigIntegerField()
    motive = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Once a pair."""

        constraints = [models.UniqueConstraint(fields=["object", "one", "other"], name="apart_once")]


class Document(models.Model):
    """A file kept on a record: one version of a series; what removed it stays, the file does not."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    series = models.UUIDField()
    n = models.PositiveIntegerField()
    object = models.CharField(max_length=48)
    row = models.BigIntegerField()
    name = models.CharField(max_length=200)
    media = models.CharField(max_length=100)
    bytes = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """Read by record; a version is one of its series once."""

        constraints = [models.UniqueConstraint(fields=["series", "n"], name="document_version_once")]
        indexes = [models.Index(fields=["object", "row", "-at"], name="document_of")]


class Consent(models.Model):
    """What a person agreed to, or took back, for one purpose, and what proves it; the last one counts."""

    object = models.CharField(max_length=48)
    row = models.BigIntegerField()
    purpose = models.CharField(max_length=20)
    basis = models.CharField(max_length=20)
    given = models.BooleanField()
    proof = models.TextField(default="", blank=True)
    said_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Read by person, in time; never changed."""

        indexes = [models.Index(fields=["object", "row", "at"], name="consent_of")]


class Kept(models.Model):
    """Somebody who is due to be forgotten and is kept until a day, and why; `ended_at`: it was taken back."""

    object = models.CharField(max_length=48)
    row = models.BigIntegerField()
    motive = models.CharField(max_length=500)
    until = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """One decision stands for a person at most."""

        constraints = [
            models.UniqueConstraint(
                fields=["object", "row"], condition=models.Q(ended_at=None), name="kept_once"
            )
        ]


class Reading(models.Model):
    """Somebody looked at a person's record; once an hour is enough to know who saw what."""

    object = models.CharField(max_length=48)
    row = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    hour = models.DateTimeField()

    class Meta:
        """Once a person, a record and an hour."""

        constraints = [
            models.UniqueConstraint(fields=["object", "row", "by", "hour"], name="reading_once_an_hour")
        ]


class Conversion(models.Model):
    """A lead that became a deal: what was `created`, which activities came along, the stage it `left`.

    `taken` is by the object that activities got a link to; `began` is the stage where the deal began.
    """

    lead = models.BigIntegerField()
    deal = models.BigIntegerField()
    account = models.BigIntegerField()
    contact = models.BigIntegerField(null=True)
    created = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)
    left = models.CharField(max_length=48, default="", blank=True)
    began = models.CharField(max_length=48, default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """A lead is one deal at most."""

        constraints = [
            models.UniqueConstraint(
                fields=["lead"], condition=models.Q(undone_at=None), name="converted_once"
            )
        ]


class Soundness(models.Model):
    """How sound the records of an object were on a day: of a team and those below, or of everybody.

    `counts` are those of the checks by their key; `checked` is of how many records.
    """

    day = models.DateField()
    object = models.CharField(max_length=48)
    team = models.ForeignKey("people.Team", models.CASCADE, null=True, related_name="+")
    checked = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)

    class Meta:
        """Once a day, an object and a team."""

        constraints = [
            models.UniqueConstraint(fields=["day", "object", "team"], name="sound_once_a_team"),
            models.UniqueConstraint(
                fields=["day", "object"], condition=models.Q(team=None), name="sound_once_for_all"
            ),
        ]


class Upkeep(models.Model):
    """The data of an object as something that people answer for and look at again every so often."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    object = models.CharField(max_length=48, unique=True)


class Numbering(models.Model):
    """The last number given in a series, such as the quotes of a year."""

    series = models.CharField(max_length=48, unique=True)
    last = models.PositiveIntegerField(default=0)
