"""Our own events of one pipeline, kept in memory and added to as they happen, as a log to study.

Owns the columns: which record entered which stage when, whose it is, for how much. Knows no database:
columns come in, a log comes out. A book never changes: what is added makes another, which shares the columns.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt
import polars as pl

from portulan.mining import store
from portulan.mining.store import Log

#: Fields whose value goes with the case, as attributes to filter by.
ATTRIBUTES = ("owner", "segment")
#: The column that says who had the record then, or from then on.
OWNER = "had_by"
ENTRIES = {"case": pl.Int64, "at": pl.Int64, "born": pl.Boolean, "stage": pl.Categorical, OWNER: pl.Int64}
ROWS = {"case": pl.Int64, "amount": pl.Float64, **dict.fromkeys(ATTRIBUTES, pl.String)}


@dataclass(frozen=True)
class Book:
    """The entries of records into stages, in the order they were added, and a row for each living record.

    An entry without a stage says that the record passed to somebody else.
    """

    entries: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ENTRIES))
    rows: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROWS))

    def entered(self, entries: pl.DataFrame) -> Self:
        """Return the book with more entries."""
        told = entries.filter(pl.any_horizontal(pl.col("stage", OWNER).is_not_null())).select(*ENTRIES)
        return replace(self, entries=self.entries.vstack(told.cast(ENTRIES)))  # type: ignore[arg-type]

    def known_as(self, rows: pl.DataFrame, changed: pl.Series | None) -> Self:
        """Return the book with the rows of records that changed, of all when nobody says which.

        A record that changed and has no row lives no more.
        """
        if changed is None:
            return replace(self, rows=rows)
        others = self.rows.filter(~pl.col("case").is_in(changed.implode()))
        return replace(self, rows=others.vstack(rows))

    @cached_property
    def log(self) -> Log:
        """The coded log of the living records that were born in the pipeline."""
        born = self.entries.filter("born")["case"].unique()
        living = self.rows["case"].filter(self.rows["case"].is_in(born.implode()))
        kept = self.entries.filter(pl.col("case").is_in(living.implode()))
        log = store.code(_held(kept).select("case", pl.col("stage").alias("step"), "at", OWNER))
        attributes = self._of(log).select(pl.col(name).alias(f"case:{name}") for name in ATTRIBUTES)
        return replace(log, case_rows=attributes)

    @property
    def amounts(self) -> npt.NDArray[np.float64]:
        """The amount of each case of the log, NaN where a record bears none."""
        return self._of(self.log)["amount"].fill_null(np.nan).to_numpy()

    def _of(self, log: Log) -> pl.DataFrame:
        """Return the rows of the cases of a log, in their order."""
        cases = log.cases.cast(pl.Int64).alias("case").to_frame()
        return cases.join(self.rows, on="case", how="left", maintain_order="left")


def _held(entries: pl.DataFrame) -> pl.DataFrame:
    """Return the entries into stages, each with whoever was the last to be named its owner by then."""
    known = pl.col(OWNER).forward_fill().over("case")
    timed = entries.with_row_index("place").sort("at", maintain_order=True).with_columns(known)
    return timed.filter(pl.col("stage").is_not_null()).sort("place")
