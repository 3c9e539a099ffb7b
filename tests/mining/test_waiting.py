"""Waits are parted among their causes to the microsecond, and each cause claims what it should."""

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.base import calendar
from portulan.mining import store, waiting
from portulan.mining.waiting import CAUSES, Cause, Facts, Split

HOUR = 3_600_000_000
MONDAY = int(datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp()) * 1_000_000  # nine o'clock in Paris
EVENTS = st.lists(
    st.tuples(
        st.sampled_from("uvwxy"),
        st.sampled_from("abc"),
        st.integers(0, 3_000),
        st.sampled_from([-1, 0, 1]),
        st.integers(0, 90),
    ),
    min_size=1,
    max_size=50,
)
Event = tuple[str, str, float, int]


def coded(events: list[tuple[str, str, int, int, int]]) -> tuple[store.Log, Facts]:
    rows = [
        (c, s, MONDAY + 60_000_000 * at, who, MONDAY + 60_000_000 * (at + long))
        for c, s, at, who, long in events
    ]
    columns = {**store.COLUMNS, "who": pl.Int64, "end_at": pl.Int64}
    log = store.code(pl.DataFrame(rows, schema=columns, orient="row"))
    return log, Facts(log.events["who"].to_numpy(), log.events["end_at"].to_numpy(), frozenset({0}))


def split(log: store.Log, facts: Facts, chosen: npt.NDArray[np.bool_] | None = None) -> Split:
    return waiting.split(waiting.parted(log, calendar.DEFAULT, facts), log, facts, chosen)


def hours(
    events: list[Event], step: str, *, outside: str = "", ends: list[float] | None = None
) -> dict[str, float]:
    """Return the hours of the waits at a step by cause; events are (case, step, hour after nine, who)."""
    rows = [(c, s, MONDAY + round(at * HOUR), who, n) for n, (c, s, at, who) in enumerate(events)]
    log = store.code(
        pl.DataFrame(rows, schema={**store.COLUMNS, "who": pl.Int64, "n": pl.Int64}, orient="row")
    )
    stamps = None
    if ends is not None:
        stamps = np.array([MONDAY + round(ends[n] * HOUR) for n in log.events["n"]], dtype=np.int64)
    named = frozenset({log.steps.index(outside)} if outside else ())
    facts = Facts(log.events["who"].to_numpy(), stamps, named)
    found = split(log, facts).of(log.steps.index(step))
    told = zip(CAUSES, found.seconds.tolist(), strict=True)
    return {cause: round(seconds / 3600, 6) for cause, seconds in told if seconds}


@given(EVENTS, st.sets(st.sampled_from(["owned", "timed"])))
@settings(deadline=None)
def test_the_causes_of_every_wait_add_up_to_it(
    events: list[tuple[str, str, int, int, int]], told: set[str]
) -> None:
    log, facts = coded(events)
    facts = Facts(
        facts.owner if "owned" in told else None, facts.ends if "timed" in told else None, facts.outside
    )
    parts = waiting.parted(log, calendar.DEFAULT, facts)
    ended = np.maximum(facts.ends, log.at) if facts.ends is not None else log.at
    waits = np.maximum(log.at[parts.at + 1] - ended[parts.at], 0)
    assert (parts.micros >= 0).all()
    assert (parts.micros.sum(axis=0) == waits).all()
    if "owned" not in told:
        assert not parts.micros[2:5].any()


@given(EVENTS)
@settings(deadline=None)
def test_arcs_add_up_to_the_waits_of_all_cases(events: list[tuple[str, str, int, int, int]]) -> None:
    log, facts = coded(events)
    every = split(log, facts)
    parts = waiting.parted(log, calendar.DEFAULT, facts)
    assert every.count.sum() == len(parts.at)
    assert np.allclose(every.seconds.sum(axis=1) * 1e6, parts.micros.sum(axis=1))
    some = np.arange(len(log.cases)) % 2 == 0
    halves = [split(log, facts, chosen) for chosen in (some, ~some)]
    assert np.isclose(sum(one.seconds.sum() for one in halves), every.seconds.sum())


@given(EVENTS)
@settings(deadline=None)
def test_who_is_named_how_changes_nothing(events: list[tuple[str, str, int, int, int]]) -> None:
    log, facts = coded(events)
    assert facts.owner is not None
    turned = np.where(facts.owner >= 0, 1 - facts.owner, -1)
    one, two = (
        waiting.parted(log, calendar.DEFAULT, Facts(who, facts.ends)).micros for who in (facts.owner, turned)
    )
    assert (one == two).all()


def test_nights_and_weekends_are_closed_hours() -> None:
    # From Monday nine o'clock to Tuesday nine o'clock: seven hours of work.
    assert hours([("u", "a", 0, 0), ("u", "b", 24, 0)], "a") == {"closed": 17, "rest": 7}


def test_open_hours_at_a_step_that_waits_for_the_client_are_the_clients() -> None:
    found = hours([("u", "attente", 0, 0), ("u", "b", 24, 1)], "attente", outside="attente")
    assert found == {"closed": 17, "client": 7}


def test_a_hand_over_lasts_until_the_first_act_of_whoever_takes_over() -> None:
    before = ("x", "c", -1, 1)  # an act before the hand-over tells nothing
    assert hours([before, ("u", "a", 0, 0), ("u", "b", 2, 1)], "a") == {"handover": 2}
    others = [("x", "c", 1, 1)]
    assert hours([*others, ("u", "a", 0, 0), ("u", "b", 2, 1)], "a") == {"handover": 1, "rest": 1}


def test_three_cases_of_a_step_resumed_within_a_quarter_of_an_hour_are_a_batch() -> None:
    three = [e for n, c in enumerate("uvw") for e in ((c, "a", 0, 0), (c, "b", 2 + n / 10, 0))]
    assert hours(three, "a") == {"batch": 6.3}
    two = [*three[:4], ("w", "a", 0, 0), ("w", "b", 2.9, 0)]
    assert "batch" not in hours(two, "a")
    by_two = [*three[:5], ("w", "b", 2.2, 1)]
    assert "batch" not in hours(by_two, "a")
    again = [*three[:4], ("u", "a", 2.15, 0), ("u", "b", 2.2, 0)]
    assert "batch" not in hours(again, "a")


def test_an_owner_at_other_cases_is_busy_for_an_hour_at_most_before_each_act() -> None:
    mine = [("u", "a", 0, 0), ("u", "b", 6.5, 0)]  # nine to half past three: an hour is closed, at noon two
    assert hours([*mine, ("x", "c", 2, 0)], "a") == {"closed": 2, "busy": 1, "rest": 3.5}
    assert hours([*mine, ("x", "c", 0.25, 0)], "a") == {"closed": 2, "busy": 0.25, "rest": 4.25}
    assert hours([*mine, ("x", "c", 2, 1)], "a") == {"closed": 2, "rest": 4.5}


def test_where_acts_have_two_moments_the_owner_is_busy_from_one_to_the_other() -> None:
    events = [("u", "a", 0, 0), ("u", "b", 3, 0), ("x", "c", 0.5, 0), ("y", "c", 1, 0)]
    found = hours(events, "a", ends=[0.25, 3, 1.5, 2])
    assert found == {"busy": 1.5, "rest": 1.25}  # acts side by side count once; processing is no wait


def test_a_case_is_overtaken_from_when_a_later_one_left_the_step() -> None:
    first = [("u", "a", 0, -1), ("u", "b", 3, -1)]
    assert hours([*first, ("v", "a", 1, -1), ("v", "b", 2, -1)], "a")["overtaken"] == 1
    assert "overtaken" not in hours([*first, ("v", "a", 1, -1), ("v", "b", 3, -1)], "a")
    assert "overtaken" not in hours([*first, ("v", "a", 0, -1), ("v", "b", 2, -1)], "a")


def test_what_no_event_says_is_not_known_and_how_much_names_nobody_is_told() -> None:
    rows = [("u", "a", MONDAY), ("u", "b", MONDAY + HOUR)]
    log = store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))
    unknown: set[Cause] = {"client", "handover", "batch", "busy"}
    bare = split(log, Facts())
    assert set(CAUSES) - bare.known == unknown
    half = split(log, Facts(np.array([0, -1])))
    assert half.of(0).unnamed == 3600
    assert half.of(0, 1).waits == 1
    assert half.of(0, 0).waits == 0
