"""Workers killed at random moments lose no run and double none: real processes, SIGKILL, both databases."""

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

from running import own_database, until

DEALS, KILLS = 80, 5
Count = Callable[[str], int]


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
    return lambda where: int(connection.execute(f"SELECT count(*) FROM automation_{where}").fetchone()[0])  # noqa: S608


def at_least(count: Count, wanted: int) -> bool:
    return count("run WHERE state = 'fired'") >= wanted


@pytest.mark.on_a_database
def test_workers_killed_at_random_moments_lose_no_run_and_double_none(tmp_path: Path) -> None:
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
            wanted = kill * 2 * DEALS // (KILLS + 1)
            with worker(environment), worker(environment):
                until(partial(at_least, count, wanted), seconds=90)
                time.sleep(chance.random() / 30)
        with worker(environment):
            until(partial(at_least, count, 2 * DEALS), seconds=90)
        told = json.loads(ran(environment, script, "tell"))
    assert told == {"runs": {"fired": 2 * DEALS}, "tasks": {"2": DEALS}, "high": DEALS}
