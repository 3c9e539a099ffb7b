"""Identifiers: time-ordered for rows, short and readable for elements of a map."""

import secrets
from datetime import datetime
from uuid import UUID

import uuid_utils.compat

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def uuid7() -> UUID:
    """Return a time-ordered identifier (RFC 9562, version 7)."""
    return uuid_utils.compat.uuid7()


def first_at(moment: datetime) -> UUID:
    """Return the smallest identifier that `uuid7` could make at a moment."""
    return UUID(int=int(moment.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62)


def element(prefix: str) -> str:
    """Return a new element id such as `s_k3f9a2xq`, valid as a name in Python and in SQL."""
    return f"{prefix}_" + "".join(secrets.choice(_ALPHABET) for _ in range(8))
