"""What happens to the requirements document and to grids."""

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


@happening
@dataclass(frozen=True)
class GridDrawn:
    """A grid that compares vendors exists, or took in what the maps ask by now."""

    kind: ClassVar[str] = "grid.drawn"
    title: str
    added: int
    gone: int = 0


@happening
@dataclass(frozen=True)
class CriterionWeighed:
    """The weight of a criterion of a grid changed."""

    kind: ClassVar[str] = "grid.weighed"
    criterion: str
    label: str
    before: int
    after: int


@happening
@dataclass(frozen=True)
class VendorAdded:
    """A grid has one more vendor."""

    kind: ClassVar[str] = "grid.vendor_added"
    vendor: str
    name: str


@happening
@dataclass(frozen=True)
class VendorRemoved:
    """A vendor left a grid; its scores stay in the log."""

    kind: ClassVar[str] = "grid.vendor_removed"
    vendor: str
    name: str


@happening
@dataclass(frozen=True)
class VendorInvited:
    """A vendor has a link to fill its own column until a moment."""

    kind: ClassVar[str] = "grid.vendor_invited"
    vendor: str
    name: str
    ends_at: str


@happening
@dataclass(frozen=True)
class InvitationRevoked:
    """The link of a vendor leads nowhere any more."""

    kind: ClassVar[str] = "grid.invitation_revoked"
    vendor: str
    name: str


@happening
@dataclass(frozen=True)
class CriterionScored:
    """Somebody said what a vendor is worth on a criterion; nobody of ours: the vendor itself."""

    kind: ClassVar[str] = "grid.scored"
    vendor: str
    name: str
    criterion: str
    label: str
    before: int | None
    after: int | None
    proof: str


@happening
@dataclass(frozen=True)
class GridExported:
    """Somebody took a grid out as a workbook."""

    kind: ClassVar[str] = "grid.exported"
    criteria: int
    vendors: int
