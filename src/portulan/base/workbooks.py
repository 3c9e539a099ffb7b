"""Tables as workbooks: one sheet written row by row, whatever its length, its header in sight.

Owns how cells are typed and the defence against formulas: a text is a text, whatever it looks like. Reads
no workbook; what the columns mean is each one's own affair.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portulan.base import tables

#: Rows of a sheet, its header among them.
MOST_ROWS = 1_048_576
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY, MOMENT, MONEY = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "#,##0.00"
_LONGEST_TITLE, _LONGEST_CELL, _DIGITS, _FIRST_YEAR = 31, 32_767, 15, 1900
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_TITLE = re.compile(r"[\[\]:*?/\\']+")


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its header, how its numbers and dates are shown, its width in letters."""

    label: str
    format: str = "General"
    width: int = 18


class Sheet:
    """A sheet on its way, to which rows of text, numbers, days, moments and truths are added."""

    def __init__(self, sheet: Any, columns: Sequence[Column]) -> None:
        """Write the header; nothing about columns may be said after it."""
        self._sheet = sheet
        for place, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
        sheet.freeze_panes = "A2"
        header = [WriteOnlyCell(sheet) for _ in columns]
        for cell, column in zip(header, columns, strict=True):
            cell.font = Font(bold=True)
            _put_text(cell, _told(column.label))
        sheet.append(header)
        self._plain = [WriteOnlyCell(sheet) for _ in columns]
        self._quoted = [WriteOnlyCell(sheet) for _ in columns]
        for plain, quoted, column in zip(self._plain, self._quoted, columns, strict=True):
            plain.number_format = column.format
            quoted.quotePrefix = True

    def append(self, row: Sequence[Any]) -> None:
        """Write a row. Its cells are the same objects each time: a row is written before the next is read."""
        self._sheet.append([self._cell(place, value) for place, value in enumerate(row)])

    def _cell(self, place: int, value: Any) -> Any:
        value = _told(value)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            self._plain[place].value = value
            return self._plain[place]
        cell = (self._quoted if tables.inert(value) != value else self._plain)[place]
        _put_text(cell, value)
        return cell


@contextmanager
def writing(path: Path, title: str, columns: Sequence[Column]) -> Iterator[Sheet]:
    """Give a sheet whose rows go to a file; it is closed whatever happens, so that nothing lies about."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_TITLE.sub(" ", title).strip()[:_LONGEST_TITLE] or "1")
    try:
        yield Sheet(sheet, columns)
    finally:
        book.save(path)


def _told(value: Any) -> Any:
    """Return a value as a workbook can hold it: figures of 16 digits and days before 1900 are text."""
    if isinstance(value, str):
        kept = _NOT_XML.sub("", value)
        return kept if len(kept) <= _LONGEST_CELL else f"{kept[: _LONGEST_CELL - 1]}…"
    if isinstance(value, date):
        plain = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        return plain if plain.year >= _FIRST_YEAR else plain.isoformat()
    if isinstance(value, int) and abs(value) >= 10**_DIGITS:
        return str(value)
    return value


def _put_text(cell: Any, text: str) -> None:
    """Have a cell hold a text, never a formula."""
    cell.value = text
    cell.data_type = "s"
