"""What an import and its undoing cost: statements, wall and CPU, beside the same undoing in bare SQL.

`bin/run python benchmarks/imports.py [--lines 100000]`, on SQLite or on the server of `DATABASE_URL`; a
database of its own is made and dropped. CPU is that of this process, which on SQLite is that of the queries
too. Bare undoes in one statement a table what the import made: rows, search and what is kept of the lines.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

import django
import typer
from django.conf import settings
from django.db import connection, transaction
from rich.console import Console
from rich.table import Table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

from portulan.automation import worker  # noqa: E402 - Django is set up first
from portulan.base import clock  # noqa: E402
from portulan.blueprint import base_model  # noqa: E402
from portulan.blueprint.compile import compile_maps  # noqa: E402
from portulan.connectors import operations, queries  # noqa: E402
from portulan.connectors.choices import Choices  # noqa: E402
from portulan.connectors.operations import Received  # noqa: E402
from portulan.maps import starters  # noqa: E402
from portulan.people import actor as actors  # noqa: E402
from portulan.people import operations as people  # noqa: E402
from portulan.people import queries as directory  # noqa: E402
from portulan.people.actor import Actor  # noqa: E402
from portulan.records import apply, plan, runtime  # noqa: E402

SYSTEM = actors.system()
AT = clock.now().replace(microsecond=0)
_BARE = (
    "UPDATE {accounts} SET deleted_at = %s, version = version + 1 WHERE deleted_at IS NULL",
    "DELETE FROM records_searchentry WHERE object = 'account'",
    "UPDATE connectors_importedrow SET kept = 'x'",
)


@dataclass(frozen=True)
class Measured:
    """What one piece of work cost."""

    name: str
    statements: int
    wall: float
    cpu: float


def main(lines: int = 100_000) -> None:
    """Import accounts, give them back, print."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with TemporaryDirectory() as folder:
            settings.DATA_DIR = settings.DATA_DIR.__class__(folder)
            console = Console(width=110)
            console.print(f"{connection.vendor}, {lines:,} lines")
            console.print(_table(list(_measures(_importer(), lines))))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _importer() -> Actor:
    maps = compile_maps([starters.starter("vente")], base_model.load())
    apply.apply(SYSTEM, planned=plan.plan(SYSTEM, runtime.newest(), maps), at=AT)
    mail = "importer@bench.example"
    made = people.create_user(SYSTEM, email=mail, name="Importer", password="x" * 12, is_admin=True, at=AT)
    return directory.get_actor(SYSTEM, id=made)


def _measures(actor: Actor, lines: int) -> Iterator[Measured]:
    with runtime.pinned(runtime.newest()):
        import_id = operations.upload(
            actor, object_name="account", file=Received("comptes.csv", _file(lines)), at=clock.now()
        )
        chosen = Choices.model_validate(queries.get_import(actor, import_id=import_id)["choices"])
        operations.choose(actor, import_id=import_id, choices=chosen)
        for name, begin in (
            ("look", operations.look),
            ("import", operations.start),
        ):
            begin(actor, import_id=import_id, at=clock.now())
            yield _measure(name, _work)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield _measure("undo, bare", _bare)
        operations.undo(actor, import_id=import_id, at=clock.now())
        yield _measure("undo", _work)
        _require_undone(actor, import_id, lines)


def _file(lines: int) -> Iterator[bytes]:
    yield b"Nom;Secteur;T\xc3\xa9l\xc3\xa9phone;Ville;Code postal\n"
    for n in range(lines):
        phone = f"02 40 {n // 10000:02} {n // 100 % 100:02} {n % 100:02}"
        yield f"Société {n:06} de l’Ouest;industrie;{phone};Nantes;44000\n".encode()


def _work() -> None:
    while worker.run_once(at=clock.now() + timedelta(seconds=5)):
        pass


def _bare() -> None:
    table = runtime.current().model("account")._meta.db_table  # noqa: SLF001 - Django's documented API
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in _BARE:
            cursor.execute(sql.format(accounts=connection.ops.quote_name(table)), [AT] * sql.count("%s"))
        transaction.set_rollback(True)


def _require_undone(actor: Actor, import_id: UUID, lines: int) -> None:
    undone = queries.get_import(actor, import_id=import_id)["undone"]
    if undone != {"binned": lines, "given_back": 0, "kept": 0}:
        sys.exit(f"not undone: {undone}")


def _measure(name: str, run: Callable[[], Any]) -> Measured:
    sent = 0

    def counted(execute: Any, *given: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*given)

    wall, cpu = perf_counter(), process_time()
    with connection.execute_wrapper(counted):
        run()
    return Measured(name, sent, perf_counter() - wall, process_time() - cpu)


def _table(rows: list[Measured]) -> Table:
    table = Table("work", "SQL", "s", "CPU s")
    for one in rows:
        table.add_row(one.name, str(one.statements), f"{one.wall:.1f}", f"{one.cpu:.1f}")
    return table


if __name__ == "__main__":
    sys.exit(typer.run(main))
