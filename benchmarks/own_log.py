"""The first reading of our own events as a log, and those after it: seconds, CPU, memory.

`bin/run python benchmarks/own_log.py [--deals 200000]`, on SQLite or on the server of `DATABASE_URL`; a
database of its own is made and dropped. The readings run in a process of their own: memory is the most that
it holds beyond the most that it held before. On SQLite queries run in the process, with 64 MB of their own.
"""

import multiprocessing
import os
import resource
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter, process_time
from typing import TypeVar

import django
import typer
from django.db import connection, connections
from rich.console import Console
from rich.table import Table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

from portulan.blueprint import base_model  # noqa: E402
from portulan.blueprint.compile import compile_maps  # noqa: E402
from portulan.maps import starters  # noqa: E402
from portulan.mining import own  # noqa: E402
from portulan.records import apply, operations, plan, runtime  # noqa: E402
from records import AT, DEALS, SYSTEM, fill  # noqa: E402 - Django is set up first

T = TypeVar("T")


def main(deals: int = 200_000, *, keep: bool = False) -> None:
    """Make the company, read its log, print."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(mkdtemp()) / "own_log.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        compiled = compile_maps([starters.starter("vente")], base_model.load())
        apply.apply(SYSTEM, planned=plan.plan(SYSTEM, runtime.newest(), compiled), at=AT)
        connections.close_all()
        console = Console(width=110)
        console.print(f"{connection.vendor}: {_alone(lambda: _filled(deals))}")
        console.print(_table())
    finally:
        if not keep:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _filled(deals: int) -> str:
    with runtime.pinned(runtime.newest()):
        return fill(deals)


def _table() -> Table:
    table = Table("reading", "s", "CPU s", "MB more held")
    for line in _alone(_read):
        table.add_row(line[0], *(f"{figure:.2f}" for figure in line[1:]))
    return table


def _alone(work: Callable[[], T]) -> T:
    """Return what some work tells from a process of its own."""
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=lambda: answers.put(work()))
    child.start()
    found: T = answers.get()
    child.join()
    return found


def _read() -> list[tuple[str, float, float, float]]:
    """Read the log a first time, once more with nothing new, and after one deal changed."""
    with runtime.pinned(runtime.newest()):
        pipeline = runtime.current().blueprint.pipelines[0].uid
        lines = [_timed("first", pipeline, 0), _timed("nothing new", pipeline, 1)]
        row_id, version = runtime.current().model(DEALS).objects.values_list("pk", "version")[0]
        operations.update(
            SYSTEM, object_name=DEALS, row_id=row_id, version=version, given={"amount": "77"}, at=AT
        )
        return [*lines, _timed("one deal changed", pipeline, 2)]


def _timed(name: str, pipeline: str, later: int) -> tuple[str, float, float, float]:
    held, wall, cpu = _peak(), perf_counter(), process_time()
    own.study(SYSTEM, pipeline=pipeline, at=AT + timedelta(hours=later))
    return name, perf_counter() - wall, process_time() - cpu, _peak() - held


def _peak() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(typer.run(main))
