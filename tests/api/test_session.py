"""People sign in by e-mail, stay signed in, and every write needs their token."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

import make

pytestmark = pytest.mark.django_db
LOGIN = "/_allauth/browser/v1/auth/login"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def browser() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.get("/api/session")
    return client


def send(client: Client, verb: str, path: str, body: Any = None) -> Any:
    token = {"X-CSRFToken": client.cookies["csrftoken"].value}
    return client.generic(verb, path, json.dumps(body or {}), content_type="application/json", headers=token)


def sign_in(client: Client, password: str = make.PASSWORD) -> Any:
    return send(client, "POST", LOGIN, {"email": "Claire.Lambert@nordet.example", "password": password})


def test_nobody_is_signed_in_at_first() -> None:
    answer = Client().get("/api/session")
    assert (answer.status_code, answer.json()["code"]) == (401, "api.signed_out")
    assert "csrftoken" in answer.cookies


def test_a_person_signs_in_and_out() -> None:
    make.person(role="sales")
    client = browser()
    assert sign_in(client).status_code == 200
    mine = client.get("/api/session").json()
    assert (mine["user"]["initials"], mine["roles"]) == ("CL", ["sales"])
    send(client, "DELETE", "/_allauth/browser/v1/auth/session")
    assert client.get("/api/session").status_code == 401


def test_a_wrong_password_is_refused_and_too_many_close_the_door() -> None:
    make.person()
    client = browser()
    assert {sign_in(client, "fausse-route-au-nord").status_code for _ in range(8)} <= {400, 429}
    assert sign_in(client).status_code in (400, 429)


def test_nobody_signs_up() -> None:
    body = {"email": "x@nordet.example", "password": make.PASSWORD}
    assert send(browser(), "POST", "/_allauth/browser/v1/auth/signup", body).status_code == 403


def test_a_write_without_its_token_is_refused() -> None:
    make.person()
    client = browser()
    sign_in(client)
    bare = client.patch("/api/session", json.dumps({"lang": "en"}), content_type="application/json")
    assert (bare.status_code, bare["Content-Type"]) == (403, "application/problem+json")
    assert send(client, "PATCH", "/api/session", {"lang": "en"}).json()["user"]["lang"] == "en"
    unknown = send(client, "PATCH", "/api/session", {"lang": "xx"})
    assert (unknown.status_code, unknown.json()["problems"][0]["where"]) == (422, "lang")


def test_the_directory_is_for_those_signed_in() -> None:
    make.person()
    client = browser()
    assert client.get("/api/people").status_code == 401
    sign_in(client)
    assert [one["name"] for one in client.get("/api/people").json()] == ["Claire Lambert"]


def test_every_answer_bears_the_content_security_policy() -> None:
    assert "frame-ancestors 'none'" in Client().get("/api/session")["Content-Security-Policy"]
