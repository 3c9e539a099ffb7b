"""A first guess of which step of a map each label of a log stands for; a person confirms it.

Compares folded words: the same label first, then the best likeness above a half.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from portulan.base.fold import fold
from portulan.maps.model import Map

_LIKE = 0.5


def match(labels: Sequence[str], drawn: Map) -> dict[str, str | None]:
    """Return the step that each label seems to be, None where none is alike."""
    steps = [(step.id, fold(step.label)) for step in drawn.steps if step.kind != "gateway"]
    return {label: _nearest(fold(label), steps) for label in labels}


def _nearest(label: str, steps: Sequence[tuple[str, str]]) -> str | None:
    likeness = [(_likeness(label, known), step_id) for step_id, known in steps]
    best, step_id = max(likeness, default=(0.0, ""))
    return step_id if best > _LIKE else None


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    words, others = set(one.replace("_", " ").split()), set(other.replace("_", " ").split())
    shared = len(words & others) / max(len(words | others), 1)
    return max(shared, SequenceMatcher(None, one, other).ratio() if min(len(one), len(other)) > 2 else 0.0)  # noqa: PLR2004 - initials are alike by chance
