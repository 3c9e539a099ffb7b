"""Files of records read line by line, in bounded memory: CSV however it was written, and workbooks.

Owns what is hostile in them: archives that unfold without end, endless cells, formulas (their last result is
read, never the formula). Every cell is text; a line that does not fit is said so, never dropped silently.
"""

import csv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException

from portulan.base import tables
from portulan.base.refusals import NotValid, Problem

MOST_LINES = 500_000
MOST_COLUMNS = 300
_MOST_UNFOLDED = 400 * 1024**2
_MOST_STRINGS = 100 * 1024**2
_HEAD = 1 << 18
_ZIP = b"PK\x03\x04"
_MOST_TABS, _LONGEST_NAME, _COUNTED = 100, 255, 5000


class SheetNotReadable(NotValid):
    """The file is no table of records that can be read."""

    code = "connectors.file_not_readable"


@dataclass(frozen=True)
class Line:
    """A line of the file, numbered as a spreadsheet numbers it; `whole` when it has a cell a column."""

    n: int
    cells: tuple[str, ...]
    whole: bool = True


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook: its name, its lines below the header, None when there are too many to count."""

    name: str
    lines: int | None


def suffix_of(path: Path) -> str:
    """Return what kind of file it is, from what it holds.

    :raises SheetNotReadable: when it is empty, or neither text nor a workbook.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise SheetNotReadable(Problem("file", "connectors.file_empty"))
    if head.startswith(_ZIP):
        return ".xlsx"
    if tables.is_binary(head):
        raise SheetNotReadable(Problem("file", "connectors.file_binary"))
    return ".csv"


def tabs(path: Path) -> tuple[Tab, ...]:
    """Return the sheets of a workbook among which one is chosen: none when a single one holds something.

    :raises SheetNotReadable: when the workbook cannot be read.
    """
    if path.suffix != ".xlsx":
        return ()
    with _opened(path) as book:
        named = [sheet for sheet in book.worksheets[:_MOST_TABS] if len(sheet.title) <= _LONGEST_NAME]
        held = [sheet for sheet in named if _holding(sheet) is not None]
        return tuple(Tab(sheet.title, _counted(sheet)) for sheet in held) if len(held) > 1 else ()


def cells(path: Path) -> Iterator[str]:
    """Yield the text of every cell of every sheet of a workbook, wherever it lies."""
    with _opened(path) as book:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                yield from (_said(cell) for cell in row if cell is not None)


def header(path: Path, tab: str = "") -> tuple[str, ...]:
    """Return the names of the columns, each once; of a workbook, those of its first sheet unless it is named.

    :raises SheetNotReadable: when there are none, or too many.
    """
    first = next(_raw(path, tab), None)
    named = tuple(tables.named_columns(list(first[1]))) if first else ()
    if not named or len(named) > MOST_COLUMNS:
        raise SheetNotReadable(Problem("file", "connectors.columns", {"n": MOST_COLUMNS}))
    return named


def lines(path: Path, tab: str = "") -> Iterator[Line]:
    """Yield the lines below the header, blank ones passed over.

    :raises SheetNotReadable: when the file breaks off, or has too many lines.
    """
    width = len(header(path, tab))
    raw = _raw(path, tab)
    next(raw)
    for n, cells in raw:
        if n > MOST_LINES + 1:
            raise SheetNotReadable(Problem("file", "connectors.too_many_lines", {"n": MOST_LINES}))
        if any(cells):
            yield Line(n, cells, len(cells) == width)


def _raw(path: Path, tab: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    return _workbook(path, tab) if path.suffix == ".xlsx" else _text(path)


def _text(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    encoding = tables.encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        head = file.read(_HEAD)
        if not head.strip():
            raise SheetNotReadable(Problem("file", "connectors.file_empty"))
        stated, rest = tables.stated_delimiter(head.replace("\r\n", "\n").replace("\r", "\n"))
        delimiter = stated or tables.guess_delimiter(rest)
        file.seek(0)
        shift = 1 if stated else 0
        rows = csv.reader(file, delimiter=delimiter)
        try:
            for n, row in enumerate(rows, start=1 - shift):
                if n:
                    yield n + shift, tuple(cell.strip() for cell in tables.unquoted(row, delimiter))
        except csv.Error as error:
            raise SheetNotReadable(Problem("file", "connectors.line_broken", {"n": rows.line_num})) from error


def _workbook(path: Path, tab: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    with _opened(path) as book:
        for sheet in book.worksheets:
            rows = _holding(sheet) if tab in ("", sheet.title) else None
            if rows is not None:
                yield from _cut(rows)
                return
    raise SheetNotReadable(Problem("file", "connectors.file_empty"))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        _require_modest(path)
        with path.open("rb") as file:
            yield openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException, ValueError, OSError) as error:
        raise SheetNotReadable(Problem("file", "connectors.workbook_broken")) from error


def _holding(sheet: Any) -> Iterator[tuple[Any, ...]] | None:
    """Return the rows of a sheet, None when its first one is blank."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
    first = next(rows, None)
    return chain([first], rows) if first and any(cell is not None for cell in first) else None


def _counted(sheet: Any) -> int | None:
    held = (row for row in _holding(sheet) or () if any(cell is not None for cell in row))
    found = sum(1 for _ in islice(held, 1, _COUNTED + 2))
    return found if found <= _COUNTED else None


def _cut(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield rows as wide as the first, without the empty cells that trail behind it."""
    width = 0
    for n, row in enumerate(rows, start=1):
        cells = tuple(_said(cell) for cell in row)
        if not width:
            width = len(cells) - next(i for i, cell in enumerate(reversed(cells)) if cell)
        beyond = any(cells[width:])
        padded = cells + ("",) * (width - len(cells))
        yield n, padded if beyond else padded[:width]


def _said(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case float() if cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - exact as a whole number
            return str(int(cell))
        case datetime():
            midnight = cell.time() == time()
            return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
    return str(cell).strip()


def _require_modest(path: Path) -> None:
    """Refuse an archive that unfolds to more than memory should see."""
    with zipfile.ZipFile(path) as archive:
        sizes = {one.filename: one.file_size for one in archive.infolist()}
    strings = sum(size for name, size in sizes.items() if name.endswith("sharedStrings.xml"))
    if sum(sizes.values()) > _MOST_UNFOLDED or strings > _MOST_STRINGS or len(sizes) > 10_000:  # noqa: PLR2004 - a workbook has dozens
        raise SheetNotReadable(Problem("file", "connectors.file_too_large"))
