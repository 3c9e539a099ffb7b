"""A search for a better tree by small edits: each step is placed anew, each block reshaped, while it pays.

Owns the objective: the best harmonic mean of fitness and precision among trees of at most so many elements.
What it may spend is counted in work, not in seconds, so that the same log gives the same tree on any
machine.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from portulan.mining import edits, tree, unfold
from portulan.mining.automaton import TooManyStates
from portulan.mining.edits import Company
from portulan.mining.judge import Judge, Judgement
from portulan.mining.tree import Tree

#: Trees that can be in more states than this are not tried.
MOST_STATES = 300
#: What unfolding a tree costs, in states held against a step.
_UNFOLDING = 12_000
_KEPT = 60_000
_LEAST_GAIN = 1e-6


@dataclass
class Search:
    """Trees tried on sequences: those within `limit` elements, while less than `budget` was spent.

    A unit of work is a state held against a step of the sequences, about three nanoseconds. What was spent is
    told at each tree, which may raise to stop.
    """

    judge: Judge
    steps: tuple[str, ...]
    limit: int
    budget: int
    spent: int = 0
    tell: Callable[[int], None] = lambda _spent: None
    _told: dict[Tree, Judgement | None] = field(default_factory=dict)
    _moves: dict[Tree, unfold.Moves] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether the budget is spent."""
        return self.spent >= self.budget

    def told(self, whole: Tree) -> Judgement | None:
        """Return what a tree is worth, or nothing when it is too large."""
        if whole not in self._told:
            self._told[whole] = self._judged(whole)
        return self._told[whole]

    def _judged(self, whole: Tree) -> Judgement | None:
        if tree.size(whole) > self.limit or not whole.parts:
            return None
        if len(self._moves) > _KEPT:
            self._moves.clear()
        try:
            model = unfold.unfold(whole, self.steps, self._moves, most=MOST_STATES)
        except TooManyStates:
            self.spent += MOST_STATES * _UNFOLDING // 20
            return None
        self.spent += _UNFOLDING + model.states * (len(self.judge.sequences.step) + _UNFOLDING // 20)
        return self.judge.judge(model)

    def best(self, whole: Tree, others: Iterable[Tree]) -> Tree:
        """Return the best of a tree and others while there is something to spend."""
        best, worth = whole, self.worth(whole)
        for other in others:
            if self.over:
                break
            told = self.told(other)
            self.tell(self.spent)
            if told is not None and told.score > worth + _LEAST_GAIN:
                best, worth = other, told.score
        return best

    def worth(self, whole: Tree) -> float:
        """Return the score of a tree, below nought when it is too large."""
        told = self.told(whole)
        return -1.0 if told is None else told.score


def improve(whole: Tree, search: Search, known: dict[int, Company], order: list[int]) -> Tree:
    """Return a tree that no edit improves, or the best that was found; steps are tried in `order`."""
    while not search.over:
        before = whole
        for code in order:
            rest = edits.without(whole, code)
            whole = search.best(whole, (rest, *edits.placed(rest, code, known[code])))
        while not search.over:
            other = search.best(whole, edits.reshaped(whole))
            if other == whole:
                break
            whole = other
        if whole == before:
            break
    return whole
