"""The grid taken out as a workbook, and the event that says so."""

from datetime import datetime
from uuid import UUID

from portulan.brief import comparison, happenings, scoring
from portulan.brief.workbook import write_xlsx
from portulan.events import log
from portulan.people import rights
from portulan.people.actor import Actor

_MOST_LINES = 10_000


def export(actor: Actor, *, grid: UUID, at: datetime) -> bytes:
    """Log the export and return the grid, with who scored what, as a workbook.

    :raises NotThere: when there is no such grid.
    """
    rights.require(actor, "export", "grid")
    found = comparison.comparison(actor, grid=grid, at=at)
    said = scoring.history(actor, grid=grid, limit=_MOST_LINES)
    what = happenings.GridExported(len(found.criteria), len(found.vendors))
    log.append(what, actor=actor, subject=f"grid:{grid}", at=at)
    return write_xlsx(found, said, actor.lang)
