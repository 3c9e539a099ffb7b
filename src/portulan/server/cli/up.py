"""`portulan up`: the tables, the static files, then every process under one supervisor."""

import signal
import socket
import sys
import threading
from collections.abc import Mapping
from typing import Annotated

import typer
from django.conf import settings

from portulan.base import clock, texts
from portulan.base.refusals import NotNow
from portulan.people import actor as actors
from portulan.people import operations, queries
from portulan.server import front_files
from portulan.server.cli import demo as demonstration
from portulan.server.cli import serve
from portulan.server.cli.answers import answered
from portulan.server.demo.world import DEMO
from portulan.server.supervisor import Child, supervise


class PortTaken(NotNow):
    """Something else listens on the port."""

    code = "server.port_taken"


@answered
def up(
    demo: Annotated[bool, typer.Option(help="Have the demo company move in first.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Start everything: pages and API, live channel, worker. Ctrl-C stops all of it."""
    _require_free(settings.PORT, "PORTULAN_PORT")
    _require_free(settings.LIVE_PORT, "PORTULAN_LIVE_PORT")
    serve.migrate()
    front_files.collect()
    if demo:
        demonstration.ensure(DEMO)
        demonstration.tell_logins()
    elif not queries.administrator_exists(actors.system()):
        _first_administrator()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    supervise(_children(), stop=stop, each_turn=_Announcement(), say=_say)
    _say("server.stopped", {})


def _first_administrator() -> None:
    """Create the administrator that the environment names, else say how one is made."""
    if not settings.ADMIN_EMAIL:
        _say("server.nobody_yet", {})
        return
    name = settings.ADMIN_EMAIL.partition("@")[0].replace(".", " ").title()
    operations.create_first_administrator(
        email=settings.ADMIN_EMAIL, name=name, password=settings.ADMIN_PASSWORD, at=clock.now()
    )
    _say("server.administrator_made", {"email": settings.ADMIN_EMAIL})


class _Announcement:
    """Says the address, once, when it answers."""

    def __init__(self) -> None:
        self._said = False

    def __call__(self) -> None:
        if not self._said and _answers(settings.PORT):
            self._said = True
            _say("server.listening", {"url": f"http://{settings.HOST}:{settings.PORT}"})


def _children() -> tuple[Child, ...]:
    served = (sys.executable, "-m", "granian", "--host", settings.HOST, "--log-level", "warning")
    steady = ("--respawn-failed-workers", "--workers-kill-timeout", "3")
    pages = ("--interface", "wsgi", "--workers", str(settings.WORKERS), "--blocking-threads", "2")
    return (
        Child(
            "pages",
            (*served, *steady, *pages, "--port", str(settings.PORT), "portulan.server.wsgi:application"),
        ),
        Child(
            "live",
            (
                *served,
                *steady,
                "--interface",
                "asgi",
                "--port",
                str(settings.LIVE_PORT),
                "portulan.server.asgi:application",
            ),
        ),
        Child("worker", (sys.executable, "-m", "portulan.server", "work")),
    )


def _require_free(port: int, name: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, port))
        except OSError as error:
            raise PortTaken(host=settings.HOST, port=port, name=name) from error


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((settings.HOST, port), timeout=0.2):
            return True
    except OSError:
        return False


def _say(name: str, facts: Mapping[str, object]) -> None:
    typer.echo(texts.say(name, "fr", **facts))
    sys.stdout.flush()
