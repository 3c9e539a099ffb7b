"""The order of the lines of a quote, as the client reads them.

Refuses an order that leaves out a line or names one that is not there: somebody else changed them meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from portulan.base.refusals import NotAllowed
from portulan.events import log
from portulan.people.actor import Actor
from portulan.records import happenings, quotes, rows, runtime, scope, settling
from portulan.records.lines import LINE
from portulan.records.operations import ChangedMeanwhile


def arrange(actor: Actor, *, row_id: int, version: int, order: Sequence[int], at: datetime) -> None:
    """Put the lines of a draft in an order, by their ids; an event for each that moved.

    :raises ChangedMeanwhile: when these are not the lines of the draft as it is.
    :raises NotAllowed: when the actor may not write the place of a line.
    """
    kind = runtime.current().object(LINE)
    if "position" not in scope.writable(runtime.current().blueprint, actor, kind):
        raise NotAllowed
    with transaction.atomic():
        quotes.get_draft(actor, row_id=row_id, version=version)
        held = {one.pk: one for one in settling.lines_of(row_id).select_for_update(of=("self",))}
        if sorted(order) != sorted(held):
            raise ChangedMeanwhile
        for place, line in enumerate(order, start=1):
            changes = rows.change(kind, held[line], {"position": place}, at=at)
            if changes:
                what = happenings.RecordUpdated(changes)
                log.append(what, actor=actor, subject=rows.subject(kind, line), at=at)
