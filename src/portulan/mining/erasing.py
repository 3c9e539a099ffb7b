"""Logs on disk without what a person is known by: names are reworded, what was mined keeps its shape.

A log that changes becomes a new version, so that no process goes on with the one it holds in memory. One that
can be read no more, and whose file is gone, is not kept.
"""

import re
import shutil

import orjson

from portulan.base import ids, uploads
from portulan.mining import archive, held, places
from portulan.mining.models import Analysis, ImportedLog
from portulan.records import tokens


def sweep(found: re.Pattern[str]) -> int:
    """Take what the pattern finds out of every log and its file, and return how many changed."""
    changed = sum(_log(one, found) for one in ImportedLog.objects.order_by("pk"))
    return changed + sum(_analysis(one, found) for one in Analysis.objects.order_by("pk"))


def _analysis(one: Analysis, found: re.Pattern[str]) -> int:
    held = orjson.dumps([one.name, one.search]).decode()
    said = found.sub(tokens.GONE, held)
    if said != held:
        one.name, one.search = orjson.loads(said)
        one.save(update_fields=["name", "search"])
    return int(said != held)


def _log(one: ImportedLog, found: re.Pattern[str]) -> int:
    def change(text: str) -> str:
        return found.sub(tokens.GONE, text)

    path = places.upload(one.pk, one.suffix)
    changed = int(path.exists() and uploads.reword(path, change))
    if one.folder:
        changed += _version(one, found)
    return changed


def _version(one: ImportedLog, found: re.Pattern[str]) -> int:
    try:
        folder = held.folder(one)
    except held.LogNotHeld:  # what nobody can read, nobody can reword: it goes
        shutil.rmtree(places.version(one.pk, one.folder), ignore_errors=True)
        return 0
    renewed = f"v{ids.uuid7().hex}"
    if not archive.reword(folder, places.version(one.pk, renewed), found, tokens.GONE):
        return 0
    ImportedLog.objects.filter(pk=one.pk).update(folder=renewed)
    shutil.rmtree(folder, ignore_errors=True)
    return 1
