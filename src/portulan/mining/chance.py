"""How likely chance alone is: two proportions, and the correction for all that was tried (Holm, 1979)."""

import math
from collections.abc import Sequence


def two_proportions(here: int, n: int, there: int, others: int) -> float:
    """Return the two-sided p-value of two proportions being one."""
    pooled = (here + there) / (n + others)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / others))
    return math.erfc(abs(here / n - there / others) / spread / math.sqrt(2)) if spread else 1.0


def holm(chances: Sequence[float]) -> list[float]:
    """Return p-values corrected for being tried together, in the order given."""
    corrected, least = list(chances), 0.0
    for rank, (chance, place) in enumerate(sorted((one, place) for place, one in enumerate(chances))):
        least = max(least, min(chance * (len(chances) - rank), 1.0))
        corrected[place] = least
    return corrected
