"""How many runs of rules a minute two workers do, each creating a task; what a run costs beside that.

`bin/run python benchmarks/automation.py [--deals 1500]`, on SQLite or on the server of `DATABASE_URL`; a
database of its own is made and dropped. The action alone is the same operation called without a rule.
`--killed 10000` does that many runs, with the timers, reminders and alerts that go with them, by workers of
which each dies one statement later than the one before, and counts what is lost and what is done twice.
"""

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter, sleep

import django
import typer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from django.test.runner import DiscoverRunner  # noqa: E402 - Django is set up first

import dying  # noqa: E402
from portulan.automation import queries as runs  # noqa: E402
from portulan.automation import worker  # noqa: E402
from portulan.base import clock  # noqa: E402
from portulan.blueprint import base_model  # noqa: E402
from portulan.blueprint.compile import compile_maps  # noqa: E402
from portulan.blueprint.schema import Rule  # noqa: E402
from portulan.maps import starters  # noqa: E402
from portulan.people import actor as actors  # noqa: E402
from portulan.records import apply, operations, plan, runtime  # noqa: E402

SYSTEM = actors.system()
WORKERS = 2
RULE = Rule.model_validate(
    {
        "uid": "follow", "label": {"fr": "Relancer"}, "object": "opportunity", "trigger": {"on": "created"},
        "condition": {"field": "name", "test": "not_empty"},
        "actions": [{"do": "create_task", "label": "Relancer"}],
    }
)  # fmt: skip


def build(rules: tuple[Rule, ...]) -> None:
    wanted = compile_maps([starters.starter("vente")], base_model.load()).model_copy(update={"rules": rules})
    apply.apply(SYSTEM, planned=plan.plan(SYSTEM, runtime.newest(), wanted), at=clock.now())


def deals(count: int) -> None:
    with runtime.pinned(runtime.newest()):
        for n in range(count):
            operations.create(
                SYSTEM, object_name="opportunity", given={"name": f"Affaire {n}"}, at=clock.now()
            )


def tasks(count: int) -> float:
    """Return the seconds that the actions take by themselves."""
    begins = perf_counter()
    with runtime.pinned(runtime.newest()):
        for _ in range(count):
            given = {"name": "Relancer", "kind": "task", "opportunity": 1}
            operations.create(SYSTEM, object_name="activity", given=given, at=clock.now())
    return perf_counter() - begins


def statements() -> int:
    """Return the statements of one run, from the event to the task."""
    deals(1)
    with CaptureQueriesContext(connection) as seen:
        assert worker.settle(at=clock.now())
    return len(seen)


def workers(count: int) -> float:
    """Return the seconds that the workers take for that many runs, from the first one on."""
    environment = os.environ | {"DATABASE_URL": address()}
    command = [sys.executable, "-m", "portulan.server", "work"]
    before = runs.count_ended(SYSTEM)
    processes = [subprocess.Popen(command, env=environment) for _ in range(WORKERS)]  # noqa: S603 - our own
    try:
        while runs.count_ended(SYSTEM) == before:
            sleep(0.005)
        begins, first = perf_counter(), runs.count_ended(SYSTEM)
        while (done := runs.count_ended(SYSTEM)) < before + count:
            sleep(0.02)
        return (perf_counter() - begins) * count / (done - first)
    finally:
        for one in processes:
            one.kill()
            one.wait()


def address() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def speed(deals_made: int) -> Table:
    """Measure runs that wait, done by two workers."""
    build((RULE,))
    spent = statements()
    deals(deals_made)
    seconds = workers(deals_made)
    alone = tasks(300) / 300
    table = Table(title=f"{connection.vendor}: {deals_made} runs, {WORKERS} workers")
    for name in (
        "runs a minute",
        "statements a run",
        "ms a run and worker",
        "ms of the action alone",
        "ratio",
    ):
        table.add_column(name, justify="right")
    each = seconds / deals_made * WORKERS
    table.add_row(
        f"{60 * deals_made / seconds:,.0f}",
        str(spent),
        f"{each * 1000:.1f}",
        f"{alone * 1000:.1f}",
        f"{each / alone:.1f}",
    )
    return table


def killed(least: int) -> Table:
    """Do at least that many runs by workers that die at every statement, and count what went wrong."""
    deals_made = -(-least // dying.ONCE["fired"])
    dying.build(deals_made)
    begins = perf_counter()
    deaths = dying.live_and_die()
    seconds, found, wanted = perf_counter() - begins, dying.became(), dying.wanted(deals_made)
    table = Table(title=f"{connection.vendor}: killed at every statement")
    for name in ("runs", "things done", "workers that died", "lost", "doubled", "seconds"):
        table.add_column(name, justify="right")
    done = sum(times for (_, what), times in found.items() if what == "fired")
    lost = sum(max(times - found[key], 0) for key, times in wanted.items())
    doubled = sum(max(times - wanted.get(key, 0), 0) for key, times in found.items())
    figures = (done, sum(found.values()), deaths, lost, doubled)
    table.add_row(*(f"{one:,}" for one in figures), f"{seconds:.0f}")
    return table


def main(
    deals_made: int = typer.Option(1500, "--deals"), least: int | None = typer.Option(None, "--killed")
) -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    settings = connection.settings_dict
    settings["TEST"]["NAME"] = (
        "bench_automation" if connection.vendor == "postgresql" else "/tmp/bench_automation.sqlite3"  # noqa: S108
    )
    made = runner.setup_databases()
    try:
        Console().print(speed(deals_made) if least is None else killed(least))
    finally:
        runner.teardown_databases(made)


if __name__ == "__main__":
    typer.run(main)
