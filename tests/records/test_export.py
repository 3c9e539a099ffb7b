"""An export holds what one may export, harms no spreadsheet, and is logged."""

import csv
from io import StringIO
from typing import Any

import pytest

import make
from portulan.base.refusals import NotAllowed
from portulan.events import queries as events
from portulan.people.actor import Actor
from portulan.records import export
from portulan.records.asked import Asked
from sale import BLIND, SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")


def exported(actor: Actor, name: str = "opportunity", **asked: Any) -> list[dict[str, str]]:
    text = "".join(export.export(actor, object_name=name, asked=Asked(**asked), at=make.AT))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline=""), delimiter=";"))


def test_an_export_holds_the_rows_asked_for_as_people_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_PAGE", 2)
    account = record("account", name="Nordet")
    for rank in range(5):
        deal(name=f"Étude {rank}", amount="1200.5", source="fair", account=account)
    deal(name="Autre")
    rows = exported(SYSTEM, words="etude", sort="-name")
    assert [row["Nom"] for row in rows] == [f"Étude {rank}" for rank in (4, 3, 2, 1, 0)]
    assert {(row["Montant"], row["Source"], row["Compte"]) for row in rows} == {
        ("1200,50", "Salon", "Nordet")
    }
    (event,) = events.of_subject("object:opportunity")
    assert (event.kind, event.data["count"], event.data["words"]) == ("record.exported", 5, "etude")


@pytest.mark.parametrize("name", ["=1+1", "+33", "-2", "@SUM(A1)", '=HYPERLINK("http://x";"y")'])
def test_no_text_is_run_by_a_spreadsheet(name: str) -> None:
    deal(name=name, amount="-5")
    (row,) = exported(SYSTEM)
    assert (row["Nom"], row["Montant"]) == (f"'{name}", "-5,00")


def test_one_exports_what_ones_role_gives() -> None:
    claire, blind = make.actor(), make.actor("aveugle@nordet.example", role=BLIND.uid)
    deal(claire, name="À moi")
    deal(name="À d’autres")
    assert [row["Nom"] for row in exported(claire)] == ["À moi"]
    with pytest.raises(NotAllowed):
        exported(blind)
