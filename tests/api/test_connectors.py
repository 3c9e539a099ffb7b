"""Over HTTP, the sheet of a workbook is picked, and what it lacks is refused."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import make
from portulan.people.models import User

pytestmark = pytest.mark.usefixtures("crm")


@pytest.fixture
def seller(settings: Any, tmp_path: Path) -> Client:
    settings.DATA_DIR = tmp_path
    client = Client()
    client.force_login(User.objects.get(pk=make.actor().id or 0))
    return client


def workbook() -> SimpleUploadedFile:
    book, out = openpyxl.Workbook(), BytesIO()
    book.worksheets[0].append(("Nom", "Ville"))
    book.create_sheet("Affaires").append(("Affaire", "Montant"))
    book.save(out)
    return SimpleUploadedFile("classeur.xlsx", out.getvalue())


def test_a_sheet_is_picked_and_its_columns_are_proposed(seller: Client) -> None:
    sent = seller.post("/api/imports?object_name=opportunity", {"file": workbook()})
    path = f"/api/imports/{sent.json()['id']}"
    one = seller.get(path).json()
    assert (one["sheet"], [each["name"] for each in one["sheets"]]) == ("Sheet", ["Sheet", "Affaires"])
    picked = seller.put(f"{path}/sheet", {"sheet": "Affaires"}, content_type="application/json").json()
    assert (picked["sheet"], picked["header"]) == ("Affaires", ["Affaire", "Montant"])
    refused = seller.put(f"{path}/sheet", {"sheet": "Rien"}, content_type="application/json")
    assert (refused.status_code, refused.json()["problems"][0]["code"]) == (422, "connectors.no_such_sheet")
