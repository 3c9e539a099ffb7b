"""The one exception to an append-only log: what a law obliges to forget.

An event keeps its kind, moment, author, case and the shape of its data; the values named are emptied, so that
what was counted and mined stays as it was.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portulan.events.models import Event, EventPersonal

_FREE = frozenset({"motive", "title", "body"})


def forget(subjects: Iterable[str], *, fields: Iterable[str], at: datetime) -> int:
    """Empty the values of fields, by uid, and what people wrote, in the events of subjects; return how many.

    What happens to the same subjects afterwards is not concerned.
    """
    wanted, whose = frozenset(fields), list(subjects)
    mine = EventPersonal.objects.filter(event__subject__in=whose, erased_at=None)
    EventPersonal.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).update(data={}, erased_at=at)
    return reword(whose, lambda data: _emptied(data, wanted))


def reword(subjects: Iterable[str], change: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Say otherwise what the events of subjects hold; return how many changed."""
    changed = 0
    rows: QuerySet[Event] = QuerySet(Event)
    for event in Event.objects.filter(subject__in=list(subjects)).iterator(chunk_size=500):
        data = change(event.data)
        if data != event.data:
            changed += rows.filter(pk=event.pk).update(data=data)
    return changed


def _emptied(data: dict[str, Any], wanted: frozenset[str]) -> dict[str, Any]:
    emptied = {name: "" if name in _FREE and value else value for name, value in data.items()}
    if "values" in data:
        emptied["values"] = {uid: None if uid in wanted else one for uid, one in data["values"].items()}
    if "changes" in data:
        emptied["changes"] = {
            uid: [None, None] if uid in wanted else both for uid, both in data["changes"].items()
        }
    return emptied
