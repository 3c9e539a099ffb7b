"""The key that signs sessions: made once, kept beside the data, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Return the key kept in the folder, making it at the first start, whoever starts first."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own = folder / f"secret-key.{os.getpid()}"
        handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(own, path)
        except FileExistsError:
            pass  # another process was first: its key is the one
        finally:
            own.unlink()
    return path.read_text(encoding="ascii")
