"""Ids of steps made from their labels: the same label gives the same id, in a flow as on its map."""

import re
from collections.abc import Sequence

from portulan.base.fold import fold

_LONGEST = 40


def step_ids(labels: Sequence[str]) -> tuple[str, ...]:
    """Return one element id for each label, in order; labels that fold alike are numbered in order."""
    seen: dict[str, int] = {}
    found = []
    for label in labels:
        plain = element_id(label)
        seen[plain] = seen.get(plain, 0) + 1
        found.append(plain if seen[plain] == 1 else f"{plain}_n{seen[plain]}")
    return tuple(found)


def element_id(label: str, prefix: str = "e") -> str:
    """Return a label as an element id: lower case, letters and digits joined by single underscores."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:_LONGEST].strip("_")
    return plain if re.match(r"[a-z]", plain) else f"{prefix}_{plain}".strip("_")
