"""The plan is read, applied and undone through the API, and the configuration travels as one file."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import make
from portulan.automation import scenarios, worker
from portulan.base import clock
from portulan.maps import operations as maps
from portulan.people import actor as actors
from portulan.people.models import User
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()


def signed_in(role: str = "revops") -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(User.objects.get(pk=make.person(f"{role}@nordet.example", role=role)))
    return client


def answer(response: Any, status: int = 200) -> Any:
    assert response.status_code == status, response.content
    return response.json()


def publish(starter: str) -> None:
    drawn = maps.create(SYSTEM, title="", state="to_be", subject=None, starter=starter, at=make.AT)
    maps.publish(SYSTEM, id=drawn, at=make.AT)


@pytest.fixture
def base(transactional_db: None) -> Any:
    yield make.crm()
    make.no_crm()


def apply(client: Client, fates: dict[str, str] | None = None) -> Any:
    scenarios.prove(SYSTEM, at=make.AT)
    plan = answer(client.get("/api/plan"))
    body = {"hash": plan["hash"], "base_version": plan["base_version"], "fates": fates or {}}
    asked = client.post("/api/plan/apply", body, content_type="application/json")
    work()
    return asked


def work() -> None:
    while worker.run_once(at=clock.now()):
        pass


def built(client: Client, asked: Any) -> int:
    """Have what was asked for done, and return the version that it built."""
    job = answer(asked)["job"]
    work()
    told = answer(client.get("/api/plan/applying"))
    assert (told["job"], told["state"], told["red"]) == (job, "done", False), told
    return int(told["version"])


def test_a_published_map_becomes_a_plan_then_a_version_then_nothing_is_left_to_do(base: Snapshot) -> None:
    publish("vente")
    client = signed_in()
    plan = answer(client.get("/api/plan"))
    assert not plan["empty"]
    said = {change["say"]: change for change in plan["changes"]}
    change = said["Ajouter l’étape « Prospection » au pipeline « Cycle de vente »"]
    assert change["reason"]["map"] == "Cycle de vente"
    assert "+ « Source » rempli pour en sortir" in change["details"]
    job = answer(apply(client))["job"]
    told = answer(client.get(f"/api/jobs/{job}"))
    assert (told["state"], told["result"]) == ("done", {"version": 2}), told
    assert answer(client.get("/api/plan"))["empty"]
    assert answer(client.get("/api/schema"))["pipelines"][0]["stages"][0]["label"]["fr"] == "Prospection"
    assert answer(client.get("/api/versions"))[0]["may_undo"]
    body = {"n": 2}
    assert built(client, client.post("/api/versions/undo", body, content_type="application/json")) == 3
    assert answer(client.get("/api/schema"))["pipelines"] == []


def test_a_plan_read_before_another_was_applied_is_refused(base: Snapshot) -> None:
    publish("vente")
    client = signed_in()
    read = answer(client.get("/api/plan"))
    assert apply(client).status_code == 200
    body = {"hash": read["hash"], "base_version": read["base_version"]}
    refused = answer(client.post("/api/plan/apply", body, content_type="application/json"), 409)
    assert refused["code"] == "blueprint.plan_is_stale"


def test_a_person_without_the_right_reads_the_plan_but_does_not_apply_it(base: Snapshot) -> None:
    publish("vente")
    assert apply(signed_in("sales")).status_code == 403


def test_the_session_says_what_one_may_do(base: Snapshot) -> None:
    session = answer(signed_in("sales").get("/api/session"))
    assert session["may"] == {"maps": False, "publish": False, "apply": False} | {
        name: may for name, may in session["may"].items() if name not in ("maps", "publish", "apply")
    }
    assert session["rights"]["opportunity"]["create"]
    assert not session["rights"]["ticket"]["update"]
    assert session["schema_version"] == 1


def test_the_configuration_exported_imported_elsewhere_and_exported_again_is_the_same_bytes(
    base: Snapshot,
) -> None:
    publish("vente")
    client = signed_in()
    assert apply(client).status_code == 200
    first = client.get("/api/configuration").content
    assert len(json.loads(first)["maps"]) == 1
    empty()
    make.crm()
    other = signed_in()
    file = SimpleUploadedFile("configuration.json", first)
    assert built(other, other.post("/api/configuration", {"file": file})) == 2
    assert other.get("/api/configuration").content == first
    assert answer(other.get("/api/plan"))["empty"]


def test_a_file_that_is_no_configuration_is_refused_with_the_places(base: Snapshot) -> None:
    file = SimpleUploadedFile("configuration.json", b'{"maps": [{"uid": 3}]}')
    refused = answer(signed_in().post("/api/configuration", {"file": file}), 422)
    assert refused["code"] == "records.configuration_not_readable"
    assert {"maps/0/title", "blueprint"} <= {one["where"] for one in refused["problems"]}


def empty() -> None:
    """Make the database what it is on a new instance."""
    from django.core.management import call_command  # noqa: PLC0415

    make.no_crm()
    call_command("flush", verbosity=0, interactive=False)


def test_a_stage_is_called_otherwise_here_then_given_back_to_the_map(base: Snapshot) -> None:
    publish("vente")
    client = signed_in()
    answer(apply(client))
    address, why = "/api/local/stages/vente/negociation", "/api/why/stages/vente/negociation"
    held = answer(client.get(why))["held"]
    assert (held["given"], held["label"]["fr"]) == ("Négociation", "Négociation")
    assert (held["local"], held["may"]) == (False, True)
    said = {"label": "Marchandage", "label_en": "Haggling"}
    assert answer(client.put(address, said, content_type="application/json"))["version"] == 3
    told = answer(client.get(why))
    words = {"fr": "Marchandage", "en": "Haggling"}
    assert told["label"] == "Marchandage"
    held = {"given": "Négociation", "label": words, "plural": None, "colour": None, "paintable": True}
    assert told["held"] == {**held, "local": True, "may": True}
    listed = {one["path"]: one for one in answer(client.get("/api/local"))}
    assert listed["vente/negociation"]["within"] == "Cycle de vente"
    assert listed["opportunity"]["held"]["local"] is False
    stages = answer(client.get("/api/schema"))["pipelines"][0]["stages"]
    assert "Marchandage" in [one["label"]["fr"] for one in stages]
    assert answer(client.get("/api/plan"))["empty"]
    refused = client.put(address, {"label": " "}, content_type="application/json")
    assert answer(refused, 422)["code"] == "records.setting_not_valid"
    seller = signed_in("sales")
    assert seller.put(address, said, content_type="application/json").status_code == 403
    assert seller.delete(address).status_code == 403
    answer(client.delete(address))
    assert answer(client.get(why))["held"]["local"] is False
    several = {"label": "Dossier", "plural": "Dossiers"}
    answer(client.put("/api/local/objects/opportunity", several, content_type="application/json"))
    objects = {one["uid"]: one for one in answer(client.get("/api/schema"))["objects"]}
    assert objects["opportunity"]["plural"]["fr"] == "Dossiers"
    assert client.delete(address).status_code == 404
    assert client.put("/api/local/rules/x", said, content_type="application/json").status_code == 422
    painted, violet = "/api/colours/stages/vente/negociation", {"colour": "violet"}
    assert seller.put(painted, violet, content_type="application/json").status_code == 403
    answer(client.put(painted, violet, content_type="application/json"))
    stages = {one["uid"]: one for one in answer(client.get("/api/schema"))["pipelines"][0]["stages"]}
    assert (stages["negociation"]["colour"], stages["prospection"]["colour"]) == ("violet", None)
    shown = [part for one in answer(client.get("/api/colours")) for part in one["parts"]]
    shades = {part["path"]: part["colour"] for part in shown}
    assert shades["vente/negociation"] == "violet"
    assert client.put(painted, {"colour": "pink"}, content_type="application/json").status_code == 422
