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


@happening
@dataclass(frozen=True)
class LogTaken:
    """Part of a log left as a file: in which form, how many cases, chosen by which filters."""

    kind: ClassVar[str] = "log.taken"
    name: str
    form: str
    cases: int
    filters: str


@happening
@dataclass(frozen=True)
class AnalysisSaved:
    """A way of looking at a log was kept, changed or put back: for whom, and which role."""

    kind: ClassVar[str] = "analysis.saved"
    name: str
    shared: str
    role: str


@happening
@dataclass(frozen=True)
class AnalysisRemoved:
    """A way of looking at a log is kept no longer."""

    kind: ClassVar[str] = "analysis.removed"
    name: str


@happening
@dataclass(frozen=True)
class DeviationAccepted:
    """A deviation of a map is accepted, and why."""

    kind: ClassVar[str] = "deviation.accepted"
    deviation: str
    motive: str


@happening
@dataclass(frozen=True)
class DeviationWithdrawn:
    """A deviation of a map is accepted no more."""

    kind: ClassVar[str] = "deviation.withdrawn"
    deviation: str


@happening
@dataclass(frozen=True)
class DeviationAssigned:
    """A deviation of a map was given to a person, by a day where one is set, or taken back."""

    kind: ClassVar[str] = "deviation.assigned"
    deviation: str
    person: int | None
    due_on: str


@happening
@dataclass(frozen=True)
class DeviationProposed:
    """What practice shows was proposed to the map as it should be, in a thread."""

    kind: ClassVar[str] = "deviation.proposed"
    deviation: str
    map: str
    thread: str
