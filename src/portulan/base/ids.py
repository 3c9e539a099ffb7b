"""Identifiers: time-ordered for rows, short and readable for elements of a map."""

import secrets
from uuid import UUID

import uuid_utils.compat

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def uuid7() -> UUID:
    """Return a time-ordered identifier (RFC 9562, version 7)."""
    return uuid_utils.compat.uuid7()


def element(prefix: str) -> str:
    """Return a new element id such as `s_k3f9a2xq`, valid as a name in Python and in SQL."""
    return f"{prefix}_" + "".join(secrets.choice(_ALPHABET) for _ in range(8))
