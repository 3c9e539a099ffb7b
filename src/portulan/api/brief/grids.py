"""Grids that compare vendors: criteria, columns, scores with their proof, links for guests, the workbook."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from portulan.api.actors import actor_of
from portulan.api.answers import as_file
from portulan.base import clock
from portulan.brief import comparison, exporting, grids, invitations, scoring
from portulan.brief.criteria import Asking, Theme
from portulan.brief.proofs import Sent
from portulan.brief.scoring import Given

router = Router(tags=["brief"])
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class GridIn(Schema):
    """What a grid is called."""

    title: str


class GridRefOut(Schema):
    """A grid of the list."""

    id: UUID
    title: str
    created_at: datetime


class GridPartOut(Schema):
    """The id of what was made."""

    id: UUID


class TotalOut(Schema):
    """What was had, out of what could be, and how much was answered."""

    points: int
    most: int
    answered: int
    asked: int
    percent: int


class CriterionOut(Schema):
    """What vendors are compared on; `gone`: its element left the maps."""

    id: UUID
    key: str
    theme: Theme
    label: str
    detail: str
    weight: int
    map_id: UUID | None
    element: str
    gone: bool


class CellOut(Schema):
    """What a vendor is worth on a criterion; `by` is empty when the vendor says so itself."""

    criterion: UUID
    score: int | None
    proof: str
    link: str
    file: str
    at: datetime
    by: str


class InvitationOut(Schema):
    """The link of a vendor, without its token."""

    sent_at: datetime
    ends_at: datetime
    seen_at: datetime | None


class ColumnOut(Schema):
    """A vendor with its cells and totals; `own`: our scenarios fill it."""

    id: str
    name: str
    own: bool
    cells: list[CellOut]
    total: TotalOut
    themes: dict[Theme, TotalOut]
    invitation: InvitationOut | None


class GridOut(Schema):
    """A grid with every column."""

    id: UUID
    title: str
    criteria: list[CriterionOut]
    vendors: list[ColumnOut]


class RedrawnOut(Schema):
    """How many criteria came, and how many went."""

    added: int
    gone: int


class AskIn(Schema):
    """A criterion of one's own."""

    theme: Theme
    label: str
    detail: str = ""
    weight: int = 2


class WeightIn(Schema):
    """The weight of a criterion."""

    weight: int


class VendorIn(Schema):
    """What a vendor is called."""

    name: str


class ScoreIn(Schema):
    """What a vendor is worth on a criterion, and what proves it."""

    score: int | None
    proof: str = ""
    link: str = ""


class FileOut(Schema):
    """What a file is called."""

    name: str


class InviteVendorIn(Schema):
    """How many days a link lasts."""

    days: int = 21


class TokenOut(Schema):
    """The token of a link, shown this once."""

    token: str


class ScoredOut(Schema):
    """Who gave which score to whom; `by` is empty when the vendor said so itself."""

    at: datetime
    by: str
    vendor: str
    criterion: str
    before: int | None
    after: int | None
    proof: str


@router.get("/grids", response=list[GridRefOut])
def list_grids(request: HttpRequest) -> Any:
    """Return the grids, newest first."""
    return comparison.grids(actor_of(request))


@router.post("/grids", response=GridPartOut)
def draw_grid(request: HttpRequest, body: GridIn) -> Any:
    """Make a grid of what the published maps ask."""
    return {"id": grids.draw(actor_of(request), title=body.title, at=clock.now())}


@router.get("/grids/{uuid:grid_id}", response=GridOut)
def get_grid(request: HttpRequest, grid_id: UUID) -> Any:
    """Return a grid with every column."""
    return comparison.comparison(actor_of(request), grid=grid_id, at=clock.now())


@router.post("/grids/{uuid:grid_id}/redraw", response=RedrawnOut)
def redraw_grid(request: HttpRequest, grid_id: UUID) -> Any:
    """Take in what the maps ask by now."""
    added, gone = grids.redraw(actor_of(request), grid=grid_id, at=clock.now())
    return {"added": added, "gone": gone}


@router.post("/grids/{uuid:grid_id}/criteria", response=GridPartOut)
def ask_criterion(request: HttpRequest, grid_id: UUID, body: AskIn) -> Any:
    """Add a criterion of one's own to a grid."""
    asking = Asking("", body.theme, body.label, body.detail, body.weight)
    return {"id": grids.ask(actor_of(request), grid=grid_id, asking=asking, at=clock.now())}


@router.put("/grids/{uuid:grid_id}/criteria/{uuid:criterion}", response={204: None})
def weigh_criterion(request: HttpRequest, grid_id: UUID, criterion: UUID, body: WeightIn) -> None:
    """Give a criterion its weight."""
    grids.weigh(actor_of(request), grid=grid_id, criterion=criterion, weight=body.weight, at=clock.now())


@router.post("/grids/{uuid:grid_id}/vendors", response=GridPartOut)
def add_vendor(request: HttpRequest, grid_id: UUID, body: VendorIn) -> Any:
    """Add a vendor to a grid."""
    return {"id": grids.add_vendor(actor_of(request), grid=grid_id, name=body.name, at=clock.now())}


@router.delete("/grids/{uuid:grid_id}/vendors/{uuid:vendor}", response={204: None})
def remove_vendor(request: HttpRequest, grid_id: UUID, vendor: UUID) -> None:
    """Take a vendor out of a grid."""
    grids.remove_vendor(actor_of(request), grid=grid_id, vendor=vendor, at=clock.now())


@router.post("/grids/{uuid:grid_id}/vendors/{uuid:vendor}/restore", response={204: None})
def restore_vendor(request: HttpRequest, grid_id: UUID, vendor: UUID) -> None:
    """Take a vendor back into a grid."""
    grids.restore_vendor(actor_of(request), grid=grid_id, vendor=vendor, at=clock.now())


@router.get("/grids/{uuid:grid_id}/history", response=list[ScoredOut])
def grid_history(request: HttpRequest, grid_id: UUID) -> Any:
    """Return who scored what, newest first."""
    return scoring.history(actor_of(request), grid=grid_id)


@router.get("/grids/{uuid:grid_id}/grid.xlsx")
def grid_xlsx(request: HttpRequest, grid_id: UUID) -> HttpResponse:
    """Return a grid as a workbook."""
    raw = exporting.export(actor_of(request), grid=grid_id, at=clock.now())
    return as_file(raw, "grille.xlsx", _EXCEL)


@router.put("/vendors/{uuid:vendor}/criteria/{uuid:criterion}", response={204: None})
def score_criterion(request: HttpRequest, vendor: UUID, criterion: UUID, body: ScoreIn) -> None:
    """Say what a vendor is worth on a criterion."""
    given = Given(**body.dict())
    scoring.score(actor_of(request), criterion=criterion, vendor=vendor, given=given, at=clock.now())


@router.post("/vendors/{uuid:vendor}/criteria/{uuid:criterion}/proof", response=FileOut)
def attach_proof(request: HttpRequest, vendor: UUID, criterion: UUID, file: File[UploadedFile]) -> Any:
    """Keep a file as the proof of a score."""
    sent = Sent(file.name or "", file.chunks())
    name = scoring.attach(actor_of(request), criterion=criterion, vendor=vendor, file=sent, at=clock.now())
    return {"name": name}


@router.get("/vendors/{uuid:vendor}/criteria/{uuid:criterion}/proof")
def get_proof(request: HttpRequest, vendor: UUID, criterion: UUID) -> HttpResponse:
    """Return the file that proves a score, to be saved and never shown."""
    name, raw = scoring.proof_of(actor_of(request), criterion=criterion, vendor=vendor)
    return as_file(raw, name, "application/octet-stream")


@router.post("/vendors/{uuid:vendor}/invitation", response=TokenOut)
def invite_vendor(request: HttpRequest, vendor: UUID, body: InviteVendorIn) -> Any:
    """Make the link by which a vendor fills its own column; an earlier one ends."""
    return {"token": invitations.invite(actor_of(request), vendor=vendor, days=body.days, at=clock.now())}


@router.delete("/vendors/{uuid:vendor}/invitation", response={204: None})
def revoke_invitation(request: HttpRequest, vendor: UUID) -> None:
    """Take the link of a vendor back."""
    invitations.revoke(actor_of(request), vendor=vendor, at=clock.now())
