"""The version of the blueprint that a request or a task works on: pinned, the same from start to end."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from portulan.records.snapshot import Snapshot

_PINNED: ContextVar[Snapshot] = ContextVar("snapshot")


def current() -> Snapshot:
    """Return the pinned snapshot.

    :raises LookupError: when nothing is pinned.
    """
    return _PINNED.get()


@contextmanager
def pinned(snapshot: Snapshot) -> Iterator[Snapshot]:
    """Make a snapshot the current one, for this request or task alone."""
    token = _PINNED.set(snapshot)
    try:
        yield snapshot
    finally:
        _PINNED.reset(token)
