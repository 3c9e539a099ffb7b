"""Many rows of a table, added or changed at once: COPY on PostgreSQL, one prepared statement on SQLite.

Owns what differs between them here, the handing out of ids included. Rows are given as the database
keeps them; nothing is checked but by the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, connections
from django.db.models import Model

Row = Sequence[Any]
_BATCH = 5000


def insert(model: type[Model], attributes: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows, each in the order of the attributes, in the caller's transaction."""
    table, chosen = _shape(model, attributes)
    columns = ", ".join(_column(field) for field in chosen)
    ready = (_ready(chosen, row) for row in rows)
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({columns}) FROM STDIN", ready)
        return
    marks = ", ".join(["%s"] * len(chosen))
    with connection.cursor() as cursor:
        while some := list(islice(ready, _BATCH)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", some)  # noqa: S608 - names


def change(model: type[Model], attributes: Sequence[str], rows: Iterable[Row]) -> None:
    """Set the attributes of rows, each its id then its values, in the caller's transaction.

    Rows that become alike are set in one statement, the others by a statement that is prepared once.
    """
    table, chosen = _shape(model, attributes)
    sets = ", ".join(f"{_column(field)} = %s" for field in chosen)
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        alike[repr(row[1:])].append(row)
    single: list[list[Any]] = []
    with connection.cursor() as cursor:
        for some in alike.values():
            ready = _ready(chosen, some[0][1:])
            if len(some) == 1:
                single.append([*ready, some[0][0]])
                continue
            marks = ", ".join(["%s"] * len(some))
            sql = f"UPDATE {table} SET {sets} WHERE id IN ({marks})"  # noqa: S608 - names
            cursor.execute(sql, [*ready, *(row[0] for row in some)])
        if single:
            sql = f"UPDATE {table} SET {sets} WHERE id = %s"  # noqa: S608 - names
            cursor.executemany(sql, single)


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


def _shape(model: type[Model], attributes: Sequence[str]) -> tuple[str, list[Any]]:
    """Return the table, quoted, and the fields that attributes name."""
    meta = model._meta  # noqa: SLF001 - Django's documented API
    fields = {field.attname: field for field in meta.concrete_fields}
    return connection.ops.quote_name(meta.db_table), [fields[name] for name in attributes]


def _column(field: Any) -> str:
    return connection.ops.quote_name(str(field.column))


def _ready(chosen: Sequence[Any], row: Row) -> list[Any]:
    """Return values as the database takes them."""
    to = connections[connection.alias]
    return [
        None if value is None else field.get_db_prep_save(value, to)
        for field, value in zip(chosen, row, strict=True)
    ]


def _copy(statement: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
