"""A coded log on disk, beside the database: Parquet to keep, Arrow to map.

Owns one folder per version of a log: `events.parquet`, `cases.parquet`, `rejected.parquet` and `meta.json`
are the log, compressed, in a format that any other tool reads; `events.arrow` is the same events laid out as
memory wants them, written from the Parquet by the first who reads and mapped by all. A folder is written
whole under another name, then takes its own: who reads never sees half of it.
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
import polars as pl

from portulan.base import ids
from portulan.mining import store
from portulan.mining.read import Source
from portulan.mining.read_csv import Rejected
from portulan.mining.store import Log

_EVENTS, _CASES, _REJECTED = "events.parquet", "cases.parquet", "rejected.parquet"
_META, _MAPPED = "meta.json", "events.arrow"
_MOST_REJECTED = 100_000


@dataclass(frozen=True)
class Archived:
    """A log read back, with the names of the steps that are states (none: all of them)."""

    log: Log
    states: frozenset[str]


def write(folder: Path, source: Source) -> None:
    """Write a log into a folder of its own, replacing what was there."""
    making = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    log = source.log
    columns = {"step": pl.Series(log.step), "at": pl.Series(log.at)}
    events = pl.DataFrame(columns).hstack(log.events.rename({n: f"x:{n}" for n in log.events.columns}))
    cases = pl.DataFrame({"case": log.cases, "events": log.lengths}).hstack(log.case_rows)
    events.write_parquet(making / _EVENTS)
    cases.write_parquet(making / _CASES)
    _rejected(source.rejected).write_parquet(making / _REJECTED)
    meta = {"steps": log.steps, "states": sorted(source.states)}
    (making / _META).write_bytes(orjson.dumps(meta))
    shutil.rmtree(folder, ignore_errors=True)
    making.rename(folder)


def is_whole(folder: Path) -> bool:
    """Return whether a folder holds every file of a log."""
    return all((folder / name).exists() for name in (_EVENTS, _CASES, _REJECTED, _META))


def read(folder: Path) -> Archived:
    """Return the log of a folder, its events mapped from disk."""
    meta = orjson.loads((folder / _META).read_bytes())
    events = _mapped(folder)
    cases = pl.read_parquet(folder / _CASES)
    own = [name for name in events.columns if name.startswith("x:")]
    log = Log(
        steps=tuple(meta["steps"]),
        cases=cases["case"],
        offsets=np.concatenate(([0], cases["events"].to_numpy().cumsum())).astype(np.int64),
        step=events["step"].to_numpy().astype(np.int32, copy=False),
        at=events["at"].to_numpy().astype(np.int64, copy=False),
        events=events.select(own).rename({name: name.removeprefix("x:") for name in own}),
        case_rows=cases.drop("case", "events"),
    )
    return Archived(log, frozenset(meta["states"]))


def rejected(folder: Path) -> pl.DataFrame:
    """Return the rows set apart: `line`, `code`, `row` (a list of texts)."""
    return pl.read_parquet(folder / _REJECTED)


def reword(folder: Path, into: Path, found: re.Pattern[str], by: str) -> bool:
    """Write a log again without what a pattern finds in its texts; return whether there was any.

    Nothing is written when there is none.
    """
    held = {name: pl.read_parquet(folder / name) for name in (_EVENTS, _CASES, _REJECTED)}
    told = {name: frame.with_columns(*_reworded(frame, found, by)) for name, frame in held.items()}
    meta = (folder / _META).read_text("utf-8")
    said = found.sub(by, meta)
    if said == meta and all(frame.equals(held[name]) for name, frame in told.items()):
        return False
    into.mkdir(parents=True)
    for name, frame in told.items():
        frame.write_parquet(into / name)
    (into / _META).write_text(said, "utf-8")
    return True


def _reworded(frame: pl.DataFrame, found: re.Pattern[str], by: str) -> list[pl.Series]:
    columns = []
    for one in frame:
        if one.dtype == pl.List(pl.String):
            rows = [None if row is None else [found.sub(by, text or "") for text in row] for row in one]
            columns.append(pl.Series(one.name, rows, dtype=one.dtype))
        elif one.dtype in store.TEXTS:
            texts = one.cast(pl.String).unique().drop_nulls().to_list()
            changed = {text: said for text in texts if (said := found.sub(by, text)) != text}
            if changed:
                columns.append(one.cast(pl.String).replace(changed))
    return columns


def _mapped(folder: Path) -> pl.DataFrame:
    """Return the events as they are mapped; laid out from the Parquet where nobody has yet."""
    mapped = folder / _MAPPED
    if not mapped.exists():
        making = mapped.with_suffix(f".{ids.uuid7()}")
        pl.read_parquet(folder / _EVENTS).write_ipc(making, compression="uncompressed")
        making.replace(mapped)
    return pl.read_ipc(mapped)


def _rejected(rows: Sequence[Rejected]) -> pl.DataFrame:
    kept = rows[:_MOST_REJECTED]
    return pl.DataFrame(
        {
            "line": [row.line for row in kept],
            "code": [row.code for row in kept],
            "row": [list(row.row) for row in kept],
        },
        schema={"line": pl.Int64, "code": pl.String, "row": pl.List(pl.String)},
    )
