"""Files that people send: received in pieces up to a size, their names made plain."""

import re
from collections.abc import Iterable
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
