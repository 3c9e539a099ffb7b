"""Blocked steps are told from closed, open and lost cases, and not told too early."""

import numpy as np
import polars as pl
import pytest

from portulan.base import calendar
from portulan.mining import blocked, endings, store, visits
from portulan.mining.blocked import Blockage
from portulan.mining.visits import ADVANCE, BACK, LOST, OPEN

DAY = 86_400
DAY_MICROS = DAY * 1_000_000
T0 = 1_700_000_000_000_000


def log_of(cases: list[list[tuple[str, int]]]) -> store.Log:
    rows = [(f"c{n}", step, T0 + day * DAY_MICROS) for n, case in enumerate(cases) for step, day in case]
    return store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))


def blockages(log: store.Log, *, horizon: float | None = None) -> dict[str, Blockage]:
    seen = visits.visits(log, endings.guess_endings(log), calendar.DEFAULT)
    horizons = {code: horizon for code in range(len(log.steps)) if horizon is not None}
    return {log.steps[one.step]: one for one in blocked.blocked(seen, horizons=horizons)}


def test_without_open_visits_the_incidences_are_plain_shares() -> None:
    length = np.array([1.0, 2.0, 3.0, 4.0])
    exits = np.array([ADVANCE, LOST, BACK, ADVANCE])
    assert blocked.incidences(length, exits, 10) == pytest.approx((0.5, 0.25, 0.25))
    assert blocked.incidences(length, exits, 2) == pytest.approx((0.25, 0.0, 0.25))


def test_an_open_visit_counts_for_as_long_as_it_was_seen() -> None:
    length = np.array([1.0, 2.0, 3.0])
    exits = np.array([ADVANCE, OPEN, ADVANCE])
    advance, _, _ = blocked.incidences(length, exits, 3)
    assert advance == pytest.approx(1.0)


def test_the_wall_is_where_cases_are_lost_or_wait() -> None:
    passing = [[("Contact", 0), ("Devis", 1), ("Signé", 3)]] * 40
    lost = [[("Contact", 0), ("Devis", 1), ("Perdu", 60)]] * 30
    waiting = [[("Contact", 0), ("Devis", 1)]] * 30
    log = log_of([*passing, *lost, *waiting])
    ends = endings.guess_endings(log)
    assert {log.steps[code] for code in ends.lost} == {"Perdu"}
    found = blockages(log, horizon=30 * DAY)
    assert found["Contact"].blocked == pytest.approx(0)
    assert found["Devis"].blocked == pytest.approx(0.6)
    assert found["Devis"].waiting == 30
    assert set(found) == {"Contact", "Devis"}


def test_a_return_is_no_blockage() -> None:
    cases = [[("Démo", 0), ("Devis", 1), ("Démo", 2), ("Devis", 3), ("Signé", 4)]] * 40
    log = log_of(cases)
    found = blockages(log, horizon=5 * DAY)
    assert found["Devis"].visits == 80
    assert found["Devis"].blocked == pytest.approx(0)


def test_it_is_too_early_with_fewer_than_thirty_visits() -> None:
    log = log_of([[("Contact", 0), ("Signé", 1)]] * 10)
    assert blockages(log)["Contact"].blocked is None


def test_consecutive_events_of_a_step_are_one_visit() -> None:
    log = log_of([[("Contact", 0), ("Contact", 2), ("Signé", 5)]] * 40)
    (found,) = blockages(log).values()
    assert (found.visits, found.horizon) == (40, 5 * DAY)
