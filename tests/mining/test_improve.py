"""A search betters a tree within its limit and its budget."""

from portulan.mining import edits, improve, sequences, tree
from portulan.mining.improve import Search
from portulan.mining.judge import Judge
from portulan.mining.tree import Tree, choice, sequence, step
from trees import LABELS

A, B, C, D = (step(code) for code in range(4))
WORDS = [tuple(map(LABELS.index, case)) for case in [*["abd"] * 5, *["acd"] * 4]]


def improved(whole: Tree, *, limit: int = 50, budget: int = 10**9) -> tuple[Tree, Search]:
    found = sequences.of_words(WORDS, len(LABELS))
    search = Search(Judge(found.in_order()), LABELS, limit, budget)
    known = edits.company(found.graph, [0.0] * len(LABELS))
    return improve.improve(whole, search, known, [0, 3, 1, 2]), search


def test_a_poor_tree_becomes_the_one_that_the_log_tells() -> None:
    found, search = improved(sequence(A, B, C, D))
    assert found in (sequence(A, choice(B, C), D), sequence(A, choice(C, B), D))
    told = search.told(found)
    assert told is not None
    assert told.score == 1


def test_a_limit_is_kept_even_if_it_costs() -> None:
    found, _ = improved(sequence(A, B, D), limit=5)
    assert tree.size(found) <= 5


def test_nothing_is_tried_once_the_budget_is_spent() -> None:
    start = sequence(A, B, C, D)
    found, search = improved(start, budget=0)
    assert found == start
    assert search.spent == 0
