"""The demo company moves in whole, once, and every record equals what its events tell."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any, get_args

import pytest
from django.apps import apps

import make
from portulan.events import queries as events
from portulan.maps import queries as maps
from portulan.mining import queries as mining
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import board, plan, rows, runtime
from portulan.records.asked import Asked
from portulan.server.demo import company, establish, forget
from portulan.server.demo.world import Size

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 5, 7, 15, tzinfo=UTC)
SMALL = Size(6, 5.0, 1.2)
#: The kinds of subject that have rows of their own, besides records.
TABLES = (("person", "people.User"), ("map", "maps.MapRow"), ("log", "mining.ImportedLog"))


@pytest.fixture(autouse=True)
def clean(settings: object, tmp_path: object) -> Iterator[None]:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    yield
    make.no_crm()


def named(email: str) -> Actor:
    return people.actor_named(actors.system(), email=email)


def move_in() -> int:
    return establish.establish(1, SMALL, progress=lambda _share, _what: None, at=AT)


def test_everybody_is_hired_everything_is_there_and_a_second_time_changes_nothing() -> None:
    assert not establish.is_there()
    count = move_in()
    assert establish.is_there()
    hired = {one.email: one for one in people.directory(actors.system())}
    assert set(hired) == {one.email for one in company.PEOPLE}
    roles = Counter(role for one in hired.values() for role in one.roles)
    assert roles == Counter(one.role for one in company.PEOPLE)
    snapshot = runtime.newest()
    held = {
        name: snapshot.model(name).objects.count() for name in ("account", "opportunity", "product", "ticket")
    }
    assert held["account"] == 6
    assert held["product"] == 40
    states = Counter(snapshot.model("quote").objects.values_list("status", flat=True))
    assert states.keys() >= {"sent", "accepted"}
    assert count > sum(held.values())
    manager = named("marc.besson@nordet.example")
    assert named("claire.lambert@nordet.example").id in manager.teammate_ids
    assert [one.name for one in mining.logs(actors.system())] == ["Helpdesk"]
    assert sorted(one.state for one in maps.maps(actors.system())) == ["as_is", "as_is", "to_be", "to_be"]


def test_the_owner_of_the_maps_published_what_waits_as_a_plan_with_green_scenarios() -> None:
    move_in()
    owner = named(company.OWNER)
    waiting = plan.plan_of_maps(owner)
    assert {change.theme for change in waiting.changes} == {"fields", "roles", "rules"}
    assert not waiting.problems
    assert not waiting.unproven


def test_every_record_equals_what_its_events_tell() -> None:
    move_in()
    snapshot = runtime.newest()
    with runtime.pinned(snapshot):
        for name in ("account", "contact", "opportunity", "activity", "ticket", "product"):
            kind = snapshot.object(name)
            for row in snapshot.model(name).objects.all():
                assert events.replay(rows.subject(kind, row.pk)) == rows.stored(kind, row)


def test_everybody_may_do_what_is_shown_to_them_and_is_shown_what_they_may_do() -> None:
    """Every person of the company, every verb, every record, person, map and log."""
    move_in()
    folk = [named(one.email) for one in company.PEOPLE]
    allowed: Counter[str] = Counter()
    with runtime.pinned(runtime.newest()) as snapshot:
        kinds: list[tuple[str, Any]] = [
            ("record", snapshot.model(kind.name)) for kind in snapshot.blueprint.objects
        ]
        kinds += [(kind, apps.get_model(table)) for kind, table in TABLES]
        for (kind, model), actor, verb in product(kinds, folk, get_args(rights.Verb)):
            shown = set(rights.visible(actor, verb, kind, model.objects.all()).values_list("pk", flat=True))
            may = {row.pk for row in model.objects.all() if rights.allows(actor, verb, kind, row)}
            assert shown == may, (actor.name, verb, model.__name__)
            allowed[verb] += len(may)
    assert set(allowed) >= {"create", "read", "update", "delete", "export"}


def test_a_seller_opens_a_board_where_deals_are_in_flight() -> None:
    move_in()
    with runtime.pinned(runtime.newest()):
        seen = board.board(named(company.ADMINISTRATOR), pipeline_uid="vente", asked=Asked(), at=AT)
    assert len(seen["stages"]) == 7
    assert seen["totals"]["count"] > 0


def test_the_company_does_not_move_in_where_others_work() -> None:
    make.person("zoe@elsewhere.example")
    with pytest.raises(establish.SomebodyWorksHere):
        establish.is_there()
    with pytest.raises(establish.SomebodyWorksHere):
        forget.forget()


def test_an_interrupted_move_is_said() -> None:
    make.person(company.ADMINISTRATOR)
    with pytest.raises(establish.DemoInterrupted):
        establish.is_there()
