"""Another database for a while: what a block does happens in a file of its own, nothing in the real one.

Owns the switch of this thread's connection. What a request or a job did before and does after is untouched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler

_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20}


@contextmanager
def at(path: Path) -> Iterator[None]:
    """Have this thread work in the SQLite file at `path` until the end of the block."""
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": _OPTIONS}
    here = connections[DEFAULT_DB_ALIAS]
    there = ConnectionHandler({DEFAULT_DB_ALIAS: engine})[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = here
        there.close()
