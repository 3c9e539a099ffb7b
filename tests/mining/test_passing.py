"""What sets blocked cases apart is what was known at the step, with its difference, and not chance."""

import dataclasses

import numpy as np
import polars as pl
import pytest

from portulan.mining import endings, passing, store, study
from portulan.mining.archive import Archived
from portulan.mining.study import Study

DAY = 86_400
T0 = 1_700_000_000_000_000


def log_of(cases: list[tuple[str, str, list[tuple[str, int]]]]) -> Study:
    """Return the study of cases: their segment, who has them, their steps and days."""
    rows = [
        (f"c{n}", step, T0 + day * DAY * 1_000_000, segment, who)
        for n, (segment, who, steps) in enumerate(cases)
        for step, day in steps
    ]
    columns = {**store.COLUMNS, "case:segment": pl.String, "who": pl.String}
    log = store.code(pl.DataFrame(rows, schema=columns, orient="row"))
    return study.of_archive(Archived(log, frozenset()), owner="who")


PASSED = [("Devis", 0), ("Signé", 3)]
LOST = [("Devis", 0), ("Perdu", 3)]
SLOW = [("Devis", 0), ("Signé", 60)]
OPEN = [("Devis", 0)]
LATE = [("Devis", 95), ("Relance", 96), ("Signé", 100)]


def test_a_case_blocks_when_it_is_lost_or_has_not_left_in_time() -> None:
    whole = log_of([("a", "x", one) for one in (PASSED, LOST, SLOW, OPEN, LATE, [("Devis", 99)])])
    assert endings.guess_endings(whole.log).every
    found = passing.sides(whole, "devis", 30 * DAY)
    assert found.blocked.tolist() == [1, 2, 3]
    assert found.passed.tolist() == [0, 4]
    assert whole.log.step[found.came].tolist() == [whole.code_of["devis"]] * 5


def test_the_value_that_goes_with_blocking_is_told_with_its_difference() -> None:
    cases = [("PME", "x", LOST)] * 30 + [("PME", "y", PASSED)] * 10 + [("Grand", "x", LOST)] * 10
    cases += [("Grand", "y", PASSED)] * 30
    whole = log_of(cases)
    found, tried = passing.passing(whole, passing.sides(whole, "devis", 30 * DAY))
    assert tried == 2  # nobody is named, though who has the case tells it all
    small = next(one for one in found if one.value == "PME")
    assert (small.cases, small.share, small.others, small.other_share) == (40, 0.75, 40, 0.25)
    assert small.difference == 0.5
    assert small.low < 0.5 < small.high
    assert small.chance < 0.001


def test_chance_alone_sets_nothing_apart_and_few_cases_say_nothing() -> None:
    same = [(segment, "x", steps) for segment in ("PME", "Grand") for steps in (LOST, PASSED)] * 20
    whole = log_of(same)
    assert passing.passing(whole, passing.sides(whole, "devis", 30 * DAY)) == ([], 2)
    few = log_of([("PME", "x", LOST)] * 9 + [("Grand", "x", PASSED)] * 50)
    assert passing.passing(few, passing.sides(few, "devis", 30 * DAY)) == ([], 0)


def test_what_came_after_the_step_is_not_looked_at() -> None:
    rows = []
    for n in range(60):
        ending = "Perdu" if n % 2 else "Signé"
        rows += [(f"c{n}", "Devis", T0, "ouvert"), (f"c{n}", ending, T0 + DAY * 3_000_000, ending)]
    log = store.code(pl.DataFrame(rows, schema={**store.COLUMNS, "état": pl.String}, orient="row"))
    whole = study.of_archive(Archived(log, frozenset()))
    assert passing.passing(whole, passing.sides(whole, "devis", 30 * DAY))[0] == []


def test_the_greater_half_of_amounts_is_one_value() -> None:
    cases = [("a", "x", LOST)] * 40 + [("a", "x", PASSED)] * 40
    whole = log_of(cases)
    amounts = np.concatenate((np.full(40, 9_000.0), np.full(40, 1_000.0)))
    rich = dataclasses.replace(whole, amounts=amounts)
    (one,), tried = passing.passing(rich, passing.sides(rich, "devis", 30 * DAY))
    assert (tried, one.attribute, one.least, one.share, one.other_share) == (1, "amount", 9_000.0, 1.0, 0.0)


def test_the_interval_of_a_difference_is_newcombes() -> None:
    # Table II of the paper, (a) 56/70 - 48/80, method 10.
    assert passing.interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)
