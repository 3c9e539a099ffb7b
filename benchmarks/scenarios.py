"""What twenty scenarios cost in one run, beside as many runs of one: the house is built once, or each time.

`bin/run python benchmarks/scenarios.py [--stories 20] [--alone 4]`; each run is a process of its own on a
database in memory, as on the screens. The stories are those of the starters, again until there are enough.
The ratio compares CPU with CPU, so that it holds on a busy machine.
"""

import os
from itertools import cycle, islice
from time import perf_counter

import django
import typer
from rich.console import Console
from rich.table import Table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

from portulan.automation import sandbox  # noqa: E402 - Django is set up first
from portulan.automation.script import Case, Script  # noqa: E402
from portulan.blueprint import base_model  # noqa: E402
from portulan.blueprint.compile import compile_maps  # noqa: E402
from portulan.maps import starters  # noqa: E402

MAPS = [starters.starter(name) for name in starters.NAMES]


def script(stories: int) -> Script:
    known = [Case(map=one.uid, scenario=story) for one in MAPS for story in one.scenarios]
    wanted = tuple(islice(cycle(known), stories))
    return Script(blueprint=compile_maps(MAPS, base_model.load()), cases=wanted, role=None)


def played(asked: Script) -> tuple[float, float]:
    """Return the seconds that a run takes, from the question to the last answer, and those of its CPU."""
    begins, before = perf_counter(), os.times()
    outcomes = sandbox.outcomes(asked)
    assert [one.scenario for one in outcomes if not one.green] == []
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return perf_counter() - begins, spent


def main(
    stories: int = typer.Option(20, "--stories"),
    alone: int = typer.Option(4, "--alone", help="Runs of one scenario that are measured."),
) -> None:
    wall, together = played(script(stories))
    asked = script(alone)
    one_each = sum(played(asked.model_copy(update={"cases": (case,)}))[1] for case in asked.cases) / alone
    table = Table(title=f"{stories} scenarios")
    for name in ("one run, s", "its CPU, s", "CPU of a run of one, s", f"{stories} runs of one ÷ one run"):
        table.add_column(name, justify="right")
    table.add_row(
        f"{wall:.1f}",
        f"{together:.1f}",
        f"{one_each:.1f}",
        f"{one_each * stories / together:.1f}",
    )
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
