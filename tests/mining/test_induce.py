"""A model is found again in what it does; without noise it allows every case."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portulan.mining import induce, sequences, tree
from portulan.mining.induce import Setting
from portulan.mining.tree import SILENT, Tree, choice, loop, optional, parallel, sequence, step
from trees import LABELS, automaton_of, trees, words

A, B, C, D = (step(code) for code in range(4))


def of(*cases: str) -> sequences.Sequences:
    return sequences.of_words([tuple(map(LABELS.index, case)) for case in cases], len(LABELS))


def mined(*cases: str, noise: float = 0.0) -> Tree | None:
    return induce.induce(of(*cases), Setting(noise=noise))


def allowed(found: Tree, word: tuple[int, ...]) -> bool:
    model, state = automaton_of(found), 0
    arcs = zip(model.source.tolist(), model.label.tolist(), model.target.tolist(), strict=True)
    out = {(source, label): target for source, label, target in arcs}
    for code in word:
        if (state, code) not in out:
            return False
        state = out[state, code]
    return bool(model.final[state])


def test_each_kind_of_block_is_found_again() -> None:
    assert mined("abc") == sequence(A, B, C)
    assert mined("abd", "acd") == sequence(A, choice(B, C), D)
    assert mined("abcd", "acbd") == sequence(A, parallel(B, C), D)
    assert mined("ab", "abcab") == loop(sequence(A, B), C)
    assert mined("abc", "ac") == sequence(A, optional(B), C)
    assert mined("a", "aaa", "") == loop(SILENT, A)


@given(trees(most=5))
@settings(max_examples=25, deadline=None)
def test_what_is_mined_without_noise_from_what_a_tree_does_allows_it(whole: Tree) -> None:
    told = sorted(words(automaton_of(whole), 7))
    assume(any(told))
    found = induce.induce(sequences.of_words(told, len(LABELS)), Setting())
    assert found is not None
    assert all(allowed(found, word) for word in told)


@given(st.lists(st.text("abcde", max_size=7), min_size=1, max_size=8), st.sampled_from((0.0, 0.1, 0.4)))
@settings(max_examples=25, deadline=None)
def test_any_cases_give_a_sound_tree_of_their_steps_or_nothing(cases: list[str], noise: float) -> None:
    found = mined(*cases, noise=noise)
    if found is None:
        return
    assert set(tree.steps(found)) <= {LABELS.index(one) for case in cases for one in case}
    assert automaton_of(found).final.any()
    if not noise:
        assert all(allowed(found, tuple(map(LABELS.index, case))) for case in cases)
    assert found == mined(*reversed(cases), noise=noise)


def test_noise_is_left_out_when_asked() -> None:
    cases = [*["abc"] * 30, "acb", "bac"]
    assert mined(*cases, noise=0.2) == sequence(A, B, C)


def test_a_step_that_comes_anywhere_stands_beside_the_rest() -> None:
    found = mined("dabc", "adbc", "abdc", "abcd")
    assert found == parallel(sequence(A, B, C), D)
