"""The fair pick: equal shares stay within one, weights are kept, an absence ends in no flood."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

import make
from portulan.automation.fair import Candidate, Why, pick, serve


def play(candidates: list[Candidate], turns: int) -> tuple[Counter[int], list[Candidate]]:
    served: Counter[int] = Counter()
    for turn in range(turns):
        person = pick(candidates)
        if person is not None:
            served[person] += 1
            candidates = serve(candidates, person, make.AT + timedelta(minutes=turn))
    return served, candidates


def away(candidates: list[Candidate], person: int, why: Why) -> list[Candidate]:
    return [replace(one, why=why) if one.person == person else one for one in candidates]


@given(st.integers(1, 12), st.integers(0, 200))
def test_equal_shares_stay_within_one(people: int, turns: int) -> None:
    served, _ = play([Candidate(one) for one in range(people)], turns)
    counts = [served[one] for one in range(people)]
    assert max(counts) - min(counts) <= 1
    assert sum(counts) == turns


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_shares_are_kept_exactly_over_a_whole_round(weights: list[int]) -> None:
    served, _ = play([Candidate(one, float(weight)) for one, weight in enumerate(weights)], 10 * sum(weights))
    assert [served[one] for one in range(len(weights))] == [10 * weight for weight in weights]


@given(st.integers(2, 8), st.integers(1, 60))
def test_who_returns_from_an_absence_gets_no_flood(people: int, missed: int) -> None:
    _, after = play(away([Candidate(one) for one in range(people)], 0, "absent"), missed)
    served, _ = play(away(after, 0, "fits"), people * 4)
    assert 3 <= served[0] <= 6


def test_nobody_is_chosen_when_nobody_can() -> None:
    assert pick([]) is None
    assert pick([Candidate(1, why="absent"), Candidate(2, why="full")]) is None
