"""Rows of a CSV text that holds no quote: every line is a row, counted and cut without a loop.

Owns the plain case only; a text with quotes goes through the csv module (`read_csv`).
"""

import io
from dataclasses import dataclass

import numpy as np
import polars as pl

from portulan.mining.store import Ints

_LINE_END = 10


@dataclass(frozen=True)
class Plain:
    """The rows as wide as the header, and the others with their line in the file."""

    frame: pl.DataFrame
    rejected: tuple[tuple[int, tuple[str, ...]], ...]


def rows(text: str, header: list[str], delimiter: str) -> Plain:
    """Return the rows of the lines that follow a header; blank lines are passed over."""
    raw = text.encode() if text.endswith("\n") or not text else (text + "\n").encode()
    data = np.frombuffer(raw, dtype=np.uint8)
    ends = np.flatnonzero(data == _LINE_END)
    begins = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    cuts = np.searchsorted(np.flatnonzero(data == ord(delimiter)), ends)
    fits = np.diff(cuts, prepend=0) == len(header) - 1
    filled = ends > begins
    rejected = tuple(
        (line + 2, tuple(raw[begins[line] : ends[line]].decode().split(delimiter)))
        for line in np.flatnonzero(filled & ~fits).tolist()
    )
    whole = raw if fits.all() else data[_within(begins, ends, fits)].tobytes()
    return Plain(_frame(whole, header, delimiter), rejected)


def _within(begins: Ints, ends: Ints, chosen: np.typing.NDArray[np.bool_]) -> np.typing.NDArray[np.bool_]:
    """Return which bytes belong to the chosen lines, their ends included."""
    return np.repeat(chosen, ends - begins + 1)


def _frame(raw: bytes, header: list[str], delimiter: str) -> pl.DataFrame:
    schema = dict.fromkeys(header, pl.String)
    if not raw:
        return pl.DataFrame(schema=schema)
    return pl.read_csv(
        io.BytesIO(raw),
        has_header=False,
        schema=schema,
        separator=delimiter,
        quote_char=None,
    ).with_columns(pl.all().fill_null(""))
