"""A workbook holds any text as a text, whatever its length and its letters."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.base import workbooks
from portulan.base.workbooks import Column


def written(rows: list[list[Any]], *, title: str = "Liste") -> Any:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        with workbooks.writing(path, title, [Column(f"C{at}") for at in range(len(rows[0]))]) as sheet:
            for row in rows:
                sheet.append(row)
        with path.open("rb") as file:
            return openpyxl.load_workbook(file).active


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=40), st.text("=+-@1(A\t", min_size=1)), min_size=1, max_size=5))
def test_a_text_stays_that_text(texts: list[str]) -> None:
    found = written([["first", *texts]])
    for cell, text in zip(found[2][1:], texts, strict=False):
        told = "".join(letter for letter in text if letter.isprintable() or letter in "\t\n")
        read = "" if cell.value is None else cell.value
        assert isinstance(read, str)
        assert told in ("".join(letter for letter in read if letter.isprintable() or letter in "\t\n"), read)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (Decimal("12.50"), 12.5),
        (True, True),
        (10**17, str(10**17)),
        (date(1789, 7, 14), "1789-07-14"),
        (date(2026, 7, 14), datetime(2026, 7, 14)),
        (datetime(2026, 7, 14, 8, 30, tzinfo=UTC), datetime(2026, 7, 14, 8, 30)),
        ("x" * 40_000, "x" * 32_766 + "…"),
        ("a\x00b\ufffe", "ab"),
    ],
)
def test_a_value_is_what_a_workbook_can_hold_of_it(value: Any, read: Any) -> None:
    assert written([[value]])["A2"].value == read


def test_a_row_holds_what_it_was_given_and_nothing_of_the_row_before() -> None:
    found = written([["=1", Decimal(3), "a"], [None, "", "=2"], ["b", 4, None]])
    assert [[cell.value for cell in row] for row in found.iter_rows(min_row=2)] == [
        ["=1", 3, "a"],
        [None, None, "=2"],
        ["b", 4, None],
    ]
    assert [cell.quotePrefix for cell in found["A"]] == [False, True, False, False]


def test_what_fails_leaves_nothing_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError), workbooks.writing(tmp_path / "list", "L", [Column("C")]) as sheet:
        sheet.append([1 / 0])
    assert [path.name for path in tmp_path.iterdir()] == ["list"]


def test_any_title_names_a_sheet() -> None:
    assert (
        written([["a"]], title="Qui : quoi / où [2026] " + "x" * 40).title
        == "Qui   quoi   où  2026  xxxxxxxx"
    )
    assert written([["a"]], title="///").title == "1"
