"""The version of a log that is looked at, in the form that this program reads.

Owns what becomes of a log that another version of the program imported, or whose folder lost a file: it is
read again from the file that was uploaded, with the columns chosen then. Refuses one whose file is gone too.
"""

import threading
from pathlib import Path

from portulan.base.refusals import NotNow
from portulan.mining import archive, places, read
from portulan.mining.models import ImportedLog

_READING = threading.Lock()


class LogNotHeld(NotNow):
    """The events of the log are in a form that is no longer read, and its file is gone."""

    code = "mining.not_held"


def folder(one: ImportedLog) -> Path:
    """Return where the version of an imported log lies, read again from its file when nobody can read it.

    :raises LogNotHeld: when it cannot be read and its file is gone.
    """
    found = places.version(one.pk, one.folder)
    if archive.is_whole(found):
        return found
    path = places.upload(one.pk, one.suffix)
    if not path.exists():
        raise LogNotHeld(name=one.name)
    with _READING:
        if not archive.is_whole(found):
            archive.write(found, read.read(path, roles=one.roles or None, day_first=one.day_first))
    return found
