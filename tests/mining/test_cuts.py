"""A graph is cut where its blocks meet."""

from portulan.mining import cuts, sequences
from portulan.mining.cuts import Cut


def cut(*words: str, noise: float = 0.0, together: float = 0.0) -> Cut | None:
    codes = [tuple("abcdef".index(one) for one in word) for word in words]
    return cuts.cut(cuts.seen(sequences.of_words(codes, 6).graph, noise=noise, together=together))


def test_each_kind_of_block_is_seen() -> None:
    assert cut("ab", "cd") == ("choice", [[0, 1], [2, 3]])
    assert cut("abd", "acd", "ad") == ("sequence", [[0], [1, 2], [3]])
    assert cut("ab", "ba") == ("parallel", [[0], [1]])
    assert cut("ab", "abcab") == ("loop", [[0, 1], [2]])


def test_rare_arcs_are_not_seen() -> None:
    assert cut(*["abc"] * 20, "acb") == ("sequence", [[0], [1, 2]])
    assert cut(*["abc"] * 20, "acb", noise=0.2) == ("sequence", [[0], [1], [2]])


def test_an_order_much_rarer_than_the_other_is_no_concurrency() -> None:
    words = [*["abcd"] * 6, *["acbd"] * 4, *["abcbd"] * 1]
    assert cut(*words, together=0.3) == ("sequence", [[0], [1, 2], [3]])
    assert cut(*["bc"] * 9, "cb", together=0.3) == ("sequence", [[1], [2]])


def test_what_cannot_be_cut_is_told() -> None:
    assert cut("abc", "bca", "cab") is None
