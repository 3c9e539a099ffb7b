"""What happens to an instance that shows the product."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class DemoLoaded:
    """The fictitious company is there, whole: from which seed, how many records."""

    kind: ClassVar[str] = "demo.loaded"
    seed: int
    records: int
