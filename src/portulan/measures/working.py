"""Time between two dates on the calendar of work: nights, week-ends and holidays count for nothing.

Owns how moments leave the database as whole seconds, in one statement, to be held against the openings all at
once. A day is the mean working day; between two dates without hours, it is the days on which work is done.
"""

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import BigIntegerField, F, Func, Model, QuerySet

from portulan.base import calendar as calendars
from portulan.base.calendar import Micros

_MICRO = 1_000_000


class _Seconds(Func):
    """The seconds of a moment since 1970, the rest of them cut."""

    output_field = BigIntegerField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"
        return self.as_sql(compiler, connection, template=template, **extra)


def mean(rows: QuerySet[Model], since: str, until: str, *, whole_days: bool) -> Decimal | None:
    """Return the mean working days between two columns that are filled, None without any row."""
    found = rows.order_by().values_list(_Seconds(F(since)), _Seconds(F(until)))
    seconds = np.array(list(found), dtype=np.int64).reshape(-1, 2)
    if not len(seconds):
        return None
    moments = _begun(seconds) if whole_days else seconds * _MICRO
    worked = calendars.DEFAULT.worked(moments.ravel()).reshape(-1, 2)
    spent = int((worked[:, 1] - worked[:, 0]).sum())
    day = int(calendars.DEFAULT.day_length.total_seconds() * _MICRO)
    return Decimal(spent) / day / len(seconds)


def _begun(days: Micros) -> Micros:
    """Return when days that are told as midnights elsewhere begin where work is done."""
    tz = calendars.DEFAULT.tz
    known, places = np.unique(days, return_inverse=True)
    begun = (
        datetime.combine(datetime.fromtimestamp(int(one), UTC).date(), time(), tz).timestamp()
        for one in known
    )
    moments = np.fromiter((int(one) * _MICRO for one in begun), dtype=np.int64, count=len(known))
    return moments[places].reshape(days.shape)
