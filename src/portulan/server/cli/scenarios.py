"""Commands about scenarios: play those of the published maps; be the house where they are played."""

import sys

import typer

from portulan.automation import scenarios, throwaway
from portulan.automation.outcome import Outcome
from portulan.automation.script import Script
from portulan.base import clock
from portulan.people import actor as actors
from portulan.server.cli.answers import answered

app = typer.Typer(no_args_is_help=True)


@app.command("run")
@answered
def run() -> None:
    """Play the scenarios of the published maps; exit with 2 when one is red."""
    outcomes = scenarios.prove(actors.system(), at=clock.now())
    for one in outcomes:
        mark, colour = ("✓", "green") if one.green else ("✗", "red")
        typer.secho(f"{mark} {one.map}/{one.scenario}", fg=colour)
        if one.reason is not None:
            typer.echo(f"    {one.reason.fr}")
    if not all(one.green for one in outcomes):
        raise typer.Exit(2)


@app.command("play", hidden=True)
def play() -> None:
    """Play the script given on standard input and print one outcome a line."""
    throwaway.perform(Script.model_validate_json(sys.stdin.buffer.read()), _print)


def _print(outcome: Outcome) -> None:
    typer.echo(outcome.model_dump_json())
    sys.stdout.flush()
