"""What a column of the grid is worth: weighted scores over what could be had, in all and by theme.

Pure. What was not answered counts nothing: it is no proof. How much was answered is said beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The best score.
BEST = 3


@dataclass(frozen=True)
class Total:
    """What was had, out of what could be, and how many criteria were answered, out of how many."""

    points: int
    most: int
    answered: int
    asked: int

    @property
    def percent(self) -> int:
        """The share of the points, rounded; 0 when nothing counts."""
        return round(100 * self.points / self.most) if self.most else 0


def total(weights: Mapping[str, int], scores: Mapping[str, int | None]) -> Total:
    """Return the total of scores (0 to 3, None: not answered) under weights, both by criterion."""
    had = {key: score for key in weights if (score := scores.get(key)) is not None}
    return Total(
        points=sum(weights[key] * score for key, score in had.items()),
        most=BEST * sum(weights.values()),
        answered=len(had),
        asked=len(weights),
    )


def by_theme(criteria: Iterable[tuple[str, str, int]], scores: Mapping[str, int | None]) -> dict[str, Total]:
    """Return the total of each theme, of criteria said by key, theme and weight."""
    themes: dict[str, dict[str, int]] = {}
    for key, theme, weight in criteria:
        themes.setdefault(theme, {})[key] = weight
    return {theme: total(weights, scores) for theme, weights in themes.items()}
