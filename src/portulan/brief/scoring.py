"""What a vendor is worth on a criterion: 0 to 3 with its proof, by us or by the vendor; who said what.

Refuses a score above 0 without a proof: words, a link, or a file.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.brief import happenings, proofs
from portulan.brief.models import Criterion, Grid, Score, Vendor
from portulan.brief.proofs import Sent
from portulan.brief.totals import BEST
from portulan.events import log
from portulan.events import queries as events
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor

LONGEST_PROOF, LONGEST_LINK = 2000, 500


class ScoreNotValid(NotValid):
    """What was said of a criterion does not hold."""

    code = "brief.score_not_valid"


@dataclass(frozen=True)
class Given:
    """What is said of a vendor on a criterion: a score, None when it is not known, and what proves it."""

    score: int | None
    proof: str = ""
    link: str = ""


@dataclass(frozen=True)
class Said:
    """A line of the history: who gave which score to whom, and what it was before."""

    at: datetime
    by: str
    vendor: str
    criterion: str
    before: int | None
    after: int | None
    proof: str


def score(actor: Actor, *, criterion: UUID, vendor: UUID, given: Given, at: datetime) -> None:
    """Say what a vendor is worth on a criterion.

    :raises ScoreNotValid: with everything that does not hold.
    """
    with transaction.atomic():
        write(actor, _cell(actor, criterion, vendor), given, at)


def attach(actor: Actor, *, criterion: UUID, vendor: UUID, file: Sent, at: datetime) -> str:
    """Keep a file as a proof, in place of the one before, and return its name."""
    with transaction.atomic():
        return put(actor, _cell(actor, criterion, vendor), file, at)


def proof_of(actor: Actor, *, criterion: UUID, vendor: UUID) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that proves a score.

    :raises NotThere: when there is none.
    """
    rights.require(actor, "read", "grid")
    row = Score.objects.filter(criterion=criterion, vendor=vendor, file_id__isnull=False).first()
    if row is None or row.file_id is None:
        raise NotThere
    return row.file_name, proofs.read(row.file_id)


def history(actor: Actor, *, grid: UUID, limit: int = 200) -> list[Said]:
    """Return who scored what, newest first."""
    rights.require(actor, "read", "grid")
    kind = happenings.CriterionScored.kind
    said = events.of_subject(f"grid:{grid}", kinds=[kind], limit=limit)
    names = people.named(actor, ids={one.actor_id for one in said if one.actor_id is not None})
    return [
        _line(one.at, names[one.actor_id].name if one.actor_id in names else "", one.data) for one in said
    ]


def write(actor: Actor, row: Score, given: Given, at: datetime) -> None:
    """Write a score into its cell, held by the caller, and the event that tells of it.

    :raises ScoreNotValid: with everything that does not hold.
    """
    proof = given.proof.replace("\0", "").strip()
    link = given.link.strip()
    _check(Given(given.score, proof, link), has_file=row.file_id is not None)
    before = row.score
    row.score, row.proof, row.link, row.at, row.by_id = given.score, proof, link, at, actor.id
    row.save()
    what = happenings.CriterionScored(
        str(row.vendor_id),
        row.vendor.name,
        row.criterion.key,
        row.criterion.label,
        before,
        given.score,
        proof,
    )
    log.append(what, actor=actor, subject=f"grid:{row.vendor.grid_id}", at=at)


def put(actor: Actor, row: Score, file: Sent, at: datetime) -> str:
    """Put a file into a cell that the caller holds, and return its name."""
    kept = proofs.keep(file)
    before = row.file_id
    row.file_id, row.file_name, row.at, row.by_id = kept.id, kept.name, at, actor.id
    row.save()
    transaction.on_commit(lambda: proofs.forget(before))
    return kept.name


def cell(criterion: UUID, vendor: Vendor) -> Score:
    """Return the cell of a criterion and a vendor of one grid, under lock; a new one is not saved yet.

    :raises NotThere: when the vendor's grid has no such criterion.
    """
    found = Criterion.objects.filter(pk=criterion, grid=vendor.grid_id, gone_at__isnull=True).first()
    if found is None:
        raise NotThere
    row = Score.objects.select_for_update().filter(criterion=found, vendor=vendor).first()
    return row or Score(criterion=found, vendor=vendor)


def _cell(actor: Actor, criterion: UUID, vendor: UUID) -> Score:
    rights.require(actor, "update", "grid")
    grids = rights.visible(actor, "update", "grid", Grid.objects.all())
    held = Vendor.objects.select_for_update().filter(pk=vendor, grid__in=grids, removed_at__isnull=True)
    found = held.first()
    if found is None:
        raise NotThere
    return cell(criterion, found)


def _check(given: Given, *, has_file: bool) -> None:
    problems = []
    if given.score is not None and not 0 <= given.score <= BEST:
        problems.append(Problem("score", "brief.score_range", {"best": BEST}))
    if given.score and not (given.proof or given.link or has_file):
        problems.append(Problem("proof", "brief.proof_missing"))
    if len(given.proof) > LONGEST_PROOF:
        problems.append(Problem("proof", "brief.proof_too_long", {"most": LONGEST_PROOF}))
    if given.link and not _is_link(given.link):
        problems.append(Problem("link", "brief.link_misfit"))
    if problems:
        raise ScoreNotValid(*problems)


def _is_link(link: str) -> bool:
    """Return whether a link leads to a page of the web, and nowhere else."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return len(link) <= LONGEST_LINK and parts.scheme in ("http", "https") and bool(parts.hostname)


def _line(at: datetime, by: str, data: dict[str, Any]) -> Said:
    return Said(at, by, data["name"], data["label"], data["before"], data["after"], data["proof"])
