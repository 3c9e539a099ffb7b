"""Our own events of one pipeline, kept in memory and added to as they happen, as a log to study.

Owns the reading of `record.*` events: which stage a record entered when, for how much, whose. Knows no
database: rows come in, a study comes out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np
import orjson
import polars as pl

from portulan.mining import store
from portulan.mining.store import Log

KINDS = ("record.created", "record.moved", "record.updated", "record.deleted", "record.restored")
#: Fields whose last value goes with the case, as attributes to filter by.
ATTRIBUTES = ("owner", "segment")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(NamedTuple):
    """An event as the log keeps it; `data` is JSON."""

    at: datetime
    kind: str
    subject: str
    data: str


@dataclass
class Book:
    """The events of a pipeline so far; `amount` is the uid of the field that bears the amount, if any."""

    pipeline: str
    amount: str | None = None
    cases: list[int] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)

    def append(self, rows: Iterable[Row]) -> None:
        """Add events, in the order they were added to the log."""
        for row in rows:
            data = orjson.loads(row.data)
            case = int(row.subject.rpartition(":")[2])
            if row.kind == "record.created":
                self._created(case, row.at, data)
            elif case in self.facts:
                self._changed(case, row, data)

    def log(self) -> Log:
        """Return the coded log of the records that are not in the bin."""
        rows = {"case": self.cases, "step": self.stages, "at": self.moments}
        frame = pl.DataFrame(rows, schema={"case": pl.Int64, "step": pl.String, "at": pl.Int64})
        gone = [case for case, facts in self.facts.items() if facts.get("deleted_at")]
        live = frame.filter(~pl.col("case").is_in(gone)) if gone else frame
        return store.code(live.with_columns(pl.col("case").cast(pl.String)))

    def texts(self, log: Log, name: str) -> list[str | None]:
        """Return a value of each case of a log, as a text."""
        values = (self.facts[int(case)].get(name) for case in log.cases)
        return [None if value is None else str(value) for value in values]

    def amounts(self, log: Log) -> np.ndarray[Any, np.dtype[np.float64]] | None:
        """Return the amount of each case of a log, or nothing where the pipeline has none."""
        if self.amount is None:
            return None
        values = self.texts(log, self.amount)
        return np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)

    def _created(self, case: int, at: datetime, data: Mapping[str, Any]) -> None:
        if data.get("pipeline") == self.pipeline and data.get("stage"):
            self.facts[case] = self._kept(data.get("values", {}))
            self._entered(case, data["stage"], at)

    def _changed(self, case: int, row: Row, data: Mapping[str, Any]) -> None:
        changes = data.get("changes", {})
        self.facts[case] |= self._kept({name: after for name, (_, after) in changes.items()})
        if row.kind == "record.moved" and data.get("pipeline") == self.pipeline:
            self._entered(case, data["to"], row.at)

    def _entered(self, case: int, stage: str, at: datetime) -> None:
        self.cases.append(case)
        self.stages.append(stage)
        self.moments.append(int((at - _EPOCH).total_seconds() * 1_000_000))

    def _kept(self, values: Mapping[str, Any]) -> dict[str, Any]:
        wanted = (self.amount, "deleted_at", *ATTRIBUTES)
        return {name: values[name] for name in wanted if name is not None and name in values}
