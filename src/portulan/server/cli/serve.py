"""Commands that keep the product running: migrate, work."""

import threading

from django.core.management import call_command

from portulan.automation import worker


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
