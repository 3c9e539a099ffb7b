"""Sequences keep their cases whatever is taken out or cut."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.mining import sequences
from portulan.mining.sequences import Sequences

WORDS = st.lists(st.lists(st.integers(0, 4), max_size=6).map(tuple), min_size=1, max_size=12)


def told(found: Sequences) -> dict[tuple[int, ...], int]:
    return {
        tuple(found.step[found.offsets[one] : found.offsets[one + 1]].tolist()): int(found.weight[one])
        for one in range(len(found.weight))
    }


@given(WORDS)
@settings(max_examples=25)
def test_alike_sequences_are_one_and_their_graph_counts_cases(words: list[tuple[int, ...]]) -> None:
    found = sequences.of_words(words, 5)
    assert told(found) == {word: words.count(word) for word in words}
    arcs = [pair for word in words for pair in pairwise(word)]
    assert all(found.graph.follows[one] == arcs.count(one) for one in arcs)
    assert found.graph.follows.sum() == len(arcs)
    assert found.graph.starts.sum() == found.graph.ends.sum() == found.total - found.without_any


@given(WORDS, st.sets(st.integers(0, 4)))
@settings(max_examples=25)
def test_taking_steps_out_loses_no_case(words: list[tuple[int, ...]], kept: set[int]) -> None:
    found = told(sequences.of_words(words, 5).within(kept))
    short = [tuple(code for code in word if code in kept) for word in words]
    assert found == {word: short.count(word) for word in short}


@given(WORDS)
@settings(max_examples=25)
def test_pieces_put_end_to_end_are_the_sequences(words: list[tuple[int, ...]]) -> None:
    found = sequences.of_words(words, 5)
    places = found.inner[found.step[found.inner] == 0]
    pieces = told(found.cut_after(places))
    expected: list[tuple[int, ...]] = []
    for word in words:
        piece: list[int] = []
        for place, code in enumerate(word):
            piece.append(code)
            if code == 0 or place == len(word) - 1:
                expected.append(tuple(piece))
                piece = []
    assert pieces == {word: expected.count(word) for word in expected}
    assert np.array_equal(sum(pieces.values()), len(expected))
