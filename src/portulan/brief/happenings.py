"""What happens to the requirements document."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class BriefKept:
    """A version of the requirements document was kept, of which published version of each map."""

    kind: ClassVar[str] = "brief.kept"
    n: int
    maps: dict[str, int]
    requirements: int
    note: str = ""
