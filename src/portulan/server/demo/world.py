"""What every story of the simulation shares: the seed, the time it covers, the maps, how much to tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from portulan.base import calendar
from portulan.maps.model import Map
from portulan.server.demo.hours import Hours
from portulan.server.demo.story import Story

_MONTHS = timedelta(days=548)
_AHEAD = timedelta(days=400)
_QUARTER = timedelta(days=91)


@dataclass(frozen=True)
class Size:
    """How much to simulate: accounts, deals and tickets for each on average, and the small print or not."""

    accounts: int
    deals: float
    tickets: float = 0.0
    details: bool = True


DEMO = Size(250, 6.0, 1.2)
BULK = Size(100_000, 2.0, details=False)


class World:
    """Eighteen months of a company, up to a moment."""

    def __init__(
        self, seed: int, until: datetime, maps: tuple[Map, Map], products: tuple[Story, ...]
    ) -> None:
        """Lay the time out; `maps` are those of sales and of support."""
        self.seed = seed
        self.until_at = until
        self.sales, self.support = maps
        self.products = products
        first = (until - _MONTHS).date()
        self.hours = Hours(calendar.DEFAULT, first, (until + _AHEAD).date())
        self.until = self.hours.minute(until)
        #: When the way of working changed: proposals are followed up, more of them convert.
        self.changed = self.hours.minute(until - _QUARTER)
        self.born = self.hours.at(0)

    def chance(self, *of: object) -> Random:
        """Return the source of chance of one story: the same for the same seed, whatever else is told."""
        return Random("/".join(map(str, (self.seed, *of))))  # noqa: S311 - a simulation
