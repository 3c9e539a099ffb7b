"""Commands about event logs: draw the map of a file without a database, or import it into the product."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from portulan.base import clock, texts
from portulan.mining import align as alignments
from portulan.mining import operations, overlays, queries, why
from portulan.mining import report as reports
from portulan.mining.read_csv import Progress as Telling
from portulan.people import actor as actors
from portulan.server.cli.answers import answered, in_force, print_json

app = typer.Typer(no_args_is_help=True)
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV, XES or XES.gz file.")]
Log = Annotated[str, typer.Argument(help="The id of a log, or own:PIPELINE.")]
Filters = Annotated[str, typer.Option(help="A stack of filters in JSON, as in the address.")]
Json = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]


@app.command("import")
@answered
def take(
    file: File,
    name: Annotated[str, typer.Option(help="What people call it; the name of the file unless stated.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the log as JSON.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Import a log into the product, its columns guessed."""
    system = actors.system("import")
    with _told(file) as progress:
        log_id = operations.import_file(system, path=file, name=name, at=clock.now(), progress=progress)
    log = queries.get_log(system, log_id=log_id)
    if json:
        print_json(log.model_dump(mode="json", by_alias=True))
        return
    typer.echo(texts.say("mining.imported", "fr", name=log.name, cases=log.cases, events=log.events))
    if log.rejected:
        typer.secho(texts.say("mining.rejected", "fr", n=log.rejected), fg="yellow", err=True)


@app.command("map")
@answered
def draw(
    file: File,
    svg: Annotated[Path | None, typer.Option(help="Write the picture of the map here.")] = None,
    json: Json = False,  # noqa: FBT002 - a flag of the command line
    lang: Annotated[str, typer.Option(help="fr or en.")] = "fr",
) -> None:
    """Draw the as-is map of a log and say where its cases block."""
    with _told(file) as progress:
        found = reports.report(file, lang=lang, progress=progress)
    if svg is not None:
        svg.write_text(found.svg, encoding="utf-8")
    if json:
        print_json(found.as_json())
        return
    for sentence in found.sentences:
        typer.echo(sentence)


@app.command()
@answered
@in_force
def deviations(
    log: Annotated[str, typer.Argument(help="The id of a log, or own.")],
    drawn: Annotated[UUID, typer.Argument(metavar="MAP", help="The id of the map that it is held against.")],
    filters: Filters = "",
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what the cases of a log do that a map does not draw, and what it costs."""
    found = overlays.conformance(
        actors.system("import"), map_id=drawn, log=log, filters=filters, at=clock.now()
    )
    if json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    typer.echo(found.sentence)
    for one in found.deviations:
        typer.echo(f"{one.sentence} {one.cost}")


@app.command()
@answered
@in_force
def align(
    log: Annotated[str, typer.Argument(help="The id of a log, or own.")],
    drawn: Annotated[UUID, typer.Argument(metavar="MAP", help="The id of the map that it is aligned with.")],
    filters: Filters = "",
    seconds: Annotated[float, typer.Option(min=0.001, help="How long it may take.")] = alignments.BUDGET,
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what would make the cases of a log follow a map: fitness, precision, steps skipped or too many."""
    system = actors.system("import")
    found = overlays.alignment(
        system, map_id=drawn, log=log, filters=filters, seconds=seconds, at=clock.now()
    )
    if json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    typer.echo(found.sentence)
    for one in found.corrections:
        typer.echo(one.sentence)


@app.command()
@answered
@in_force
def changes(
    log: Log,
    filters: Filters = "",
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say when the process of a log changed, and what shifted."""
    found = queries.changes(actors.system("import"), log=log, filters=filters, at=clock.now())
    if json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    typer.echo(found.sentence)
    for one in found.changes:
        typer.echo(f"{one.sentence} {' '.join(one.shifts)}")


@app.command()
@answered
@in_force
def winning(
    log: Log,
    filters: Filters = "",
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what the contacts of the won cases of a log have that those of the lost ones have not."""
    found = queries.winning(actors.system("import"), log=log, filters=filters, at=clock.now())
    if json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    typer.echo(found.sentence)
    for number in found.numbers:
        typer.echo(f"{number.sentence} ({number.verdict})")
    for pattern in found.patterns:
        typer.echo(f"{pattern.sentence} {pattern.equal} ({pattern.verdict})")


@app.command("why")
@answered
@in_force
def why_waiting(
    log: Log,
    step: Annotated[str, typer.Argument(help="The id of a step.")],
    target: Annotated[str | None, typer.Option(help="The id of the step that follows, of a passage.")] = None,
    filters: Filters = "",
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say why cases wait at a step, cause by cause, and what goes with blocking there."""
    system = actors.system("import")
    found = why.why(system, log=log, step=step, target=target, filters=filters, at=clock.now())
    if json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    causes = () if found.split.early else found.split.causes
    told = [found.split.sentence, *(one.sentence for one in causes if one.seconds), *found.split.notes]
    if found.passing is not None:
        told += [found.passing.sentence, *(one.sentence for one in found.passing.apart)]
    for sentence in told:
        typer.echo(sentence)


@app.command()
@answered
@in_force
def foresight(
    log: Log,
    filters: Filters = "",
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say how well the next step and the time left of the cases of a log are foreseen."""
    found = queries.foresight(actors.system("import"), log=log, filters=filters, at=clock.now())
    if json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    for sentence in found.sentences:
        typer.echo(sentence)


@app.command()
@answered
@in_force
def replay(
    log: Log,
    case: Annotated[str, typer.Argument(help="The id of a case.")],
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Tell a case of a log event by event."""
    found = queries.replay(actors.system("import"), log=log, case=case, at=clock.now())
    if json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    typer.echo(found.sentence)
    for one in found.events:
        typer.echo(one.sentence)


@contextmanager
def _told(file: Path) -> Iterator[Telling]:
    """Show a bar on the error output while a file is worked on."""
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=1.0)
        yield lambda share, what: bar.update(task, completed=share, description=what)
