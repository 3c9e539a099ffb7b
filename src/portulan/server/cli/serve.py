"""Commands that run the product: up, demo, work, migrate."""

import sys
import threading
from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from portulan.automation import worker
from portulan.base import clock
from portulan.server import supervise
from portulan.server.demo import load

console = Console()
Port = Annotated[int, typer.Option(help="Port of the web server.")]
Host = Annotated[str, typer.Option(help="Address of the web server.")]


def migrate() -> None:
    """Create or update the tables of the product."""
    call_command("migrate", verbosity=0, interactive=False)


def check_migrations() -> None:
    """Refuse when a model has changed without its migration."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def work() -> None:
    """Run the worker until interrupted."""
    stop = threading.Event()
    try:
        worker.run_forever(stop)
    except KeyboardInterrupt:
        stop.set()


def up(host: Host = "127.0.0.1", port: Port = 8000, workers: int = 2) -> None:
    """Start the web server and the worker under one supervisor."""
    migrate()
    call_command("collectstatic", verbosity=0, interactive=False)
    console.print(f"Portulan : [bold]http://{host}:{port}[/]")
    raise typer.Exit(supervise.supervise([_web(host, port, workers), _portulan("work")]))


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    profile: str = "demo",
    load_only: Annotated[bool, typer.Option(help="Load the company and stop.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Load the demo company, then start the product on it."""
    migrate()
    with Progress(TextColumn("{task.description}"), BarColumn(), console=console, transient=True) as bar:
        task = bar.add_task("Nordet Industrie", total=1.0)
        load.load(
            at=clock.now(),
            profile=profile,
            report=lambda share, what: bar.update(task, completed=share, description=what),
        )
    console.print("Comptes de démonstration (mot de passe [bold]" + load.PASSWORD + "[/]) :")
    for email, who in load.LOGINS:
        console.print(f"  {email}  {who}")
    if not load_only:
        up(host, port)


def _web(host: str, port: int, workers: int) -> list[str]:
    return [
        _beside("granian"), "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
        "portulan.server.wsgi:application",
    ]  # fmt: skip


def _portulan(verb: str) -> list[str]:
    return [_beside("portulan"), verb]


def _beside(program: str) -> str:
    return str(Path(sys.executable).parent / program)
