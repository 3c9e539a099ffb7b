"""What comes next is the most frequent, times hold as often as they say, and worse than naive is said so."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.mining import foresee, foresight, outlook, store, study
from portulan.mining.archive import Archived
from portulan.mining.store import Log
from portulan.mining.study import Study

HOUR, BEGUN = 3_600_000_000, 1_700_000_000_000_000
CASES = st.lists(st.text("abc", min_size=1, max_size=7), min_size=1, max_size=25)


def coded(cases: list[str]) -> Log:
    rows = [
        (f"k{n}", step, BEGUN + (n + at * (n + 1)) * HOUR)
        for n, one in enumerate(cases)
        for at, step in enumerate(one)
    ]
    return store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))


@settings(deadline=None, max_examples=40)
@given(CASES)
def test_counts_are_those_of_a_plain_dictionary_and_add_up(cases: list[str]) -> None:
    log = coded(cases)
    keys, after = foresee.contexts(log), foresee.following(log)
    for depth, key in enumerate(keys, start=1):
        told = foresee.next_of(key, after, len(log.steps))
        plain: dict[tuple[str, ...], dict[str, int]] = {}
        for one in cases:
            for at in range(len(one)):
                last = tuple(one[max(at + 1 - depth, 0) : at + 1])
                context = ("", *last) if len(last) < depth else last
                counted = plain.setdefault(context, {})
                then = one[at + 1] if at + 1 < len(one) else ""
                counted[then] = counted.get(then, 0) + 1
        assert sorted(told.n.tolist()) == sorted(sum(each.values()) for each in plain.values())
        assert sorted(told.hits.tolist()) == sorted(max(each.values()) for each in plain.values())
        assert told.n.sum() == len(log.step)


@settings(deadline=None, max_examples=40)
@given(CASES, st.lists(st.integers(0, 2), min_size=1, max_size=7))
def test_the_context_of_a_case_is_that_of_the_same_steps_in_a_log(cases: list[str], went: list[int]) -> None:
    log = coded(["abc", "".join("abc"[code] for code in went), *cases])
    place = int(log.offsets[2]) - 1
    assert [int(key[place]) for key in foresee.contexts(log)] == [
        int(key[0]) for key in foresee.context(went, 3)
    ]


def waiting(seed: int, cases: int = 400) -> Log:
    """Return a log of cases that take a short or a long way, each at its own pace."""
    dice = np.random.default_rng(seed)
    rows = []
    for n in range(cases):
        at, slow = 0.0, dice.random() < 0.4
        for step in ["ask", "long" if slow else "short", "offer", "end"]:
            rows.append((f"k{n}", step, BEGUN + int((n * 10 + at) * HOUR)))
            at += dice.exponential(200 if slow else 30)
    return store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_intervals_hold_four_times_in_five_on_cases_that_were_not_learnt(seed: int) -> None:
    log, fresh = waiting(seed), waiting(seed + 1, 600)
    learnt = foresee.learn(log, log.step != log.steps.index("end"))
    asked = fresh.first + np.random.default_rng(seed).integers(0, 3, len(fresh.cases))
    found = foresee.ahead(learnt, [key[asked] for key in foresee.contexts(fresh)])
    left = foresee.remaining(fresh)[asked]
    held = float(((found.low <= left) & (left <= found.high)).mean())
    assert 0.66 < held < 0.94
    assert (found.low <= found.left).all()
    assert (found.left <= found.high).all()


def test_who_waited_long_lasts_as_those_who_waited_as_long() -> None:
    log = waiting(5, 800)
    learnt = foresee.learn(log, log.step != log.steps.index("end"))
    keys = foresee.context([log.steps.index("ask"), log.steps.index("long")], len(log.steps))
    now, later, never = (foresee.still(learnt, keys, days * 86_400.0) for days in (0, 10, 2_000))
    assert now is not None
    assert later is not None
    assert never is None
    assert later.n < now.n
    assert 0 <= later.low <= later.left <= later.high


def lived(seed: int, *, telling: bool) -> Study:
    """Return a log whose third step depends on the first, or on nothing; every way ends as won."""
    dice = np.random.default_rng(seed)
    rows = []
    for n in range(300):
        first = dice.choice(["mail", "call"])
        third = {"mail": "visit", "call": "offer"}[first] if telling else dice.choice(["visit", "offer"])
        for at, step in enumerate([first, "talk", third, "won"]):
            rows.append((f"k{n}", str(step), BEGUN + (n * 5 + at * (2 if first == "mail" else 9)) * HOUR))
    return study.of_archive(
        Archived(store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row")), frozenset())
    )


def test_what_the_past_tells_beats_the_naive_guess_and_is_said() -> None:
    known = foresight.found(lived(1, telling=True))
    assert known is not None
    _, judged = known
    assert judged.right == pytest.approx(1)
    assert judged.naive_right < 0.9
    assert judged.tells_next
    assert judged.tells_left
    said = outlook.told(lived(1, telling=True), "fr")
    assert (said.learnt, said.cases) == (240, 60)
    assert "juste 100" in said.sentences[1]
    assert {one.label for one in said.steps} == {"mail", "call", "talk", "visit", "offer"}


def test_worse_than_naive_is_said_and_not_shown() -> None:
    worse = foresight.Judged(100, 40, 90, 1.0, 0.5, 0.6, 900.0, 800.0, 0.8)
    assert not worse.tells_next
    assert not worse.tells_left
    said = " ".join(outlook.trial(worse, "fr"))
    assert said.count("pas montré") == 2
    loose = foresight.Judged(100, 40, 90, 1.0, 0.7, 0.6, 700.0, 800.0, 0.5)
    assert not loose.tells_left
    assert "n’a tenu que 50" in " ".join(outlook.trial(loose, "fr"))


def test_too_few_ended_cases_foresee_nothing() -> None:
    few = study.narrowed(lived(2, telling=True), np.arange(300) < 49)
    said = outlook.told(few, "fr")
    assert (said.early, said.steps) == (True, ())
    assert "il faut 50 dossiers finis" in said.sentences[0]
