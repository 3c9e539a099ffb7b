"""What records cost at 200,000 deals: statements, time, and CPU against the same SQL sent bare.

`bin/run python benchmarks/records.py [--deals 200000] [--activities 300000]`, on SQLite or on the server of
`DATABASE_URL`; a database of its own is made and dropped. CPU is that of this process; bare is the same
statements through a cursor, rows fetched and written as JSON, in the same run.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import django
import orjson
import typer
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

from portulan.base import clock  # noqa: E402 - Django is set up first
from portulan.blueprint import base_model  # noqa: E402
from portulan.blueprint.compile import compile_maps  # noqa: E402
from portulan.maps import starters  # noqa: E402
from portulan.measures import passing, working  # noqa: E402
from portulan.measures import queries as measures  # noqa: E402
from portulan.measures.periods import Days  # noqa: E402
from portulan.people import actor as actors  # noqa: E402
from portulan.people import operations as people  # noqa: E402
from portulan.people import queries as directory  # noqa: E402
from portulan.people.actor import Actor  # noqa: E402
from portulan.people.models import User  # noqa: E402
from portulan.records import (  # noqa: E402
    agenda,
    apply,
    board,
    export,
    figures,
    load,
    meeting,
    operations,
    plan,
    position,
    queries,
    runtime,
    shifts,
    summary,
    timeline,
)
from portulan.records import asked as asks  # noqa: E402
from portulan.records.asked import Asked  # noqa: E402
from portulan.records.load import Past, Step  # noqa: E402

SYSTEM = actors.system()
AT = clock.now().replace(microsecond=0)
ROUNDS = 7
DEALS = "opportunity"


@dataclass(frozen=True)
class Measured:
    """What one operation cost: statements, then milliseconds."""

    name: str
    budget: str
    statements: int
    wall: float
    cpu: float
    bare: float


def main(deals: int = 200_000, activities: int = 300_000, *, keep: bool = False, files: bool = True) -> None:
    """Make the company, measure, print."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        planned = plan.plan(
            SYSTEM, runtime.newest(), compile_maps([starters.starter("vente")], base_model.load())
        )
        apply.apply(SYSTEM, planned=planned, at=AT)
        with runtime.pinned(runtime.newest()):
            console = Console(width=110)
            console.print(f"{connection.vendor}: {fill(deals, activities)}")
            console.print(_table([_measure(*one) for one in _operations()]))
            if files:
                console.print(_files())
    finally:
        if not keep:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def fill(deals: int, activities: int = 0) -> str:
    """Load accounts, deals with their past and activities, and say how many in how long."""
    began = perf_counter()
    owners = [_seller(rank) for rank in range(12)]
    chance = Random(7)  # noqa: S311 - a simulation
    accounts = load.load(
        SYSTEM,
        object_name="account",
        pasts=(
            Past(AT - timedelta(days=600), {"name": f"Compte {n:06}", "sector": "industrie"}, owners[n % 12])
            for n in range(deals // 10)
        ),
    )
    made = load.load(SYSTEM, object_name=DEALS, pasts=_deals(deals, owners, accounts, chance))
    load.load(SYSTEM, object_name="activity", pasts=_activities(activities, owners, accounts, made))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM events_event")
        events = cursor.fetchone()[0]
    took = perf_counter() - began
    loaded = f"{len(accounts):,} accounts, {len(made):,} deals, {activities:,} activities, {events:,} events"
    return f"{loaded} loaded in {took:.0f} s"


def _seller(rank: int) -> int:
    mail = f"seller.{rank}@bench.example"
    made = people.create_user(SYSTEM, email=mail, name=f"Seller {rank}", password="x" * 9 + str(rank), at=AT)
    people.grant_role(SYSTEM, user_id=made, role="sales", at=AT)
    people.join_team(SYSTEM, user_id=made, team=f"Team {rank % 3}")
    return made


def _deals(count: int, owners: list[int], accounts: list[int], chance: Random) -> Iterator[Past]:
    stages = [stage.uid for stage in runtime.current().blueprint.pipelines[0].stages]
    for n in range(count):
        born = AT - timedelta(days=chance.uniform(20, 540))
        owner = chance.choice(owners)
        reached = chance.choices(range(len(stages)), (20, 18, 12, 14, 6, 14, 16))[0]
        way = [*range(1, min(reached, 2)), reached] if reached else []
        steps = [
            Step(born + timedelta(days=3 * (rank + 1)), {"next_step": "Rappeler"}, stages[at], owner)
            for rank, at in enumerate(way)
        ]
        values = {
            "name": f"Affaire {n:07}",
            "account": accounts[0] if n % 100 == 0 else chance.choice(accounts),
            "amount": f"{chance.randint(10, 900) * 100}.00",
            "close_on": (AT + timedelta(days=chance.randint(-60, 200))).date(),
            "source": chance.choice(("fair", "seo", "referral")),
            "probability": chance.choice((None, 20, 60)),
        }
        yield Past(born, values, owner, steps=[*steps, *_lately(n, steps[-1].at if steps else born, owner)])


def _activities(count: int, owners: list[int], accounts: list[int], deals: list[int]) -> Iterator[Past]:
    """Yield what was done and what waits; the first account has one in a hundred of all."""
    chance = Random(9)  # noqa: S311 - a simulation
    for n in range(count):
        at = AT - timedelta(days=chance.uniform(0, 500))
        values = {
            "name": f"Appel {n:06}",
            "kind": "call",
            "account": accounts[0] if n % 100 == 0 else chance.choice(accounts),
            "opportunity": chance.choice(deals),
            "due_at": at + timedelta(days=2),
            "done_at": None if n % 20 == 0 else at + timedelta(days=2),
        }
        yield Past(at, values, chance.choice(owners))


def _lately(rank: int, after: datetime, owner: int) -> Iterator[Step]:
    """Yield what was done this week to one deal in seven."""
    chance = Random(rank)  # noqa: S311 - a simulation
    if chance.random() < 1 / 7:
        at = max(after, AT - timedelta(days=chance.uniform(0, 6)))
        amount, day = (
            f"{chance.randint(10, 900) * 100}.00",
            (AT + timedelta(days=chance.randint(0, 200))).date(),
        )
        yield Step(at, chance.choice(({"amount": amount}, {"close_on": day})), actor_id=owner)


def _operations() -> Iterator[tuple[str, str, Callable[[Actor], Any], Actor]]:
    seller = directory.actor_of(User.objects.get(email="seller.0@bench.example"))
    model = runtime.current().model(DEALS)
    one = model.objects.order_by("-id").values_list("pk", flat=True)[0]
    mine = model.objects.filter(owner_id=seller.id).order_by("-id").values_list("pk", flat=True)[0]
    rich = Asked(condition={"field": "amount", "test": "greater", "value": 50_000}, sort="-amount")
    late = Asked(condition={"field": "account.name", "test": "contains", "value": "0042"}, sort="close_on")
    for who, actor in (("system", SYSTEM), ("seller", seller)):
        yield f"list of 50, {who}", "≤ 5", _listed(Asked(sort="-amount")), actor
        yield f"list of 50 over an amount, {who}", "≤ 5", _listed(rich), actor
        yield f"list of 50 by account name, {who}", "≤ 5", _listed(late), actor
        yield f"board, {who}", "≤ 6", _boarded(Asked(limit=20)), actor
        yield f"board by worth, {who}", "≤ 6", _boarded(Asked(limit=20, sort="-weighted")), actor
        yield f"summary by source, {who}", "", _summed, actor
        yield f"changed in a week, {who}", "≤ 6", _shifted(7), actor
        yield f"changed in two years, all that there is, {who}", "≤ 6", _shifted(730), actor
    yield "figures of the direction’s board", "", _figured, SYSTEM
    yield "conversion, deals of a year", "1", _passed, SYSTEM
    yield "working time, every deal that ended", "1", _worked, SYSTEM
    yield "record", "", lambda actor: queries.get_record(actor, object_name=DEALS, row_id=one), SYSTEM
    yield "timeline", "", lambda actor: timeline.timeline(actor, object_name=DEALS, row_id=one), SYSTEM
    yield "position", "", lambda a: position.position(a, object_name=DEALS, row_id=one, at=AT), SYSTEM
    big = runtime.current().model("account").objects.order_by("pk").values_list("pk", flat=True)[0]
    yield "everything of the largest account", "", _around(big), SYSTEM
    yield "create", "≤ 12", _created, seller
    yield "update", "≤ 12", _updated(mine), seller


def _listed(asked: Asked) -> Callable[[Actor], Any]:
    return lambda actor: orjson.dumps(
        queries.listing(actor, object_name=DEALS, asked=asked, at=AT).rows, default=str
    )


def _boarded(asked: Asked) -> Callable[[Actor], Any]:
    uid = runtime.current().blueprint.pipelines[0].uid
    return lambda actor: orjson.dumps(board.board(actor, pipeline_uid=uid, asked=asked, at=AT))


def _shifted(days: int) -> Callable[[Actor], Any]:
    uid, since = runtime.current().blueprint.pipelines[0].uid, (AT - timedelta(days=days)).date()
    return lambda actor: orjson.dumps(
        shifts.shifts(actor, pipeline_uid=uid, since=since, asked=Asked(), at=AT)
    )


def _figured(actor: Actor) -> Any:
    return measures.board(actor, uid="vente_direction", at=AT)


def _passed(actor: Actor) -> Any:
    known = {one.uid: one for one in runtime.current().blueprint.measures}
    days = Days((AT - timedelta(days=365)).date(), (AT + timedelta(days=1)).date())
    return passing.passed(known["vente_suite_des_demos"], asks.seen(actor, DEALS), days)


def _worked(actor: Actor) -> Any:
    ended = asks.seen(actor, DEALS).filter(closed_at__isnull=False)
    return working.mean(ended, "created_at", "closed_at", whole_days=False)


def _around(row_id: int) -> Callable[[Actor], Any]:
    """Return what the screen of a record asks for, all of it."""

    def around(actor: Actor) -> Any:
        where: dict[str, Any] = {"object_name": "account", "row_id": row_id}
        told = [
            queries.get_record(actor, **where),
            queries.related_lists(actor, **where),
            timeline.timeline(actor, **where),
            agenda.waiting(actor, **where),
            figures.figures(actor, **where, at=AT),
            meeting.sheet(actor, **where, at=AT),
        ]
        return orjson.dumps(told, default=str)

    return around


def _summed(actor: Actor) -> Any:
    return summary.summary(actor, object_name=DEALS, asked=Asked(), group_by="source", at=AT)


def _created(actor: Actor) -> None:
    given = {"name": "Une de plus", "amount": "1200", "account": 1, "source": "fair"}
    operations.create(actor, object_name=DEALS, given=given, at=AT)


def _updated(row_id: int) -> Callable[[Actor], None]:
    def update(actor: Actor) -> None:
        version = runtime.current().model(DEALS).objects.values_list("version", flat=True).get(pk=row_id)
        given = {"amount": "77"}
        operations.update(actor, object_name=DEALS, row_id=row_id, version=version, given=given, at=AT)

    return update


def _measure(name: str, budget: str, run: Callable[[Actor], Any], actor: Actor) -> Measured:
    with _undone(), CaptureQueriesContext(connection) as captured:
        run(actor)
    sent = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
    timed = [_timed(lambda: run(actor)) for _ in range(ROUNDS)]
    bare = [_timed(lambda: _replay(sent)) for _ in range(ROUNDS)]
    wall, cpu = (1000 * median(column) for column in zip(*timed, strict=True))
    return Measured(name, budget, len(sent), wall, cpu, 1000 * median(one for _, one in bare))


def _timed(run: Callable[[], Any]) -> tuple[float, float]:
    with _undone():
        wall, cpu = perf_counter(), process_time()
        run()
        return perf_counter() - wall, process_time() - cpu


def _replay(statements: list[str]) -> None:
    with connection.connection.cursor() if connection.vendor == "postgresql" else _Cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
            if cursor.description:
                orjson.dumps(cursor.fetchall(), default=str)


class _Cursor:
    def __enter__(self) -> Any:
        return connection.connection.cursor()

    def __exit__(self, *_: object) -> None:
        pass


def _files() -> Table:
    """Take out every deal, by page of a thousand, and say what that takes beside what was there."""
    table = Table("file of the deals", "rows", "columns", "s", "CPU s", "MB of file", "MB more held")
    columns = ("name", "account", "stage", "amount", "probability", "close_on", "source", "owner")
    for format_, chosen in (("csv", columns), ("xlsx", columns), ("csv", None), ("xlsx", None)):
        wanted = export.Wanted(Asked(sort="-amount"), format_, chosen)  # type: ignore[arg-type]
        before, peak = _held(), [0.0]

        def tell(_: float, peak: list[float] = peak) -> None:
            peak[0] = max(peak[0], _held())

        with TemporaryDirectory() as folder:
            path, wall, cpu = Path(folder) / "list", perf_counter(), process_time()
            made = export.write(SYSTEM, object_name=DEALS, wanted=wanted, path=path, at=AT, tell=tell)
            took, size = (perf_counter() - wall, process_time() - cpu), path.stat().st_size / 2**20
        figures = (f"{value:.1f}" for value in (*took, size, peak[0] - before))
        table.add_row(format_, f"{made.count:,}", str(len(made.fields) + 1), *figures)
    return table


def _held() -> float:
    """Return the memory that this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class _undone:  # noqa: N801 - reads as a statement
    """Undo what is done inside."""

    def __enter__(self) -> None:
        self._inside = transaction.atomic()
        self._inside.__enter__()

    def __exit__(self, *_: object) -> None:
        transaction.set_rollback(True)
        self._inside.__exit__(None, None, None)


def _table(rows: list[Measured]) -> Table:
    table = Table("operation", "SQL", "budget", "ms", "CPU ms", "bare CPU ms", "CPU ÷ bare")
    for one in rows:
        figures = (f"{value:.1f}" for value in (one.wall, one.cpu, one.bare, one.cpu / max(one.bare, 0.01)))
        table.add_row(one.name, str(one.statements), one.budget, *figures)
    return table


if __name__ == "__main__":
    sys.exit(typer.run(main))
