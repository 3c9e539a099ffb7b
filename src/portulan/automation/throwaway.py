"""Inside a throw-away house: an empty database in memory becomes the CRM to test, then scenarios are played.

Each scenario finds the database as it was built. Refuses to work anywhere else than in a process of its own
with a database in memory, and closes every door to the outside first.
"""

import resource
import sqlite3
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.db import connection

from portulan.automation.outcome import Outcome, crashed, words, words_of
from portulan.automation.play import play
from portulan.automation.scene import BEGINS
from portulan.automation.script import Case, Script
from portulan.base.refusals import Refusal
from portulan.people import actor as actors
from portulan.people import operations
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import apply, plan, runtime

#: Seconds of processor and bytes of memory that a house may use.
MOST_SECONDS, MOST_BYTES = 300, 3 * 1024**3
_DOORS = (
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
)
#: The team of those for whom a scenario names none.
_TEAM = "–"


class NotThrowAwayError(RuntimeError):
    """The database is a real one."""


def perform(script: Script, tell: Callable[[Outcome], None]) -> None:
    """Build the house, play every scenario in it, and tell what comes of each.

    :raises NotThrowAwayError: when the database is not in memory.
    """
    if connection.vendor != "sqlite" or connection.settings_dict["NAME"] != ":memory:":
        raise NotThrowAwayError
    _shut_doors()
    try:
        _build(script)
    except Refusal as refusal:
        reason = words("automation.red_not_built", reasons=words_of(refusal))
        for case in script.cases:
            tell(crashed(case.map, case.scenario.id, reason))
        return
    cast = _cast(script)
    built = sqlite3.connect(":memory:")
    live: Any = connection.connection
    live.backup(built)
    for case in script.cases:
        built.backup(live)
        tell(_play(case, script, cast))


def _play(case: Case, script: Script, cast: dict[tuple[str, str], list[Actor]]) -> Outcome:
    begun = monotonic()
    parts = {key: iter(actors_of) for key, actors_of in cast.items()}
    playing = {
        one.id: replace(next(parts[_part(one, script)]), name=one.name) for one in case.scenario.people
    }
    with runtime.pinned(runtime.newest()):
        outcome = play(case.map, case.scenario, playing)
    return outcome.model_copy(update={"seconds": round(monotonic() - begun, 3)})


def _build(script: Script) -> None:
    call_command("migrate", verbosity=0)
    system = actors.system()
    planned = plan.plan(system, runtime.newest(), script.blueprint)
    apply.apply(system, planned=planned, at=BEGINS)


def _cast(script: Script) -> dict[tuple[str, str], list[Actor]]:
    """Return people enough for every scenario, by role and team."""
    needed: dict[tuple[str, str], int] = {}
    for case in script.cases:
        parts = [_part(one, script) for one in case.scenario.people]
        for part in parts:
            needed[part] = max(needed.get(part, 0), parts.count(part))
    numbers = count(1)
    made = {part: [_hire(next(numbers), *part) for _ in range(many)] for part, many in needed.items()}
    return {part: [people.get_actor(actors.system(), id=one) for one in ids] for part, ids in made.items()}


def _part(person: Any, script: Script) -> tuple[str, str]:
    return script.role or person.role, person.team or _TEAM


def _hire(number: int, role: str, team: str) -> int:
    system = actors.system()
    email, secret = f"p{number}@scenario.example", f"mot-de-passe-{number}"
    made = operations.create_user(system, email=email, name=f"{role} {number}", password=secret, at=BEGINS)
    operations.grant_role(system, user_id=made, role=role, at=BEGINS)
    operations.join_team(system, user_id=made, team=team)
    return made


def _shut_doors() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))

    def refuse(event: str, _args: Iterable[Any]) -> None:
        if event in _DOORS:
            raise PermissionError(event)

    sys.addaudithook(refuse)
