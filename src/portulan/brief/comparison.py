"""The grid as it is read: criteria, columns with their cells, totals in all and by theme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portulan.base.refusals import NotThere
from portulan.brief import ours, totals
from portulan.brief.models import Criterion, Grid, Invitation, Score, Vendor
from portulan.brief.totals import Total
from portulan.maps import queries as maps
from portulan.people import rights
from portulan.people.actor import Actor

#: The column that our own scenarios fill.
OURS, OUR_NAME = "portulan", "Portulan"


@dataclass(frozen=True)
class CriterionView:
    """A criterion; `map_id` is the map that it comes from, if any; `gone`: its element is no more."""

    id: UUID
    key: str
    theme: str
    label: str
    detail: str
    weight: int
    map_id: str | None
    element: str
    gone: bool


@dataclass(frozen=True)
class Cell:
    """What a vendor is worth on a criterion; `by` is empty when the vendor says so itself."""

    criterion: UUID
    score: int | None
    proof: str
    link: str
    file: str
    at: datetime
    by: str


@dataclass(frozen=True)
class InvitationView:
    """The link of a vendor, without its token."""

    sent_at: datetime
    ends_at: datetime
    seen_at: datetime | None


@dataclass(frozen=True)
class Column:
    """A vendor with its cells and totals; `own`: our scenarios fill it."""

    id: str
    name: str
    own: bool
    cells: tuple[Cell, ...]
    total: Total
    themes: Mapping[str, Total]
    invitation: InvitationView | None = None


@dataclass(frozen=True)
class GridRef:
    """A grid in the list."""

    id: UUID
    title: str
    created_at: datetime


@dataclass(frozen=True)
class Comparison:
    """A grid as it is read."""

    id: UUID
    title: str
    criteria: tuple[CriterionView, ...]
    vendors: tuple[Column, ...]


def grids(actor: Actor) -> list[GridRef]:
    """Return the grids, newest first."""
    rights.require(actor, "read", "grid")
    rows = rights.visible(actor, "read", "grid", Grid.objects.order_by("-created_at", "-id"))
    return [GridRef(one.pk, one.title, one.created_at) for one in rows]


def comparison(actor: Actor, *, grid: UUID, at: datetime) -> Comparison:
    """Return a grid with every column.

    :raises NotThere: when there is none that the actor may read.
    """
    row = rights.visible(actor, "read", "grid", Grid.objects.filter(pk=grid)).first()
    if row is None:
        raise NotThere
    asked = list(row.criteria.order_by("position", "id"))
    known = maps.titles(actor)
    vendors = row.vendors.filter(removed_at__isnull=True).order_by("added_at", "id")
    return Comparison(
        id=row.pk,
        title=row.title,
        criteria=tuple(_criterion(one, known) for one in asked),
        vendors=(_ours(actor, asked), *(_column(one, asked, at) for one in vendors)),
    )


def _criterion(one: Criterion, known: Mapping[str, tuple[str, str]]) -> CriterionView:
    map_id = known[one.map][0] if one.map in known else None
    gone = one.gone_at is not None
    return CriterionView(
        one.pk, one.key, one.theme, one.label, one.detail, one.weight, map_id, one.element, gone
    )


def _ours(actor: Actor, asked: Iterable[Criterion]) -> Column:
    proven = ours.proven(actor)
    cells = tuple(
        Cell(one.pk, found.score, found.proof, "", "", found.at, OUR_NAME)
        for one in asked
        if (found := proven.get(one.key))
    )
    return Column(OURS, OUR_NAME, own=True, cells=cells, **_worth(asked, cells))  # type: ignore[arg-type]


def _column(vendor: Vendor, asked: Iterable[Criterion], at: datetime) -> Column:
    rows = vendor.scores.select_related("by")
    cells = tuple(map(_cell, rows))
    live = vendor.invitations.filter(revoked_at__isnull=True, ends_at__gt=at).first()
    worth = _worth(asked, cells)
    return Column(
        str(vendor.pk),
        vendor.name,
        own=False,
        cells=cells,
        invitation=_invitation(live),
        **worth,  # type: ignore[arg-type]
    )


def _cell(row: Score) -> Cell:
    by = row.by.name if row.by else ""
    return Cell(row.criterion_id, row.score, row.proof, row.link, row.file_name, row.at, by)


def _worth(asked: Iterable[Criterion], cells: Iterable[Cell]) -> dict[str, object]:
    scores = {str(one.criterion): one.score for one in cells}
    live = [(str(one.pk), one.theme, one.weight) for one in asked if one.gone_at is None]
    counted = [one for one in live if one[2]]
    return {
        "total": totals.total({key: weight for key, _, weight in counted}, scores),
        "themes": totals.by_theme(counted, scores),
    }


def _invitation(row: Invitation | None) -> InvitationView | None:
    return InvitationView(row.sent_at, row.ends_at, row.seen_at) if row else None
