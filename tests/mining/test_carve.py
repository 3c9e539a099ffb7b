"""A filtered graph becomes blocks, or nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.mining import carve, sequences, tree
from portulan.mining.tree import Tree, choice, loop, optional, parallel, sequence, step
from trees import LABELS, automaton_of

A, B, C, D = (step(code) for code in range(4))


def carved(*cases: str, noise: float = 0.1, together: float = 0.3) -> Tree | None:
    words = [tuple(map(LABELS.index, case)) for case in cases]
    return carve.carve(sequences.of_words(words, len(LABELS)).graph, noise=noise, together=together)


def test_each_kind_of_block_is_carved() -> None:
    assert carved("abcd", "acbd") == sequence(A, parallel(B, C), D)
    assert carved("abd", "acd") == sequence(A, choice(B, C), D)
    assert carved("abc", "ac") == sequence(A, optional(B), C)
    assert carved("ab", "abcab") == loop(sequence(A, B), C)
    assert carved("abab", "ab") == loop(sequence(A, B))


def test_rare_arcs_are_left_out() -> None:
    assert carved(*["abcd"] * 30, "acbd") == sequence(A, B, C, D)


@given(st.lists(st.text("abcde", max_size=7), max_size=8), st.sampled_from((0.0, 0.2, 0.5)))
@settings(max_examples=40, deadline=None)
def test_any_graph_gives_a_sound_tree_or_nothing(cases: list[str], noise: float) -> None:
    found = carved(*cases, noise=noise)
    if found is not None:
        assert automaton_of(found).final.any()
        assert set(tree.steps(found)) <= {LABELS.index(one) for case in cases for one in case}
