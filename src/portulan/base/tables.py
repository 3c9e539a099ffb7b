"""Tables as text, exchanged with other tools: their encoding, their separator, the names of their columns.

Pure. Owns what every reader and writer of such files shares; what the columns mean is each one's own affair.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_DELIMITERS = ";,\t|"
_SAMPLE = 200
_PIECE = 1 << 20
#: By what a spreadsheet knows that the text is UTF-8.
BOM = "\ufeff"
#: What a spreadsheet of each language splits cells by, and writes decimals with.
HABITS = {"fr": (";", ","), "en": (",", ".")}
#: What a spreadsheet would take for a formula.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet runs: what looks like a formula is led by an apostrophe."""
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell


def lines(rows: Iterable[Sequence[Any]], delimiter: str = ";") -> str:
    """Return rows as the lines of a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def is_binary(raw: bytes) -> bool:
    """Return whether the first bytes of a file are no text."""
    return b"\x00" in raw[:4096]


def decode(raw: bytes) -> tuple[str, str]:
    """Return the text of a file, and its encoding; the last letter may be cut."""
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3 and error.reason == "unexpected end of data":
            return raw[: error.start].decode("utf-8-sig"), "utf-8"  # cut within a letter
        return raw.decode("cp1252", errors="replace"), "cp1252"


def encoding_of(path: Path) -> str:
    """Return the encoding of a file that is too large to be held, read piece by piece."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(_PIECE):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def stated_delimiter(text: str) -> tuple[str | None, str]:
    """Return the separator that a first line `sep=` states, if any, and the text without it."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        return first[-1], rest
    return None, text


def guess_delimiter(text: str) -> str:
    """Return the separator that gives most lines the same number of cells."""
    sample = "\n".join(text.split("\n", _SAMPLE + 1)[:_SAMPLE])

    def steadiness(delimiter: str) -> tuple[float, int]:
        try:
            sizes = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
        except csv.Error:
            return (0.0, 0)  # a quote that is not closed
        size, times = Counter(sizes).most_common(1)[0]
        return (times / len(sizes) if size > 1 else 0.0, size)

    return max(_DELIMITERS, key=steadiness)


def named_columns(names: list[str]) -> list[str]:
    """Return the names of columns, each once: those without a name get one."""
    seen: Counter[str] = Counter()
    header = []
    for index, name in enumerate(names):
        plain = name.strip() or f"colonne {index + 1}"
        seen[plain] += 1
        header.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return header


def unquoted(row: list[str], delimiter: str) -> list[str]:
    """Return the cells of a row that was quoted whole, or the row as it is."""
    if len(row) == 1 and delimiter in row[0]:
        return next(csv.reader([row[0]], delimiter=delimiter))
    return row
