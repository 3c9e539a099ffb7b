"""Maps through the API: what the canvas sends and reads, and every refusal it must be ready for."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import make
from portulan.people.models import User

pytestmark = pytest.mark.django_db


def signed_in(email: str = "claire.lambert@nordet.example", role: str = "revops") -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=make.person(email, role=role)))
    return client


@pytest.fixture
def chief() -> Client:
    return signed_in()


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json")


def put(client: Client, path: str, **body: Any) -> Any:
    return client.put(path, json.dumps(body), content_type="application/json")


def created(client: Client, **more: Any) -> str:
    body = {"title": "Cycle de vente", "state": "to_be", "subject": "opportunity", "starter": "vente", **more}
    return f"/api/maps/{post(client, '/api/maps', **body).json()['id']}"


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_a_map_is_made_from_a_starter_and_listed(chief: Client) -> None:
    listed = chief.get("/api/starters").json()
    assert [one["name"] for one in listed] == ["vente", "marketing", "support", "succes"]
    assert listed[0]["title"] == "Cycle de vente"
    assert len(listed[0]["sectors"]) == 4
    path = created(chief)
    (one,) = chief.get("/api/maps").json()
    assert f"/api/maps/{one['id']}" == path
    facts = ("uid", "state", "subject", "published_n", "steps", "errors", "warnings")
    assert [one[fact] for fact in facts] == ["vente", "to_be", "opportunity", None, 7, 0, 0]


def test_what_is_read_can_be_saved_and_read_again(chief: Client) -> None:
    path = created(chief)
    read = chief.get(path).json()
    known = {"field": "amount", "test": "empty", "value": None}
    read["map"]["steps"][0]["exit"][0]["condition"] = {"not": known}
    layout = {"positions": {"gagne": {"x": 10.5, "y": 20, "placed": True}}}
    saved = put(chief, path, version=read["version"], map=read["map"], layout=layout)
    assert saved.json() == {"version": 2, "findings": []}
    again = chief.get(path).json()
    assert (again["map"], again["layout"]) == (read["map"], layout)


def test_findings_come_with_their_element_and_their_sentence(chief: Client) -> None:
    path = created(chief)
    read = chief.get(path).json()
    read["map"]["phases"].pop(0)
    saved = put(chief, path, version=1, map=read["map"], layout=read["layout"]).json()
    assert {
        "severity": "error",
        "code": "maps.no_phase",
        "element": "prospection",
        "about": "",
        "say": "«\u202fProspection\u202f» n’est dans aucune phase.",
    } in saved["findings"]
    refused = chief.post(f"{path}/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "maps.not_publishable")
    assert {problem["where"] for problem in refused.json()["problems"]} == {"prospection", "premier_contact"}


def test_a_save_from_an_old_version_is_refused_with_both(chief: Client) -> None:
    path = created(chief)
    read = chief.get(path).json()
    body = {"version": 1, "map": read["map"], "layout": read["layout"]}
    assert put(chief, path, **body).status_code == 200
    refused = put(chief, path, **body)
    assert (refused.status_code, refused.json()["code"]) == (409, "maps.changed_meanwhile")
    details = refused.json()["details"]
    assert (details["version"], details["mine"]["version"], details["theirs"]["version"]) == (2, 1, 2)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"colour": 1}, "colour"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "nul \0"}, "/"),
        ({"title": "half \ud800"}, "title"),
        ({"lanes": [{"id": "a", "label": "A", "hue": 400}]}, "lanes/0/hue"),
        ({"steps": [{"id": "Not An Id", "label": "x", "lane": "a", "phase": "b"}]}, "steps/0/id"),
        ({"phases": [{"id": "a"}]}, "phases/0/label"),
        (
            {"passages": [{"id": "p", "source": "a", "target": "b", "before": {"condition": {"zzz": 1}}}]},
            "passages/0/before/condition",
        ),
    ],
)
def test_what_is_no_map_is_refused_at_its_place(chief: Client, change: dict[str, Any], where: str) -> None:
    path = created(chief)
    read = chief.get(path).json()
    refused = put(chief, path, version=1, map={**read["map"], **change}, layout=read["layout"])
    assert (refused.status_code, refused.json()["code"]) == (422, "maps.not_readable")
    assert [problem["where"] for problem in refused.json()["problems"]] == [where]


def test_a_condition_without_end_is_refused(chief: Client) -> None:
    path = created(chief)
    read = chief.get(path).json()
    condition: dict[str, Any] = {"field": "amount", "test": "empty"}
    for _ in range(400):
        condition = {"not": condition}
    read["map"]["passages"][0]["before"]["condition"] = condition
    assert put(chief, path, version=1, map=read["map"], layout=read["layout"]).status_code == 422


def test_a_position_that_is_no_number_is_refused(chief: Client) -> None:
    path = created(chief)
    read = chief.get(path).json()
    layout = {"positions": {"gagne": {"x": float("nan"), "y": 1}}}
    assert put(chief, path, version=1, map=read["map"], layout=layout).status_code == 422


def test_a_map_is_published_again_and_its_versions_say_what_changed(chief: Client) -> None:
    path = created(chief)
    assert chief.post(f"{path}/publish").json() == {"n": 1}
    assert chief.post(f"{path}/publish").json()["code"] == "maps.nothing_new"
    read = chief.get(path).json()
    read["map"]["steps"][4]["label"] = "Négocier"
    put(chief, path, version=1, map=read["map"], layout=read["layout"])
    assert chief.post(f"{path}/publish").json() == {"n": 2}
    newest, first = chief.get(f"{path}/versions").json()
    assert newest["says"] == [
        "Étape\u202f: «\u202fNégociation\u202f» s’appelle désormais «\u202fNégocier\u202f»"
    ]
    assert newest["author"]["initials"] == "CL"
    assert post(chief, f"{path}/versions/{first['n']}/restore").json() == {"version": 3}
    assert chief.get(path).json()["map"]["steps"][4]["label"] == "Négociation"


def test_the_to_be_is_compared_with_the_as_is(chief: Client) -> None:
    as_is = created(chief, state="as_is", title="Aujourd’hui")
    made = post(chief, f"{as_is}/duplicate", state="to_be", title="Demain").json()["id"]
    to_be = f"/api/maps/{made}"
    read = chief.get(to_be).json()
    assert read["pair"] == {"as_is": as_is.split("/")[-1], "to_be": made}
    step = read["map"]["steps"].pop(4)
    read["map"]["passages"] = [
        way for way in read["map"]["passages"] if step["id"] not in (way["source"], way["target"])
    ]
    put(chief, to_be, version=1, map=read["map"], layout={"positions": {}})
    gap = chief.get(f"{as_is}/gap/{made}").json()
    assert ("removed", "step", "negociation") in {(one["kind"], one["what"], one["element"]) for one in gap}
    assert "Étape en moins\u202f: «\u202fNégociation\u202f»" in {one["say"] for one in gap}
    taken = post(chief, f"{as_is}/duplicate", state="to_be", title="Demain")
    assert (taken.status_code, taken.json()["code"]) == (409, "maps.place_taken")


def test_a_map_goes_to_the_bin_and_comes_back(chief: Client) -> None:
    path = created(chief)
    assert chief.delete(path).status_code == 204
    assert chief.get(path).status_code == 404
    assert len(chief.get("/api/maps?bin=true").json()) == 1
    assert chief.post(f"{path}/restore").status_code == 204
    assert chief.get(path).status_code == 200


def test_a_reader_reads_and_changes_nothing(chief: Client) -> None:
    path = created(chief)
    reader = signed_in("tom.girard@nordet.example", role="sales")
    read = reader.get(path).json()
    assert read["may"] == {"update": False, "publish": False}
    body = {"version": 1, "map": read["map"], "layout": read["layout"]}
    answers = [
        put(reader, path, **body),
        post(reader, "/api/maps", title="À moi"),
        post(reader, f"{path}/duplicate", state="as_is"),
        reader.post(f"{path}/publish"),
        reader.delete(path),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert Client().get(path).status_code == 401


def test_an_unknown_map_or_starter_is_not_there(chief: Client) -> None:
    assert chief.get("/api/maps/018f0000-0000-7000-8000-000000000000").status_code == 404
    assert chief.get("/api/maps/nothing").status_code == 404
    assert post(chief, "/api/maps", title="X", starter="../vente").status_code == 404


def test_the_list_and_a_map_take_as_many_queries_whatever_their_number(chief: Client) -> None:
    path = created(chief)
    alone = [queries_of(chief, one) for one in ("/api/maps", path, f"{path}/versions")]
    for n in range(5):
        created(chief, title=f"Carte {n}", starter=None)
    chief.post(f"{path}/publish")
    assert [queries_of(chief, one) for one in ("/api/maps", path)] == alone[:2]
    assert alone[0] <= 6
    assert queries_of(chief, f"{path}/versions") <= 8


def imported(client: Client, raw: bytes, **fields: str) -> Any:
    return client.post("/api/maps/import", {"file": SimpleUploadedFile("carte.bpmn", raw), **fields})


def test_a_map_leaves_as_bpmn_and_comes_back(chief: Client) -> None:
    path = created(chief)
    chief.post(f"{path}/publish")
    answer = chief.get(f"{path}/files/bpmn")
    assert answer["Content-Disposition"] == 'attachment; filename="vente.bpmn"'
    drawn = chief.get(path).json()["map"]
    again = imported(chief, answer.content).json()
    assert again["left_out"] == []
    assert chief.get(f"/api/maps/{again['id']}").json()["map"]["uid"] == "vente_2"
    chief.delete(path)
    back = imported(chief, answer.content).json()["id"]
    assert chief.get(f"/api/maps/{back}").json()["map"] == drawn


def test_a_drawing_of_another_tool_becomes_an_as_is_map_told_what_it_left_out(chief: Client) -> None:
    raw = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="a" name="Ventes">'
        b'<task id="t" name="Prospection"/><textAnnotation id="n"/></process></definitions>'
    )
    created(chief)
    made = imported(chief, raw, subject="opportunity").json()
    assert made["left_out"] == ["1 note ou groupe n’est pas repris."]
    drawn = chief.get(f"/api/maps/{made['id']}").json()["map"]
    assert (drawn["title"], drawn["state"], drawn["subject"]) == ("Ventes", "as_is", "opportunity")
    assert drawn["steps"][0]["id"] == "prospection_2"


def test_a_hostile_file_is_refused_and_a_reader_imports_nothing(chief: Client) -> None:
    refused = imported(chief, b'<!DOCTYPE x [<!ENTITY a "b">]><definitions>&a;</definitions>')
    assert (refused.status_code, refused.json()["code"]) == (422, "maps.bpmn_not_readable")
    reader = signed_in("tom.girard@nordet.example", role="sales")
    assert imported(reader, b"<a/>").status_code == 403
    assert imported(chief, b"<a/>", state="someday").status_code == 422


def test_a_reader_takes_a_map_away_in_every_format_and_draws_nothing(chief: Client) -> None:
    path = created(chief)
    reader = signed_in("tom.girard@nordet.example", role="sales")
    for form, suffix in (("bpmn", "bpmn"), ("json", "json"), ("markdown", "md"), ("opml", "opml")):
        answer = reader.get(f"{path}/files/{form}")
        assert answer["Content-Disposition"] == f'attachment; filename="vente.{suffix}"'
        assert answer.content
    assert reader.get(f"{path}/files/exe").status_code == 422
    sight = {"width": 300, "height": 100, "shapes": [{"label": "Appel", "x": 0, "y": 0, "w": 172, "h": 62}]}
    assert b"Appel" in post(reader, f"{path}/drawing/svg", **sight).content
    assert post(reader, f"{path}/drawing/a3", **sight).content.startswith(b"%PDF")
    assert post(reader, f"{path}/drawing/a3", **{**sight, "width": "NaN"}).status_code == 422


def test_an_outline_becomes_a_mind_map_and_json_the_same_map(chief: Client) -> None:
    raw = b'<opml version="2.0"><body><outline text="DSI"><outline text="Objectifs"/></outline></body></opml>'
    made = chief.post("/api/maps/import", {"file": SimpleUploadedFile("persona.opml", raw)}).json()
    drawn = chief.get(f"/api/maps/{made['id']}").json()["map"]
    assert (drawn["kind"], drawn["title"], len(drawn["steps"])) == ("mind", "persona", 2)
    whole = chief.get(f"{created(chief)}/files/json").content
    again = chief.post("/api/maps/import", {"file": SimpleUploadedFile("vente.json", whole)}).json()
    assert chief.get(f"/api/maps/{again['id']}").json()["map"]["uid"] == "vente_2"


def test_a_map_leaves_as_an_outline(chief: Client) -> None:
    answer = chief.get(f"{created(chief)}/files/markdown")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.content.decode().startswith("# Cycle de vente\n")


def test_a_finding_that_one_move_mends_says_so_and_is_mended_without_saving(chief: Client) -> None:
    path = created(chief)
    known = chief.get(path).json()
    known["map"]["passages"] = [one for one in known["map"]["passages"] if one["source"] != "premier_contact"]
    saved = put(chief, path, version=known["version"], map=known["map"], layout=known["layout"]).json()
    found = next(one for one in saved["findings"] if one["code"] == "maps.no_way_out")
    (offer,) = [one for one in chief.get(f"{path}/fixes").json() if one["code"] == found["code"]]
    assert offer["say"]
    asked = {"map": known["map"], **{key: found[key] for key in ("code", "element", "about")}}
    mended = post(chief, "/api/maps/fix", **asked).json()["map"]
    assert len(mended["passages"]) == len(known["map"]["passages"]) + 1
    assert chief.get(path).json()["version"] == saved["version"]
    assert post(chief, "/api/maps/fix", **{**asked, "map": mended}).json()["code"] == "maps.nothing_to_fix"


def test_a_starter_is_looked_at_then_taken_as_a_sector_and_a_language_know_it(chief: Client) -> None:
    seen = chief.get("/api/starters/vente?sector=saas&lang=en").json()
    assert "Trial running" in seen["stages"]
    assert all(seen[part] for part in ("fields", "criteria", "rules", "frictions", "documents", "scenarios"))
    path = created(chief, starter="vente/saas/en", title="")
    taken = chief.get(path).json()
    assert [step["label"] for step in taken["map"]["steps"]] == seen["stages"]
    assert taken["findings"] == []
    assert chief.get("/api/starters/vente?sector=mines").status_code == 404
    assert post(chief, "/api/maps", title="", starter="vente/saas/en/x").status_code == 404
