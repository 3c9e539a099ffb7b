"""Commands about event logs: draw the map of a file without a database, or import it into the product."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from portulan.mining import report as reports
from portulan.server.cli.answers import answered, print_json

app = typer.Typer(no_args_is_help=True)


@app.callback()
def verbs() -> None:
    """Hold the verbs of this group, even when there is one only."""


File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV, XES or XES.gz file.")]


@app.command("map")
@answered
def draw(
    file: File,
    svg: Annotated[Path | None, typer.Option(help="Write the picture of the map here.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,  # noqa: FBT002 - a flag of the command line
    lang: Annotated[str, typer.Option(help="fr or en.")] = "fr",
) -> None:
    """Draw the as-is map of a log and say where its cases block."""
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=1.0)
        found = reports.report(
            file, lang=lang, progress=lambda share, what: bar.update(task, completed=share, description=what)
        )
    if svg is not None:
        svg.write_text(found.svg, encoding="utf-8")
    if json:
        print_json(found.as_json())
        return
    for sentence in found.sentences:
        typer.echo(sentence)
