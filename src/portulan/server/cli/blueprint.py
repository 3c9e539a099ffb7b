"""Commands about the blueprint: what maps would build, said before it is; applying, undoing, its file."""

from pathlib import Path
from typing import Annotated, cast, get_args

import typer
from pydantic import ValidationError

from portulan.automation import scenarios
from portulan.base import clock
from portulan.base.refusals import NotThere, NotValid, Problem
from portulan.base.value import Words
from portulan.blueprint import base_model, codec, diff, queries, reasons
from portulan.blueprint.check import check
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.blueprint.schema import Colour, LocalTheme
from portulan.maps import lint, starters
from portulan.maps.model import Map
from portulan.people import actor as actors
from portulan.records import apply as applying
from portulan.records import configuration, local
from portulan.records import plan as planning
from portulan.server.cli.answers import answered, print_json

app = typer.Typer(no_args_is_help=True)

Files = Annotated[list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Maps as JSON files.")]
Fates = Annotated[
    list[str] | None, typer.Option("--fate", help="Where records go: old_stage=new_stage.", metavar="OLD=NEW")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Lang = Annotated[str, typer.Option(help="fr or en.")]


class MapNotReadable(NotValid):
    """A file is no map."""

    code = "server.map_not_readable"


class ColourUnknown(NotValid):
    """The palette has no such colour."""

    code = "server.colour_not_valid"


@answered
def plan(
    files: Files = None,
    starter: Annotated[
        list[str] | None,
        typer.Option(help="A map that comes with the product: vente, vente/saas, vente/saas/en."),
    ] = None,
    export: Annotated[Path | None, typer.Option(help="Write the blueprint here, as JSON.")] = None,
    lang: Lang = "fr",
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say, line by line, what maps would add to the base model; without maps, what published ones change."""
    if not files and not starter:
        _say_plan(planning.plan_of_maps(actors.system()), lang, json=json)
        return
    maps = [_read(path) for path in files or []] + [starters.named(key) for key in starter or []]
    for drawn in maps:
        for finding in lint.lint(drawn):
            typer.secho(f"{drawn.title} : {finding.say(lang)}", fg="yellow", err=True)
    built = compile_maps(maps, base_model.load())
    problems = check(built)
    if problems:
        raise MapsNotCompiled(*problems)
    said = [change.say(lang) for change in diff.diff(base_model.load(), built)]
    print_json({"changes": said}) if json else typer.echo("\n".join(said))
    if export is not None:
        export.write_bytes(codec.dump(built))


@answered
def apply(
    fate: Fates = None,
    override: Annotated[str, typer.Option(help="Apply although scenarios are red, for this motive.")] = "",
    lang: Lang = "fr",
    json: Json = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Apply what the published maps change, in one transaction; their scenarios are played first."""
    system = actors.system()
    planned = planning.plan_of_maps(system)
    if planned.unproven and not planned.empty and not planned.problems:
        scenarios.prove(system, at=clock.now())
        planned = planning.plan_of_maps(system)
    _say_plan(planned, lang, json=False) if not json else None
    if planned.empty:
        version = planned.base
    else:
        choices = _choices(fate)
        version = applying.apply(system, planned=planned, choices=choices, motive=override, at=clock.now())
    print_json({"version": version}) if json else typer.echo(f"→ version {version}")


@app.command("undo")
@answered
def undo(
    version: int,
    fate: Fates = None,
    override: Annotated[str, typer.Option(help="Come back to red scenarios, for this motive.")] = "",
    dry: Annotated[bool, typer.Option("--dry", help="Only say what would change.")] = False,  # noqa: FBT002 - a flag
    lang: Lang = "fr",
) -> None:
    """Take the last version back, with its values and its moves; say first what goes with it."""
    _say_plan(applying.undoing(actors.system(), n=version), lang, json=False)
    if dry:
        return
    system, choices = actors.system(), _choices(fate)
    made = applying.undo(system, n=version, choices=choices, motive=override, at=clock.now())
    typer.echo(f"→ version {made}")


@app.command("history")
@answered
def history(lang: Lang = "fr") -> None:
    """List the versions, newest first: when, by whom, what each changed."""
    for one in queries.versions(actors.system(), lang=lang):
        mark = f" (← {one.undoes})" if one.undoes else ""
        typer.echo(f"v{one.n}{mark}  {one.at:%Y-%m-%d %H:%M}  {one.author}  {' · '.join(one.says)}")


@app.command("show")
@answered
def show(version: int, lang: Lang = "fr") -> None:
    """Say what a version changed, fact by fact, and how many records it moved."""
    print_json(planning.past(actors.system(), n=version, lang=lang))


@app.command("why")
@answered
def why(theme: str, path: str, lang: Lang = "fr") -> None:
    """Say why a part exists: `why stages vente/negociation`, `why fields opportunity/amount`."""
    if theme not in get_args(diff.Theme):
        raise NotThere
    print_json(reasons.why(actors.system(), theme=cast("diff.Theme", theme), path=path, lang=lang))


@app.command("local")
@answered
def list_local(lang: Lang = "fr") -> None:
    """List objects and pipelines, what else is called otherwise here than on the maps (*), and colours."""
    for one in local.parts(actors.system()):
        mark = f" * ({one.held.given.say(lang)})" if one.held.local else ""
        several = f" / {one.held.plural.say(lang)}" if one.held.plural else ""
        typer.echo(f"{one.theme} {one.path}  {one.held.label.say(lang)}{several}{mark}")
    for each in local.shades(actors.system()):
        for part in each.parts:
            if part.colour:
                typer.echo(f"{each.theme} {part.path}  {part.label.say(lang)}  {part.colour}")


@app.command("call")
@answered
def call(
    theme: str,
    path: str,
    label: str,
    en: Annotated[str, typer.Option(help="The same in English.")] = "",
    plural: Annotated[str, typer.Option(help="Of an object: what several are called.")] = "",
    plural_en: Annotated[str, typer.Option(help="The plural in English.")] = "",
) -> None:
    """Call a part otherwise here, whatever the maps say: `call stages vente/negociation Marchandage`."""
    words, several = Words(fr=label, en=en), Words(fr=plural, en=plural_en) if plural else None
    version = local.call(
        actors.system(), theme=_local(theme), path=path, label=words, plural=several, at=clock.now()
    )
    typer.echo(f"→ version {version}")


@app.command("paint")
@answered
def paint(theme: str, path: str, colour: Annotated[str, typer.Argument()] = "") -> None:
    """Give a stage or a choice a colour here, or none: `paint stages vente/negociation violet`."""
    if colour and colour not in get_args(Colour):
        names = ", ".join(get_args(Colour))
        raise ColourUnknown(Problem("colour", "server.colour_unknown", {"names": names}))
    chosen = cast("Colour", colour) if colour else None
    version = local.paint(actors.system(), theme=_local(theme), path=path, colour=chosen, at=clock.now())
    typer.echo(f"→ version {version}")


@app.command("give-back")
@answered
def give_back(theme: str, path: str) -> None:
    """Have the maps say again what a part is called: `give-back stages vente/negociation`."""
    version = local.give_back(actors.system(), theme=_local(theme), path=path, at=clock.now())
    typer.echo(f"→ version {version}")


@app.command("export")
@answered
def export(file: Path) -> None:
    """Write the whole configuration into one file: published maps and blueprint."""
    file.write_bytes(configuration.export(actors.system()))


@app.command("import")
@answered
def take(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    override: Annotated[str, typer.Option(help="Take it although scenarios are red, for this motive.")] = "",
) -> None:
    """Take the configuration of a file: play its scenarios, publish its maps, apply its blueprint."""
    version = scenarios.take(actors.system(), raw=file.read_bytes(), motive=override, at=clock.now())
    typer.echo(f"→ version {version}")


def _say_plan(planned: planning.Plan, lang: str, *, json: bool) -> None:
    said = planning.say(actors.system(), planned, lang, at=clock.now())
    if json:
        print_json(said)
        return
    for change in said["changes"]:
        typer.echo(change["say"])
        for line in change["details"]:
            typer.echo(f"    {line}")
        if change["warn"]:
            typer.secho(f"    {change['warn']}", fg="yellow")
    for problem in said["problems"]:
        typer.secho(problem["detail"], fg="red", err=True)


def _local(theme: str) -> LocalTheme:
    if theme not in get_args(LocalTheme):
        raise NotThere
    return cast("LocalTheme", theme)


def _choices(fates: list[str] | None) -> dict[str, str]:
    pairs = (one.partition("=") for one in fates or [])
    return {old: new for old, _, new in pairs}


def _read(path: Path) -> Map:
    try:
        return Map.model_validate_json(path.read_bytes())
    except ValidationError as error:
        places = ("/".join(map(str, one["loc"])) or "/" for one in error.errors())
        raise MapNotReadable(
            *(Problem(place, "server.map_misfit", {"place": place}) for place in places)
        ) from error
