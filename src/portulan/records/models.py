"""The projection that search reads: one folded line a record, beside the tables of the blueprint."""

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
