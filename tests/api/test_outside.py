"""Over HTTP, doors and webhooks are for builders alone; what comes through a door needs its secret."""

from typing import Any

import pytest
from django.test import Client

import make
from portulan.automation import deliveries
from portulan.automation.models import Delivery
from portulan.base import clock
from portulan.people.models import User
from portulan.records import operations

pytestmark = pytest.mark.usefixtures("vente")
FORM = {"label": "Site", "kind": "form", "object": "lead", "fields": ["name", "email"]}
JSON = "application/json"


def as_one(email: str, role: str) -> tuple[Client, Any]:
    actor, client = make.actor(email, role=role), Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(User.objects.get(pk=actor.id or 0), backend=backend)
    return client, actor


@pytest.fixture
def builder() -> Client:
    return as_one("elodie.renard@nordet.example", "revops")[0]


@pytest.fixture
def seller() -> tuple[Client, Any]:
    return as_one("claire.lambert@nordet.example", "sales")


def test_a_door_is_opened_used_told_and_closed(builder: Client) -> None:
    opened = builder.post("/api/doors", FORM, content_type=JSON).json()
    address = opened["address"].removeprefix("http://testserver")
    stranger = Client()
    said = {"name": "Rose Vidal", "email": "rose@vidal.example", "score": 99}
    taken = stranger.post(address, said, content_type=JSON)
    assert taken.status_code == 204, taken.json()["problems"]
    assert stranger.post("/api/inbound/rien", said, content_type=JSON).status_code == 404
    (door,) = builder.get("/api/doors").json()
    assert [one["record"]["title"] for one in door["calls"]] == ["Rose Vidal"]
    assert opened["address"] not in str(door)
    assert builder.delete(f"/api/doors/{door['id']}").status_code == 204
    assert stranger.post(address, said, content_type=JSON).status_code == 404
    assert builder.delete(f"/api/doors/{door['id']}").status_code == 404


def test_a_door_on_a_field_that_is_not_plain_is_refused(builder: Client) -> None:
    answer = builder.post("/api/doors", {**FORM, "fields": ["owner"]}, content_type=JSON)
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, "fields")


def test_what_was_given_up_is_told_with_its_rule_and_record_and_played_again(
    builder: Client, seller: tuple[Client, Any]
) -> None:
    row_id = operations.create(seller[1], object_name="lead", given={"name": "Rose"}, at=clock.now())
    url = "https://ailleurs.example/x"
    for state in (Delivery.State.DEAD, Delivery.State.DONE):
        one = deliveries.write(
            subject=f"lead:{row_id}", rule="vente_au_relance", url=url, body={}, at=clock.now()
        )
        Delivery.objects.filter(pk=one.pk).update(state=state)
    dead, done = builder.get("/api/deliveries").json()
    assert (dead["state"], dead["record"]["title"]) == ("dead", "Rose")
    assert dead["label"] != "vente_au_relance"
    assert builder.post(f"/api/deliveries/{dead['id']}/again").status_code == 204
    for gone in (dead, done):
        assert builder.post(f"/api/deliveries/{gone['id']}/again").status_code == 404


def test_who_builds_nothing_sees_neither_doors_nor_webhooks_nor_their_key(seller: tuple[Client, Any]) -> None:
    client, _ = seller
    one = "00000000-0000-7000-8000-000000000000"
    answers = [
        client.get("/api/doors"),
        client.post("/api/doors", FORM, content_type=JSON),
        client.delete(f"/api/doors/{one}"),
        client.get("/api/deliveries"),
        client.post(f"/api/deliveries/{one}/again"),
        client.get("/api/webhooks/keys"),
        client.post("/api/webhooks/keys/show", {"host": "ailleurs.example"}, content_type=JSON),
        client.post("/api/webhooks/keys/renew", {"host": "ailleurs.example"}, content_type=JSON),
    ]
    assert {each.status_code for each in answers} == {403}


def test_a_server_that_no_rule_calls_has_no_key(builder: Client) -> None:
    assert builder.get("/api/webhooks/keys").json() == []
    asked = builder.post("/api/webhooks/keys/show", {"host": "ailleurs.example"}, content_type=JSON)
    assert asked.status_code == 404


def test_a_signal_and_the_mails_of_a_record_are_for_those_who_see_it(
    builder: Client, seller: tuple[Client, Any]
) -> None:
    client, actor = seller
    row_id = operations.create(actor, object_name="lead", given={"name": "Rose"}, at=clock.now())
    address = f"/api/records/lead/{row_id}"
    assert client.post(f"{address}/signals", {"label": " Hésite "}, content_type=JSON).status_code == 204
    assert "Hésite" in client.get(f"{address}/timeline").json()["rows"][0]["say"]
    assert client.post(f"{address}/signals", {"label": " "}, content_type=JSON).status_code == 422
    assert client.get(f"{address}/mails").json() == []
    for path in ("mails", "timeline"):
        assert client.get(f"/api/records/lead/999999/{path}").status_code == 404
    answer = client.post("/api/records/lead/999999/signals", {"label": "x"}, content_type=JSON)
    assert answer.status_code == 404


def test_a_person_says_when_they_are_away_and_who_decides(seller: tuple[Client, Any]) -> None:
    client, actor = seller
    other = make.person("alix.morel@nordet.example", role="sales")
    mine = f"/api/people/{actor.id}/absence"
    away = {"begins_at": "2099-01-01T08:00:00Z", "ends_at": "2099-01-09T08:00:00Z", "delegate": other}
    assert client.get(mine).json() is None
    assert client.put(mine, away, content_type=JSON).status_code == 204
    assert client.get(mine).json() == away
    assert client.put(mine, {**away, "delegate": actor.id}, content_type=JSON).status_code == 422
    assert client.get(f"/api/people/{other}/absence").status_code == 403
    assert client.delete(mine).status_code == 204
    assert client.get(mine).json() is None
