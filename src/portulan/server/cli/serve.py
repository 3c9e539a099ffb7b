"""Commands that keep the product running: migrate, work."""

import signal
import tempfile
import threading

import typer
from django.conf import settings
from django.core.management import call_command

from portulan.automation import duplicates, expiring, exports, soundness, worker
from portulan.base import clock
from portulan.people import actor as actors
from portulan.records import apply as applying
from portulan.records import indexes, runtime
from portulan.records import replay as replaying


def migrate() -> None:
    """Create or update the tables of the product; on a new instance, build the standard objects."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    applying.install(actors.system(), at=clock.now())
    indexes.build_missing(runtime.newest().blueprint)


def check_migrations() -> None:
    """Refuse when a model has changed without its migration."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def replay() -> None:
    """Rebuild every record from its events and exit with 2, naming it, when one is not what is stored."""
    with runtime.pinned(runtime.newest()):
        unlike = list(replaying.unlike(actors.system()))
    for subject in unlike:
        typer.echo(subject)
    raise typer.Exit(2 if unlike else 0)


def work() -> None:
    """Run the worker until interrupted; the job in hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    tempfile.tempdir = str(exports.workshop())
    at = clock.now()
    duplicates.begin(at=at)
    exports.begin(at=at)
    soundness.begin(at=at)
    expiring.begin(at=at)
    worker.run_forever(stop)
