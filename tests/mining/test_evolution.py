"""A planted change is found and named, two sides differ only beyond chance; a stable process does neither."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.mining import compare, drift, evolution, store, study
from portulan.mining.archive import Archived
from portulan.mining.study import Study

HOUR, BEGUN = 3_600_000_000, 1_700_000_000_000_000


def played(cases: int, *, change: int | None, seed: int = 1) -> Study:
    """Return a log whose cases ask for a quote by call or by mail, mostly by mail from a case on."""
    chance = np.random.default_rng(seed)
    rows = []
    for case in range(cases):
        mail = chance.random() < (0.2 if change is None or case < change else 0.7)
        path = ["ask", "mail" if mail else "call", *(["again"] if chance.random() < 0.3 else []), "quote"]
        rows += [(f"c{case}", step, BEGUN + (5 * case + rank) * HOUR) for rank, step in enumerate(path)]
    frame = pl.DataFrame(rows, schema=store.COLUMNS, orient="row")
    return study.of_archive(Archived(store.code(frame), frozenset()))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_change_is_found_near_its_case_and_names_its_passages(seed: int) -> None:
    log = played(600, change=300, seed=seed)
    found = drift.drift(log).changes[0]
    assert abs(found.before - 300) <= 15
    told = {(log.labels[shift.source], log.labels[shift.target]) for shift in found.shifts}
    assert ("ask", "mail") in told
    said = evolution.changes(log, "fr")
    assert said.sentence.startswith("Le processus a changé")
    assert any("« ask » → « mail »" in shift for shift in said.changes[0].shifts)


def test_a_stable_process_has_no_change() -> None:
    alarms = sum(bool(drift.drift(played(400, change=None, seed=seed)).changes) for seed in range(8))
    assert alarms <= 1


def test_too_few_cases_are_not_judged() -> None:
    log = played(60, change=30)
    assert drift.drift(log).changes == ()
    assert "Trop peu de dossiers" in evolution.changes(log, "fr").sentence


TIMES = st.lists(st.integers(1, 30), min_size=2, max_size=40)


def test_a_planted_difference_is_established_and_said() -> None:
    log = played(600, change=300)
    begun = np.arange(600) < 300
    found = compare.compare(log, begun, ~begun)
    sure = {(one.what, tuple(log.labels[code] for code in one.of)) for one in found if one.established}
    assert ("passage", ("ask", "mail")) in sure
    assert ("passage", ("ask", "call")) in sure
    said = evolution.comparison(log, begun, ~begun, "fr")
    assert said.sentence.startswith("300 dossiers avant, 300 après")
    assert any("ask → mail" in one.sentence and "établi" in one.sentence for one in said.differences)


def test_sides_drawn_by_chance_seldom_differ_and_small_ones_are_not_judged() -> None:
    log = played(400, change=None)
    wrong = 0
    for seed in range(20):
        side = np.random.default_rng(seed).random(400) < 0.5
        wrong += any(one.established for one in compare.compare(log, side, ~side))
    assert wrong <= 3
    few = np.arange(400) < 20
    assert not any(one.established for one in compare.compare(log, few, ~few))
    assert "Trop tôt" in evolution.comparison(log, few, ~few, "fr").sentence


@given(TIMES, TIMES)
def test_rank_sums_and_log_ranks_do_not_depend_on_which_side_is_first(one: list[int], two: list[int]) -> None:
    first, second = (np.array(side, dtype=np.float64) for side in (one, two))
    assert compare.rank_sum(first, second) == pytest.approx(compare.rank_sum(second, first))
    length = np.concatenate((first, second))
    side = np.arange(len(length)) < len(first)
    closed = length % 3 > 0
    here = compare.log_rank(length, closed, side, ~side)
    assert 0 <= here <= 1
    assert here == pytest.approx(compare.log_rank(length, closed, ~side, side))


def test_a_log_rank_agrees_with_a_published_example() -> None:
    """The remissions of leukaemia of Freireich et al. (1963), as Mantel-Haenszel tells them: chi2 = 16.79."""
    treated = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    control = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    length = np.array([*treated, *control], dtype=np.float64)
    closed = np.array([True] * 9 + [False] * 12 + [True] * 21)
    side = np.arange(42) < 21
    assert compare.log_rank(length, closed, side, ~side) == pytest.approx(4.17e-5, rel=0.02)
