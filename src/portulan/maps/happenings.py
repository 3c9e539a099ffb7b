"""What happens to maps. Saving a draft is no happening: a version published is."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class MapCreated:
    """A map exists; `starter` or `log` says what it was made from."""

    kind: ClassVar[str] = "map.created"
    uid: str
    state: str
    title: str
    starter: str = ""
    log: str = ""


@happening
@dataclass(frozen=True)
class MapDuplicated:
    """A map was made from another map."""

    kind: ClassVar[str] = "map.duplicated"
    uid: str
    state: str
    title: str
    source: str


@happening
@dataclass(frozen=True)
class MapPublished:
    """A version of a map was published; `says` is what changed, in words, by language."""

    kind: ClassVar[str] = "map.published"
    uid: str
    state: str
    title: str
    n: int
    says: dict[str, list[str]]


@happening
@dataclass(frozen=True)
class MapVersionRestored:
    """The draft of a map is a published version again."""

    kind: ClassVar[str] = "map.version_restored"
    n: int


@happening
@dataclass(frozen=True)
class MapDeleted:
    """A map lies in the bin."""

    kind: ClassVar[str] = "map.deleted"
    title: str


@happening
@dataclass(frozen=True)
class MapRestored:
    """A map is back from the bin."""

    kind: ClassVar[str] = "map.restored"
    title: str


@happening
@dataclass(frozen=True)
class MapVerified:
    """Somebody found a version of a map still valid."""

    kind: ClassVar[str] = "map.verified"
    version: int


@happening
@dataclass(frozen=True)
class MapProposalAccepted:
    """A proposal was taken into the draft of a map."""

    kind: ClassVar[str] = "map.proposal_accepted"
    thread: str


@happening
@dataclass(frozen=True)
class IrritantSettled:
    """Somebody said what answers an irritant of a map, how one will know, whether it is over."""

    kind: ClassVar[str] = "map.irritant_settled"
    key: str
    answer: str
    metric: str
    resolved: bool


@happening
@dataclass(frozen=True)
class IrritantAdvanced:
    """The answer to an irritant is named, planned, in force, taken back, or the irritant is over."""

    kind: ClassVar[str] = "map.irritant_advanced"
    key: str
    stage: str
    on: str
    element: str
    title: str
    label: str
    answer: str
    watchers: list[int]


@happening
@dataclass(frozen=True)
class IrritantVoted:
    """Somebody gave an irritant drawn on a map their voice, or took it back."""

    kind: ClassVar[str] = "map.irritant_voted"
    key: str
    given: bool
