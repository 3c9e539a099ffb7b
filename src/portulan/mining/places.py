"""Where logs lie on disk: one folder a log, named by its id; what a person named never becomes a path."""

from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder(log_id: UUID) -> Path:
    """Return the folder of a log."""
    return Path(settings.DATA_DIR) / "logs" / str(log_id)


def upload(log_id: UUID, suffix: str) -> Path:
    """Return where the uploaded file of a log lies."""
    return folder(log_id) / f"upload{suffix}"


def version(log_id: UUID, name: str) -> Path:
    """Return the folder of one version of a log."""
    return folder(log_id) / name
