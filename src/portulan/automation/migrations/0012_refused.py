"""Keep what a refusal said apart from the trace of what broke down, in each language."""

from typing import Any

from django.db import migrations, models


def move(apps: Any, _: Any) -> None:
    """Take the sentences that were kept in French out of the traces."""
    failed = apps.get_model("automation", "Job").objects.filter(state="failed").exclude(error="")
    for job in failed.exclude(error__contains="\n").iterator():
        job.refused, job.error = {"fr": job.error, "en": ""}, ""
        job.save(update_fields=["refused", "error"])


def back(apps: Any, _: Any) -> None:
    """Put the French sentences back beside the traces."""
    for job in apps.get_model("automation", "Job").objects.filter(refused__isnull=False).iterator():
        job.error = job.refused["fr"]
        job.save(update_fields=["error"])


class Migration(migrations.Migration):

    dependencies = [
        ("automation", "0011_keys"),
    ]

    operations = [
        migrations.AddField("job", "refused", models.JSONField(null=True)),
        migrations.RunPython(move, back),
    ]
