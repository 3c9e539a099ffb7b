"""The coded log: events ordered by (case, at, seq), steps as small integers, no strings in event rows.

Owns the one layout that every kernel reads. Order always includes the sequence in the source, so that
ties never change a map from one run to the next.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl
from polars import selectors

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
#: Columns that `code` expects; a case may be a number, both may be coded. `at` is in UTC microseconds.
COLUMNS = {"case": pl.String, "step": pl.String, "at": pl.Int64}
#: How a column may hold texts: as they are, or as codes into those there are.
TEXTS = (pl.String, pl.Categorical, pl.Enum)


@dataclass(frozen=True)
class Log:
    """An event log of n events, m cases and k steps.

    `step` (n) holds codes into `steps` (k names); `at` (n) UTC microseconds; `offsets` (m + 1) where each
    case begins; `cases` (m) the ids; `events` (n) the other columns in the same order; `case_rows` (m)
    one row a case.
    """

    steps: tuple[str, ...]
    cases: pl.Series
    offsets: Ints
    step: Codes
    at: Ints
    events: pl.DataFrame = field(repr=False)
    case_rows: pl.DataFrame = field(repr=False)
    #: Other clocks of the events (n), once they are asked for: the work done before each, by calendar.
    clocks: dict[Hashable, Ints] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def case(self) -> Codes:
        """The case of each event (n), as an index into `cases`."""
        return np.repeat(np.arange(len(self.cases), dtype=np.int32), self.lengths)

    @property
    def lengths(self) -> Ints:
        """The number of events of each case (m)."""
        return np.diff(self.offsets)

    @property
    def first(self) -> Ints:
        """The position of the first event of each case (m)."""
        return self.offsets[:-1]

    @property
    def last(self) -> Ints:
        """The position of the last event of each case (m)."""
        return self.offsets[1:] - 1

    @cached_property
    def follows(self) -> Ints:
        """Positions i of events that have a next event i + 1 in the same case."""
        inner = np.ones(len(self.step), dtype=np.bool_)
        inner[self.last] = False
        return np.flatnonzero(inner)

    @property
    def mean_places(self) -> npt.NDArray[np.float64]:
        """The mean place of each step (k) in its cases, from 0 at the first event to 1 past the last."""
        lengths, k = np.repeat(self.lengths, self.lengths), len(self.steps)
        places = (np.arange(len(self.step)) - np.repeat(self.first, self.lengths)) / lengths
        total = np.bincount(self.step, weights=places, minlength=k).astype(np.float64)
        return total / np.maximum(np.bincount(self.step, minlength=k), 1)

    @cached_property
    def ties(self) -> float:
        """The share of transitions whose two events bear the same time."""
        here = self.follows
        return float((self.at[here] == self.at[here + 1]).mean()) if len(here) else 0.0


def code(frame: pl.DataFrame) -> Log:
    """Return the coded log of a frame with columns `case`, `step`, `at` and any others, in source order.

    Columns named `case:...` become one row a case (the first value); the rest stays with the events.
    Cases are kept in the order of their first appearance.
    """
    first_seen, at = _first_seen(frame["case"]), frame["at"].to_numpy()
    ordered = frame.with_row_index("seq")
    if not _in_order(first_seen, at):
        order = np.lexsort((at, first_seen))
        first_seen, ordered = first_seen[order], ordered[order]
    offsets = np.concatenate(([0], np.flatnonzero(np.diff(first_seen)) + 1, [ordered.height]))
    offsets = offsets.astype(np.int64) if ordered.height else np.zeros(1, dtype=np.int64)
    names = ordered["step"].unique().cast(pl.String).sort()
    of_cases = [name for name in ordered.columns if name.startswith("case:")]
    rows = ordered[offsets[:-1].tolist()]
    return Log(
        steps=tuple(names.to_list()),
        cases=rows["case"].cast(pl.String),
        offsets=offsets,
        step=_codes(ordered["step"], names),
        at=ordered["at"].to_numpy().astype(np.int64),
        events=ordered.drop("case", "step", "at", *of_cases),
        case_rows=rows.select(of_cases).with_columns(selectors.enum().cast(pl.String)),
    )


def _first_seen(case: pl.Series) -> Codes:
    """Return the place of each case among the cases, by first appearance."""
    case = case.to_physical() if case.dtype == pl.Enum else case
    run = case.rle_id()
    begins = pl.Series(np.flatnonzero(np.diff(run.to_numpy(), prepend=-1)))
    heads = case.gather(begins)
    distinct = heads.unique(maintain_order=True)
    if len(distinct) == len(heads):  # most files hold their cases one after the other
        return run.to_numpy().astype(np.int32)
    return np.asarray(_codes(heads, distinct)[run.to_numpy()], dtype=np.int32)


def _in_order(case: Codes, at: Ints) -> bool:
    """Return whether events already lie by case, then by time."""
    return bool(((case[1:] > case[:-1]) | ((case[1:] == case[:-1]) & (at[1:] >= at[:-1]))).all())


def _codes(column: pl.Series, names: pl.Series) -> Codes:
    """Return the place of each value in the distinct `names`."""
    if column.dtype.is_numeric():
        places = names.rename("name").to_frame().with_row_index("place")
        found = column.rename("name").to_frame().join(places, on="name", how="left", maintain_order="left")
        return found["place"].to_numpy().astype(np.int32)
    return column.cast(pl.Enum(names)).to_physical().to_numpy().astype(np.int32)


def decode(log: Log) -> pl.DataFrame:
    """Return the log as a frame again: `case`, `step`, `at` and the other event columns, ordered."""
    names = pl.Series(log.steps, dtype=pl.String)
    return pl.DataFrame(
        {
            "case": log.cases.gather(log.case),
            "step": names.gather(log.step),
            "at": log.at,
        }
    ).hstack(log.events)


def leaving_out(log: Log, steps: Ints) -> tuple[Log, Ints]:
    """Return the log without the events of some steps, and which of its cases (m) are left; codes stay."""
    kept = ~np.isin(log.step, steps)
    lengths = np.add.reduceat(kept, log.first) if len(log.cases) else log.lengths
    return _chosen(log, kept), np.flatnonzero(lengths)


def of_cases(log: Log, chosen: npt.NDArray[np.bool_]) -> Log:
    """Return the log of some cases (m) only; codes of steps stay."""
    return _chosen(log, np.repeat(chosen, log.lengths))


def _chosen(log: Log, events: npt.NDArray[np.bool_]) -> Log:
    """Return the log of some events (n)."""
    lengths = np.add.reduceat(events, log.first) if len(log.cases) else log.lengths
    kept = np.flatnonzero(lengths)
    offsets = np.concatenate(([0], np.cumsum(lengths[kept]))).astype(np.int64)
    rows = pl.Series(kept)
    return Log(
        steps=log.steps,
        cases=log.cases.gather(rows),
        offsets=offsets,
        step=log.step[events],
        at=log.at[events],
        events=log.events.filter(pl.Series(events)) if log.events.width else log.events,
        case_rows=log.case_rows[kept.tolist()] if log.case_rows.width else log.case_rows,
    )


def recoded(log: Log, codes: Codes, steps: tuple[str, ...]) -> Log:
    """Return the log with other steps: `codes` (k) says the new code of each, -1 for events to leave out."""
    kept = _chosen(log, codes[log.step] >= 0) if len(codes) else log
    return replace(kept, steps=steps, step=codes[kept.step].astype(np.int32) if len(codes) else kept.step)
