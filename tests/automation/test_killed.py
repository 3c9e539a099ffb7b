"""Workers that are killed lose nothing and double nothing, on both databases.

Real processes, while they run rules, steps and reminders or apply a plan; and one at every statement.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

import dying
import make
from running import own_database, until

DEALS, KILLS = 20, 3
SCRIPT = str(Path(__file__).with_name("sold.py"))
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


@contextmanager
def counting(url: str) -> Iterator[Count]:
    here = url.startswith("sqlite")
    connection: Any = sqlite3.connect(url.removeprefix("sqlite:///")) if here else psycopg.connect(url)
    with closing(connection):
        if not here:
            connection.autocommit = True
        yield lambda: int(connection.execute(SO_FAR).fetchone()[0])


def at_least(count: Count, wanted: int) -> bool:
    return count() >= wanted


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of processes that work on a database of their own, where deals wait for rules."""
    folder = tmp_path_factory.mktemp("house")
    with own_database(folder, os.getpid()) as url:
        paths = os.pathsep.join(path for path in sys.path if path)
        environment = os.environ | {"DATABASE_URL": url, "PORTULAN_DATA": str(folder), "PYTHONPATH": paths}
        environment["DJANGO_SETTINGS_MODULE"] = "portulan.server.settings"
        ran(environment, "-m", "portulan.server", "migrate")
        ran(environment, SCRIPT, "build", str(DEALS))
        yield environment


@pytest.mark.on_a_database
def test_workers_killed_at_random_moments_lose_nothing_and_double_nothing(house: dict[str, str]) -> None:
    chance = random.Random(20260507)  # noqa: S311 - a simulation
    with counting(house["DATABASE_URL"]) as count:
        for kill in range(1, KILLS + 1):
            wanted = kill * EACH * DEALS // (KILLS + 1)
            with worker(house), worker(house):
                until(partial(at_least, count, wanted), seconds=90)
                time.sleep(chance.random() / 30)
        with worker(house):
            until(partial(at_least, count, EACH * DEALS), seconds=90)
        told = json.loads(ran(house, SCRIPT, "tell"))
    assert told == {"runs": {"fired": 6 * DEALS}, "tasks": {"4": DEALS}, "told": {"4": DEALS}, "high": DEALS}


@pytest.mark.on_a_database
def test_a_plan_whose_worker_is_killed_in_the_middle_is_applied_once_by_another(
    house: dict[str, str],
) -> None:
    command = [sys.executable, SCRIPT, "half"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=house, **pipes) as process:  # noqa: S603 - our own script
        assert process.stdout
        assert process.stdout.readline() == "half\n"
        process.kill()
    told = json.loads(ran(house, SCRIPT, "whole"))
    assert told == {"states": ["running", "done"], "result": {"version": 3}, "version": 3}


@pytest.fixture
def sales(transactional_db: None) -> Iterator[int]:
    """Deals that rules, timers, a sequence, an approval and a promise follow."""
    deals = 5
    dying.build(deals)
    yield deals
    make.no_crm()


def test_workers_that_die_at_every_statement_lose_nothing_and_double_nothing(sales: int) -> None:
    assert dying.live_and_die() > 100
    assert dying.became() == dying.wanted(sales)
