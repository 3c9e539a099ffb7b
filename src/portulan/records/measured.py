"""What a column of a list adds up to: a sum, a mean, the least, the most, how many are filled.

Pure of rows. Refuses a measure that the type of its column cannot have: nobody adds up dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Avg, Count, Max, Min, Sum

from portulan.base.refusals import NotValid, Problem
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Field
from portulan.records import sight, values

_MOST = 30
_AGGREGATES: Mapping[str, type[Aggregate]] = {"sum": Sum, "mean": Avg, "min": Min, "max": Max, "count": Count}
_BY_KIND = {"number": frozenset(_AGGREGATES), "date": frozenset({"min", "max", "count"})}


class MeasureNotValid(NotValid):
    """The column has no such measure."""

    code = "records.measure_not_valid"


@dataclass(frozen=True)
class Measure:
    """One measure of one column."""

    field: Field
    name: str

    @property
    def key(self) -> str:
        """The name under which it was asked for, and is told."""
        return f"{self.field.name}:{self.name}"

    @property
    def alias(self) -> str:
        """The name of its column in SQL."""
        return f"_{self.name}_{self.field.name}"

    @property
    def aggregate(self) -> Any:
        """The expression that computes it."""
        return _AGGREGATES[self.name](values.attribute(self.field))

    def told(self, raw: Mapping[str, Any]) -> Any:
        """Return what was computed as JSON: amounts as exact text, nothing measured as null."""
        value = raw[self.alias]
        if value is None or self.name == "count" or TYPES.get(self.field.type).kind != "number":
            return values.dump(value)
        decimals = self.field.decimals if TYPES.get(self.field.type).storage == "decimal" else 0
        step = Decimal(1).scaleb(-max(decimals, 2) if self.name == "mean" else -decimals)
        return str(Decimal(str(value)).quantize(step))


def read(asked: str, seen: sight.Sight) -> list[Measure]:
    """Return the measures asked for as `amount:sum,close_on:max`, on the fields that the actor sees.

    :raises MeasureNotValid: for each that is none.
    """
    named = list(dict.fromkeys(one for one in asked.split(",") if one))[:_MOST]
    fields = {one.name: one for one in seen.fields}
    found, problems = [], []
    for one in named:
        field, _, name = one.partition(":")
        if field in fields and name in offered(fields[field]):
            found.append(Measure(fields[field], name))
        else:
            problems.append(Problem("measures", "records.measure_unknown", {"measure": one}))
    if problems:
        raise MeasureNotValid(*problems)
    return found


def offered(field: Field) -> frozenset[str]:
    """Return the measures that a field can have."""
    kind = TYPES.get(field.type).kind
    if kind == "links":
        return frozenset()
    return _BY_KIND.get("date" if kind == "datetime" else kind, frozenset({"count"}))
