"""A fast reader of XES by the compiled scanner, for the files that hold nothing unusual.

Returns nothing, rather than a guess, at whatever it does not know: a document type, mixed types under one
key, dates without a zone, broken markup. Another reader is then asked.
"""

import ctypes
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import polars as pl

from portulan.mining.kernels import LIBRARY

_CHUNK = 1 << 19
_MOST_BYTES = 4 * 1024**3
_LONGEST_MARKUP = 1 << 26
_TRACE = 2
_TEXT, _TRUTH, _DATE, _INT, _FLOAT = range(4, 9)
_NOTHING = np.iinfo(np.int64).min
#: Texts of an event that are at most so many, and half as many as the events, are kept as codes.
_MOST_CODED = 10_000
_TRUTHS = {"true": True, "false": False, "True": True, "False": False}


def scan(path: Path) -> pl.DataFrame | None:
    """Return the log of an XES or XES.gz file: `case:*` columns and those of events, dates in UTC.

    None when the scanner is not there or the file is not one that it reads.
    """
    if LIBRARY is None:
        return None
    try:
        with path.open("rb") as file, _scanner(LIBRARY) as scanner:
            pieces = _inflated(file) if path.suffix == ".gz" else iter(lambda: file.read(_CHUNK), b"")
            return _frame(LIBRARY, scanner) if _fed(LIBRARY, scanner, pieces) else None
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, KeyError):
        return None


@contextmanager
def _scanner(library: ctypes.CDLL) -> Iterator[ctypes.c_void_p]:
    for name in ("new", "column", "cells", "texts", "traces"):
        getattr(library, f"portulan_xes_{name}").restype = ctypes.c_void_p
    library.portulan_xes_feed.restype = ctypes.c_int64
    made = library.portulan_xes_new()
    if not made:
        raise MemoryError
    scanner = ctypes.c_void_p(made)
    try:
        yield scanner
    finally:
        library.portulan_xes_free(scanner)


def _inflated(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what a gzip file holds, member after member."""
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    packed = b""
    while packed or (packed := file.read(_CHUNK)):
        yield member.decompress(packed, _CHUNK)
        packed = member.unconsumed_tail
        if member.eof and (packed := member.unused_data or file.read(_CHUNK)):
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    yield member.flush()
    if not member.eof:
        raise EOFError


def _fed(library: ctypes.CDLL, scanner: ctypes.c_void_p, pieces: Iterator[bytes]) -> bool:
    """Return whether the scanner read the whole, and it was a whole."""
    rest, size = b"", 0
    for piece in pieces:
        held = rest + piece if rest else piece
        size += len(piece)
        done = library.portulan_xes_feed(scanner, held, ctypes.c_int64(len(held)))
        rest = held[done:]
        if done < 0 or size > _MOST_BYTES or len(rest) > _LONGEST_MARKUP:
            return False
    traces, _, _, still_open = _counts(library, scanner)
    return not rest.strip() and not still_open and traces > 0


def _counts(library: ctypes.CDLL, scanner: ctypes.c_void_p) -> list[int]:
    counts = (ctypes.c_int64 * 4)()
    library.portulan_xes_counts(scanner, counts)
    return list(counts)


def _frame(library: ctypes.CDLL, scanner: ctypes.c_void_p) -> pl.DataFrame:
    traces, events, columns, _ = _counts(library, scanner)
    trace_of = _array(library.portulan_xes_traces(scanner), events, np.int32)
    found = {}
    for index in range(columns):
        facts = (ctypes.c_int64 * 5)()
        key = ctypes.string_at(library.portulan_xes_column(scanner, ctypes.c_int64(index), facts)).decode()
        of_trace = facts[0] == _TRACE
        cells = _cells(library, scanner, index, facts)
        lacking = (traces if of_trace else events) - len(cells)
        whole = np.concatenate((cells, np.full(lacking, -1 if facts[1] <= _TRUTH else _NOTHING, cells.dtype)))
        name = f"case:{key}" if of_trace else key
        found[name] = _column(library, scanner, index, facts, whole[trace_of] if of_trace else whole)
        library.portulan_xes_forget(scanner, ctypes.c_int64(index))
    return pl.DataFrame(found)


def _cells(
    library: ctypes.CDLL, scanner: ctypes.c_void_p, index: int, facts: "ctypes.Array[ctypes.c_int64]"
) -> npt.NDArray[np.int32 | np.int64]:
    at = library.portulan_xes_cells(scanner, ctypes.c_int64(index))
    return _array(at, facts[2], np.int32 if facts[1] <= _TRUTH else np.int64)


def _column(
    library: ctypes.CDLL,
    scanner: ctypes.c_void_p,
    index: int,
    facts: "ctypes.Array[ctypes.c_int64]",
    cells: npt.NDArray[np.int32 | np.int64],
) -> pl.Series:
    kind, texts, length = facts[1], facts[3], facts[4]
    if kind <= _TRUTH:
        arena = ctypes.string_at(library.portulan_xes_texts(scanner, ctypes.c_int64(index)), length)
        names = arena.decode().split("\0")[:texts]
        return _truths(names, cells) if kind == _TRUTH else _texts(names, cells, coded=facts[0] == _TRACE)
    if kind == _FLOAT:
        numbers = pl.Series(np.ascontiguousarray(cells).view(np.float64))
        return _without(numbers, cells == _NOTHING)
    whole = _without(pl.Series(cells), cells == _NOTHING)
    return whole.cast(pl.Datetime("us")) if kind == _DATE else whole


def _truths(names: list[str], cells: npt.NDArray[np.int32 | np.int64]) -> pl.Series:
    distinct = pl.Series([*(_TRUTHS[name] for name in names), None], dtype=pl.Boolean)
    return distinct.gather(np.where(cells < 0, len(names), cells).astype(np.uint32))


def _texts(names: list[str], cells: npt.NDArray[np.int32 | np.int64], *, coded: bool) -> pl.Series:
    """Return a column of texts, as codes where they are few or where it is said: a case has them once."""
    if coded or len(names) <= min(_MOST_CODED, len(cells) // 2):
        codes = pl.Series(np.maximum(cells, 0).astype(np.uint32)).cat.to(pl.Enum(names))
        return _without(codes, cells < 0)
    distinct = pl.Series([*names, None], dtype=pl.String)
    return distinct.gather(np.where(cells < 0, len(names), cells).astype(np.uint32))


def _without(column: pl.Series, lacking: npt.NDArray[np.bool_]) -> pl.Series:
    """Return a column without the values of rows that have none."""
    return column.set(pl.Series(lacking), None) if lacking.any() else column


def _array(
    address: int | None, length: int, kind: type[np.int32 | np.int64]
) -> npt.NDArray[np.int32 | np.int64]:
    """Return an array that the scanner holds until it forgets the column: what is kept of it is a copy."""
    if not address or not length:
        return np.zeros(0, dtype=kind)
    size = length * np.dtype(kind).itemsize
    return np.frombuffer(memoryview((ctypes.c_char * size).from_address(address)), dtype=kind)
