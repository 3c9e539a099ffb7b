"""A list is asked for as a file, its work followed and stopped, the file fetched by who asked for it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

import make
from portulan.automation import worker
from portulan.base import clock
from portulan.people.actor import Actor
from portulan.people.models import User
from sale import BLIND, deal

pytestmark = pytest.mark.usefixtures("crm")
ASK = "/api/records/opportunity/export"


@pytest.fixture(autouse=True)
def _shelf(settings: Any, tmp_path: Path) -> None:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"documents": place}


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.id or 0))
    return client


def asked(client: Client, **body: Any) -> Any:
    return client.post(ASK, body, content_type="application/json")


def test_a_workbook_is_asked_for_followed_and_fetched() -> None:
    claire = make.actor()
    for name in ("B", "A", "Autre"):
        deal(claire, name=f"Étude {name}" if name != "Autre" else name)
    seller = signed_in(claire)
    answer = asked(seller, format="xlsx", words="etude", sort="name", columns=["name", "amount"])
    assert answer.status_code == 200
    job = answer.json()["job"]
    assert seller.get(f"/api/exports/{job}").json()["code"] == "automation.export_not_ready"
    assert worker._do_job(clock.now())
    told = seller.get(f"/api/jobs/{job}").json()
    assert (told["state"], told["progress"], told["result"]["count"]) == ("done", 1, 2)
    sent: Any = seller.get(f"/api/exports/{job}")
    assert sent["Content-Disposition"].startswith('attachment; filename="Affaires ')
    assert sent["Cache-Control"] == "private, no-store"
    sheet = openpyxl.load_workbook(BytesIO(b"".join(sent.streaming_content))).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == ["Nom", "Étude A", "Étude B"]


def test_what_is_stopped_before_the_worker_comes_is_never_written() -> None:
    seller = signed_in(make.actor())
    job = asked(seller).json()["job"]
    assert seller.post(f"/api/jobs/{job}/cancel").json()["state"] == "cancelled"
    assert not worker._do_job(clock.now())
    assert seller.get(f"/api/exports/{job}").json()["code"] == "automation.export_gone"


def test_what_may_not_be_taken_out_is_refused_when_asked_for_and_says_why() -> None:
    seller, blind = signed_in(make.actor()), signed_in(make.actor("aveugle@nordet.example", role=BLIND.uid))
    assert asked(blind).status_code == 403
    for wrong in (
        {"columns": ["secret"]}, {"sort": "secret"}, {"condition": "{"}, {"format": "pdf"},
        {"condition": '{"field":"secret","test":"empty"}'}, {"columns": ["name"] * 501},
    ):  # fmt: skip
        refused = asked(seller, **wrong)
        assert refused.status_code == 422, wrong
        assert refused.json()["problems"], wrong


def test_a_file_is_for_who_asked_for_it() -> None:
    seller = signed_in(make.actor())
    job = asked(seller).json()["job"]
    worker._do_job(clock.now())
    other = signed_in(make.actor("bruno@nordet.example"))
    assert other.get(f"/api/exports/{job}").status_code == 404
    assert Client().get(f"/api/exports/{job}").status_code == 401
    sent: Any = seller.get(f"/api/exports/{job}")
    assert b"".join(sent.streaming_content)
