"""From a file to a coded log: the right reader, the roles of the columns, the rows that do not fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from portulan.base.refusals import NotValid, Problem
from portulan.mining import moments, read_csv, read_xes, store
from portulan.mining.read_csv import Guess, Progress, Rejected, Role, silent


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


def read(path: Path, *, roles: Mapping[str, Role] | None = None, progress: Progress = silent) -> Source:
    """Return the coded log of a CSV, XES or XES.gz file.

    Without `roles`, the columns are guessed. Of events with a life cycle only the completed ones are kept;
    the others are counted in `set_aside`, and steps that are
    never started, only reached, are the `states` of the case where the log holds both.

    :raises FileNotReadable: when the file cannot be parsed.
    :raises LogNotClear: when no column can be the case, the step or the time.
    """
    if ".xes" in path.suffixes:
        progress(0.05, path.name)
        return _from_xes(read_xes.read_frame(path))
    table = read_csv.read_table(path, progress=progress)
    guesses = read_csv.guess_roles(table.frame)
    chosen = dict(roles) if roles is not None else {name: guess.role for name, guess in guesses.items()}
    progress(0.5, path.name)
    return _from_table(table, chosen, guesses)


def _from_xes(frame: pl.DataFrame) -> Source:
    roles: dict[str, Role] = {"case:concept:name": "case", "concept:name": "step", "time:timestamp": "time"}
    named = frame.rename({"case:concept:name": "case", "concept:name": "step"}).with_columns(
        at=pl.col("time:timestamp").dt.timestamp("us")
    )
    kept = named.drop("time:timestamp").drop_nulls(["case", "step", "at"])
    completed = _completed(kept, "lifecycle:transition")
    states = _states(kept, completed, "lifecycle:transition")
    return Source(store.code(completed), roles, set_aside=kept.height - completed.height, states=states)


def _from_table(table: read_csv.Table, roles: dict[str, Role], guesses: Mapping[str, Guess]) -> Source:
    wanted: tuple[Role, ...] = ("case", "step", "time")
    columns = {role: next((n for n, r in roles.items() if r == role), None) for role in wanted}
    lacking = [role for role, name in columns.items() if name is None]
    time = columns["time"]
    reading = guesses[time].reading if time else None
    if lacking or time is None or reading is None:
        raise LogNotClear(*(Problem(role, f"mining.no_{role}_column") for role in lacking or ["time"]))
    attributes = {n: f"case:{n}" for n, r in roles.items() if r == "case_attribute"}
    at = moments.read(table.frame[time], reading.order)
    named = table.frame.rename({columns["case"] or "": "case", columns["step"] or "": "step", **attributes})
    frame = named.with_columns(at=at, line=pl.int_range(2, pl.len() + 2))
    whole = pl.col("at").is_not_null() & (pl.col("case").str.strip_chars() != "") & (pl.col("step") != "")
    refused = frame.filter(~whole)
    bad = tuple(
        Rejected(row["line"], _why(row), tuple(map(str, row.values())))
        for row in refused.iter_rows(named=True)
    )
    good = frame.filter(whole)
    lifecycle = next((n for n, r in roles.items() if r == "lifecycle"), "")
    completed = _completed(good, lifecycle)
    log = store.code(completed.drop("line", time if time != "at" else []))
    return Source(
        log=log,
        roles=roles,
        rejected=(*table.rejected, *bad),
        set_aside=good.height - completed.height,
        states=_states(good, completed, lifecycle),
        sure_dates=reading.sure,
    )


def _completed(frame: pl.DataFrame, lifecycle: str) -> pl.DataFrame:
    if lifecycle not in frame.columns:
        return frame
    done = frame.filter(pl.col(lifecycle).str.to_lowercase().is_in(["complete", "completed"]))
    return done if done.height else frame


def _states(frame: pl.DataFrame, completed: pl.DataFrame, lifecycle: str) -> frozenset[str]:
    if completed.height == frame.height:
        return frozenset()
    begun = frame.filter(pl.col(lifecycle).str.to_lowercase() == "start")["step"].unique()
    return frozenset(completed["step"].unique()) - frozenset(begun)


def _why(row: Mapping[str, object]) -> str:
    if row["at"] is None:
        return "mining.row_date"
    return "mining.row_case" if not str(row["case"] or "").strip() else "mining.row_step"
