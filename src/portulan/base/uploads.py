"""Files that people send: received in pieces up to a size, their names made plain, reworded by law."""

import gzip
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

from portulan.base.refusals import NotValid

_LONGEST_NAME = 200


def receive(chunks: Iterable[bytes], path: Path, *, most: int, too_large: type[NotValid]) -> int:
    """Write the pieces of a file to a path and return their bytes.

    :raises too_large: with its `limit` in megabytes, as soon as there are more than `most` bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise too_large(limit=most // 1024**2)
            file.write(chunk)
    return size


def plain(name: str) -> str:
    """Return the name of a file without folders and control characters, for people to read.

    It is empty when nothing of it can be read.
    """
    last = PurePath(name.replace("\\", "/")).name
    return re.sub(r"[\x00-\x1f\x7f]", "", last)[:_LONGEST_NAME]


def reword(path: Path, change: Callable[[str], str]) -> bool:
    """Say otherwise what a text file holds, packed by gzip or not; return whether it changed."""
    raw = path.read_bytes()
    packed = raw.startswith(b"\x1f\x8b")
    plain = gzip.decompress(raw) if packed else raw
    try:
        encoding, text = "utf-8", plain.decode("utf-8")
    except UnicodeDecodeError:
        encoding, text = "cp1252", plain.decode("cp1252", errors="surrogateescape")
    said = change(text)
    if said == text:
        return False
    written = said.encode(encoding, errors="surrogateescape")
    path.write_bytes(gzip.compress(written) if packed else written)
    return True
