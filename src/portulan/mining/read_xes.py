"""Reading of XES files, plain or gzipped: by our scanner, by r4pm what is unusual.

Refuses entities and files that unpack too large.
"""

import gzip
import zlib
from pathlib import Path
from typing import IO, cast

import polars as pl
import r4pm

from portulan.base.refusals import Problem
from portulan.mining.read_csv import FileNotReadable
from portulan.mining.scan import scan

_MOST_BYTES = 4 * 1024**3
_CHUNK = 1 << 22


def read_frame(path: Path) -> pl.DataFrame:
    """Return the log as a frame of `case:*` columns, `concept:name`, `time:timestamp` in UTC and others.

    :raises FileNotReadable: when the file is no XES, declares entities, or unpacks to more than 4 GB.
    """
    frame = scan(path)
    if frame is None:
        _refuse_hostile(path)
        frame = _by_r4pm(path)
    missing = {"case:concept:name", "concept:name", "time:timestamp"} - set(frame.columns)
    if missing:
        raise FileNotReadable(
            *(Problem(name, "mining.xes_lacks", {"name": name}) for name in sorted(missing))
        )
    return frame.select(sorted(frame.columns))  # r4pm gives them in another order each time


def _by_r4pm(path: Path) -> pl.DataFrame:
    try:
        frame, _ = r4pm.df.import_xes(str(path))
    except (OSError, ValueError, RuntimeError) as error:
        raise FileNotReadable(Problem("file", "mining.file_not_xes")) from error
    return frame


def _refuse_hostile(path: Path) -> None:
    try:
        with _open(path) as file:
            _refuse_content(file)
    except (OSError, EOFError, zlib.error) as error:
        raise FileNotReadable(Problem("file", "mining.file_not_xes")) from error


def _refuse_content(file: IO[bytes]) -> None:
    head = file.read(_CHUNK)
    if b"<!ENTITY" in head or b"<!DOCTYPE" in head or b"<log" not in head:
        raise FileNotReadable(Problem("file", "mining.file_not_xes"))
    size = len(head)
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > _MOST_BYTES:
            raise FileNotReadable(Problem("file", "mining.file_too_large"))


def _open(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")
