"""`portulan demo`: the fictitious company that shows the product."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from portulan.base import clock, texts
from portulan.server.cli import serve
from portulan.server.cli.answers import answered
from portulan.server.demo import company, establish, forget, world


@answered
def demo(
    bulk: Annotated[bool, typer.Option(help="100 000 accounts and 200 000 deals.")] = False,  # noqa: FBT002 - a flag of the command line
    seed: Annotated[int, typer.Option(help="Another seed, another past.")] = 1,
    reset: Annotated[bool, typer.Option(help="Empty the demo's instance first.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Have the demo company move in; when it is there already, say so."""
    serve.migrate()
    if reset:
        forget.forget()
        serve.migrate()
    ensure(world.BULK if bulk else world.DEMO, seed=seed)
    tell_logins()


def ensure(size: world.Size, *, seed: int = 1) -> None:
    """Have the demo company move in unless it is there."""
    if establish.is_there():
        typer.echo(texts.say("server.demo_is_there", "fr"))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(company.NAME, total=1.0)
        count = establish.establish(
            seed,
            size,
            at=clock.now(),
            progress=lambda share, what: bar.update(task, completed=share, description=what),
        )
    typer.echo(texts.say("server.demo_loaded", "fr", n=count))


def tell_logins() -> None:
    """Print who can sign in."""
    for one in company.PEOPLE:
        typer.echo(f"  {one.email:<32} {company.PASSWORD}   {one.role}{' (admin)' if one.is_admin else ''}")
