"""The best model in blocks of a log: settings of two miners are tried, the best are improved, one is kept.

Owns the choice and its objective: the best harmonic mean of fitness and precision, among models of at most
so many elements as BPMN in which every step is shown or listed as left out. Refuses, with nothing, a log
that no setting can cut in blocks. What is spent is counted in work, so that the same log gives the same
model everywhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from portulan.mining import carve, edits, improve, induce, tree, unfold
from portulan.mining.automaton import Automaton, TooManyStates
from portulan.mining.improve import Search
from portulan.mining.induce import Setting
from portulan.mining.judge import Judge, Judgement
from portulan.mining.sequences import Sequences
from portulan.mining.tree import Tree

MOST_ELEMENTS = 50
#: Raised whenever the same log gives another model, so that what was found before is searched for again.
VERSION = 2
#: What a search may spend unless stated: a few seconds.
EFFORT = 400_000_000
_INDUCED = (
    Setting(0.05), Setting(0.1), Setting(0.2), Setting(0.4), Setting(0.6), Setting(0.05, 0.3),
    Setting(0.2, 0.3), Setting(0.2, patient=True),
)  # fmt: skip
_CARVED = ((0.1, 0.3), (0.4, 0.5))
#: Steps are left out that fewer of the cases do than this.
_DONE_BY = (0.0, 0.1, 0.3, 0.7)
#: How many of the trees are improved, then how many further.
_IMPROVED = (4, 2)
#: Steps of the sequences that a search is held against first, then once more.
_SAMPLE, _LARGER = 4_000, 16_000
_MOST_STATES = 5_000


Tell = Callable[[float], None]
#: How far a search is when every setting was tried, then when nothing but the last choice is left.
_BEGUN, _CHOSEN = 0.1, 0.95


@dataclass(frozen=True)
class Bounds:
    """How large a model may be, what a search may spend, and to whom it tells how far it is."""

    limit: int
    effort: int
    tell: Tell

    def telling(self, half: int) -> Callable[[int], None]:
        """Return what tells how far the search is, from what was spent of its first half or of its second."""
        whole = max(self.effort, 1)
        span = _CHOSEN - _BEGUN
        return lambda spent: self.tell(_BEGUN + span * min(half / 2 + spent / whole, (half + 1) / 2))


@dataclass(frozen=True)
class Mined:
    """A model: its tree, what it allows, how well it tells of every sequence, the codes of steps left out.

    `tried` says how many trees the settings gave.
    """

    tree: Tree
    model: Automaton
    judgement: Judgement
    dropped: tuple[int, ...]
    tried: int

    @property
    def size(self) -> int:
        """How many elements it takes as BPMN."""
        return tree.size(self.tree)


def mine(
    found: Sequences,
    steps: tuple[str, ...],
    *,
    limit: int = MOST_ELEMENTS,
    effort: int = EFFORT,
    tell: Tell = lambda _share: None,
) -> Mined | None:
    """Return the best model of sequences whose codes are named, or nothing when they cannot be cut.

    How far the search is, from 0 to 1, is told as it goes; what is told may raise to stop it.
    """
    found = found.filled()
    tried = list(_told(candidates(found), tell)) if len(found.weight) else []
    if not tried:
        return None
    order = [
        code for code in np.argsort(-found.graph.count, kind="stable").tolist() if found.graph.count[code]
    ]
    within = [_within(one, limit, order) for one in tried]
    whole = Judge(found.in_order())
    best = _best(_improved(found, steps, within, order, Bounds(limit, effort, tell)), whole, steps)
    model = unfold.unfold(best, steps)
    shown = set(tree.steps(best))
    dropped = tuple(code for code in order if code not in shown)
    return Mined(best, model, whole.judge(model), dropped, len(tried))


def candidates(found: Sequences) -> Iterator[Tree]:
    """Yield what each setting of each miner gives, of all the steps, then of those that many cases do.

    Rare steps blur the cuts of the others: left out, they are placed again one by one while it pays.
    """
    for kept in _projected(found):
        for one in _INDUCED:
            mined = induce.induce(kept, one)
            if mined is not None:
                yield mined
        for noise, together in _CARVED:
            mined = carve.carve(kept.graph, noise=noise, together=together)
            if mined is not None:
                yield mined


def _projected(found: Sequences) -> Iterator[Sequences]:
    """Yield sequences with only the steps that enough of the cases do, once for each set of steps."""
    held = np.bincount(found.owner * found.k + found.step, minlength=len(found.weight) * found.k)
    share = (found.weight @ (held.reshape(-1, found.k) > 0)) / max(found.total, 1)
    known = set()
    for least in _DONE_BY:
        kept = tuple(np.flatnonzero((share >= least) & (found.graph.count > 0)).tolist())
        if kept and kept not in known:
            known.add(kept)
            yield found.within(kept).filled()


def _told(trees: Iterator[Tree], tell: Tell) -> Iterator[Tree]:
    """Yield the trees that differ, and tell that one more setting was tried."""
    known: set[Tree] = set()
    settings = len(_DONE_BY) * (len(_INDUCED) + len(_CARVED))
    for place, one in enumerate(trees, start=1):
        tell(_BEGUN * place / settings)
        if one not in known:
            known.add(one)
            yield one


def _within(whole: Tree, limit: int, order: list[int]) -> Tree:
    """Return a tree without its rarest steps until it keeps to the limit."""
    for code in reversed(order):
        if tree.size(whole) <= limit:
            break
        whole = edits.without(whole, code)
    return whole


def _improved(
    found: Sequences, steps: tuple[str, ...], trees: list[Tree], order: list[int], bounds: Bounds
) -> list[Tree]:
    """Return the best trees: improved a little on a sample, the best further, at last on a larger one."""
    limit, effort = bounds.limit, bounds.effort
    known = edits.company(found.graph, _again(found))
    first = Search(Judge(_sample(found, _SAMPLE)), steps, limit, 0, tell=bounds.telling(0))
    better = list(dict.fromkeys(trees))
    for kept in _IMPROVED:
        for one in sorted(better, key=first.worth, reverse=True)[:kept]:
            first.budget = first.spent + effort // (2 * sum(_IMPROVED))
            better.append(improve.improve(one, first, known, order))
        better = list(dict.fromkeys(better))
    again = Search(Judge(_sample(found, _LARGER)), steps, limit, effort // 2, tell=bounds.telling(1))
    last = sorted(better, key=first.worth, reverse=True)[: _IMPROVED[-1]]
    return [*last, improve.improve(max(last, key=again.worth), again, known, order)]


def _best(trees: list[Tree], judge: Judge, steps: tuple[str, ...]) -> Tree:
    """Return the tree that tells best of every sequence; of equals, the one that shows more with less."""

    def rank(whole: Tree) -> tuple[float, int, int]:
        try:
            told = judge.judge(unfold.unfold(whole, steps, most=_MOST_STATES))
        except TooManyStates:
            return -1.0, 0, 0
        return round(told.score, 6), len(tree.steps(whole)), -tree.size(whole)

    return max(dict.fromkeys(trees), key=rank)


def _sample(found: Sequences, most: int) -> Sequences:
    """Return the most followed sequences up to so many steps, and as many of the others, evenly taken.

    Each of the others stands for its neighbours, so that rare cases weigh what they do.
    """
    ranked = np.argsort(-found.weight, kind="stable")
    total = np.cumsum(found.lengths[ranked])
    if int(total[-1]) <= most:
        return found.in_order()
    head = ranked[: max(int(np.searchsorted(total, most // 2)), 1)]
    rest = ranked[len(head) :]
    some = max(int(most // 2 / max(float(found.lengths[rest].mean()), 1.0)), 1)
    groups = np.array_split(rest, min(some, len(rest)))
    middle = np.array([group[len(group) // 2] for group in groups], dtype=np.int64)
    weight = np.array([found.weight[group].sum() for group in groups], dtype=np.int64)
    chosen = found.rows(np.concatenate((head, middle)))
    return Sequences(
        chosen.step, chosen.offsets, np.concatenate((found.weight[head], weight)), found.k
    ).in_order()


def _again(found: Sequences) -> list[float]:
    """Return the share of the cases of each step (k) in which it comes more than once."""
    held = np.bincount(found.owner * found.k + found.step, minlength=len(found.weight) * found.k)
    held = held.reshape(-1, found.k)
    share: list[float] = ((found.weight @ (held > 1)) / np.maximum(found.weight @ (held > 0), 1)).tolist()
    return share
