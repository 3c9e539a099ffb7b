"""Commands about scenarios: play them in this process, which must be a throw-away house."""

import sys

import typer

from portulan.automation import throwaway
from portulan.automation.outcome import Outcome
from portulan.automation.script import Script

app = typer.Typer(no_args_is_help=True)


@app.command("play", hidden=True)
def play() -> None:
    """Play the script given on standard input and print one outcome a line."""
    throwaway.perform(Script.model_validate_json(sys.stdin.buffer.read()), _print)


def _print(outcome: Outcome) -> None:
    typer.echo(outcome.model_dump_json())
    sys.stdout.flush()
