"""What happens to records. Values are keyed by the uid of their field, so that a rename loses nothing."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from portulan.events.types import happening

Changes = dict[str, list[Any]]


@happening
@dataclass(frozen=True)
class RecordCreated:
    """A record exists, with its first values; `pipeline` and `stage` when it travels.

    `motive` says why it was created although one like it was there.
    """

    kind: ClassVar[str] = "record.created"
    values: dict[str, Any]
    pipeline: str | None = None
    stage: str | None = None
    motive: str = ""


@happening
@dataclass(frozen=True)
class RecordUpdated:
    """Values of a record changed: field → [before, after]."""

    kind: ClassVar[str] = "record.updated"
    changes: Changes


@happening
@dataclass(frozen=True)
class RecordFollowed:
    """What a record gets from its activities changed: its last activity, its next step."""

    kind: ClassVar[str] = "record.followed"
    changes: Changes


@happening
@dataclass(frozen=True)
class PeopleMentioned:
    """A note speaks to people; `on` is the record that it is about, `title` what the note is called."""

    kind: ClassVar[str] = "activity.mentioned"
    mentions: list[int]
    on: str
    title: str


@happening
@dataclass(frozen=True)
class RecordMoved:
    """A record went from a stage to another; `changes` holds every value the move set."""

    kind: ClassVar[str] = "record.moved"
    pipeline: str
    from_: str
    to: str
    passage: str | None = None
    skipped: list[str] = field(default_factory=list)
    back: bool = False
    motive: str = ""
    amount: str | None = None
    overridden: bool = False
    changes: Changes = field(default_factory=dict)


@happening
@dataclass(frozen=True)
class RecordDeleted:
    """A record lies in the bin."""

    kind: ClassVar[str] = "record.deleted"
    changes: Changes


@happening
@dataclass(frozen=True)
class RecordRestored:
    """A record is back from the bin."""

    kind: ClassVar[str] = "record.restored"
    changes: Changes


@happening
@dataclass(frozen=True)
class GateRefused:
    """A gate stayed closed: where to, what lacked."""

    kind: ClassVar[str] = "gate.refused"
    pipeline: str
    from_: str
    to: str
    missing: list[str]
    unmet: list[str]
    blocked: list[str]


@happening
@dataclass(frozen=True)
class GateOverridden:
    """Somebody with the right to do so went through a closed gate, and said why."""

    kind: ClassVar[str] = "gate.overridden"
    pipeline: str
    from_: str
    to: str
    motive: str
    missing: list[str]
    unmet: list[str]
    blocked: list[str]


@happening
@dataclass(frozen=True)
class RecordsExported:
    """Somebody took records out of the house: how many, of which object, chosen how, which fields of them."""

    kind: ClassVar[str] = "record.exported"
    object: str
    count: int
    words: str = ""
    condition: Any = None
    format: str = "csv"
    fields: list[str] = field(default_factory=list)


@happening
@dataclass(frozen=True)
class ViewSaved:
    """A view of a list or a pipeline was kept, new or changed: for whom, and which role."""

    kind: ClassVar[str] = "view.saved"
    name: str
    object: str
    shared: str
    role: str = ""


@happening
@dataclass(frozen=True)
class ViewDeleted:
    """A view is gone."""

    kind: ClassVar[str] = "view.deleted"
    name: str


@happening
@dataclass(frozen=True)
class RecordMerged:
    """Another record became one with this one; how many links came along."""

    kind: ClassVar[str] = "record.merged"
    loser: int
    title: str
    links: int


@happening
@dataclass(frozen=True)
class RecordUnmerged:
    """A record that had been merged into this one is on its own again."""

    kind: ClassVar[str] = "record.unmerged"
    loser: int
    title: str


@happening
@dataclass(frozen=True)
class RecordsKeptApart:
    """Somebody looked at two records alike and said why they are not the same."""

    kind: ClassVar[str] = "record.kept_apart"
    other: int
    motive: str


@happening
@dataclass(frozen=True)
class DocumentAdded:
    """A file was put on a record, as a version of its series; its name is kept with the file, not here."""

    kind: ClassVar[str] = "document.added"
    document: str
    n: int
    media: str
    bytes: int


@happening
@dataclass(frozen=True)
class DocumentRemoved:
    """A file of a record, in all its versions, is no longer kept."""

    kind: ClassVar[str] = "document.removed"
    series: str
    versions: int


@happening
@dataclass(frozen=True)
class RecordAnonymised:
    """What named a person is gone from a record and from its past; `changes` say what stands now."""

    kind: ClassVar[str] = "record.anonymised"
    changes: Changes


@happening
@dataclass(frozen=True)
class PersonForgotten:
    """A person was forgotten everywhere, why, and how many rows, events, documents and places that was."""

    kind: ClassVar[str] = "person.forgotten"
    motive: str
    counts: dict[str, int]


@happening
@dataclass(frozen=True)
class PersonExported:
    """Everything that is kept about a person was taken out, to be given to them."""

    kind: ClassVar[str] = "person.exported"
    format: str


@happening
@dataclass(frozen=True)
class ConsentRecorded:
    """What a person agreed to or refused was written down: for which purpose, on which legal basis."""

    kind: ClassVar[str] = "consent.recorded"
    purpose: str
    basis: str
    given: bool


@happening
@dataclass(frozen=True)
class PersonKept:
    """Somebody who was due to be forgotten is kept until a day, and why."""

    kind: ClassVar[str] = "person.kept"
    until: str
    motive: str


@happening
@dataclass(frozen=True)
class PersonReleased:
    """The decision that kept somebody was taken back."""

    kind: ClassVar[str] = "person.released"


@happening
@dataclass(frozen=True)
class DeletionAsked:
    """Somebody may not delete a record, and asks those who follow it or work with it: who, its title, why.

    `followed`: they are asked as who follows the record, else as whose open records need it.
    """

    kind: ClassVar[str] = "deletion.asked"
    owners: list[int]
    on: str
    title: str
    motive: str
    followed: bool = False


@happening
@dataclass(frozen=True)
class LeadConverted:
    """A lead became a deal of an account, with a contact if any: their ids."""

    kind: ClassVar[str] = "lead.converted"
    account: int
    contact: int | None
    opportunity: int


@happening
@dataclass(frozen=True)
class DealBorn:
    """A deal was made of a lead: its id."""

    kind: ClassVar[str] = "opportunity.born"
    lead: int


@happening
@dataclass(frozen=True)
class ConversionUndone:
    """What was made of a lead was taken back; the deal was this one."""

    kind: ClassVar[str] = "lead.unconverted"
    opportunity: int


@happening
@dataclass(frozen=True)
class QualityReviewed:
    """Somebody looked at how sound the records of an object are, as they had to."""

    kind: ClassVar[str] = "quality.reviewed"
    object: str


@happening
@dataclass(frozen=True)
class MergingChosen:
    """Records of an object are merged by themselves from so many points on."""

    kind: ClassVar[str] = "merging.chosen"
    object: str
    threshold: int


@happening
@dataclass(frozen=True)
class MergingStopped:
    """Records of an object are not merged by themselves any more."""

    kind: ClassVar[str] = "merging.stopped"
    object: str
