"""The cheapest way to make each case one that a model allows: what it skips, what it has too much of.

Owns optimal alignments (van der Aalst, Adriansyah, van Dongen 2012; a step too much or skipped costs 1) by
exact dynamic programming over place and state, the most followed variants first within a time budget, and
what they sum up to: fitness is one less the cost over the worst cost, that of skipping the whole log and the
shortest case. Refuses nothing: what the budget did not allow is told as unchecked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Literal

import numpy as np
import numpy.typing as npt

from portulan.mining import escaping, kernels
from portulan.mining.automaton import Automaton
from portulan.mining.store import Codes, Ints, Log

Mask = npt.NDArray[np.bool_]
Move = Literal["both", "extra", "skipped"]
#: What a move is called, by its kind in the kernels.
_NAMES: tuple[Move, Move, Move] = ("both", "extra", "skipped")
#: Seconds that alignments may take unless stated.
BUDGET = 5.0
#: Variants of the first batch, and how much larger each next is: within one, what they begin with is shared.
_BATCH, _LARGER = 256, 4
#: The longest trace is held against every state at once, in so many numbers of four bytes.
_CELLS = 1 << 26


@dataclass(frozen=True)
class Needed:
    """A step that some variants (v) skip or have too much of: in how many cases, how often in all.

    A step that is not `drawn` is none of the model's.
    """

    kind: Move
    step: str
    drawn: bool
    cases: int
    count: int
    variants: Mask


@dataclass(frozen=True)
class Alignments:
    """The alignments of v variants, the most followed first, of m cases.

    `steps` names the codes of moves: those of the model, then those of the log alone. `cost` (v) is -1 where
    the time budget ended before; `worst` (v); `cases` (v) how many follow each, `of_case` (m) the variant of
    each case. The moves of variant i are `first[i]` to `last[i]` of `kind` and `code`.
    """

    model: Automaton
    steps: tuple[str, ...]
    cases: Ints
    of_case: Ints
    cost: Ints
    worst: Ints
    first: Ints
    last: Ints
    kind: npt.NDArray[np.int8]
    code: Codes

    @property
    def checked(self) -> Mask:
        """Which variants (v) were aligned."""
        return self.cost >= 0

    @property
    def checked_cases(self) -> float:
        """The share of the cases that were aligned."""
        return float(self.cases[self.checked].sum() / max(int(self.cases.sum()), 1))

    @property
    def checked_variants(self) -> float:
        """The share of the variants that were aligned."""
        return float(self.checked.sum() / max(len(self.cost), 1))

    @property
    def fitness(self) -> float | None:
        """One less the cost of the cases that were aligned over their worst cost; None without any."""
        weights = self.cases * self.checked
        worst = int((self.worst * weights).sum())
        return 1 - float((self.cost * weights).sum()) / worst if worst else None

    @property
    def conforming(self) -> Mask:
        """Which cases (m) the model allows as they are."""
        return np.asarray((self.cost == 0)[self.of_case])

    @cached_property
    def precision(self) -> float | None:
        """How little the model allows beyond what aligned cases do; None when nothing was aligned."""
        return escaping.precision(self.model, self._of_model(), self.cases[self.checked])

    def moves(self, variant: int) -> list[tuple[Move, str]]:
        """Return the alignment of a variant, by rank: what happens on both sides, too much, or skipped."""
        here = slice(int(self.first[variant]), int(self.last[variant]))
        pairs = zip(self.kind[here].tolist(), self.code[here].tolist(), strict=True)
        return [(_NAMES[kind], self.steps[code]) for kind, code in pairs]

    def needed(self) -> list[Needed]:
        """Return what has to be put right, that of most cases first."""
        variant, place = self._places()
        kind, code = self.kind[place].astype(np.int64), self.code[place].astype(np.int64)
        wrong = kind != kernels.BOTH
        what = (code * len(_NAMES) + kind)[wrong]
        found = []
        for one in np.unique(what).tolist():
            of = np.bincount(variant[wrong][what == one], minlength=len(self.cost))
            step, name = one // len(_NAMES), _NAMES[one % len(_NAMES)]
            cases, count = int(self.cases[of > 0].sum()), int((of * self.cases).sum())
            drawn = step < len(self.model.steps)
            found.append(Needed(name, self.steps[step], drawn, cases, count, of > 0))
        return sorted(found, key=lambda each: (-each.cases, each.step, each.kind))

    def _places(self) -> tuple[Ints, Ints]:
        """Return the variant and the place of every move, variant after variant."""
        lengths = (self.last - self.first) * self.checked
        variant = np.repeat(np.arange(len(lengths)), lengths)
        return variant, np.arange(len(variant)) + (self.first - np.cumsum(lengths) + lengths)[variant]

    def _of_model(self) -> escaping.Traces:
        """Return what the model does in the alignments, variant after variant."""
        variant, place = self._places()
        model = self.kind[place] != kernels.TRACE
        lengths = np.bincount(variant[model], minlength=len(self.cost))[self.checked]
        offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        return escaping.Traces(self.code[place][model], offsets)


def align(
    log: Log, model: Automaton, places: Sequence[str | None] | None = None, *, budget: float = BUDGET
) -> Alignments:
    """Return the optimal alignments of a log's variants within so many seconds.

    `places` (k) names the step of the model where each of the log stands, which bears the same name unless
    stated; a step without a place is always too much.
    """
    step, steps = _placed(log, model, places)
    step, offsets = _stays(step, log.offsets) if model.stays else (step, log.offsets)
    of_case, example = kernels.variants(step, offsets)
    cases = np.bincount(of_case, minlength=len(example)).astype(np.int64)
    order = np.argsort(-cases, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    step, offsets = _gathered(step, offsets, example[order])
    lengths = np.diff(offsets)
    room = np.concatenate(([0], np.cumsum(2 * lengths + model.shortest))).astype(np.int64)
    found = Alignments(
        *(model, steps, cases[order], rank[of_case], np.full(len(order), -1, dtype=np.int64)),
        *(lengths + model.shortest, room[1:].copy(), room[1:].copy()),
        *(np.zeros(int(room[-1]), dtype=np.int8), np.zeros(int(room[-1]), dtype=np.int32)),
    )
    _fill(found, step, offsets, budget)
    return found


def _fill(found: Alignments, step: Codes, offsets: Ints, budget: float) -> None:
    """Align batch after batch until the budget is spent, traces that begin alike side by side."""
    until, begin, size = monotonic() + budget, 0, _BATCH
    raw, bounds = (step.astype(">u4") + 1).astype(">u4").tobytes(), (offsets * 4).tolist()
    fits = np.diff(offsets) < _CELLS // max(found.model.states, 1)
    while begin < len(found.cost) and (not begin or monotonic() < until):
        batch = [one for one in range(begin, min(begin + size, len(found.cost))) if fits[one]]
        batch.sort(key=lambda one: raw[bounds[one] : bounds[one + 1]])
        ranks = np.array(batch, dtype=np.int64)
        begin, size = begin + size, size * _LARGER
        if len(ranks):
            _take(found, ranks, _gathered(step, offsets, ranks), until - monotonic())


def _take(found: Alignments, ranks: Ints, traces: tuple[Codes, Ints], seconds: float) -> None:
    """Align a batch of variants, whose ranks are given, and keep what was found where it belongs."""
    step, offsets = traces
    room = np.concatenate(([0], np.cumsum(2 * np.diff(offsets) + found.model.shortest))).astype(np.int64)
    cost, first, kind, code = kernels.align(step, offsets, found.model.graph, room, seconds)
    found.cost[ranks] = cost
    found.first[ranks] = found.last[ranks] - (room[1:] - first)
    shift = found.last[ranks] - room[1:]
    lengths = room[1:] - first
    here = np.arange(int(lengths.sum())) + np.repeat(first - np.cumsum(lengths) + lengths, lengths)
    there = here + np.repeat(shift, lengths)
    found.kind[there], found.code[there] = kind[here], code[here]


def _placed(log: Log, model: Automaton, places: Sequence[str | None] | None) -> tuple[Codes, tuple[str, ...]]:
    """Return the steps of the events as codes of the model, or past them, and the name of each code."""
    code_of = {name: code for code, name in enumerate(model.steps)}
    names = list(model.steps)
    codes = []
    for label, place in zip(log.steps, log.steps if places is None else places, strict=True):
        code = code_of.get(place or "", len(names))
        if code == len(names):
            names.append(label)
        codes.append(code)
    table = np.array(codes, dtype=np.int32)
    return (table[log.step] if codes else log.step), tuple(names)


def _stays(step: Codes, offsets: Ints) -> tuple[Codes, Ints]:
    """Return the steps of cases in which repeats are one stay."""
    kept = np.ones(len(step), dtype=np.bool_)
    kept[1:] = step[1:] != step[:-1]
    kept[offsets[:-1][np.diff(offsets) > 0]] = True
    return step[kept], np.concatenate(([0], np.cumsum(kept)))[offsets].astype(np.int64)


def _gathered(step: Codes, offsets: Ints, chosen: Ints) -> tuple[Codes, Ints]:
    """Return the traces of some cases, in the order given."""
    lengths = np.diff(offsets)[chosen]
    bounds = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return step[np.arange(int(bounds[-1])) + np.repeat(offsets[chosen] - bounds[:-1], lengths)], bounds
