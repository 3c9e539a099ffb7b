"""A word that was typed with one slip still leads to the word that was meant."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.records import slips

WORDS = st.text("abcdeilmnoprstuv", min_size=7, max_size=14)


def slipped(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + "x" + word[at + 1 :]
        yield word[:at] + "x" + word[at:]
        if at:
            yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def leads(ways: slips.Ways, meant: str) -> bool:
    return any(all(part in meant for part in way) for way in ways)


@given(WORDS)
def test_one_slip_anywhere_in_a_word_of_seven_letters_or_more_leaves_a_way(word: str) -> None:
    for typed in slipped(word):
        if len(typed) >= 7:
            assert leads(slips.one([typed]), word)


@given(WORDS, WORDS)
def test_a_slip_in_one_of_two_words_leaves_a_way_and_so_does_a_slip_in_each(one: str, other: str) -> None:
    for typed in slipped(one):
        if len(typed) >= 7:
            assert leads(slips.one([typed, other]), f"{one} {other}")
            for beside in list(slipped(other))[::5]:
                if len(beside) >= 7:
                    assert leads(slips.several([typed, beside]), f"{one} {other}")


@pytest.mark.parametrize(("typed", "meant"), [("dupnot", "dupont"), ("dpuont", "dupont"), ("lbat", "labat")])
def test_short_words_keep_their_beginning_or_their_end(typed: str, meant: str) -> None:
    assert leads(slips.one([typed]), meant)


def test_a_word_that_is_not_there_at_all_leaves_the_others() -> None:
    assert leads(slips.several(["atelier", "nord", "quimper"]), "atelier du nord")
    assert not leads(slips.several(["atelier", "brest", "quimper"]), "atelier du nord")
    assert leads(slips.several(["atelier", "quimper"]), "atelier du nord")


@given(st.text(max_size=40))
def test_every_part_can_be_found_by_an_index_of_trigrams(text: str) -> None:
    typed = slips.words(text.casefold())
    assert len(typed) <= 3
    assert all(
        len(part) >= 3 for ways in (slips.one(typed), slips.several(typed)) for way in ways for part in way
    )
    assert all(way for ways in (slips.one(typed), slips.several(typed)) for way in ways)
