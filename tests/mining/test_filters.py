"""Filters choose whole cases, compose in any order, and what is chosen adds up."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.mining import choices, filters, flow, show, store, study
from portulan.mining.archive import Archived
from portulan.mining.filters import Filter, FilterNotValid
from portulan.mining.study import Study

HOUR = 3_600_000_000
BEGUN = 1_700_000_000_000_000
EVENTS = st.lists(
    st.tuples(st.sampled_from("uvwxy"), st.sampled_from("abcd"), st.integers(0, 50)), min_size=4, max_size=60
)
STACK = st.lists(
    st.sampled_from(
        [
            '{"kind":"through","step":"a"}',
            '{"kind":"through","step":"a","where":"start","without":true}',
            '{"kind":"path","source":"a","target":"b"}',
            '{"kind":"path","source":"b","target":"a","later":true}',
            '{"kind":"lasting","least":3600,"most":90000}',
            '{"kind":"attribute","name":"hour","low":10,"high":30}',
            '{"kind":"attribute","name":"case:size","values":["u","v"],"without":true}',
            '{"kind":"variants","ranks":[0]}',
            '{"kind":"period","until":"2023-11-15T12:00:00Z","which":"ended"}',
        ]
    ),
    max_size=3,
)


def studied(events: list[tuple[str, str, int]]) -> Study:
    fixed = [("u", step, index) for index, step in enumerate("abcd")]
    rows = [(case, step, BEGUN + hour * HOUR, hour, case) for case, step, hour in [*fixed, *events]]
    frame = pl.DataFrame(rows, schema=[*store.COLUMNS, "hour", "case:size"], orient="row")
    return study.of_archive(Archived(store.code(frame), frozenset()))


def stack(*texts: str) -> tuple[Filter, ...]:
    return filters.read(f"[{','.join(texts)}]")


@given(EVENTS, STACK)
@settings(deadline=None, max_examples=60)
def test_filters_compose_and_the_flow_of_the_chosen_is_that_of_the_narrowed_log(
    events: list[tuple[str, str, int]], asked: list[str]
) -> None:
    whole = studied(events)
    kept = filters.chosen(whole, stack(*asked))
    assert np.array_equal(kept, filters.chosen(whole, stack(*reversed(asked))))
    apart = [filters.chosen(whole, stack(one)) for one in asked]
    assert np.array_equal(kept, np.logical_and.reduce([np.ones_like(kept), *apart]))
    narrow = study.narrowed(whole, kept)
    exact, rough = (flow.flow(whole.log, whole.calendar, kept, rough=rough) for rough in (False, True))
    assert np.array_equal(exact.count, narrow.flow.count)
    assert np.array_equal(exact.edge_cases, narrow.flow.edge_cases)
    assert np.array_equal(exact.waits.median, narrow.flow.waits.median, equal_nan=True)
    assert np.array_equal(rough.count, exact.count)
    for one, other in ((whole.flow_of(kept), exact), (whole.flow_of(kept, rough=True), rough)):
        for name in ("source", "count", "edge_cases", "step_count", "step_cases", "starts", "ends"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name
        for name in ("median", "p90", "working_median", "working_p90"):
            mine, theirs = (getattr(found.waits, name) for found in (one, other))
            assert np.array_equal(mine, theirs, equal_nan=True), name
    answered = show.answer(show.show(whole, chosen=kept), sentence=None, all_cases=len(kept))
    assert answered.cases == len(narrow.log.cases)
    assert answered.events == len(narrow.log.step)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=80))
@settings(deadline=None, max_examples=60)
def test_a_rough_median_is_within_a_sixteenth_of_a_wait_of_the_log(seconds: list[int]) -> None:
    rows = [
        (f"c{case}", step, BEGUN + wait * 1_000_000)
        for case, wait in enumerate(seconds)
        for step, wait in (("a", 0), ("b", wait))
    ]
    log = study.of_archive(
        Archived(store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row")), frozenset())
    )
    rough = flow.flow(log.log, log.calendar, rough=True).waits.median[0]
    low = sorted(seconds)[(len(seconds) - 1) // 2]
    assert abs(rough - low) <= low / 16 + 1


def test_what_passes_through_a_step_or_goes_from_one_to_another() -> None:
    whole = studied([("v", "b", 1), ("v", "a", 2), ("w", "a", 1), ("w", "c", 2), ("w", "b", 3)])
    for asked, cases in (
        ('{"kind":"path","source":"a","target":"b"}', ["u"]),
        ('{"kind":"path","source":"a","target":"b","later":true}', ["u", "w"]),
        ('{"kind":"through","step":"c"}', ["u", "w"]),
        ('{"kind":"through","step":"a","where":"end"}', ["v"]),
        ('{"kind":"through","step":"c","without":true}', ["v"]),
    ):
        kept = filters.chosen(whole, stack(asked))
        assert whole.log.cases.filter(pl.Series(kept)).to_list() == cases


@pytest.mark.parametrize(
    "asked",
    [
        "{",
        '{"kind":"through"}',
        '[{"kind":"through","step":"zz"}]',
        '[{"kind":"attribute","name":"zz"}]',
        '[{"kind":"variants","ranks":[99]}]',
    ],
    ids=["cut", "no stack", "no step", "no attribute", "no variant"],
)
def test_what_the_log_does_not_know_is_refused(asked: str) -> None:
    whole = studied([])
    with pytest.raises(FilterNotValid):
        filters.chosen(whole, filters.read(asked))


def test_a_log_says_what_its_cases_can_be_chosen_by() -> None:
    found = choices.choices(studied([("v", "b", 1), ("v", "a", 2)]))
    assert {one.label for one in found.attributes} == {"hour", "size"}
    assert [step.id for step in found.steps][:2] == ["a", "b"]
    assert found.longest_seconds == 3 * 3600
