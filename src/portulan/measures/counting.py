"""One figure as SQL: which records it counts, and what they add up to.

Owns that a number and its list cannot disagree: the condition of the list is told with the number, and the
filter of the number says the same of stages, pipelines and periods by their columns, which are indexed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Model, Q, QuerySet, Sum
from django.db.models.expressions import Combinable

from portulan.base import calendar as calendars
from portulan.base.conditions.model import All, Condition, Named
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field, Figure, Object
from portulan.measures import passing, periods, working
from portulan.measures.periods import Days
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import runtime, values
from portulan.records.asked import Asked

Json = dict[str, Any]
#: A mean, a median or a time is told with so many digits at least.
_DIGITS = 2
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Counter:
    """A figure that an actor may compute at a moment: it names its aggregates and reads them back."""

    figure: Figure
    kind: Object
    actor: Actor
    at: datetime

    def field(self, uid: str | None) -> Field | None:
        """Return the live field of that uid."""
        return next((one for one in self.kind.fields if one.uid == uid and not one.archived), None)

    def aggregates(self, prefix: str, days: Days | None) -> Mapping[str, Any]:
        """Return what computes the figure over some days: how many records, and what they give."""
        if self.figure.how == "conversion":
            return {}
        where = self._where() & self._within(days)
        found: dict[str, Any] = {f"{prefix}_n": Count("pk", filter=where)}
        match self.figure.how:
            case "sum":
                found[f"{prefix}_v"] = Sum(self._column(), filter=where)
            case "mean":
                found[f"{prefix}_v"] = Avg(self._column(), filter=where)
            case "time" if not self.figure.working:
                found[f"{prefix}_v"] = Avg(self._time(), filter=where)
            case "rate":
                found[f"{prefix}_v"] = Count("pk", filter=where & self._shared())
        return found

    def told(self, prefix: str, raw: Mapping[str, Any], rows: QuerySet[Model], days: Days | None) -> Json:
        """Return the value and how many records it is made of.

        A median, a working time and a conversion are read where they stand, in statements of their own.
        """
        if self.figure.how == "conversion":
            came, went = passing.passed(self.figure, rows.filter(self._where()), days)
            return {"value": _share(went, came), "records": went, "of": came}
        n, value = raw[f"{prefix}_n"], raw.get(f"{prefix}_v")
        if self.figure.how == "rate":
            return {"value": _share(value or 0, n), "records": value, "of": n}
        return {"value": self._value(n, value, rows, days), "records": n}

    def _value(self, n: int, value: Any, rows: QuerySet[Model], days: Days | None) -> str | None:
        match self.figure.how:
            case "count":
                return str(n)
            case "median":
                return self._median(rows, days) if n else None
            case "time":
                spent = self._worked(rows, days) if self.figure.working else value
                passed = spent / _DAY if isinstance(spent, timedelta) else spent
                return None if passed is None else _exact(Decimal(passed), 1)
        if value is None and self.figure.how != "sum":
            return None
        return self._exact(Decimal(str(value or 0)))

    def condition(self, days: Days | None, *, whole: bool = False) -> Json | None:
        """Return the condition of the list that the figure opens; of a rate, its part unless `whole`.

        What records went through is no matter of where they are: a conversion opens no list.
        """
        figure = self.figure
        if figure.how == "conversion":
            return None
        said = [*_parts(figure.condition), *_parts(None if whole else figure.part)]
        shared = [] if whole or not figure.part_stages else [_in_stages(figure.part_stages)]
        return {"all": [*self._place(), *self._dates(days), *said, *shared]}

    def days(self) -> tuple[Days | None, Days | None]:
        """Return the days that count, and those that they are held against."""
        if self.figure.period is None:
            return None, None
        calendar = calendars.DEFAULT
        return (
            periods.current(self.figure.period, self.at, calendar),
            periods.before(self.figure.period, self.at, calendar),
        )

    def _where(self) -> Q:
        figure, place = self.figure, Q()
        if figure.stages and figure.how != "conversion":
            place = Q(stage__in=figure.stages)
        elif self._is_one_of_many():
            place = Q(pipeline=figure.pipeline)
        filled = Q()
        for uid in (figure.field, figure.until):
            field = self.field(uid)
            if field is not None:
                filled &= Q(**{f"{values.attribute(field)}__isnull": False})
        return place & filled & self._asked(figure.condition)

    def _place(self) -> Iterator[Json]:
        """Yield where the records are, and that what is added up is filled: tests of the list."""
        if self.figure.stages:
            yield _in_stages(self.figure.stages)
        elif self._is_one_of_many():
            yield {"field": "pipeline", "test": "equals", "value": self.figure.pipeline}
        for uid in (self.figure.field, self.figure.until):
            field = self.field(uid)
            if field is not None:
                yield {"field": field.name, "test": "not_empty"}

    def _is_one_of_many(self) -> bool:
        """Return whether records of the object go through several pipelines."""
        live = (one for one in runtime.current().blueprint.pipelines if not one.archived)
        return sum(one.object == self.kind.uid for one in live) > 1

    def _shared(self) -> Q:
        """Return what the part of a rate has more than the whole."""
        stages = self.figure.part_stages
        return self._asked(self.figure.part) & (Q(stage__in=stages) if stages else Q())

    def _asked(self, condition: Condition | None) -> Q:
        said = _json(condition) if condition is not None else None
        return asks.wanted(self.actor, self.kind, Asked(condition=said), self.at)

    def _within(self, days: Days | None) -> Q:
        if days is None:
            return Q()
        field, (low, high) = self._dated(days)
        return Q(**{f"{values.attribute(field)}__gte": low, f"{values.attribute(field)}__lt": high})

    def _dates(self, days: Days | None) -> Iterator[Json]:
        if days is not None:
            field, (low, high) = self._dated(days)
            yield {"field": field.name, "test": "at_least", "value": low.isoformat()}
            yield {"field": field.name, "test": "before", "value": high.isoformat()}

    def _dated(self, days: Days) -> tuple[Field, tuple[date, date] | tuple[datetime, datetime]]:
        field = self._needed(self.figure.dated)
        is_day = TYPES.get(field.type).kind == "date"
        return field, days.bounds("date" if is_day else "datetime", calendars.DEFAULT)

    def _needed(self, uid: str | None) -> Field:
        field = self.field(uid)
        if field is None:
            raise LookupError(f"the figure was not checked: {self.figure.uid} {uid}")
        return field

    def _column(self) -> str:
        return values.attribute(self._needed(self.figure.field))

    def _time(self) -> Combinable:
        until = values.attribute(self._needed(self.figure.until))
        return ExpressionWrapper(F(until) - F(self._column()), output_field=DurationField())

    def _worked(self, rows: QuerySet[Model], days: Days | None) -> Decimal | None:
        begins = self._needed(self.figure.field)
        until = values.attribute(self._needed(self.figure.until))
        whole_days = TYPES.get(begins.type).kind == "date"
        held = rows.filter(self._where() & self._within(days))
        return working.mean(held, values.attribute(begins), until, whole_days=whole_days)

    def _median(self, rows: QuerySet[Model], days: Days | None) -> str | None:
        column = self._column()
        held = rows.filter(self._where() & self._within(days)).order_by(column).values_list(column, flat=True)
        n = held.count()
        middle: list[Any] = list(held[(n - 1) // 2 : n // 2 + 1]) if n else []
        if not middle:
            return None
        return self._exact(sum((Decimal(str(one)) for one in middle), Decimal()) / len(middle))

    def _exact(self, value: Decimal) -> str:
        field = self._needed(self.figure.field)
        decimals = field.decimals if TYPES.get(field.type).storage == "decimal" else 0
        return _exact(value, decimals if self.figure.how == "sum" else max(decimals, _DIGITS))


def _in_stages(stages: tuple[str, ...]) -> Json:
    return {"field": "stage", "test": "in", "value": list(stages)}


def _parts(condition: Condition | None) -> list[Json]:
    """Return what a condition asks, each part for itself where all of them must hold."""
    match condition:
        case None:
            return []
        case All() if not isinstance(condition, Named):
            return [part for one in condition.all for part in _parts(one)]
    return [_json(condition)]


def _json(condition: Condition) -> Json:
    said: Json = condition.model_dump(mode="json", by_alias=True)
    return said


def _share(part: int, whole: int) -> str | None:
    return _exact(Decimal(100 * part) / whole, 1) if whole else None


def _exact(value: Decimal, decimals: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-decimals)))
