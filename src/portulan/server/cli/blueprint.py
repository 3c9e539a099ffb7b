"""Commands about the blueprint: what maps would build, said before anything is built."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from portulan.base.refusals import NotValid, Problem
from portulan.blueprint import base_model, codec, diff
from portulan.blueprint.check import check
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.maps import lint, starters
from portulan.maps.model import Map
from portulan.server.cli.answers import answered

Files = Annotated[list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Maps as JSON files.")]


class MapNotReadable(NotValid):
    """A file is no map."""

    code = "server.map_not_readable"


@answered
def plan(
    files: Files = None,
    starter: Annotated[list[str] | None, typer.Option(help="A map that comes with the product.")] = None,
    export: Annotated[Path | None, typer.Option(help="Write the blueprint here, as JSON.")] = None,
    lang: Annotated[str, typer.Option(help="fr or en.")] = "fr",
) -> None:
    """Say, line by line, what maps would add to the base model."""
    maps = [_read(path) for path in files or []] + [starters.starter(name) for name in starter or []]
    for drawn in maps:
        for finding in lint.lint(drawn):
            typer.secho(f"{drawn.title} : {finding.say(lang)}", fg="yellow", err=True)
    built = compile_maps(maps, base_model.load())
    problems = check(built)
    if problems:
        raise MapsNotCompiled(*problems)
    for change in diff.diff(base_model.load(), built):
        typer.echo(change.say(lang))
    if export is not None:
        export.write_bytes(codec.dump(built))


def _read(path: Path) -> Map:
    try:
        return Map.model_validate_json(path.read_bytes())
    except ValidationError as error:
        places = ("/".join(map(str, one["loc"])) or "/" for one in error.errors())
        raise MapNotReadable(
            *(Problem(place, "server.map_misfit", {"place": place}) for place in places)
        ) from error
