"""Sequences of steps with how many cases follow each: what models are mined from, instead of events.

Owns projections and splits, all in numpy over whole columns. Sequences may be empty; alike ones are merged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from portulan.mining import kernels
from portulan.mining.store import Codes, Ints, Log
from portulan.mining.variants import Variants

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Graph:
    """What follows what in sequences of k steps: `follows` (k, k), `starts`, `ends`, `count` (k)."""

    follows: Ints
    starts: Ints
    ends: Ints
    count: Ints


@dataclass(frozen=True)
class Sequences:
    """Sequence i of v holds `step[offsets[i]:offsets[i + 1]]`, codes among k; `weight[i]` cases follow it."""

    step: Codes
    offsets: Ints
    weight: Ints
    k: int

    @property
    def lengths(self) -> Ints:
        """The number of steps of each sequence."""
        return np.diff(self.offsets)

    @cached_property
    def owner(self) -> Ints:
        """The sequence of each step."""
        return np.repeat(np.arange(len(self.weight)), self.lengths)

    @property
    def total(self) -> int:
        """How many cases there are."""
        return int(self.weight.sum())

    @property
    def without_any(self) -> int:
        """How many cases hold no step."""
        return int(self.weight[self.lengths == 0].sum())

    @cached_property
    def inner(self) -> Ints:
        """The places of the steps that another step of their sequence follows."""
        return np.flatnonzero(self.owner[1:] == self.owner[:-1]) if len(self.step) else np.zeros(0, np.int64)

    @cached_property
    def graph(self) -> Graph:
        """What follows what."""
        k, here = self.k, self.inner
        filled = self.lengths > 0
        arc = self.step[here].astype(np.int64) * k + self.step[here + 1]
        return Graph(
            _weighed(arc, self.weight[self.owner[here]], k * k).reshape(k, k),
            _weighed(self.step[self.offsets[:-1][filled]], self.weight[filled], k),
            _weighed(self.step[self.offsets[1:][filled] - 1], self.weight[filled], k),
            _weighed(self.step, self.weight[self.owner], k),
        )

    def within(self, codes: Iterable[int]) -> "Sequences":
        """Return the sequences with only some of their steps."""
        return self.only(np.isin(self.step, list(codes)))

    def only(self, kept: Mask) -> "Sequences":
        """Return the sequences with only the steps of a mask."""
        lengths = np.bincount(self.owner[kept], minlength=len(self.weight))
        return _merged(self.step[kept], lengths, self.weight, self.k)

    def filled(self) -> "Sequences":
        """Return the sequences that hold a step."""
        return self.chosen(self.lengths > 0)

    def chosen(self, rows: Mask) -> "Sequences":
        """Return some of the sequences."""
        return _merged(self.step[rows[self.owner]], self.lengths[rows], self.weight[rows], self.k)

    def in_order(self) -> "Sequences":
        """Return the sequences so that those that begin alike are neighbours."""
        raw, bounds = (self.step + 1).astype(">u4").tobytes(), (self.offsets * 4).tolist()
        order = sorted(range(len(self.weight)), key=lambda one: raw[bounds[one] : bounds[one + 1]])
        return self.rows(np.array(order, dtype=np.int64))

    def rows(self, chosen: Ints) -> "Sequences":
        """Return some of the sequences in the order given."""
        step, offsets = _gathered(self.step, self.offsets, chosen)
        return Sequences(step, offsets, self.weight[chosen], self.k)

    def cut_after(self, places: Ints, *, without_any: int = 0) -> "Sequences":
        """Return the sequences cut in pieces after some of their steps, and so many that hold none."""
        ends = np.union1d(places + 1, self.offsets[1:][self.lengths > 0])
        begins = np.concatenate(([0], ends[:-1])).astype(np.int64)
        weight = self.weight[self.owner[begins]] if len(ends) else np.zeros(0, np.int64)
        lengths = np.append(ends - begins, 0) if without_any else ends - begins
        weight = np.append(weight, without_any) if without_any else weight
        return _merged(self.step, lengths, weight, self.k)


def of_log(log: Log, found: Variants) -> Sequences:
    """Return the variants of a log as sequences, the most followed first."""
    return Sequences(*_gathered(log.step, log.offsets, found.example), found.cases, len(log.steps))


def of_words(words: Iterable[tuple[int, ...]], k: int) -> Sequences:
    """Return words over k steps as sequences."""
    known = list(words)
    step = np.array([code for word in known for code in word], dtype=np.int32)
    lengths = np.array([len(word) for word in known], dtype=np.int64)
    return _merged(step, lengths, np.ones(len(known), dtype=np.int64), k)


def _merged(step: Codes, lengths: Ints, weight: Ints, k: int) -> Sequences:
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    number, example = kernels.variants(step, offsets)
    if len(example) == len(weight):
        return Sequences(step, offsets, weight, k)
    weight = _weighed(number, weight, len(example))
    return Sequences(*_gathered(step, offsets, example), weight, k)


def _gathered(step: Codes, offsets: Ints, rows: Ints) -> tuple[Codes, Ints]:
    """Return some sequences, in the order given."""
    length = np.diff(offsets)[rows]
    bounds = np.concatenate(([0], np.cumsum(length))).astype(np.int64)
    return step[np.arange(int(bounds[-1])) + np.repeat(offsets[rows] - bounds[:-1], length)], bounds


def _weighed(group: npt.NDArray[np.integer], weight: Ints, groups: int) -> Ints:
    """Return the weight of each group; sums stay exact up to 2**53."""
    return np.bincount(group, weights=weight, minlength=groups).astype(np.int64)
