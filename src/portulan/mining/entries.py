"""Our own events of one pipeline in columns, a chunk at a time: which record entered which stage when.

Owns what of an event is read: the database takes it out of its JSON, and no event becomes an object that is
kept. Knows nothing of rights.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

import polars as pl
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    FloatField,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Substr
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler

from portulan.base import ids
from portulan.blueprint.schema import Object
from portulan.events import queries as events
from portulan.mining.book import ATTRIBUTES, OWNER, ROWS
from portulan.records import runtime, values

_BORN = "record.created"
_ENTERING = (_BORN, "record.moved")
_KINDS = (*_ENTERING, "record.updated", "record.deleted", "record.restored")
#: A transaction that began before a reading may end after it: what is younger than this is read again.
_OVERLAP = timedelta(seconds=60)
_CHUNK = 20_000
_SCHEMA = {
    "id": pl.String, "case": pl.Int64, "at": pl.Int64, "born": pl.Int8, "stage": pl.String, OWNER: pl.Int64,
}  # fmt: skip
#: Events that enter a stage or pass a record on.
_TELLING = Q(kind__in=_ENTERING) | Q(data__changes__has_key="owner")


@dataclass
class Place:
    """How far a pipeline was read: the last event, when (as an id), the events of the minute before that."""

    last: UUID | None = None
    mark: UUID | None = None
    recent: set[str] = field(default_factory=set)


class _Text(Func):
    """What the data of an event hold under a name, as a text."""

    output_field = TextField()
    template = "(%(expressions)s)"
    arg_joiner = " ->> "

    def __init__(self, name: str) -> None:
        """Read the data of the row at hand."""
        super().__init__(F("data"), Value(name))


class _Owner(Func):
    """Whom an event says to have the record from then on, as a text: one born to them, or passed on."""

    output_field = TextField()
    template = (
        "COALESCE(%(expressions)s -> 'values' ->> 'owner', %(expressions)s -> 'changes' -> 'owner' ->> 1)"
    )

    def __init__(self) -> None:
        """Read the data of the row at hand."""
        super().__init__(F("data"))


class _Micros(Func):
    """A moment in UTC microseconds."""

    output_field = BigIntegerField()
    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"

    def as_sqlite(
        self: Self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, Any]:
        """Read the text that a moment is stored as, whose fraction is left out when it is nought."""
        told = "(CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) * 1000000 + substr(%(expressions)s, 21))"
        return super().as_sql(compiler, connection, template=told)


def fresh(place: Place, *, pipeline: str, prefix: str) -> Iterator[pl.DataFrame]:
    """Yield the events about subjects of a prefix that were not read yet; once all are taken, note the place.

    Columns: `case` (the number of the subject), `at` (UTC microseconds), `born` and `stage`: where the
    record entered the pipeline, null when the event says something else; `had_by`: who has it from then on,
    null when that did not change. A first reading leaves out events that say neither.
    """
    last, after, now = place.last, place.mark and _before(place.mark), ids.uuid7()
    rows = events.appended(_KINDS, prefix=prefix, after=after)
    rows = rows if after else rows.filter(_TELLING)
    told = _told(pipeline, len(prefix))
    floor, recent = _before(now).hex, set[str]()
    for some in _fetched(rows.annotate(**told).values_list(*told)):
        chunk = pl.DataFrame(some, schema=_SCHEMA, orient="row")
        key = chunk["id"].str.replace_all("-", "", literal=True)
        last = UUID(key[-1])
        recent.update(key.filter(key > floor))
        yield chunk.drop("id").filter(~key.is_in(place.recent))
    place.last, place.mark, place.recent = last, now, recent


def columns(kind: Object, amount: str | None) -> dict[str, str]:
    """Return the attributes of rows that a book wants, by column; `amount` is the uid of a field, if any."""
    wanted = {"amount": amount, **{name: name for name in ATTRIBUTES}}
    of_uid = {one.uid: values.attribute(one) for one in kind.fields if not one.archived}
    return {name: of_uid[uid] for name, uid in wanted.items() if uid in of_uid}


def living(kind: Object, attributes: Mapping[str, str], cases: pl.Series | None) -> pl.DataFrame:
    """Return the rows of a book: of some records, or of all; without those in the bin."""
    rows = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True)
    if cases is not None:
        rows = rows.filter(pk__in=cases.to_list())
    told = {
        f"_{name}": Cast(attributes[name], FloatField() if name == "amount" else TextField())
        if name in attributes
        else Value(None, output_field=TextField())
        for name in ROWS
        if name != "case"
    }
    chunks = _fetched(rows.annotate(**told).values_list("pk", *told))
    frames = (pl.DataFrame(some, schema=ROWS, orient="row") for some in chunks)
    return pl.concat([pl.DataFrame(schema=ROWS), *frames])


def _fetched(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows a chunk at a time as the driver gives them: nothing of them passes through Django."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(*rows.query.sql_with_params())
        while some := cursor.fetchmany(_CHUNK):
            yield some


def _told(pipeline: str, prefix: int) -> dict[str, Any]:
    """Return what is read of each event, by name."""
    stage = Coalesce(_Text("stage"), _Text("to"))
    return {
        "key": Cast("id", TextField()),
        "row": Cast(Substr("subject", prefix + 1), BigIntegerField()),
        "micros": _Micros("at"),
        "born": Case(When(kind=_BORN, then=Value(1)), default=Value(0), output_field=IntegerField()),
        "stage": Case(When(Exact(_Text("pipeline"), pipeline), then=stage), output_field=TextField()),
        "owner": Cast(_Owner(), BigIntegerField()),
    }


def _before(mark: UUID) -> UUID:
    """Return the least id (RFC 9562, version 7) of the minute before another one."""
    millis = (mark.int >> 80) - int(_OVERLAP.total_seconds() * 1000)
    return UUID(int=max(millis, 0) << 80)
