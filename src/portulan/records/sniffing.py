"""What a file is, by what it holds; what a person named it says nothing.

Pure. Owns the list of what is accepted: whatever is not recognised is refused, and so is what can act by
itself (programs, pages and drawings with scripts, documents with macros).
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from portulan.base.refusals import NotValid

_HEAD = 4096
_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"ID3", 0, "audio/mpeg"),
    (b"WAVE", 8, "audio/wav"),
    (b"ftyp", 4, "video/mp4"),
)
#: Office documents, by the part that only they hold.
_OFFICE: Mapping[str, str] = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_MACROS = ("vbaproject.bin", "scripts/", "basic/")
_PAGES = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<?php", b"#!")
_MOST_PARTS = 5000
#: What a browser may show where it stands.
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})


class FileNotAccepted(NotValid):
    """The file is of a kind that is not kept, or can act by itself."""

    code = "records.file_not_accepted"


def media_of(path: Path) -> str:
    """Return the media type of a file.

    :raises FileNotAccepted: when it is none of those accepted.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for signature, at, media in _SIGNATURES:
        if head[at : at + len(signature)] == signature:
            return media
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    if _is_text(head):
        return "text/plain"
    raise FileNotAccepted


def _packed(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = [one.filename for one in packed.infolist()[:_MOST_PARTS]]
            kind = packed.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise FileNotAccepted from error
    if any(macro in name.lower() for name in names for macro in _MACROS):
        raise FileNotAccepted
    if kind.startswith(_OPEN_DOCUMENT):
        return kind
    media = next((media for part, media in _OFFICE.items() if part in names), None)
    if media is None:
        raise FileNotAccepted
    return media


def _is_text(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head or b"\0" in head or start.startswith(_PAGES):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3  # a letter cut by the end of what was read
    return True
