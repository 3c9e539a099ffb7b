"""How well a tree tells of sequences: fitness, precision, and what both are worth together.

Owns nothing but the sum: costs are those of `align`'s kernel, precision is that of `escaping`, so that a
tree and a map are judged alike.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portulan.mining import escaping, kernels
from portulan.mining.automaton import Automaton
from portulan.mining.escaping import Traces
from portulan.mining.sequences import Sequences

#: Alignments of a search are never cut short: what is spent is counted beforehand.
_FOREVER = 1e9


@dataclass(frozen=True)
class Judgement:
    """Shares from 0 to 1 of what sequences do and of what a model allows; `score` is their harmonic mean."""

    fitness: float
    precision: float

    @property
    def score(self) -> float:
        """The harmonic mean of fitness and precision."""
        both = self.fitness + self.precision
        return 2 * self.fitness * self.precision / both if both else 0.0


@dataclass(frozen=True)
class Judge:
    """Holds models against sequences, which lie so that those that begin alike are neighbours."""

    sequences: Sequences

    @cached_property
    def _lengths(self) -> np.typing.NDArray[np.int64]:
        return self.sequences.lengths

    def judge(self, model: Automaton) -> Judgement:
        """Return how well a model, whose codes are those of the sequences, tells of them."""
        held = self.sequences
        room = np.concatenate(([0], np.cumsum(2 * self._lengths + model.shortest))).astype(np.int64)
        cost, first, kind, code = kernels.align(held.step, held.offsets, model.graph, room, _FOREVER)
        worst = int(((self._lengths + model.shortest) * held.weight).sum())
        fitness = 1 - int((cost * held.weight).sum()) / worst if worst else 1.0
        span = room[1:] - first
        place = np.arange(int(span.sum())) + np.repeat(first - np.cumsum(span) + span, span)
        of_model = kind[place] != kernels.TRACE
        counted = np.bincount(np.repeat(np.arange(len(span)), span)[of_model], minlength=len(span))
        offsets = np.concatenate(([0], np.cumsum(counted))).astype(np.int64)
        precise = escaping.precision(model, Traces(code[place][of_model], offsets), held.weight)
        return Judgement(fitness, 1.0 if precise is None else precise)
