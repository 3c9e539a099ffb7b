"""What finding costs: search as typed and with a slip of the fingers, and what may be a duplicate.

`bin/run python benchmarks/finding.py [--records 300000]`, on SQLite or on the server of `DATABASE_URL`; a
database of its own is made and dropped, unless `--keep` leaves it for the next run. Each line is many
questions: the median and the 95th percentile of their time and of their CPU, which on SQLite is that of the
queries too. Bare is the same statements through a cursor.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from time import perf_counter, process_time
from typing import Any

import django
import typer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portulan.server.settings")
django.setup()

from portulan.base import clock  # noqa: E402 - Django is set up first
from portulan.blueprint import base_model  # noqa: E402
from portulan.blueprint.compile import compile_maps  # noqa: E402
from portulan.maps import starters  # noqa: E402
from portulan.people import actor as actors  # noqa: E402
from portulan.people import operations as people  # noqa: E402
from portulan.people import queries as directory  # noqa: E402
from portulan.people.actor import Actor  # noqa: E402
from portulan.people.models import User  # noqa: E402
from portulan.records import apply, duplicates, finding, load, plan, runtime  # noqa: E402
from portulan.records.load import Past  # noqa: E402
from portulan.server.demo import names  # noqa: E402

SYSTEM = actors.system()
AT = clock.now().replace(microsecond=0)
_SECTORS = ("Mécanique", "Énergie", "Conseil", "Logistique", "Bâtiment", "Agro", "Santé", "Textile")
_CITIES = ("Nantes", "Lille", "Lyon", "Brest", "Saint-Étienne", "Aix-en-Provence", "Rouen", "Évry")
_SOUNDS = (
    "bor",
    "val",
    "mé",
    "ran",
    "tis",
    "lu",
    "cor",
    "dal",
    "pré",
    "sen",
    "gui",
    "mar",
    "to",
    "vel",
    "ani",
)


@dataclass(frozen=True)
class Measured:
    """What some questions cost: statements, then milliseconds: median and 95th percentile; how many found."""

    name: str
    statements: int
    asked: int
    found: int
    wall: tuple[float, float]
    cpu: tuple[float, float]
    bare: float


def main(records: int = 300_000, questions: int = 40, *, keep: bool = False) -> None:
    """Make the company unless it is there, ask, print."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=keep)
    try:
        seller = _company(records)
        with runtime.pinned(runtime.newest()):
            console = Console(width=120)
            console.print(f"{connection.vendor}, {finding.SearchEntry.objects.count():,} records")
            for name, actor in (("administrator", SYSTEM), ("seller", seller)):
                console.print(_table(name, [_measure(actor, *one) for one in _questions(questions)]))
    finally:
        if not keep:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _company(records: int) -> Actor:
    mail = "seller@bench.example"
    if not User.objects.filter(email=mail).exists():
        maps = compile_maps([starters.starter("vente")], base_model.load())
        apply.apply(SYSTEM, planned=plan.plan(SYSTEM, runtime.newest(), maps), at=AT)
        made = people.create_user(SYSTEM, email=mail, name="Seller", password="x" * 12, at=AT)
        people.grant_role(SYSTEM, user_id=made, role="sales", at=AT)
        with runtime.pinned(runtime.newest()):
            _fill(records // 3, made)
    return directory.actor_of(User.objects.get(email=mail))


def _fill(each: int, owner: int) -> None:
    chance = Random(7)  # noqa: S311 - a simulation
    born = AT - timedelta(days=200)
    accounts = load.load(
        SYSTEM,
        object_name="account",
        pasts=(Past(born, _account(n, chance), owner if n % 10 == 0 else None) for n in range(each)),
    )
    people_of = (Past(born, _contact(n, accounts, chance), owner) for n in range(each))
    load.load(SYSTEM, object_name="contact", pasts=people_of)
    deals = ({"name": f"{_company_name(n)} – lot {n % 7}", "account": accounts[n]} for n in range(each))
    load.load(SYSTEM, object_name="opportunity", pasts=(Past(born, one, owner) for one in deals))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _company_name(n: int) -> str:
    chance = Random(n)  # noqa: S311 - a simulation
    head = "".join(chance.choice(_SOUNDS) for _ in range(chance.randint(2, 4)))
    return f"{head.capitalize()} {chance.choice(_SECTORS)}"


def _account(n: int, chance: Random) -> dict[str, Any]:
    name = _company_name(n)
    return {
        "name": name,
        "siren": names.siren(n),
        "city": chance.choice(_CITIES),
        "postcode": f"{chance.randint(1, 95):02}000",
        "street": f"{chance.randint(1, 200)} rue de la République",
        "phone": f"+33{100_000_000 + n}",
        "email": f"contact@{names.address(name)}-{n}.example",
        "website": f"https://www.{names.address(name)}-{n}.example",
    }


def _contact(n: int, accounts: list[int], chance: Random) -> dict[str, Any]:
    first, last = names.person(chance)
    mail = f"{names.address(first)}.{names.address(last)}@{names.address(_company_name(n))}-{n}.example"
    phone = f"+33{600_000_000 + n}"
    return {"name": last, "first_name": first, "account": accounts[n], "email": mail, "phone": phone}


def _questions(count: int) -> Iterator[tuple[str, list[Callable[[Actor], Any]]]]:
    chance = Random(11)  # noqa: S311 - a simulation
    picked = [chance.randrange(20_000) for _ in range(count)]
    said = [_company_name(n) for n in picked]
    persons = [" ".join(names.person(chance)) for _ in picked]
    yield "search, a company as typed", [_searched(one) for one in said]
    yield "search, a company with a slip", [_searched(_slipped(one, chance)) for one in said]
    yield "search, a person with a slip", [_searched(_slipped(one, chance)) for one in persons]
    yield "search, a word with a slip", [_searched(_slipped(one.split()[0], chance)) for one in said]
    yield "search, what nobody is called", [_searched(f"wyk{n}zoqpux") for n in picked]
    yield "duplicates, a name", [_doubled("account", {"name": one}) for one in said]
    yield (
        "duplicates, everything",
        [_doubled("account", _account(n, chance)) for n in picked],
    )
    brief = [{"name": "A", "email": f"a{n}@{n}.example"} for n in picked]
    yield "duplicates, a letter and a mail", [_doubled("account", one) for one in brief]
    heard = [dict(zip(("first_name", "name"), one.split(" ", 1), strict=True)) for one in persons]
    yield "duplicates, a person", [_doubled("contact", one) for one in heard]


def _slipped(said: str, chance: Random) -> str:
    at = chance.randrange(1, max(len(said.split(maxsplit=1)[0]) - 2, 2))
    return said[:at] + said[at + 1] + said[at] + said[at + 2 :]


def _searched(words: str) -> Callable[[Actor], Any]:
    return lambda actor: finding.search(actor, words=words)


def _doubled(name: str, given: dict[str, Any]) -> Callable[[Actor], Any]:
    return lambda actor: duplicates.duplicates(actor, object_name=name, given=given)


def _measure(actor: Actor, name: str, questions: list[Callable[[Actor], Any]]) -> Measured:
    sent: list[str] = []
    most = 0
    for ask in questions:
        with CaptureQueriesContext(connection) as captured:
            ask(actor)
        sent += [one["sql"] for one in captured.captured_queries]
        most = max(most, len(captured))
    timed = [_timed(lambda ask=ask: ask(actor)) for ask in questions]
    bare = sorted(_timed(lambda sql=sql: _replay(sql))[0] for sql in sent)
    wall, cpu = ([1000 * one for one in column] for column in list(zip(*timed, strict=True))[:2])
    found = sum(bool(one[2]) for one in timed)
    return Measured(
        name, most, len(questions), found, _told(wall), _told(cpu), 1000 * sum(bare) / len(questions)
    )


def _timed(run: Callable[[], Any]) -> tuple[float, float, Any]:
    wall, cpu = perf_counter(), process_time()
    answer = run()
    return perf_counter() - wall, process_time() - cpu, answer


def _replay(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%", "%%"), [])
        cursor.fetchall()


def _told(figures: list[float]) -> tuple[float, float]:
    ranked = sorted(figures)
    return ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.95)]


def _table(title: str, rows: list[Measured]) -> Table:
    table = Table("question", "SQL", "found", "ms", "ms p95", "CPU ms", "CPU ms p95", "bare ms", title=title)
    for one in rows:
        figures = (f"{value:.1f}" for value in (*one.wall, *one.cpu, one.bare))
        table.add_row(one.name, str(one.statements), f"{one.found} of {one.asked}", *figures)
    return table


if __name__ == "__main__":
    sys.exit(typer.run(main))
