"""The variants of a log: cases that went through the same steps in the same order."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from portulan.mining import kernels
from portulan.mining.store import Ints, Log


@dataclass(frozen=True)
class Variants:
    """Variants by falling number of cases.

    `example` is a case of each, `cases` how many follow it, `of_case` (m) the variant of each case.
    """

    example: Ints
    cases: Ints
    of_case: Ints


def variants(log: Log) -> Variants:
    """Return the variants of a log, the most followed first, ties in the order of first appearance."""
    of_case, example = kernels.variants(log.step, log.offsets)
    counts = np.bincount(of_case, minlength=len(example)).astype(np.int64)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return Variants(example[order], counts[order], rank[of_case])


def paths(log: Log, found: Variants) -> Log:
    """Return the log of one case a variant, in their order, of which only the steps are known."""
    lengths = log.lengths[found.example]
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    place = np.arange(int(offsets[-1])) + np.repeat(log.first[found.example] - offsets[:-1], lengths)
    nothing = pl.DataFrame()
    cases = log.cases.gather(found.example)
    return Log(log.steps, cases, offsets, log.step[place], log.at[place], nothing, nothing)
