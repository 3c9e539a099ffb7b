"""Where the files of imports lie: one folder an import, named by its id; what a person named is no path."""

from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder(import_id: UUID) -> Path:
    """Return the folder of an import."""
    return Path(settings.DATA_DIR) / "imports" / str(import_id)


def upload(import_id: UUID, suffix: str) -> Path:
    """Return where the file of an import lies."""
    return folder(import_id) / f"upload{suffix}"


def refused(import_id: UUID) -> Path:
    """Return where the refused lines of an import are listed."""
    return folder(import_id) / "refused.jsonl"
