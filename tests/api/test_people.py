"""Over HTTP, administrators manage people, and look through their eyes without changing anything."""

import json
from typing import Any

import pytest
from django.test import Client

import make
from portulan.people import actor as actors
from portulan.people import operations
from portulan.people.models import User
from sale import deal

pytestmark = pytest.mark.usefixtures("crm")


def signed_in(user_id: int) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(pk=user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def send(client: Client, verb: str, path: str, **body: Any) -> Any:
    return client.generic(verb, path, json.dumps(body), content_type="application/json")


@pytest.fixture
def admin() -> Client:
    made = make.person("alix.morel@nordet.example")
    operations.set_administrator(actors.system(), user_id=made, is_admin=True, at=make.AT)
    return signed_in(made)


def test_somebody_is_invited_chooses_a_password_and_signs_in(admin: Client) -> None:
    whom = {"email": "nina@nordet.example", "name": "Nina Faure", "roles": ["sales"], "team": "Nord"}
    made = send(admin, "POST", "/api/people", **whom).json()
    chosen = send(Client(), "POST", "/api/welcome", link=made["link"], password="une rose des vents")
    assert chosen.json() == {"email": "nina@nordet.example"}
    assert (
        send(Client(), "POST", "/api/welcome", link=made["link"], password="une autre rose").status_code
        == 409
    )
    assert User.objects.get(pk=made["id"]).check_password("une rose des vents")
    roster = admin.get("/api/roster").json()
    assert {one["name"]: one["roles"] for one in roster["people"]}["Nina Faure"] == ["sales"]
    path = f"/api/people/{made['id']}"
    assert send(admin, "PATCH", path, roles=["manager"], is_active=False).status_code == 204
    assert send(admin, "POST", f"{path}/teams", team="Sud", parent="Nord").status_code == 204
    assert admin.delete(f"{path}/teams/{roster['teams'][0]['id']}").status_code == 204
    assert send(admin, "POST", f"{path}/reset").status_code == 404


def test_an_administrator_sees_as_a_seller_and_changes_nothing(admin: Client) -> None:
    claire, bruno = make.actor(), make.actor("bruno@nordet.example")
    deal(claire, name="De Claire")
    deal(name="De personne")
    assert send(admin, "POST", f"/api/people/{claire.id}/see").status_code == 204
    session = admin.get("/api/session").json()
    assert (session["user"]["name"], session["seen_by"]) == ("Claire Lambert", "Alix Morel")
    rows = admin.get("/api/records/opportunity").json()["rows"]
    assert [row["title"] for row in rows] == ["De Claire"]
    refused = send(admin, "POST", "/api/records/opportunity", values={"name": "Non"})
    assert (refused.status_code, refused.json()["code"]) == (403, "api.only_looking")
    assert send(admin, "POST", "/api/records/opportunity/export").status_code == 403
    assert send(admin, "POST", f"/api/people/{bruno.id}/see").status_code == 403
    assert send(admin, "POST", "/api/session/myself").status_code == 204
    assert admin.get("/api/session").json()["is_admin"]
    send(admin, "POST", f"/api/people/{claire.id}/see")
    operations.deactivate(actors.system(), user_id=claire.id or 0, at=make.AT)
    assert admin.get("/api/session").json()["is_admin"]


def test_rights_are_told_with_the_role_that_gives_them(admin: Client) -> None:
    claire = make.actor()
    told = {one["object"]: one for one in admin.get(f"/api/people/{claire.id}/rights").json()}
    reading = told["opportunity"]["verbs"]["read"]
    assert (reading["scope"], [one["fr"] for one in reading["by"]]) == ("team", ["Commercial"])
    assert told["ticket"]["verbs"]["update"] == {"scope": "none", "by": []}


def test_nobody_else_manages_people() -> None:
    claire = make.actor()
    seller = signed_in(claire.id or 0)
    for verb, path in (
        ("GET", "/api/roster"), ("POST", "/api/people"), ("PATCH", f"/api/people/{claire.id}"),
        ("POST", f"/api/people/{claire.id}/reset"), ("POST", f"/api/people/{claire.id}/see"),
        ("GET", f"/api/people/{claire.id}/rights"), ("POST", f"/api/people/{claire.id}/teams"),
    ):  # fmt: skip
        body = {"email": "x@nordet.example", "name": "X", "team": "Y", "roles": ["revops"]}
        assert send(seller, verb, path, **body).status_code == 403, path
