"""Edits stay near: a step more or less, the same steps in other blocks."""

from hypothesis import given, settings

from portulan.mining import edits, sequences, tree
from portulan.mining.edits import Company
from portulan.mining.tree import Tree
from trees import LABELS, trees

EVERYWHERE = frozenset(range(8))


@given(trees(most=5))
@settings(max_examples=40, deadline=None)
def test_a_step_placed_is_there_once_and_taken_away_is_gone(whole: Tree) -> None:
    before = set(tree.steps(whole))
    for other in edits.placed(whole, 7, Company(EVERYWHERE, EVERYWHERE, EVERYWHERE, again=True)):
        assert sorted(tree.steps(other)) == sorted([*before, 7])
        assert set(tree.steps(edits.without(other, 7))) == before


@given(trees(most=6))
@settings(max_examples=40, deadline=None)
def test_reshaping_adds_no_step(whole: Tree) -> None:
    before = tree.steps(whole)
    found = list(edits.reshaped(whole))
    assert found == list(edits.reshaped(whole))
    for other in found:
        assert set(tree.steps(other)) <= set(before)
        assert len(tree.steps(other)) == len(set(tree.steps(other)))


def test_the_company_of_a_step_is_what_stands_around_it() -> None:
    words = [tuple(map(LABELS.index, case)) for case in ("abd", "acd")]
    found = edits.company(sequences.of_words(words, 8).graph, [0.0] * 8)
    assert found[1] == Company(frozenset({0}), frozenset({3}), frozenset({2}), again=False)
    assert 7 not in found
