"""Commands about people."""

from typing import Annotated

import typer

from portulan.base import clock
from portulan.people import actor as actors
from portulan.people import operations
from portulan.server.cli.answers import answered

app = typer.Typer(no_args_is_help=True)


@app.callback()
def verbs() -> None:
    """Hold the verbs of this group, even when there is one only."""


@app.command("create")
@answered
def create(
    email: str,
    name: Annotated[str, typer.Option(prompt=True, help="First and last name.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    admin: Annotated[bool, typer.Option(help="Give every right.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Create a person who can sign in."""
    made = operations.create_user(
        actors.system(), email=email, name=name, password=password, is_admin=admin, at=clock.now()
    )
    typer.echo(f"{email} ({made})")
