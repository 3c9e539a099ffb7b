"""Reading of CSV files exported by old tools, however they were written.

Owns the parsing (encoding, separator, line ends, rows quoted whole) and the guess of what each column is.
Rows that do not fit are set apart with their line and reason, never dropped silently.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import polars as pl

from portulan.base import moments, tables
from portulan.base.fold import fold
from portulan.base.refusals import NotValid, Problem
from portulan.mining import read_plain

Role = Literal[
    "case", "step", "time", "end", "resource", "lifecycle", "case_attribute", "event_attribute", "ignore"
]  # fmt: skip
Progress = Callable[[float, str], None]
_SAMPLE = 200
_MOST_BYTES = 2 * 1024**3
_TELL_EVERY = 50_000


class FileNotReadable(NotValid):
    """The file is not a table that can be read."""

    code = "mining.file_not_readable"


@dataclass(frozen=True)
class Rejected:
    """A row set apart: its line in the file, why (`room.key`), and what it held."""

    line: int
    code: str
    row: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file parsed as text columns in file order, with what was found about its writing."""

    frame: pl.DataFrame
    encoding: str
    delimiter: str
    rejected: tuple[Rejected, ...] = field(default=(), repr=False)


def silent(_share: float, _what: str) -> None:
    """Tell nobody about progress."""


def read_table(path: Path, *, most_bytes: int | None = None, progress: Progress = silent) -> Table:
    """Return the file as text columns, or the whole lines of its first `most_bytes`.

    :raises FileNotReadable: when it is empty, too large, binary or without columns.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise FileNotReadable(Problem("file", "mining.file_too_large"))
    with path.open("rb") as file:
        raw = file.read(most_bytes if most_bytes is not None else -1)
    if tables.is_binary(raw):
        raise FileNotReadable(Problem("file", "mining.file_binary"))
    text, encoding = tables.decode(raw)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if most_bytes is not None and len(raw) == most_bytes:
        lines = lines[: lines.rfind("\n") + 1]
    stated, lines = tables.stated_delimiter(lines)
    if not lines.strip():
        raise FileNotReadable(Problem("file", "mining.file_empty"))
    delimiter = stated or tables.guess_delimiter(lines)
    rows = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter)
    header = tables.named_columns(next(rows))
    if len(header) < 3:  # noqa: PLR2004 - a case, a step and a time
        raise FileNotReadable(Problem("file", "mining.too_few_columns"))
    if '"' not in lines:
        plain = read_plain.rows(lines.partition("\n")[2], header, delimiter)
        bad = tuple(Rejected(line, "mining.row_width", row) for line, row in plain.rejected)
        return Table(plain.frame, encoding, delimiter, bad)
    kept, rejected = _sort_out(rows, len(header), delimiter, progress)
    columns = zip(*kept, strict=True) if kept else ([] for _ in header)
    frame = pl.DataFrame(
        dict(zip(header, map(list, columns), strict=True)), schema=dict.fromkeys(header, pl.String)
    )
    return Table(frame, encoding, delimiter, tuple(rejected))


def _sort_out(
    rows: Iterator[list[str]], width: int, delimiter: str, progress: Progress
) -> tuple[list[list[str]], list[Rejected]]:
    kept, rejected = [], []
    for line, row in enumerate(rows, start=2):
        if not row:
            continue
        whole = tables.unquoted(row, delimiter)
        if len(whole) == width:
            kept.append(whole)
        else:
            rejected.append(Rejected(line, "mining.row_width", tuple(row)))
        if line % _TELL_EVERY == 0:
            progress(0.3, f"{line}")
    return kept, rejected


# --- what each column is -----------------------------------------------------------------------------

_NAMES: dict[Role, tuple[str, ...]] = {
    "case": (
        "case:concept:name", "case id", "caseid", "service id", "dossier", "affaire", "opportunity",
        "lead number", "ticket", "number", "case", "id",
    ),
    "step": (
        "concept:name", "activity", "activite", "operation", "etape", "stage", "statut", "status",
        "event", "action",
    ),
    "time": (
        "time:timestamp", "start date", "timestamp", "complete timestamp", "date", "horodatage", "debut",
        "start", "time",
    ),
    "end": ("end date", "end", "fin", "complete"),
    "resource": ("org:resource", "resource", "agent", "responsable", "owner", "utilisateur", "user"),
    "lifecycle": ("lifecycle:transition", "lifecycle", "transition"),
}  # fmt: skip
_TIME_FITS = 0.98
_LOOKED_AT = 2_000
_IN_TURN: tuple[Role, ...] = ("time", "end", "lifecycle", "case", "step", "resource")


@dataclass(frozen=True)
class Guess:
    """What a column seems to be, how sure (0 to 1), and how its dates read."""

    role: Role
    confidence: float
    reading: moments.Reading | None = None
    runner_up: Role | None = None


def guess_roles(frame: pl.DataFrame) -> dict[str, Guess]:
    """Return what each column is, by shape first and name second; every column gets a role."""
    readings = {name: _dates(frame[name]) for name in frame.columns}
    roles: dict[str, Guess] = {}
    for role in _IN_TURN:
        dated = role in ("time", "end")
        pool = [n for n, reading in readings.items() if n not in roles and (reading is not None) == dated]
        score, name = max(((_score(role, n, frame[n]), n) for n in pool), default=(0.0, ""))
        if score > 0:
            roles[name] = Guess(role, min(score, 1.0), readings[name])
    case = next((name for name, found in roles.items() if found.role == "case"), None)
    for name in frame.columns:
        constant = case is not None and _constant(frame, case, name)
        roles.setdefault(
            name, Guess("case_attribute" if constant else "event_attribute", 0.5, readings[name])
        )
    return {
        name: replace(roles[name], runner_up=_runner_up(frame[name], roles[name])) for name in frame.columns
    }


def _runner_up(column: pl.Series, guess: Guess) -> Role | None:
    """Return the role that a column would have played next best."""
    dated: tuple[Role, ...] = ("time", "end") if guess.reading else _IN_TURN[2:]
    others = [(_score(role, column.name, column), role) for role in dated if role != guess.role]
    score, role = max(others, default=(0.0, guess.role))
    return role if score > 0 else None


def _dates(column: pl.Series) -> moments.Reading | None:
    if len(column) > _LOOKED_AT:
        looked = moments.guess(column.gather_every(len(column) // _LOOKED_AT))
        if looked is None or looked.fits < _TIME_FITS / 2:
            return None  # far from dates: the whole column need not be read
    reading = moments.guess(column)
    return reading if reading and reading.fits >= _TIME_FITS and _dated(column, reading) else None


def _dated(column: pl.Series, reading: moments.Reading) -> bool:
    return moments.read(column.head(_SAMPLE), reading.order).null_count() <= (1 - _TIME_FITS) * _SAMPLE


def _score(role: Role, name: str, column: pl.Series) -> float:
    hint = _hint(role, name)
    if role == "time":
        return hint if _hint("end", name) else 0.2 + hint
    if role not in ("case", "step"):
        return hint
    distinct = column.n_unique()
    repeats = len(column) / max(distinct, 1)
    if role == "case":
        fits = repeats > 1.05 and distinct > 2  # noqa: PLR2004 - a case has several events
        return hint + (0.3 if fits else -1.0)
    fits = 2 < distinct <= 300 and repeats > 2  # noqa: PLR2004 - a process has 3 to 200 steps
    return hint + (0.3 if fits else -0.4)


def _hint(role: Role, name: str) -> float:
    plain = fold(name)
    names = _NAMES[role]
    for rank, known in enumerate(names):
        if plain == known:
            return 1.0 - rank * 0.02
    return next((0.5 - rank * 0.02 for rank, known in enumerate(names) if known in plain), 0.0)


def _constant(frame: pl.DataFrame, case: str, name: str) -> bool:
    def everywhere(rows: pl.DataFrame) -> bool:
        return rows.group_by(case).agg(pl.col(name).n_unique().alias("n"))["n"].max() == 1

    return everywhere(frame.head(_LOOKED_AT)) and everywhere(frame)
