"""The tables of maps: one live row per map with its draft, and its published versions, frozen.

Owns how a map is stored. Refuses two live maps of one process in one state.
"""

from django.conf import settings
from django.db import models

from portulan.base import ids
from portulan.maps.model import LONGEST_TITLE

_LONGEST_ID = 48


class MapRow(models.Model):
    """A map and its draft; `version` grows with every save, `published_n` is the last version published.

    `mappings` keeps, by log, which step a label of that log stands for.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    uid = models.CharField(max_length=_LONGEST_ID)
    state = models.CharField(max_length=8)
    title = models.CharField(max_length=LONGEST_TITLE)
    subject = models.CharField(max_length=_LONGEST_ID, default="", blank=True)
    draft = models.JSONField()
    layout = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    published_n = models.PositiveIntegerField(null=True)
    origin_log = models.CharField(max_length=96, default="", blank=True)
    mappings = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True)
    archived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """One live map per process and state."""

        constraints = [
            models.UniqueConstraint(
                fields=["uid", "state"], condition=models.Q(archived_at__isnull=True), name="map_once_live"
            ),
        ]


class MapVersion(models.Model):
    """A version as it was published; `says` is what it changed, by language."""

    map = models.ForeignKey(MapRow, models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    drawn = models.JSONField()
    layout = models.JSONField(default=dict)
    says = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Versions of a map are numbered from one."""

        constraints = [models.UniqueConstraint(fields=["map", "n"], name="map_version_once")]


class MapReview(models.Model):
    """A map as somebody found it still valid: what changed since is told against it."""

    map = models.ForeignKey(MapRow, models.CASCADE, related_name="reviews")
    version = models.PositiveIntegerField()
    drawn = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Read by map, the newest first."""

        indexes = [models.Index(fields=["map", "-at"], name="map_review_newest")]


class MapDocument(models.Model):
    """The shared document of a map: its state up to the update `base_n`, as Yjs writes it.

    `head_n` is the last update, `drawn_n` the last one that the draft says, `size` the bytes of all.
    """

    map = models.OneToOneField(MapRow, models.CASCADE, primary_key=True, related_name="document")
    state = models.BinaryField()
    base_n = models.PositiveBigIntegerField(default=0)
    head_n = models.PositiveBigIntegerField(default=0)
    drawn_n = models.PositiveBigIntegerField(default=0)
    size = models.PositiveIntegerField()


class MapUpdate(models.Model):
    """What somebody changed in a shared document; goes into its state after a while."""

    document = models.ForeignKey(MapDocument, models.CASCADE, related_name="updates")
    n = models.PositiveBigIntegerField()
    change = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Updates of a document are numbered from one, without a hole."""

        constraints = [models.UniqueConstraint(fields=["document", "n"], name="map_update_once")]


class MapProposal(models.Model):
    """A change set that waits in a thread: what its author started from, and what they made of it."""

    thread = models.UUIDField(primary_key=True)
    map = models.ForeignKey(MapRow, models.CASCADE, related_name="proposals")
    base = models.JSONField()
    drawn = models.JSONField()
    layout = models.JSONField(default=dict)


class MapIrritant(models.Model):
    """What becomes of an irritant of a map: `key` is that of a drawn one, or of the thread it was said in.

    `answer` is the element named in the ledger; `planned` the one that a published map holds.
    """

    map = models.ForeignKey(MapRow, models.CASCADE, related_name="irritants")
    key = models.CharField(max_length=_LONGEST_ID)
    answer = models.CharField(max_length=_LONGEST_ID, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    planned = models.CharField(max_length=_LONGEST_ID, default="", blank=True)
    planned_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    metric = models.CharField(max_length=200, default="", blank=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """One an irritant."""

        constraints = [models.UniqueConstraint(fields=["map", "key"], name="map_irritant_once")]


class MapVoice(models.Model):
    """The voice of a person for an irritant drawn on a map; one that was said has the votes of its thread."""

    map = models.ForeignKey(MapRow, models.CASCADE, related_name="voices")
    key = models.CharField(max_length=_LONGEST_ID)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        """One voice each."""

        constraints = [models.UniqueConstraint(fields=["map", "key", "person"], name="map_voice_once")]


class MapPresence(models.Model):
    """Somebody on a map now, as a live process tells the others: bound to nothing, it waits for nobody."""

    map = models.UUIDField()
    client = models.PositiveBigIntegerField()
    clock = models.PositiveBigIntegerField()
    person = models.BigIntegerField()
    place = models.JSONField()
    process = models.CharField(max_length=32)
    seen_at = models.DateTimeField()

    class Meta:
        """One a line."""

        constraints = [models.UniqueConstraint(fields=["map", "client"], name="map_presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="map_presence_seen")]
