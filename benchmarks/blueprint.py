"""What plans cost: 40 objects of 40 fields planned and applied; a field and an index added to many rows.

`bin/run python benchmarks/blueprint.py [--rows 1000000]`, on SQLite or on the server of `DATABASE_URL`; a
database of its own is made and dropped. Bare is the same DDL through a cursor, in one run.
"""

import os
from collections.abc import Callable
from time import perf_counter
from typing import Any

import django
import typer
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

from portulan.base import clock  # noqa: E402 - Django is set up first
from portulan.base.value import Words  # noqa: E402
from portulan.blueprint import base_model, carry  # noqa: E402
from portulan.blueprint.schema import Blueprint, Field, Object  # noqa: E402
from portulan.people import actor as actors  # noqa: E402
from portulan.records import apply, plan, runtime  # noqa: E402

SYSTEM = actors.system()
AT = clock.now()
TYPES = ("text", "integer", "money", "date", "boolean", "datetime", "decimal", "email")
BIG = "objet_00"
MADE = ("CREATE", "ALTER")


def main(rows: int = 1_000_000, objects: int = 40, fields: int = 40) -> None:
    """Make the tables, measure, print."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        base = base_model.load()
        apply.apply(SYSTEM, planned=plan.plan(SYSTEM, runtime.newest(), base), at=AT)
        made = tuple(_object(n, fields) for n in range(objects))
        shown = Table("what", "seconds", "bare", "÷ bare", title=f"{connection.vendor}, {rows:,} rows")
        wide = base.model_copy(update={"objects": (*base.objects, *made)})
        _measure_wide(shown, wide, f"{objects} × {fields}", [one.table for one in made])
        _fill(rows, made[0])
        _measure_growth(shown, _grown(wide, "plain", "integer"), "a field", index=False)
        _measure_growth(shown, _grown(wide, "parent", "link"), "a link and its index", index=True)
        Console(width=100).print(shown)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _measure_wide(shown: Table, wide: Blueprint, size: str, tables: list[str]) -> None:
    planned, took = _timed(lambda: plan.plan(SYSTEM, runtime.newest(), wide))
    shown.add_row(f"plan {size}", f"{took:.2f}", "", "")
    with CaptureQueriesContext(connection) as captured:
        _, took = _timed(lambda: apply.apply(SYSTEM, planned=planned, at=AT))
    sent = [one["sql"] for one in captured.captured_queries if one["sql"].startswith(MADE)]
    for table in tables:
        _run(f'DROP TABLE "{table}"')
    _, bare = _timed(lambda: _run(*sent))
    shown.add_row(f"apply {size}", f"{took:.2f}", f"{bare:.2f}", f"{took / bare:.1f}")
    _, took = _timed(lambda: plan.plan(SYSTEM, runtime.newest(), wide))
    shown.add_row(f"plan {size}, nothing new", f"{took:.2f}", "", "")


def _measure_growth(shown: Table, wanted: Blueprint, what: str, *, index: bool) -> None:
    added = [f'ALTER TABLE "crm_{BIG}" ADD COLUMN "bare" bigint NULL']
    if index:
        added.append(f'CREATE INDEX "bare_idx" ON "crm_{BIG}" ("bare")')
    _, bare = _timed(lambda: _run(*added))
    _run(*(['DROP INDEX "bare_idx"'] if index else []), f'ALTER TABLE "crm_{BIG}" DROP COLUMN "bare"')
    planned, took = _timed(lambda: plan.plan(SYSTEM, runtime.newest(), wanted))
    shown.add_row(f"plan {what}", f"{took:.2f}", "", "")
    _, took = _timed(lambda: apply.apply(SYSTEM, planned=planned, at=AT))
    shown.add_row(f"apply {what}", f"{took:.2f}", f"{bare:.2f}", f"{took / bare:.1f}")


def _object(n: int, fields: int) -> Object:
    uid = f"objet_{n:02}"
    made = (_field(f"champ_{rank:02}", TYPES[rank % len(TYPES)]) for rank in range(fields - 1))
    label = Words(fr=f"Objet {n}")
    return Object(
        uid=uid,
        name=uid,
        label=label,
        plural=label,
        table=f"crm_{uid}",
        title="name",
        fields=(_field("name", "text"), *made),
    )


def _field(uid: str, of: str) -> Field:
    to = "account" if of == "link" else None
    return Field(uid=uid, name=uid, label=Words(fr=uid), type=of, column=uid, to=to)


def _grown(wide: Blueprint, uid: str, of: str) -> Blueprint:
    """Return the blueprint in force with one field more on the object of many rows."""
    now = carry.live(runtime.newest().blueprint)
    objects = tuple(
        one.model_copy(update={"fields": (*one.fields, _field(uid, of))}) if one.uid == BIG else one
        for one in now.objects
    )
    return wide.model_copy(update={"objects": objects})


def _fill(rows: int, kind: Object) -> None:
    """Make many rows by the database itself: what is measured is what comes after."""
    counting = "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < %s) "
    columns, told = '("name", "champ_01", "champ_02", "version")', "SELECT 'Fiche ' || n, n, n * 10, 1 FROM g"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{kind.table}" {columns} {counting} {told}', [rows])


def _run(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    began = perf_counter()
    made = run()
    return made, perf_counter() - began


if __name__ == "__main__":
    typer.run(main)
