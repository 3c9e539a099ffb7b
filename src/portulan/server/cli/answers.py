"""How the command line answers: refusals become sentences and exit code 2, `--json` prints one document."""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import orjson
import typer

from portulan.base.refusals import Refusal
from portulan.records import runtime

P = ParamSpec("P")
R = TypeVar("R")


def answered(command: Callable[P, R]) -> Callable[P, R]:
    """Wrap a command so that a refusal prints every reason and exits with 2."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Refusal as refusal:
            typer.secho(refusal.say("fr"), fg="red", err=True)
            for problem in refusal.problems:
                typer.echo(f"  {problem.where} : {problem.say('fr')}", err=True)
            raise typer.Exit(2) from refusal

    return wrapped


def in_force(command: Callable[P, R]) -> Callable[P, R]:
    """Wrap a command that reads records so that it sees the version in force."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with runtime.pinned(runtime.newest()):
            return command(*args, **kwargs)

    return wrapped


def print_json(document: Any) -> None:
    """Print a value as one indented JSON document."""
    typer.echo(
        orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str).decode()
    )
