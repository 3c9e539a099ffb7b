"""The model kept is the best that was tried, keeps to the limit and lists what it leaves out."""

from itertools import permutations

import pytest
from hypothesis import given, settings

from portulan.mining import portfolio, sequences, tree
from portulan.mining.portfolio import Mined
from portulan.mining.tree import Tree
from trees import LABELS, automaton_of, trees, words

LITTLE = 3_000_000


def mined(*cases: str, limit: int = 50) -> Mined | None:
    told = [tuple(map(LABELS.index, case)) for case in cases]
    return portfolio.mine(sequences.of_words(told, len(LABELS)), LABELS, limit=limit, effort=LITTLE)


@given(trees(most=5))
@settings(max_examples=6, deadline=None)
def test_what_a_tree_does_is_told_better_than_half(whole: Tree) -> None:
    told = [word for word in sorted(words(automaton_of(whole), 6)) if word]
    found = portfolio.mine(sequences.of_words(told, len(LABELS)), LABELS, effort=LITTLE)
    assert found is not None
    assert found.judgement.score > 0.5
    assert {*tree.steps(found.tree), *found.dropped} == {code for word in told for code in word}


def test_a_plain_log_is_found_again_whatever_the_noise() -> None:
    found = mined(*["abcd"] * 40, *["acbd"] * 30, *["abd"] * 2)
    assert found is not None
    assert tree.written(found.tree, LABELS).startswith("→(a, +(b, ")
    assert found.judgement.score > 0.97


def test_the_limit_is_kept_and_what_it_costs_is_listed() -> None:
    middles = list(permutations("bcdefg", 4))[::12]
    cases = [f"a{''.join(middle)}h" for middle in middles]
    found = mined(*cases, limit=8)
    assert found is not None
    assert found.size <= 8
    assert found.dropped
    assert len(tree.steps(found.tree)) + len(found.dropped) == 8


def test_the_same_log_gives_the_same_model() -> None:
    cases = [*["abcd"] * 9, *["acbd"] * 7, *["abcbd"] * 3, "d"]
    one, other = mined(*cases), mined(*cases)
    assert one is not None
    assert other is not None
    assert one.tree == other.tree


def test_a_log_without_steps_has_no_model() -> None:
    assert mined("", "") is None
    assert mined() is None


def test_a_search_tells_how_far_it_is_and_stops_when_told_to() -> None:
    found = sequences.of_words([(0, 1, 2, 3), (0, 2, 1, 3), (0, 1, 3)], len(LABELS))
    shares: list[float] = []
    portfolio.mine(found, LABELS, effort=LITTLE, tell=shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1

    def stop(share: float) -> None:
        if share > 0.3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        portfolio.mine(found, LABELS, effort=LITTLE, tell=stop)


def test_what_few_cases_do_does_not_blur_the_model_of_what_most_do() -> None:
    noise = [f"a{one}bc" for one in "efgh"] + [f"ab{one}c" for one in "hgfe"] + [f"{one}abc" for one in "fh"]
    found = sequences.of_words([tuple(map(LABELS.index, case)) for case in noise], len(LABELS))
    assert tree.sequence(*map(tree.step, (0, 1, 2))) in set(portfolio.candidates(found))
