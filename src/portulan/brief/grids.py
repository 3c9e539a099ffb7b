"""The grid: criteria of the maps under weights, a column a vendor, Portulan's filled by its own scenarios.

Refuses to forget: a criterion whose element left the maps stays as long as somebody scored it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from portulan.base import ids
from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.brief import happenings
from portulan.brief.criteria import HEAVIEST, THEMES, Asking, criteria
from portulan.brief.models import Criterion, Grid, Vendor
from portulan.events import log
from portulan.maps import queries as maps
from portulan.people import rights
from portulan.people.actor import Actor

LONGEST_TITLE, LONGEST_NAME, LONGEST_LABEL, MOST_VENDORS = 120, 80, 300, 12


class GridNotValid(NotValid):
    """What is said of a grid does not hold."""

    code = "brief.grid_not_valid"


def draw(actor: Actor, *, title: str, at: datetime) -> UUID:
    """Make a grid of what the published maps ask, and return its id.

    :raises GridNotValid: when it has no title, or the maps ask nothing.
    """
    rights.require(actor, "create", "grid")
    said = _line(title, "title", LONGEST_TITLE)
    asked = _asked(actor)
    if not any(one.map for one in asked):
        raise GridNotValid(Problem("maps", "brief.no_map_published"))
    with transaction.atomic():
        grid = Grid.objects.create(title=said, created_at=at, created_by_id=actor.id)
        Criterion.objects.bulk_create(_row(grid, one, rank) for rank, one in enumerate(asked))
        what = happenings.GridDrawn(said, len(asked))
        log.append(what, actor=actor, subject=f"grid:{grid.pk}", at=at)
    return grid.pk


def redraw(actor: Actor, *, grid: UUID, at: datetime) -> tuple[int, int]:
    """Take in what the maps ask by now, and return how many criteria came and how many went; weights stay."""
    with transaction.atomic():
        row = _held(actor, grid)
        known = {one.key: one for one in row.criteria.all()}
        asked = {one.key: (rank, one) for rank, one in enumerate(_asked(actor))}
        new = [_row(row, one, rank) for key, (rank, one) in asked.items() if key not in known]
        Criterion.objects.bulk_create(new)
        gone = 0
        for key, one in known.items():
            gone += _follow(one, asked.get(key), at)
        what = happenings.GridDrawn(row.title, len(new), gone)
        log.append(what, actor=actor, subject=f"grid:{row.pk}", at=at)
    return len(new), gone


def ask(actor: Actor, *, grid: UUID, asking: Asking, at: datetime) -> UUID:
    """Add a criterion of one's own to a grid and return its id.

    :raises GridNotValid: when it says nothing, or its theme or its weight does not exist.
    """
    with transaction.atomic():
        row = _held(actor, grid)
        label = _line(asking.label, "label", LONGEST_LABEL)
        if asking.theme not in THEMES or not 0 <= asking.weight <= HEAVIEST:
            raise GridNotValid(Problem("weight", "brief.weight_misfit", {"heaviest": HEAVIEST}))
        rank = (row.criteria.aggregate(last=Max("position"))["last"] or 0) + 1
        own = Asking(f"own.{ids.uuid7().hex}", asking.theme, label, asking.detail.strip(), asking.weight)
        made = _row(row, own, rank)
        made.save()
        what = happenings.CriterionWeighed(own.key, label, 0, asking.weight)
        log.append(what, actor=actor, subject=f"grid:{row.pk}", at=at)
    return made.pk


def weigh(actor: Actor, *, grid: UUID, criterion: UUID, weight: int, at: datetime) -> None:
    """Give a criterion its weight; 0 leaves it out of the totals.

    :raises GridNotValid: when there is no such weight.
    """
    if not 0 <= weight <= HEAVIEST:
        raise GridNotValid(Problem("weight", "brief.weight_misfit", {"heaviest": HEAVIEST}))
    with transaction.atomic():
        row = _held(actor, grid)
        known = row.criteria.select_for_update().filter(pk=criterion).first()
        if known is None:
            raise NotThere
        before = known.weight
        Criterion.objects.filter(pk=known.pk).update(weight=weight)
        what = happenings.CriterionWeighed(known.key, known.label, before, weight)
        log.append(what, actor=actor, subject=f"grid:{row.pk}", at=at)


def add_vendor(actor: Actor, *, grid: UUID, name: str, at: datetime) -> UUID:
    """Add a vendor to a grid and return its id.

    :raises GridNotValid: when it has no name, is there already, or there are too many.
    """
    with transaction.atomic():
        row = _held(actor, grid)
        said = _line(name, "name", LONGEST_NAME)
        live = row.vendors.filter(removed_at__isnull=True)
        if said.casefold() in {one.casefold() for one in live.values_list("name", flat=True)}:
            raise GridNotValid(Problem("name", "brief.vendor_twice", {"name": said}))
        if live.count() >= MOST_VENDORS:
            raise GridNotValid(Problem("name", "brief.too_many_vendors", {"most": MOST_VENDORS}))
        vendor = Vendor.objects.create(grid=row, name=said, added_at=at)
        what = happenings.VendorAdded(str(vendor.pk), said)
        log.append(what, actor=actor, subject=f"grid:{row.pk}", at=at)
    return vendor.pk


def remove_vendor(actor: Actor, *, grid: UUID, vendor: UUID, at: datetime) -> None:
    """Take a vendor out of a grid; its link leads nowhere from now on, its scores stay in the history."""
    _turn_vendor(actor, grid, vendor, at, removed=True)


def restore_vendor(actor: Actor, *, grid: UUID, vendor: UUID, at: datetime) -> None:
    """Take a vendor back into a grid, with its scores; the link that it had is not taken back."""
    _turn_vendor(actor, grid, vendor, at, removed=False)


def _turn_vendor(actor: Actor, grid: UUID, vendor: UUID, at: datetime, *, removed: bool) -> None:
    with transaction.atomic():
        row = _held(actor, grid)
        known = row.vendors.filter(pk=vendor, removed_at__isnull=removed).first()
        if known is None:
            raise NotThere
        known.removed_at = at if removed else None
        known.save(update_fields=["removed_at"])
        known.invitations.filter(revoked_at__isnull=True).update(revoked_at=at)
        turned = happenings.VendorRemoved if removed else happenings.VendorAdded
        log.append(turned(str(known.pk), known.name), actor=actor, subject=f"grid:{row.pk}", at=at)


def _held(actor: Actor, grid: UUID) -> Grid:
    rights.require(actor, "update", "grid")
    known = rights.visible(actor, "update", "grid", Grid.objects.select_for_update())
    row = known.filter(pk=grid).first()
    if row is None:
        raise NotThere
    return row


def _asked(actor: Actor) -> tuple[Asking, ...]:
    published = maps.published(actor)
    return criteria(published, compile_maps(published, base_model.load()), actor.lang)


def _row(grid: Grid, asking: Asking, rank: int) -> Criterion:
    return Criterion(grid=grid, position=rank, **vars(asking))


def _follow(one: Criterion, now: tuple[int, Asking] | None, at: datetime) -> int:
    """Have a criterion say what the maps say by now, and return 1 when it just went."""
    if one.key.startswith("own."):
        return 0
    if now is not None:
        rank, asking = now
        said = {**vars(asking), "weight": one.weight, "position": rank, "gone_at": None}
        Criterion.objects.filter(pk=one.pk).update(**said)
        return 0
    if one.gone_at is not None:
        return 0
    if one.scores.exists():
        Criterion.objects.filter(pk=one.pk).update(gone_at=at)
    else:
        one.delete()
    return 1


def _line(text: str, name: str, most: int) -> str:
    line = " ".join(text.replace("\0", "").split())
    if not line or len(line) > most:
        raise GridNotValid(Problem(name, "brief.line_misfit", {"most": most}))
    return line
