"""From a file to a coded log: the right reader, the roles of the columns, the rows that do not fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from portulan.base import moments
from portulan.base.refusals import NotValid, Problem
from portulan.mining import read_csv, read_xes, store
from portulan.mining.read_csv import Progress, Rejected, Role, silent

_NEEDED: tuple[Role, ...] = ("case", "step", "time")
#: More distinct steps than this is a column that names no steps.
_MOST_STEPS = 2_000
#: Names that this room gives to columns; a column of the file that bears one is renamed.
_OURS = frozenset({"case", "step", "at", "end_at", "line", "seq", "first"})


class LogNotClear(NotValid):
    """The columns of the case, the step and the time cannot be told."""

    code = "mining.log_not_clear"


@dataclass(frozen=True)
class Source:
    """A log read from a file, with what must be known about how it was read."""

    log: store.Log
    roles: Mapping[str, Role]
    rejected: tuple[Rejected, ...] = field(default=(), repr=False)
    set_aside: int = 0
    states: frozenset[str] = frozenset()
    sure_dates: bool = True


@dataclass(frozen=True)
class _Kept:
    """The events that count, how many were set aside, and the names of the states."""

    frame: pl.DataFrame
    set_aside: int
    states: frozenset[str]


def read(
    path: Path,
    *,
    roles: Mapping[str, Role] | None = None,
    day_first: bool | None = None,
    progress: Progress = silent,
) -> Source:
    """Return the coded log of a CSV, XES or XES.gz file.

    Without `roles`, the columns are guessed; without `day_first`, so is the order of day and month. Of
    events with a life cycle only the completed ones are kept; the others are counted in `set_aside`, and
    steps that are never started, only reached, are the `states` of the case where the log holds both.

    :raises FileNotReadable: when the file cannot be parsed.
    :raises LogNotClear: when no column can be the case, the step or the time, or the steps are too many.
    """
    if ".xes" in path.suffixes:
        progress(0.05, path.name)
        return _from_xes(read_xes.read_frame(path))
    table = read_csv.read_table(path, progress=progress)
    if roles is None:
        roles = {name: guess.role for name, guess in read_csv.guess_roles(table.frame).items()}
    progress(0.5, path.name)
    return _from_table(table, roles, day_first=day_first)


def _from_xes(frame: pl.DataFrame) -> Source:
    roles: dict[str, Role] = {"case:concept:name": "case", "concept:name": "step", "time:timestamp": "time"}
    freed = frame.rename({name: f"{name} *" for name in frame.columns if name in _OURS})
    named = freed.rename({"case:concept:name": "case", "concept:name": "step"}).with_columns(
        at=pl.col("time:timestamp").dt.timestamp("us"), line=pl.int_range(1, pl.len() + 1)
    )
    good, bad = _sorted_out(named.drop("time:timestamp"))
    kept = _counting(good, "lifecycle:transition")
    return Source(_coded(kept.frame.drop("line")), roles, bad, kept.set_aside, kept.states)


def _from_table(table: read_csv.Table, roles: Mapping[str, Role], *, day_first: bool | None) -> Source:
    columns = _columns(roles)
    reading = moments.guess(table.frame[columns["time"]])
    if reading is None:
        raise LogNotClear(Problem("time", "mining.no_time_column"))
    reading = _settled(reading, day_first=day_first)
    good, bad = _sorted_out(_named(table.frame, roles, columns, reading))
    kept = _counting(good, next((n for n, r in roles.items() if r == "lifecycle"), ""))
    return Source(
        log=_coded(kept.frame.drop("line")),
        roles=roles,
        rejected=(*table.rejected, *bad),
        set_aside=kept.set_aside,
        states=kept.states,
        sure_dates=reading.sure,
    )


def _columns(roles: Mapping[str, Role]) -> dict[Role, str]:
    """Return the column of each role that is borne by one column."""
    found: dict[Role, str] = {}
    for name, role in roles.items():
        found.setdefault(role, name)
    lacking = [role for role in _NEEDED if role not in found]
    if lacking:
        raise LogNotClear(*(Problem(role, f"mining.no_{role}_column") for role in lacking))
    return found


def _settled(reading: moments.Reading, *, day_first: bool | None) -> moments.Reading:
    """Return the reading as a person settled it, where the order of day and month was in doubt."""
    if day_first is None or reading.order not in ("dmy", "mdy"):
        return reading
    return replace(reading, order="dmy" if day_first else "mdy", sure=True)


def _named(
    table: pl.DataFrame, roles: Mapping[str, Role], columns: Mapping[Role, str], reading: moments.Reading
) -> pl.DataFrame:
    """Return the columns under the names of this room, dates as UTC microseconds."""
    names = {name: f"{name} *" for name in table.columns if name in _OURS}
    names |= {name: f"case:{name}" for name, role in roles.items() if role == "case_attribute"}
    names |= {columns["case"]: "case", columns["step"]: "step"}
    read = {"at": moments.read(table[columns["time"]], reading.order)}
    if "end" in columns:
        ends = moments.guess(table[columns["end"]])
        read["end_at"] = moments.read(table[columns["end"]], reading.order if ends is None else ends.order)
    dropped = [name for name, role in roles.items() if role in ("time", "end", "ignore")]
    named = table.drop(dropped, strict=False).rename(names, strict=False)
    return named.with_columns(line=pl.int_range(2, pl.len() + 2), **read)


def _sorted_out(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Rejected, ...]]:
    """Return the events that have a case, a step and a time, and the others with their reason."""
    blank = {name: _blank(frame[name].unique()) for name in ("case", "step")}
    if not any(blank.values()) and not frame["at"].null_count():
        return frame, ()
    has_case, has_step = (~pl.col(name).is_in(without, nulls_equal=True) for name, without in blank.items())
    whole = pl.col("at").is_not_null() & has_case & has_step
    bad = tuple(
        Rejected(row["line"], _why(row), tuple("" if cell is None else str(cell) for cell in row.values()))
        for row in frame.filter(~whole).iter_rows(named=True)
    )
    return frame.filter(whole), bad


def _blank(names: pl.Series) -> list[str | None]:
    """Return the names that say nothing."""
    said = names.cast(pl.String).str.strip_chars().fill_null("")
    return names.filter(said == "").to_list()


def _coded(frame: pl.DataFrame) -> store.Log:
    log = store.code(frame)
    if len(log.steps) > _MOST_STEPS:
        raise LogNotClear(
            Problem("step", "mining.too_many_steps", {"n": len(log.steps), "most": _MOST_STEPS})
        )
    return log


def _counting(frame: pl.DataFrame, lifecycle: str) -> _Kept:
    if lifecycle not in frame.columns:
        return _Kept(frame, 0, frozenset())
    known = [one for one in frame[lifecycle].unique() if one is not None]
    ends = [one for one in known if one.lower() in ("complete", "completed")]
    if not ends or (len(ends) == len(known) and not frame[lifecycle].null_count()):
        return _Kept(frame, 0, frozenset())
    done = frame.filter(pl.col(lifecycle).is_in(ends))
    starts = [one for one in known if one.lower() == "start"]
    begun = frame.filter(pl.col(lifecycle).is_in(starts))["step"].unique()
    return _Kept(done, frame.height - done.height, frozenset(done["step"].unique()) - frozenset(begun))


def _why(row: Mapping[str, object]) -> str:
    if row["at"] is None:
        return "mining.row_date"
    return "mining.row_case" if not str(row["case"] or "").strip() else "mining.row_step"
