"""What happens to logs."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class LogImported:
    """The events of a file can be looked at."""

    kind: ClassVar[str] = "log.imported"
    name: str
    cases: int
    events: int
    rejected: int


@happening
@dataclass(frozen=True)
class LogDeleted:
    """A log and its file are gone."""

    kind: ClassVar[str] = "log.deleted"
    name: str
