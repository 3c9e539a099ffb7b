"""A session works in the sandbox of its person: the same screens, another database, nothing real changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

import make
from portulan.automation import staging
from portulan.automation.jobs import JobContext
from portulan.maps import operations as maps
from portulan.people import actor as actors
from portulan.people.models import User
from portulan.records import operations, runtime

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()


@pytest.fixture
def desk(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[tuple[Client, int]]:
    """A builder signed in, a deal, and their sandbox of the published maps."""
    settings.DATA_DIR = tmp_path
    published = maps.create(SYSTEM, title="", state="to_be", subject=None, starter="vente", at=make.AT)
    maps.publish(SYSTEM, id=published, at=make.AT)
    chief = make.person("elodie.renard@nordet.example", role="revops")
    with runtime.pinned(make.crm("vente")):
        deal = operations.create(SYSTEM, object_name="opportunity", given={"name": "Pilote"}, at=make.AT)
    staging.build(JobContext(uuid4(), {"fates": {}}, chief, lambda _share, _said: True))
    client = Client(headers={"accept-language": "fr"})
    client.force_login(User.objects.get(pk=chief))
    yield client, deal
    make.no_crm()


def test_what_is_tried_in_a_sandbox_never_reaches_the_real_crm(desk: tuple[Client, int]) -> None:
    client, deal = desk
    address = f"/api/records/opportunity/{deal}"
    assert client.get("/api/session").json()["sandbox"] is False
    assert client.post("/api/sandbox/enter").status_code == 204
    told = client.get("/api/session").json()
    assert (told["sandbox"], told["live"], told["user"]["name"]) == (True, "", "Elodie Renard")
    inside = client.get(address).json()
    assert inside["title"] == f"Affaire {deal}"
    body = {"version": inside["version"], "values": {"amount": "7"}}
    assert client.patch(address, body, content_type="application/json").status_code == 200
    refused = client.post("/api/maps", {"title": "Autre"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "api.in_sandbox")
    taken = client.post("/api/records/opportunity/export", {}, content_type="application/json")
    assert (taken.status_code, taken.json()["code"]) == (409, "api.in_sandbox")
    assert client.post("/api/sandbox/leave").status_code == 204
    assert client.get(address).json()["title"] == "Pilote"
    assert client.get(address).json()["values"]["amount"] is None


def test_a_sandbox_thrown_away_is_left_and_nobody_enters_that_of_another(desk: tuple[Client, int]) -> None:
    client, _ = desk
    assert client.post("/api/sandbox/enter").status_code == 204
    assert client.delete("/api/sandbox").status_code == 204
    assert client.get("/api/sandbox").json() == {"built_at": None, "inside": False}
    assert client.post("/api/sandbox/enter").status_code == 404
    other = Client()
    other.force_login(User.objects.get(pk=make.person("claire.lambert@nordet.example", role="sales")))
    assert other.post("/api/sandbox/enter").status_code == 404
    assert other.post("/api/sandbox", {}, content_type="application/json").status_code == 403
