"""Workers that are killed lose nothing and double nothing, on both databases.

Real processes at random moments (SIGKILL), and one at every statement: rules, timers, sequences, reminders.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

import dying
import make
from portulan.automation import perform
from running import own_database, until

DEALS, KILLS = 20, 3
#: What becomes of a deal: four rules and two steps of a sequence run, somebody is reminded three times.
EACH = 9
SO_FAR = """
    SELECT (SELECT count(*) FROM automation_run WHERE state = 'fired')
         + (SELECT coalesce(sum(reminded), 0) FROM automation_request)
"""
Count = Callable[[], int]


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[None]:
    """Run a real worker, and kill it at the end of the block."""
    command = [sys.executable, "-m", "portulan.server", "work"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        yield
    finally:
        process.kill()
        process.wait()


def ran(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def counting(url: str, stack: ExitStack) -> Count:
    connection: Any
    if url.startswith("sqlite"):
        connection = stack.enter_context(closing(sqlite3.connect(url.removeprefix("sqlite:///"))))
    else:
        connection = stack.enter_context(psycopg.connect(url, autocommit=True))
    return lambda: int(connection.execute(SO_FAR).fetchone()[0])


def at_least(count: Count, wanted: int) -> bool:
    return count() >= wanted


@pytest.mark.on_a_database
def test_workers_killed_at_random_moments_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(20260507)  # noqa: S311 - a simulation
    script = str(Path(__file__).with_name("sold.py"))
    with ExitStack() as stack:
        url = stack.enter_context(own_database(tmp_path, os.getpid()))
        paths = os.pathsep.join(path for path in sys.path if path)
        environment = os.environ | {"DATABASE_URL": url, "PORTULAN_DATA": str(tmp_path), "PYTHONPATH": paths}
        environment["DJANGO_SETTINGS_MODULE"] = "portulan.server.settings"
        ran(environment, "-m", "portulan.server", "migrate")
        ran(environment, script, "build", str(DEALS))
        count = counting(url, stack)
        for kill in range(1, KILLS + 1):
            wanted = kill * EACH * DEALS // (KILLS + 1)
            with worker(environment), worker(environment):
                until(partial(at_least, count, wanted), seconds=90)
                time.sleep(chance.random() / 30)
        with worker(environment):
            until(partial(at_least, count, EACH * DEALS), seconds=90)
        told = json.loads(ran(environment, script, "tell"))
    assert told == {"runs": {"fired": 6 * DEALS}, "tasks": {"4": DEALS}, "told": {"4": DEALS}, "high": DEALS}


@pytest.fixture
def sales(transactional_db: None) -> Iterator[int]:
    """Deals that rules, timers, a sequence, an approval and a promise follow."""
    deals = 12
    dying.build(deals)
    yield deals
    make.no_crm()


def test_workers_that_die_at_every_statement_lose_nothing_and_double_nothing(
    sales: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(perform, "BATCH", 2)
    assert dying.live_and_die() > 200
    assert dying.became() == dying.wanted(sales)
