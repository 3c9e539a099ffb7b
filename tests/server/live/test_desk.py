"""What the live channel tells each person: what they may see, when it changes, and nothing else."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

import make
from portulan.maps import operations as maps
from portulan.pages import operations as pages
from portulan.pages.operations import Said
from portulan.pages.targets import Where
from portulan.people.actor import Actor
from portulan.people.models import User
from portulan.records import operations, runtime
from portulan.server.live import desk, log_reader
from portulan.server.live.message import RESYNC, Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def crm() -> Iterator[None]:
    with runtime.pinned(make.crm("vente")):
        yield
    make.no_crm()


def session_of(actor: Actor) -> str:
    user = User.objects.get(email=actor.email)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def seller(email: str, team: str) -> Actor:
    return make.acting(make.person(email, role="sales", team=team))


def deal(actor: Actor, name: str = "Trois capteurs") -> int:
    return operations.create(actor, object_name="opportunity", given={"name": name}, at=make.AT)


def test_a_person_hears_of_the_deals_that_they_may_see_and_of_no_other() -> None:
    claire, nadia = (
        seller("claire@nordet.example", "Ventes Nord"),
        seller("nadia@nordet.example", "Ventes Sud"),
    )
    hers, other = session_of(claire), session_of(nadia)
    reading = desk.Desk()
    made = deal(claire)
    told = reading.news([hers, other])
    assert told[other] == []
    (message,) = told[hers] or []
    assert message.event == "record.changed"
    assert message.data == {"object": "opportunity", "id": made, "version": 1, "stage": "prospection"}


def test_nothing_is_told_twice_and_silence_costs_no_question_of_rights() -> None:
    claire = seller("claire@nordet.example", "Ventes Nord")
    key = session_of(claire)
    reading = desk.Desk()
    deal(claire)
    assert reading.news([key])[key]
    assert reading.news([key]) == {}


def test_who_is_deactivated_hears_the_end() -> None:
    claire = seller("claire@nordet.example", "Ventes Nord")
    key = session_of(claire)
    reading = desk.Desk()
    deal(claire)
    User.objects.filter(email=claire.email).update(is_active=False)
    assert reading.news([key]) == {key: None}
    assert desk.listener("nobody’s") is None


def test_when_too_much_happens_everything_may_be_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_reader, "MOST", 2)
    claire = seller("claire@nordet.example", "Ventes Nord")
    key = session_of(claire)
    reading = desk.Desk()
    for n in range(4):
        deal(claire, f"Affaire {n}")
    assert reading.news([key])[key] == list(RESYNC)
    assert reading.flooded
    assert reading.news([key]) == {}


def test_a_message_travels_as_a_server_sent_event() -> None:
    assert (
        Message("map.changed", {"id": "m"}, "7").raw() == b'id: 7\nevent: map.changed\ndata: {"id":"m"}\n\n'
    )


def test_who_may_read_a_map_hears_of_what_is_said_on_it_and_who_is_mentioned_of_a_notice() -> None:
    chief = make.acting(make.person("elodie@nordet.example", role="revops"))
    claire, nadia = (
        seller("claire@nordet.example", "Ventes Nord"),
        seller("nadia@nordet.example", "Ventes Sud"),
    )
    made = maps.create(chief, title="Cycle", state="to_be", subject=None, starter="vente", at=make.AT)
    hers, other = session_of(claire), session_of(nadia)
    reading = desk.Desk()
    where, said = Where("map", made), Said("comment", f"@[{nadia.id}] ?")
    pages.open_thread(claire, where=where, said=said, at=make.AT)
    told = reading.news([hers, other])
    assert [(one.event, one.data) for one in told[hers] or []] == [
        ("thread.changed", {"target": "map", "id": str(made)})
    ]
    assert [one.event for one in told[other] or []] == ["thread.changed", "notice.changed"]
    assert reading.news([hers, other]) == {}
