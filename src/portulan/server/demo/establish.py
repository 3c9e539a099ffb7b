"""Nordet Industrie moves in: its people, its maps and what is said of them, its CRM, its records, a real log.

Refuses an instance where somebody else already works. Begun and not finished is said, with the remedy.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from portulan.automation import scenarios
from portulan.base.refusals import NotNow
from portulan.events import log
from portulan.events import queries as events
from portulan.maps import operations as maps
from portulan.maps import starters
from portulan.mining import operations as mining
from portulan.mining.operations import MapWanted
from portulan.people import actor as actors
from portulan.people import operations as people
from portulan.people import queries as directory
from portulan.people.actor import Actor
from portulan.records import apply, plan, runtime
from portulan.server.demo import company, happenings, improve, load, observe, quoting, talk
from portulan.server.demo.simulate import simulate
from portulan.server.demo.story import Story
from portulan.server.demo.world import Size, World

SUBJECT = "demo:nordet"
HELPDESK = Path("examples/helpdesk.xes.gz")
_SOURCE = "Service d’assistance d’un éditeur de logiciels italien"
_CREDIT = "Ilya Verenich, Helpdesk, Mendeley Data, CC BY 4.0"
Progress = Callable[[float, str], None]


class SomebodyWorksHere(NotNow):
    """The instance has people who are not of the demo company."""

    code = "server.somebody_works_here"


class DemoInterrupted(NotNow):
    """The demo company began to move in and did not finish."""

    code = "server.demo_interrupted"


def is_there() -> bool:
    """Return whether the demo company has moved in.

    :raises DemoInterrupted: when it began and did not finish.
    :raises SomebodyWorksHere: when others are there.
    """
    if events.of_subject(SUBJECT, limit=1):
        return True
    emails = {one.email for one in directory.directory(actors.system())}
    if company.ADMINISTRATOR in emails:
        raise DemoInterrupted
    if emails:
        raise SomebodyWorksHere
    return False


def establish(seed: int, size: Size, *, progress: Progress, at: datetime) -> int:
    """Have the company move in, its past ending now, and return how many records it has.

    :raises AdministratorExists: when somebody else became the administrator meanwhile.
    """
    drawn = (starters.starter("vente"), starters.starter("support"))
    born = World(seed, at, drawn, ()).born
    ids = _hire(born)
    actor = actors.system("import")
    progress(0.02, "cartes")
    _draw(at)
    count = 0
    with runtime.pinned(runtime.newest()):
        for count in load.load(actor, _tenths(simulate(seed, at, drawn, size), size, progress), ids):  # noqa: B007 - the last is the total
            pass
        quoting.quote(at)
        observe.observe(at)
        improve.improve(at)
        talk.talk(at)
    if HELPDESK.exists():
        progress(0.93, "journal du service d’assistance")
        found = mining.import_file(actor, path=HELPDESK, name="Helpdesk", at=at)
        mining.describe(actor, log_id=found, source=_SOURCE, credit=_CREDIT)
        wanted = MapWanted(title="Assistance constatée (Helpdesk)", subject="ticket")
        mining.discover(actor, log=str(found), wanted=wanted, at=at)
    log.append(happenings.DemoLoaded(seed, count), actor=actor, subject=SUBJECT, at=at)
    progress(1.0, "")
    return count


def _hire(born: datetime) -> dict[str, int]:
    system, ids = actors.system(), {}
    with transaction.atomic():
        for one in company.PEOPLE:
            hire = partial(people.create_first_administrator if one.is_admin else _create, at=born)
            made = hire(email=one.email, name=one.name, password=company.PASSWORD)
            people.grant_role(system, user_id=made, role=one.role, at=born)
            if one.territory:
                people.set_profile(system, user_id=made, territory=one.territory)
            ids[one.email] = made
        _gather(system, ids)
    return ids


def _create(*, email: str, name: str, password: str, at: datetime) -> int:
    return people.create_user(actors.system(), email=email, name=name, password=password, at=at)


def _gather(system: Actor, ids: dict[str, int]) -> None:
    parents = dict(company.TEAMS)
    for one in sorted(company.PEOPLE, key=lambda person: list(parents).index(person.team)):
        people.join_team(system, user_id=ids[one.email], team=one.team, parent=parents[one.team])


def _draw(at: datetime) -> None:
    """Publish the maps of sales and support, and build the CRM that they compile to."""
    draws = directory.actor_named(actors.system(), email=company.ADMINISTRATOR)
    for name in ("vente", "support"):
        subject = starters.starter(name).subject
        made = maps.create(draws, title="", state="to_be", subject=subject, starter=name, at=at)
        maps.publish(draws, id=made, at=at)
    scenarios.prove(draws, at=at)
    apply.apply(draws, planned=plan.plan_of_maps(draws), at=at)


def _tenths(batches: Iterator[list[Story]], size: Size, progress: Progress) -> Iterator[list[Story]]:
    for n, batch in enumerate(batches):
        if n % max(1, size.accounts // 200) == 0:
            progress(0.05 + 0.85 * n / (size.accounts + 1), f"{n} / {size.accounts} comptes")
        yield batch
