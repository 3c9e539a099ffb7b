"""Who came to a step and went on to another: a conversion, read from what happened, not from where it led.

Owns that a record counts once, by the first time that it came within the days counted, and that going back
and forth takes nothing away. One statement over the events of the records that the actor may see.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat

from portulan.base import calendar as calendars
from portulan.blueprint.schema import Figure
from portulan.events import queries as events
from portulan.measures.periods import Days

_KINDS = ("record.created", "record.moved")
#: A record came to a stage: its subject, when, the uid of the stage.
Arrival = tuple[str, datetime, str]


def passed(figure: Figure, rows: QuerySet[Model], days: Days | None) -> tuple[int, int]:
    """Return how many of the rows came to the stages of a figure in those days, and how many went on."""
    bounds = None if days is None else days.moments(calendars.DEFAULT)
    arrivals = _arrivals(figure, rows, bounds[0] if bounds else None)
    came = went = 0
    for _, lived in groupby(arrivals, key=itemgetter(0)):
        found = _went_on(figure, list(lived), bounds)
        came += found is not None
        went += bool(found)
    return came, went


def _arrivals(figure: Figure, rows: QuerySet[Model], since: datetime | None) -> Iterator[Arrival]:
    named = Concat(Value(f"{figure.object}:"), Cast("pk", TextField()), output_field=TextField())
    stage = Coalesce(KeyTextTransform("to", "data"), KeyTextTransform("stage", "data"))
    log = events.of_kinds(_KINDS, since=since).filter(subject__in=rows.order_by().values_list(named))
    told = log.annotate(entered=stage).filter(entered__in=[*figure.stages, *figure.part_stages])
    return told.order_by("subject", "at", "id").values_list("subject", "at", "entered").iterator()


def _went_on(
    figure: Figure, lived: Iterable[Arrival], bounds: tuple[datetime, datetime] | None
) -> bool | None:
    """Return whether a record went on after it came, None when it did not come in those days."""
    came: datetime | None = None
    for _, at, stage in lived:
        if came is not None and stage in figure.part_stages:
            return figure.within is None or at <= calendars.DEFAULT.add(came, figure.within)
        if came is None and stage in figure.stages and (bounds is None or at < bounds[1]):
            came = at
    return None if came is None else False
