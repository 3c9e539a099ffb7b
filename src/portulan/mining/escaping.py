"""How little a model allows beyond what is seen: escaping edges on aligned traces.

Owns the measure (Adriansyah, Munoz-Gama and others, Measuring precision of modeled behavior, 2015): at each
beginning that traces go on from, the steps that the model allows next against those that follow, weighted by
cases. What is allowed is read on the language of the model, so that silent and equal steps do not count
twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from portulan.mining import kernels
from portulan.mining.automaton import SILENT, Automaton
from portulan.mining.store import Codes, Ints


@dataclass(frozen=True)
class Traces:
    """Traces that a model allows: trace i has the steps `step[offsets[i]:offsets[i + 1]]`."""

    step: Codes
    offsets: Ints


def precision(model: Automaton, traces: Traces, cases: Ints) -> float | None:
    """Return the share of what is allowed that is done, each trace counted as so many cases.

    None when no trace has a step.
    """
    if model.plain:
        out = (model.graph.out_at, model.label, model.target)
        allowed, done = kernels.escaped((traces.step, traces.offsets), cases, out, len(model.steps))
        return done / allowed if allowed else None
    beliefs = _Beliefs(model)
    lengths, k = np.diff(traces.offsets), max(len(model.steps), 1)
    node = np.zeros(len(lengths), dtype=np.int64)
    belief_of = np.zeros(1, dtype=np.int64)
    allowed = done = 0
    for depth in range(int(lengths.max(initial=0))):
        here = np.flatnonzero(lengths > depth)
        pair = node[here] * k + traces.step[traces.offsets[here] + depth]
        pairs, place = np.unique(pair, return_inverse=True)
        parent, label = pairs // k, pairs % k
        weight = np.bincount(node[here], weights=cases[here], minlength=len(belief_of)).astype(np.int64)
        allowed += int((weight * beliefs.choices(belief_of)).sum())
        done += int((weight * np.bincount(parent, minlength=len(belief_of))).sum())
        belief_of = beliefs.after(belief_of[parent], label)
        node[here] = place
    return done / allowed if allowed else None


class _Beliefs:
    """The sets of states in which a model can be after some steps, numbered as met; 0 is before any."""

    def __init__(self, model: Automaton) -> None:
        self._silent: dict[int, list[int]] = {}
        self._out: dict[int, list[tuple[int, int]]] = {}
        for source, label, target in zip(
            model.source.tolist(), model.label.tolist(), model.target.tolist(), strict=True
        ):
            if label == SILENT:
                self._silent.setdefault(source, []).append(target)
            else:
                self._out.setdefault(source, []).append((label, target))
        self._next: list[dict[int, set[int]]] = []
        self._known: dict[frozenset[int], int] = {}
        self._steps: dict[tuple[int, int], int] = {}
        self._number({0})

    def choices(self, beliefs: Ints) -> Ints:
        """Return how many steps each belief allows next."""
        return np.array([len(one) for one in self._next], dtype=np.int64)[beliefs]

    def after(self, beliefs: Ints, labels: Ints) -> Ints:
        """Return the belief after a step of each belief, which allows it."""
        pairs, place = np.unique(np.stack((beliefs, labels)), axis=1, return_inverse=True)
        found = []
        for belief, label in pairs.T.tolist():
            if (belief, label) not in self._steps:
                self._steps[belief, label] = self._number(self._next[belief][label])
            found.append(self._steps[belief, label])
        return np.array(found, dtype=np.int64)[place.reshape(-1)]

    def _number(self, states: Iterable[int]) -> int:
        """Return the number of the set of states that some reach in silence."""
        whole, waiting = set(states), list(states)
        while waiting:
            for target in self._silent.get(waiting.pop(), ()):
                if target not in whole:
                    whole.add(target)
                    waiting.append(target)
        key = frozenset(whole)
        if key not in self._known:
            self._known[key] = len(self._next)
            following: dict[int, set[int]] = {}
            for state in whole:
                for label, target in self._out.get(state, ()):
                    following.setdefault(label, set()).add(target)
            self._next.append(following)
        return self._known[key]
