"""The version of the blueprint that a request or a task works on: pinned, the same from start to end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from portulan.base.conditions.schema import FieldKind
from portulan.blueprint import queries
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Object
from portulan.records import snapshot
from portulan.records.snapshot import Snapshot

_PINNED: ContextVar[Snapshot] = ContextVar("snapshot")
_BUILDING = threading.Lock()
#: The snapshot of the version in force as this process last saw it, under (number, hash).
_BUILT: dict[tuple[int, str], Snapshot] = {}


def current() -> Snapshot:
    """Return the pinned snapshot.

    :raises LookupError: when nothing is pinned.
    """
    return _PINNED.get()


@contextmanager
def pinned(one: Snapshot) -> Iterator[Snapshot]:
    """Make a snapshot the current one, for this request or task alone."""
    token = _PINNED.set(one)
    try:
        yield one
    finally:
        _PINNED.reset(token)


def newest() -> Snapshot:
    """Return the snapshot of the version in force, in one query unless another process changed it."""
    key = queries.newest()
    known = _BUILT.get(key)
    if known is not None:
        return known
    with _BUILDING:
        known = _BUILT.get(key)
        if known is None:
            known = snapshot.build(key[0], queries.blueprint_of(key[0]), kind_of)
            _BUILT.clear()
            _BUILT[key] = known
    return known


def find_object(uid: str) -> Object | None:
    """Return the object of that uid in the version at hand, or None when it has none in use."""
    every = current().blueprint.objects
    return next((one for one in every if one.uid == uid and not one.archived), None)


def kind_of(field: Field) -> FieldKind:
    """Return what conditions see in a field, which also says how it is stored."""
    return TYPES.get(field.type).kind
