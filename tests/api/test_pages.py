"""Discussions through the API: what a reader may say, what the owner is told, what is refused."""

import json
from typing import Any

import pytest
from django.test import Client

import make
from portulan.people.models import User

pytestmark = pytest.mark.django_db


def signed_in(email: str, role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=make.person(email, role=role)))
    return client


def send(client: Client, method: str, path: str, **body: Any) -> Any:
    return client.generic(method, path, json.dumps(body), content_type="application/json")


def a_map(client: Client) -> str:
    body = {"title": "Cycle de vente", "subject": "opportunity", "starter": "vente"}
    return str(send(client, "POST", "/api/maps", **body).json()["id"])


def test_a_reader_comments_votes_and_is_told_of_the_answer() -> None:
    chief = signed_in("elodie.renard@nordet.example", "revops")
    claire = signed_in("claire.lambert@nordet.example", "sales")
    map_id = a_map(chief)
    said = {
        "target": "map",
        "id": map_id,
        "element": "proposition_envoyee",
        "kind": "irritant",
        "severity": 3,
    }
    opened = send(claire, "POST", "/api/threads", **said, body="Deux saisies", who="Commerciaux").json()["id"]
    assert send(chief, "PUT", f"/api/threads/{opened}/vote", given=True).status_code == 204
    assert send(chief, "POST", f"/api/threads/{opened}/messages", body="Vu").status_code == 204
    (thread,) = chief.get("/api/threads", {"target": "map", "id": map_id}).json()
    facts = ("element", "kind", "severity", "who", "votes", "voted", "may_close")
    assert [thread[fact] for fact in facts] == [
        "proposition_envoyee",
        "irritant",
        3,
        "Commerciaux",
        1,
        True,
        True,
    ]
    assert [one["author"]["name"] for one in thread["messages"]] == ["Claire Lambert", "Elodie Renard"]
    (notice,) = claire.get("/api/notices").json()
    assert notice["subject"] == f"map:{map_id}#proposition_envoyee"
    closing = send(chief, "POST", f"/api/threads/{opened}/close", state="resolved", reason="Corrigé")
    assert closing.status_code == 204
    assert send(chief, "POST", f"/api/threads/{opened}/close").json()["code"] == "pages.thread_closed"
    assert send(claire, "POST", f"/api/threads/{opened}/reopen").status_code == 204


def test_a_reader_gives_a_drawn_irritant_their_voice_and_takes_it_back() -> None:
    a_map(signed_in("elodie.renard@nordet.example", "revops"))
    claire = signed_in("claire.lambert@nordet.example", "sales")
    drawn = claire.get("/api/irritants").json()[0]
    path = f"/api/maps/{drawn['map_id']}/irritants/{drawn['key']}/vote"
    for given in (True, False):
        assert send(claire, "PUT", path, given=given).status_code == 204
        known = next(one for one in claire.get("/api/irritants").json() if one["key"] == drawn["key"])
        assert (known["votes"], known["voted"]) == (int(given), given)
    assert send(claire, "PUT", path.replace(drawn["key"], "inconnu"), given=True).status_code == 404
    assert Client().put(path).status_code == 401


def test_what_does_not_fit_and_who_is_signed_out_are_refused() -> None:
    chief = signed_in("elodie.renard@nordet.example", "revops")
    map_id = a_map(chief)
    empty = send(chief, "POST", "/api/threads", target="map", id=map_id, body=" ")
    assert empty.status_code == 422
    assert empty.json()["problems"][0]["detail"] == "Écrivez quelque chose."
    nowhere = send(chief, "POST", "/api/threads", target="map", id=map_id, element="rien", body="Ici ?")
    assert nowhere.status_code == 404
    assert Client().get("/api/threads", {"target": "map", "id": map_id}).status_code == 401
    assert chief.get("/api/proposals/mine").json() == {"made": 0, "accepted": 0, "open": 0}
