"""Many rows into a table at once: COPY on PostgreSQL, one prepared statement on SQLite.

Owns what differs between them here, the handing out of ids included. Rows are given as the database
keeps them; nothing is checked but by the database.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, connections
from django.db.models import Model

Row = Sequence[Any]
_BATCH = 5000


def insert(model: type[Model], attributes: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows, each in the order of the attributes, in the caller's transaction."""
    meta = model._meta  # noqa: SLF001 - Django's documented API
    fields = {field.attname: field for field in meta.concrete_fields}
    chosen = [fields[name] for name in attributes]
    table = connection.ops.quote_name(meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in chosen)
    prepare = [field.get_db_prep_save for field in chosen]
    to = connections[connection.alias]
    ready = (
        [None if value is None else give(value, to) for give, value in zip(prepare, row, strict=True)]
        for row in rows
    )
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({columns}) FROM STDIN", ready)
        return
    marks = ", ".join(["%s"] * len(chosen))
    with connection.cursor() as cursor:
        while some := list(islice(ready, _BATCH)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", some)  # noqa: S608 - names


def ids(model: type[Model], count: int) -> Iterator[int]:
    """Return as many new ids, kept from everybody else."""
    table = model._meta.db_table  # noqa: SLF001 - Django's documented API
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, count])
            return iter([row[0] for row in cursor.fetchall()])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    last = found[0] if found else 0
    return iter(range(last + 1, last + count + 1))


def _copy(statement: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
