"""What sets some cases apart: the attribute values that they bear more often than the others.

Owns an association, never a cause: two shares, how many cases, and a test corrected for all the values that
were tried (two proportions, Holm). Refuses a value borne by fewer than ten of the cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from portulan.mining import store
from portulan.mining.chance import holm, two_proportions
from portulan.mining.study import Study

_FEWEST, _MOST_VALUES, _SURE = 10, 50, 0.05
_TELLING = 0.05


@dataclass(frozen=True)
class Apart:
    """A value that some cases bear more often: its share among them, among the others, how many."""

    attribute: str
    value: str
    share: float
    other_share: float
    cases: int


def apart(study: Study, some: npt.NDArray[np.bool_], *, most: int = 3) -> list[Apart]:
    """Return what sets some cases (m) apart from the others, the widest difference first."""
    n, others = int(some.sum()), int((~some).sum())
    if min(n, others) < _FEWEST:
        return []
    tried, chances = [], []
    for name, value, bears in _values(study):
        here, there = int(bears[some].sum()), int(bears[~some].sum())
        tried.append(Apart(name, value, here / n, there / others, here))
        chances.append(two_proportions(here, n, there, others))
    found = sorted(zip(chances, holm(chances), tried, strict=True), key=lambda one: one[0])
    kept = [
        one
        for _, chance, one in found
        if chance <= _SURE and one.cases >= _FEWEST and one.share - one.other_share >= _TELLING
    ]
    return sorted(kept, key=lambda one: one.other_share - one.share)[:most]


def _values(study: Study) -> Iterator[tuple[str, str, npt.NDArray[np.bool_]]]:
    """Yield every usual value of every attribute with the cases (m) that bear it."""
    log = study.log
    for name in log.case_rows.columns:
        column = log.case_rows[name].cast(pl.String)
        for value in _usual(column):
            yield name.removeprefix("case:"), value, column.eq(value).fill_null(value=False).to_numpy()
    for name in log.events.columns:
        if log.events[name].dtype in store.TEXTS:
            codes = log.events[name].cast(pl.String)
            for value in _usual(codes):
                bears = np.zeros(len(log.cases), dtype=np.bool_)
                bears[log.case[codes.eq(value).fill_null(value=False).to_numpy()]] = True
                yield name, value, bears


def _usual(column: pl.Series) -> list[str]:
    """Return the distinct values of a column that has few, else none."""
    known = column.drop_nulls()
    distinct = known.n_unique()
    return [str(one) for one in known.unique(maintain_order=True)] if 1 < distinct <= _MOST_VALUES else []
