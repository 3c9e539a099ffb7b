"""The static files: collected once per build of the front, compressed, served by whitenoise.

The build names files after their content, so that browsers keep them for ever.
"""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves what was collected; before the first collection there is nothing to serve."""

    def add_files(self, root: Any, prefix: str | None = None) -> None:
        """Take the files of a folder in, when it exists."""
        if Path(root).is_dir():
            super().add_files(root, prefix=prefix)


def collect() -> None:
    """Collect and compress the static files, unless this build already is."""
    root = Path(settings.STATIC_ROOT)
    stamp, mark = root / ".build", _mark()
    if stamp.exists() and stamp.read_text(encoding="ascii") == mark:
        return
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(mark, encoding="ascii")


def _mark() -> str:
    folders = [Path(folder) for _, folder in settings.STATICFILES_DIRS]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    said = "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(said.encode()).hexdigest()
