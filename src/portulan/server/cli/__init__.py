"""The `portulan` command line: every verb of the product that needs no browser."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

import typer

from portulan.server.cli import blueprint, contract, demo, log, people, reference, scenarios, serve, up

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Portulan: the map is the CRM.")
app.add_typer(log.app, name="log", help="Event logs: draw the map of one, import one.")
app.add_typer(people.app, name="user", help="People who sign in.")
app.add_typer(
    blueprint.app,
    name="blueprint",
    help="Plan, apply, undo, history, why, export, import.",
)
app.add_typer(scenarios.app, name="scenarios", help="Scenarios of the maps: play them.")
blueprint.app.command("plan")(blueprint.plan)
blueprint.app.command("apply")(blueprint.apply)
app.command("plan")(blueprint.plan)
app.command("apply")(blueprint.apply)
app.command("openapi")(contract.openapi)
app.command("reference")(reference.reference)
app.command("demo")(demo.demo)
app.command("up")(up.up)
app.command("work")(serve.work)
app.command("migrate")(serve.migrate)
app.command("replay")(serve.replay)
app.command("check-migrations")(serve.check_migrations)
