"""Files are read however they were written, and what is hostile in them is contained."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portulan.connectors import sheets
from portulan.connectors.sheets import SheetNotReadable, Tab


def kept(folder: Path, raw: bytes) -> Path:
    arriving = folder / "arriving"
    arriving.write_bytes(raw)
    return arriving.rename(folder / f"upload{sheets.suffix_of(arriving)}")


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return [(line.n, line.cells) for line in sheets.lines(path)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_whatever_its_encoding_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    path = kept(tmp_path, end.join(["nom;ville", "Café;Orléans", "", '"a;b";c']).encode(encoding))
    assert sheets.header(path) == ("nom", "ville")
    assert read(path) == [(2, ("Café", "Orléans")), (4, ("a;b", "c"))]


def test_a_workbook_gives_its_results_never_its_formulas(tmp_path: Path) -> None:
    path = kept(
        tmp_path, workbook(("nom", "le", "n", None), ("Un", date(2026, 5, 7), 12.0), ("=1+1", None, 1.5))
    )
    assert sheets.header(path) == ("nom", "le", "n")
    assert read(path) == [(2, ("Un", "2026-05-07", "12")), (3, ("", "", "1.5"))]


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as file,
    ):
        for _ in range(120):
            file.write(b" " * 1024**2)
    return out.getvalue()


def entities() -> bytes:
    raw = io.BytesIO(workbook(("nom",), ("Un",)))
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.namelist():
            content = before.read(one)
            if one == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            after.writestr(one, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b" \n ", "connectors.file_empty"),
        (b"a\x00b", "connectors.file_binary"),
        (b"PK\x03\x04 no archive", "connectors.workbook_broken"),
        (bomb(), "connectors.file_too_large"),
        (entities(), "connectors.workbook_broken"),
        (b'a;b\n"c;d\n' + b"x" * 200_000, "connectors.line_broken"),
        (b";".join(b"c%d" % n for n in range(400)), "connectors.columns"),
    ],
    ids=["blank", "binary", "no archive", "bomb", "entities", "open quote", "wide"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path, raw: bytes, code: str) -> None:
    with pytest.raises(SheetNotReadable) as refused:
        list(sheets.lines(kept(tmp_path, raw)))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_line_that_does_not_fit_is_said_so(tmp_path: Path) -> None:
    path = kept(tmp_path, b"a;b;c\n1;2;3\n1;2\n")
    assert [line.whole for line in sheets.lines(path)] == [True, False]


def several(**sheets_: list[tuple[Any, ...]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets_.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_sheets_of_a_workbook_are_told_with_their_lines_and_each_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(
        tmp_path,
        several(
            Notes=[(None,), ("Lys",)],
            Clients=[("nom",), ("Un",), (None,), ("Deux",)],
            Villes=[("ville",), ("Orléans",)],
        ),
    )
    assert sheets.tabs(path) == (Tab("Clients", 2), Tab("Villes", 1))
    assert (sheets.header(path), sheets.header(path, "Villes")) == (("nom",), ("ville",))
    assert [line.cells for line in sheets.lines(path, "Villes")] == [("Orléans",)]
    with pytest.raises(SheetNotReadable):
        sheets.header(path, "Absente")
    assert set(sheets.cells(path)) == {"Lys", "nom", "Un", "Deux", "ville", "Orléans"}
    monkeypatch.setattr(sheets, "_COUNTED", 1)
    assert [one.lines for one in sheets.tabs(path)] == [None, 1]


def test_there_is_nothing_to_choose_in_a_text_or_in_a_workbook_of_one_sheet(tmp_path: Path) -> None:
    assert sheets.tabs(kept(tmp_path, several(Clients=[("nom",)], Vide=[]))) == ()
    assert sheets.tabs(kept(tmp_path, b"nom;ville")) == ()
