"""Blocked steps are told from closed, open and lost cases, and not told too early."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.base import calendar
from portulan.mining import blocked, endings, read, store, study, visits
from portulan.mining.archive import Archived
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


SEEN = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), min_size=1, max_size=40)
BPIC12 = Path(__file__).parents[3] / "shared" / "data" / "logs" / "BPIC12.xes.gz"


def arrays(seen: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    lengths, exits = zip(*seen, strict=True)
    return np.array(lengths, dtype=np.float64), np.array(exits, dtype=np.int64)


def still_there(lengths: np.ndarray, exits: np.ndarray, horizon: float) -> float:
    """Return the share that has not left by the horizon (Kaplan & Meier, 1958), term by term."""
    share = 1.0
    for time in sorted(set(lengths[lengths <= horizon].tolist())):
        left = ((lengths == time) & (exits != OPEN)).sum()
        share *= 1 - left / (lengths >= time).sum()
    return share


@given(SEEN, st.integers(0, 45))
def test_exits_and_those_still_there_add_up_to_one(seen: list[tuple[int, int]], horizon: int) -> None:
    lengths, exits = arrays(seen)
    found = blocked.incidences(lengths, exits, horizon)
    assert sum(found) + still_there(lengths, exits, horizon) == pytest.approx(1)


@given(SEEN, st.integers(0, 45), st.integers(0, 45))
def test_an_incidence_never_falls_with_time(seen: list[tuple[int, int]], one: int, other: int) -> None:
    lengths, exits = arrays(seen)
    early, late = (blocked.incidences(lengths, exits, horizon) for horizon in sorted((one, other)))
    assert all(a <= b + 1e-12 for a, b in zip(early, late, strict=True))


@given(SEEN, st.integers(0, 45))
def test_without_open_visits_the_estimate_is_the_plain_count(
    seen: list[tuple[int, int]], horizon: int
) -> None:
    lengths, exits = arrays([(length, min(exit_, LOST)) for length, exit_ in seen])
    found = blocked.incidences(lengths, exits, horizon)
    for kind in (ADVANCE, BACK, LOST):
        assert found[kind] == pytest.approx(((exits == kind) & (lengths <= horizon)).mean())


def test_the_band_holds_the_share_and_narrows_with_more_cases() -> None:
    few = [[("Devis", 0), ("Signé", 3)]] * 30 + [[("Devis", 0), ("Perdu", 9)]] * 20
    narrow, wide = (blockages(log_of(few * times), horizon=20 * DAY)["Devis"] for times in (20, 1))
    for one in (narrow, wide):
        assert one.low is not None
        assert one.high is not None
        assert one.blocked is not None
        assert one.low <= one.blocked <= one.high
    assert narrow.high - narrow.low < wide.high - wide.low  # type: ignore[operator]


def test_a_case_that_nobody_touched_for_half_a_year_is_asleep() -> None:
    cases = [[("Devis", 0), ("Signé", 3)]] * 60 + [[("Devis", 0)]] * 20 + [[("Devis", 399), ("Signé", 400)]]
    found = blockages(log_of(cases), horizon=300 * DAY)["Devis"]
    assert (found.asleep, found.waiting) == (20, 20)
    assert found.awake == pytest.approx(0)
    assert found.blocked == pytest.approx(20 / 81)


@pytest.mark.skipif(not BPIC12.exists(), reason="the real logs are not beside the project")
def test_the_walls_of_the_loan_offers_are_those_that_their_cases_count() -> None:
    source = read.read(BPIC12)
    seen = study.of_archive(Archived(source.log, source.states))
    log = seen.states
    reached = {n: np.unique(log.case[log.step == code]) for code, n in enumerate(log.steps)}
    never_accepted = 1 - len(reached["A_PREACCEPTED"]) / len(reached["A_SUBMITTED"])
    sent, answered = reached["O_SENT"], reached["O_SENT_BACK"]
    unanswered = 1 - len(np.intersect1d(sent, answered)) / len(sent)
    assert (round(never_accepted, 2), round(unanswered, 2)) == (0.44, 0.35)
    month = dict.fromkeys(range(len(log.steps)), 30.0 * DAY)
    found = {log.steps[one.step]: one for one in blocked.blocked(seen.visits, horizons=month, band=False)}
    assert found["A_PARTLYSUBMITTED"].blocked == pytest.approx(never_accepted, abs=0.005)
    assert found["O_SENT"].blocked == pytest.approx(unanswered, abs=0.03)
