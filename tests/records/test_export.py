"""An export holds what one may export, harms no spreadsheet, and is logged."""

import csv
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import make
from portulan.base.refusals import NotAllowed
from portulan.events import queries as events
from portulan.people.actor import Actor
from portulan.records import export
from portulan.records.asked import Asked, SortNotValid
from portulan.records.export import ExportNotValid, Taken, Wanted
from sale import BLIND, SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")
HOSTILE = ["=1+1", "+33", "-2", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "\t=1", "#N/A", "{=1}"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list"


def taken(actor: Actor, path: Path, wanted: Wanted, name: str = "opportunity", **more: Any) -> Taken:
    return export.write(actor, object_name=name, wanted=wanted, path=path, at=make.AT, **more)


def lines(actor: Actor, path: Path, columns: tuple[str, ...] | None = None, **asked: Any) -> list[Any]:
    taken(actor, path, Wanted(Asked(**asked), "csv", columns))
    text = path.read_bytes().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline=""), delimiter=";"))


def sheet(actor: Actor, path: Path, columns: tuple[str, ...] | None = None, **asked: Any) -> Any:
    taken(actor, path, Wanted(Asked(**asked), "xlsx", columns))
    with path.open("rb") as file:
        return openpyxl.load_workbook(file).active


def test_an_export_holds_the_rows_asked_for_as_people_read_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_PAGE", 2)
    account = record("account", name="Nordet")
    for rank in range(5):
        deal(name=f"Étude {rank}", amount="1200.5", source="fair", account=account)
    deal(name="Autre")
    rows = lines(SYSTEM, path, words="etude", sort="-name")
    assert [row["Nom"] for row in rows] == [f"Étude {rank}" for rank in (4, 3, 2, 1, 0)]
    assert {(row["Montant"], row["Source"], row["Compte"], row["Étape"]) for row in rows} == {
        ("1200,50", "Salon", "Nordet", "Contact")
    }


def test_a_workbook_holds_days_and_numbers_as_such_under_a_header_that_stays_in_sight(path: Path) -> None:
    deal(name="Étude", amount="1200.5", close_on="2026-06-30", probability=40)
    found = sheet(SYSTEM, path, ("name", "amount", "close_on", "created_at", "source"))
    header, row = found.iter_rows()
    assert [cell.value for cell in header] == ["id", "Nom", "Montant", "Clôture prévue", "Créé le", "Source"]
    assert [cell.value for cell in row[1:4]] == ["Étude", 1200.5, datetime(2026, 6, 30)]
    assert isinstance(row[4].value, datetime)
    assert (row[2].number_format, row[3].number_format, row[5].value) == ("#,##0.00", "dd/mm/yyyy", None)
    assert (found.freeze_panes, found.title) == ("A2", "Affaires")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_is_run_by_a_spreadsheet(name: str, path: Path) -> None:
    deal(name=name, amount="-5")
    (row,) = lines(SYSTEM, path)
    assert (row["Nom"], row["Montant"]) == (
        f"'{name.strip()}" if name.strip()[0] in "=+-@" else name,
        "-5,00",
    )
    cell = sheet(SYSTEM, path, ("name",))["B2"]
    assert (cell.value, cell.data_type) == (name.strip(), "s")


def test_one_exports_what_ones_role_gives(path: Path) -> None:
    claire, blind = make.actor(), make.actor("aveugle@nordet.example", role=BLIND.uid)
    deal(claire, name="À moi")
    deal(name="À d’autres")
    assert [row["Nom"] for row in lines(claire, path)] == ["À moi"]
    with pytest.raises(NotAllowed):
        taken(blind, path, Wanted(Asked()))


def test_columns_come_in_the_order_asked_for_and_only_those_one_may_read(path: Path) -> None:
    deal(name="Étude", amount="10")
    (row,) = lines(SYSTEM, path, ("amount", "name"))
    assert list(row) == ["id", "Montant", "Nom"]
    ask: dict[str, Any] = {"object_name": "opportunity", "at": make.AT}
    export.require(SYSTEM, wanted=Wanted(Asked(), "csv", ("amount",)), **ask)
    with pytest.raises(ExportNotValid) as refused:
        export.require(SYSTEM, wanted=Wanted(Asked(), "csv", ("amount", "secret")), **ask)
    assert [one.facts for one in refused.value.problems] == [{"field": "secret"}]
    with pytest.raises(SortNotValid):
        export.require(SYSTEM, wanted=Wanted(Asked(sort="secret")), **ask)


def test_a_workbook_is_refused_more_rows_than_it_holds_where_csv_is_not(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_MOST_ROWS", 1)
    deal(name="Une")
    deal(name="Deux")
    with pytest.raises(ExportNotValid, match="1 "):
        taken(SYSTEM, path, Wanted(Asked(), "xlsx"))
    assert taken(SYSTEM, path, Wanted(Asked(), "csv")).count == 2


def test_the_log_says_who_took_what_and_how_many(path: Path) -> None:
    deal(name="Étude")
    wanted = Wanted(Asked(words="etude"), "xlsx", ("name",))
    export.note(
        SYSTEM, object_name="opportunity", wanted=wanted, taken=taken(SYSTEM, path, wanted), at=make.AT
    )
    (event,) = events.of_subject("object:opportunity")
    assert event.kind == "record.exported"
    assert {key: event.data[key] for key in ("count", "words", "format", "fields")} == {
        "count": 1,
        "words": "etude",
        "format": "xlsx",
        "fields": ["name"],
    }


def test_a_file_tells_how_far_it_is_and_stops_when_told_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_PAGE", 1)
    for rank in range(3):
        deal(name=f"Étude {rank}")
    told: list[float] = []
    taken(SYSTEM, path, Wanted(Asked()), tell=told.append)
    assert told == [pytest.approx(1 / 3), pytest.approx(2 / 3), 1]

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        taken(SYSTEM, path, Wanted(Asked(), "xlsx"), tell=stop)


def test_a_file_is_named_after_its_list_and_its_day(path: Path) -> None:
    assert taken(SYSTEM, path, Wanted(Asked(), "xlsx")).name == "Affaires 2026-05-07.xlsx"
