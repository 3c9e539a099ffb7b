"""Files of imports without what a person is known by: texts are reworded, workbooks removed."""

import re
from pathlib import Path

from django.conf import settings

from portulan.base import uploads
from portulan.connectors import sheets
from portulan.records import tokens


def sweep(found: re.Pattern[str]) -> int:
    """Take what the pattern finds out of every file that was imported, and return how many changed."""
    root = Path(settings.DATA_DIR) / "imports"
    files = sorted(path for path in root.glob("*/*") if path.is_file()) if root.exists() else []
    return sum(_workbook(path, found) if path.suffix == ".xlsx" else _text(path, found) for path in files)


def _text(path: Path, found: re.Pattern[str]) -> bool:
    return uploads.reword(path, lambda text: found.sub(tokens.GONE, text))


def _workbook(path: Path, found: re.Pattern[str]) -> bool:
    names = any(found.search(cell) for cell in sheets.cells(path))
    if names:
        path.unlink()
    return names
