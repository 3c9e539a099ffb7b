"""Saved analyses: how a log was looked at, under a name, for oneself, one's team or a role.

An analysis holds filters, never cases: who opens it sees what the log says today. Refuses an address that
is too long or whose filters cannot be read, and sharing with a role one does not hold.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.events import log as events
from portulan.mining import filters, queries
from portulan.mining.happenings import AnalysisRemoved, AnalysisSaved
from portulan.mining.models import Analysis
from portulan.mining.shapes import AnalysisAnswer
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.people.sharing import Wanted

_LONGEST_NAME, _LONGEST = 80, 8000


class AnalysisNotValid(NotValid):
    """The analysis cannot be kept so."""

    code = "mining.analysis_not_valid"


def analyses(actor: Actor, *, log_id: UUID) -> list[AnalysisAnswer]:
    """Return the analyses of a log that the actor may open: their own first, by name.

    :raises NotThere: when there is no log that the actor may see.
    """
    log = queries.row(actor, log_id=log_id)
    rows = rights.visible(actor, "read", "analysis", Analysis.objects.filter(log=log, removed_at=None))
    told = rows.select_related("author").order_by("name", "pk")
    return sorted((_told(actor, one) for one in told), key=lambda one: not one.mine)


def save(actor: Actor, *, log_id: UUID, wanted: Wanted, at: datetime) -> AnalysisAnswer:
    """Keep an analysis of a log and return it.

    :raises AnalysisNotValid: when its name, its filters or whom it is for does not fit.
    """
    rights.require(actor, "create", "analysis")
    log = queries.row(actor, log_id=log_id)
    _require_valid(actor, wanted)
    with transaction.atomic():
        row = Analysis.objects.create(log=log, author_id=actor.id or 0, saved_at=at, **_columns(wanted))
        _note(actor, row, at)
    return _told(actor, row)


def change(actor: Actor, *, analysis: UUID, wanted: Wanted, at: datetime) -> AnalysisAnswer:
    """Replace an analysis: its name, its filters, whom it is for.

    :raises NotThere: when there is none that the actor may read.
    """
    _require_valid(actor, wanted)
    with transaction.atomic():
        row = _locked(actor, "update", analysis)
        for name, value in _columns(wanted).items():
            setattr(row, name, value)
        row.saved_at = at
        row.save()
        _note(actor, row, at)
    return _told(actor, row)


def remove(actor: Actor, *, analysis: UUID, at: datetime) -> None:
    """Take an analysis away; it can be put back.

    :raises NotThere: when there is none that the actor may read.
    """
    with transaction.atomic():
        row = _locked(actor, "delete", analysis)
        Analysis.objects.filter(pk=row.pk).update(removed_at=at)
        events.append(AnalysisRemoved(row.name), actor=actor, subject=f"analysis:{row.pk}", at=at)


def restore(actor: Actor, *, analysis: UUID, at: datetime) -> AnalysisAnswer:
    """Put back an analysis that was taken away.

    :raises NotThere: when there is none that the actor may read.
    """
    with transaction.atomic():
        row = _locked(actor, "delete", analysis, removed=True)
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        _note(actor, row, at)
    return _told(actor, row)


def _locked(actor: Actor, verb: Verb, analysis: UUID, *, removed: bool = False) -> Analysis:
    rows = Analysis.objects.filter(pk=analysis, removed_at__isnull=not removed).select_for_update(
        of=("self",)
    )
    row: Analysis | None = rights.visible(actor, "read" if not removed else verb, "analysis", rows).first()
    if row is None:
        raise NotThere
    rights.require(actor, verb, "analysis", row)
    return row


def _note(actor: Actor, row: Analysis, at: datetime) -> None:
    what = AnalysisSaved(row.name, row.shared, row.role)
    events.append(what, actor=actor, subject=f"analysis:{row.pk}", at=at)


def _columns(wanted: Wanted) -> dict[str, Any]:
    return {
        "name": wanted.name.strip(),
        "search": dict(wanted.search),
        "shared": wanted.shared,
        "role": wanted.role if wanted.shared == "role" else "",
    }


def _require_valid(actor: Actor, wanted: Wanted) -> None:
    problems = []
    if not 0 < len(wanted.name.strip()) <= _LONGEST_NAME:
        problems.append(Problem("name", "mining.analysis_name", {"most": str(_LONGEST_NAME)}))
    if len(orjson.dumps(dict(wanted.search))) > _LONGEST:
        problems.append(Problem("search", "mining.analysis_too_large"))
    if wanted.shared == "role" and not (actor.is_admin or wanted.role in actor.roles):
        problems.append(Problem("role", "mining.analysis_role"))
    if problems:
        raise AnalysisNotValid(*problems)
    stack = wanted.search.get("filtres")
    filters.read(orjson.dumps(stack).decode() if stack else "")


def _told(actor: Actor, row: Analysis) -> AnalysisAnswer:
    mine = row.author_id == actor.id
    return AnalysisAnswer(
        id=str(row.pk),
        name=row.name,
        search=row.search,
        shared=row.shared,
        role=row.role,
        author=row.author.name,
        mine=mine,
        may_update=actor.is_admin or mine,
    )
