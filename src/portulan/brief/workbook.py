"""The grid as a workbook: criteria with their weights, a score and its proof a vendor, totals, the history.

Owns the defence against formulas: what people wrote is text, whatever it looks like; the totals are the only
formulas, and ours.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from portulan.base import tables, texts
from portulan.brief.comparison import Column, Comparison
from portulan.brief.scoring import Said
from portulan.brief.totals import BEST

_FIRST, _FIXED = 2, 4


def write_xlsx(found: Comparison, said: Sequence[Said], lang: str) -> bytes:
    """Return a grid and its history as the bytes of a workbook."""
    book = Workbook()
    grid: Any = book.active
    grid.title = texts.say("brief.sheet_grid", lang)
    _grid(grid, found, lang)
    _history(book.create_sheet(texts.say("brief.sheet_history", lang)), said, lang)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _grid(sheet: Any, found: Comparison, lang: str) -> None:
    fixed = texts.say("brief.sheet_columns", lang).split("|")
    proof = texts.say("brief.sheet_proof", lang)
    names = [title for one in found.vendors for title in (one.name, f"{one.name} – {proof}")]
    _texts(sheet, 1, [*fixed, *names])
    live = [one for one in found.criteria if not one.gone]
    cells = [{cell.criterion: cell for cell in one.cells} for one in found.vendors]
    for row, one in enumerate(live, start=_FIRST):
        theme = texts.say(f"brief.theme_{one.theme}", lang)
        _texts(sheet, row, [theme, one.label, one.detail])
        sheet.cell(row, _FIXED, one.weight)
        for index, vendor in enumerate(cells):
            at, cell = _FIXED + 1 + 2 * index, vendor.get(one.id)
            if cell is None:
                _text(sheet, row, at + 1, texts.say("brief.unproven", lang))
                continue
            sheet.cell(row, at, cell.score)
            proofs = (cell.proof, cell.link, cell.file)
            _text(sheet, row, at + 1, " – ".join(part for part in proofs if part))
    _totals(sheet, len(live), found.vendors, lang)
    _shape(sheet, [22, 48, 60, 8, *(width for _ in found.vendors for width in (12, 40))])


def _totals(sheet: Any, count: int, vendors: Sequence[Column], lang: str) -> None:
    """Write the weighted total of each vendor, in percent, as a formula over the rows above."""
    row, last = count + _FIRST, count + _FIRST - 1
    _text(sheet, row, 2, texts.say("brief.sheet_total", lang))
    weights = f"$D${_FIRST}:$D${last}"
    for index, _ in enumerate(vendors):
        letter = get_column_letter(_FIXED + 1 + 2 * index)
        scores = f"{letter}{_FIRST}:{letter}{last}"
        cell = sheet.cell(row, _FIXED + 1 + 2 * index)
        cell.value = f"=SUMPRODUCT({weights},{scores})/({BEST}*SUM({weights}))"
        cell.number_format, cell.font = "0 %", Font(bold=True)


def _history(sheet: Any, said: Iterable[Said], lang: str) -> None:
    _texts(sheet, 1, texts.say("brief.history_columns", lang).split("|"))
    guest = texts.say("brief.by_vendor", lang)
    for row, one in enumerate(said, start=_FIRST):
        _texts(sheet, row, [one.at.isoformat(timespec="minutes"), one.by or guest, one.vendor, one.criterion])
        sheet.cell(row, 5, one.before)
        sheet.cell(row, 6, one.after)
        _text(sheet, row, 7, one.proof)
    _shape(sheet, [22, 24, 24, 48, 8, 8, 60])


def _texts(sheet: Any, row: int, said: Iterable[str]) -> None:
    for column, text in enumerate(said, start=1):
        _text(sheet, row, column, text)


def _text(sheet: Any, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell.value, cell.data_type = tables.inert(text), "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _shape(sheet: Any, widths: Iterable[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
    sheet.freeze_panes = "C2"
