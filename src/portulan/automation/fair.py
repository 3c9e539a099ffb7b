"""Who is next: the one who has had least for their share, the longest waiting among equals.

Pure. A weighted deficit: the smallest `assigned / weight` is served. Those who could not be chosen are
carried along at the level of the least served, so that they return to their share and to no flood.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

Why = Literal["next", "fits", "absent", "full", "no_skill", "had"]
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Candidate:
    """A person who might be chosen; `why` says why they cannot, `fits` that they can."""

    person: int
    weight: float = 1.0
    assigned: float = 0.0
    last_at: datetime | None = None
    why: Why = "fits"

    @property
    def level(self) -> float:
        """What they have had for their share."""
        return self.assigned / self.weight


def pick(candidates: Sequence[Candidate]) -> int | None:
    """Return who is next, None when nobody can be."""
    return next(iter(order(candidates)), None)


def order(candidates: Sequence[Candidate]) -> list[int]:
    """Return those who can be chosen, who is next first."""
    able = [one for one in candidates if one.why == "fits"]
    able.sort(key=lambda one: (one.level, one.last_at or _NEVER, one.person))
    return [one.person for one in able]


def serve(candidates: Sequence[Candidate], person: int, at: datetime) -> list[Candidate]:
    """Return the candidates after one of them received something, in the same order.

    Who had it before received it too: they are at their own level already.
    """
    served = [
        replace(one, assigned=one.assigned + 1, last_at=at) if one.person == person else one
        for one in candidates
    ]
    least = min((one.level for one in served if one.why == "fits"), default=0.0)
    return [
        one if one.why in ("fits", "had") else replace(one, assigned=max(one.assigned, least * one.weight))
        for one in served
    ]
