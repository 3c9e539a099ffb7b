"""A tree allows what its blocks mean, and every case on its way can end."""

import pytest
from hypothesis import given, settings

from portulan.mining import tree, unfold
from portulan.mining.automaton import TooManyStates
from portulan.mining.tree import Tree
from trees import LABELS, automaton_of, by_hand, trees, words


@given(trees(most=5))
@settings(max_examples=30)
def test_a_tree_allows_the_cases_that_its_blocks_mean(whole: Tree) -> None:
    assert words(automaton_of(whole), 5) == by_hand(whole, 5)


@given(trees(most=8))
@settings(max_examples=30)
def test_every_case_on_its_way_can_end_and_every_step_can_happen(whole: Tree) -> None:
    found = automaton_of(whole)
    ending = set(found.final.nonzero()[0].tolist())
    arcs = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    before = -1
    while before < len(ending):
        before = len(ending)
        ending |= {source for source, target in arcs if target in ending}
    assert ending == set(range(found.states))
    assert set(found.label.tolist()) == set(tree.steps(whole))


@given(trees(most=8))
@settings(max_examples=30)
def test_a_step_leads_to_one_state(whole: Tree) -> None:
    found = automaton_of(whole)
    pairs = list(zip(found.source.tolist(), found.label.tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    assert min(found.label.tolist(), default=0) >= 0


def test_too_much_side_by_side_is_refused() -> None:
    many = tree.parallel(*map(tree.step, range(6)))
    assert unfold.unfold(many, LABELS, most=64).states == 64
    with pytest.raises(TooManyStates):
        unfold.unfold(many, LABELS, most=63)


def test_what_was_found_of_a_block_serves_the_next_tree() -> None:
    known: dict[Tree, unfold.Moves] = {}
    inner = tree.sequence(tree.step(0), tree.step(1))
    one = unfold.unfold(tree.optional(inner), LABELS, known)
    other = unfold.unfold(inner, LABELS, known)
    assert words(one, 4) == words(other, 4) | {()}
