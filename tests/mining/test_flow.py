"""Counts add up, order in the file does not matter, quantiles are exact."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.base import calendar
from portulan.mining import flow, store, variants, view

EVENTS = st.lists(
    st.tuples(st.sampled_from("uvwxy"), st.sampled_from("abcd"), st.integers(0, 50)), min_size=1, max_size=60
)


def coded(events: list[tuple[str, str, int]]) -> store.Log:
    rows = [(case, step, 1_700_000_000_000_000 + hour * 3_600_000_000) for case, step, hour in events]
    return store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))


@given(EVENTS)
@settings(deadline=None)
def test_counts_add_up(events: list[tuple[str, str, int]]) -> None:
    log = coded(events)
    found = flow.flow(log, calendar.DEFAULT)
    assert found.count.sum() == len(events) - len(log.cases)
    assert found.starts.sum() == found.ends.sum() == len(log.cases)
    into = np.bincount(found.target, weights=found.count, minlength=len(log.steps)) + found.starts
    out = np.bincount(found.source, weights=found.count, minlength=len(log.steps)) + found.ends
    assert (into == found.step_count).all()
    assert (out == found.step_count).all()
    assert variants.variants(log).cases.sum() == len(log.cases)


@given(EVENTS)
@settings(deadline=None)
def test_the_order_of_cases_in_the_file_does_not_change_the_flow(events: list[tuple[str, str, int]]) -> None:
    turned = sorted(events, key=lambda event: event[0], reverse=True)
    first, second = (flow.flow(coded(some), calendar.DEFAULT) for some in (events, turned))
    assert (first.count == second.count).all()
    assert (first.edge_cases == second.edge_cases).all()
    assert np.array_equal(first.waits.median, second.waits.median)


@given(EVENTS)
@settings(deadline=None)
def test_medians_and_ninetieth_percentiles_are_those_of_numpy(events: list[tuple[str, str, int]]) -> None:
    log = coded(events)
    found = flow.flow(log, calendar.DEFAULT)
    here = log.follows
    for edge in range(len(found.count)):
        mine = (log.step[here] == found.source[edge]) & (log.step[here + 1] == found.target[edge])
        waits = (log.at[here + 1] - log.at[here])[mine] / 1_000_000
        assert found.waits.median[edge] == np.quantile(waits, 0.5)
        assert np.isclose(found.waits.p90[edge], np.quantile(waits, 0.9))
        assert found.edge_cases[edge] == len(np.unique(log.case[here][mine]))


@given(EVENTS)
@settings(deadline=None)
def test_every_step_of_the_view_is_on_a_way_from_start_to_end(events: list[tuple[str, str, int]]) -> None:
    found = flow.flow(coded(events), calendar.DEFAULT)
    shown = view.view(found, coverage=0.0).shown
    for starts, tails, heads in (
        (found.starts, found.source, found.target),
        (found.ends, found.target, found.source),
    ):
        reached = set(np.flatnonzero(starts).tolist())
        for _ in found.steps:
            reached |= {
                int(h) for t, h, s in zip(tails, heads, shown, strict=True) if s and int(t) in reached
            }
        assert reached == set(range(len(found.steps)))


def test_full_coverage_shows_every_arc() -> None:
    found = flow.flow(coded([("u", "a", 1), ("u", "b", 2), ("u", "a", 3), ("v", "a", 1)]), calendar.DEFAULT)
    assert view.view(found, coverage=1.0).shown.all()


def test_a_log_decodes_to_what_it_was() -> None:
    log = coded([("u", "a", 2), ("v", "b", 1), ("u", "c", 1)])
    assert store.decode(log).select("case", "step").rows() == [("u", "c"), ("u", "a"), ("v", "b")]
