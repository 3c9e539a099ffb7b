"""What was compiled returns what numpy returns, to the last bit, and refuses to read outside."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.mining import kernels, twins
from portulan.mining.tree import Tree
from portulan.mining.twins import Codes, Ints, Mask
from trees import LABELS, automaton_of, trees, words

pytestmark = pytest.mark.skipif(kernels.LIBRARY is None, reason="no compiler was at hand when this was built")

K = 5
CASES = st.lists(
    st.tuples(
        st.booleans(),
        st.lists(st.tuples(st.integers(0, K - 1), st.integers(0, 2**44)), max_size=12),
    ),
    min_size=1,
    max_size=30,
)
WHOLE = st.integers(-(2**40), 2**62)


def laid(cases: list[tuple[bool, list[tuple[int, int]]]]) -> tuple[Codes, Ints, Mask, Ints]:
    events = [event for _, events in cases for event in events]
    offsets = np.concatenate(([0], np.cumsum([len(events) for _, events in cases]))).astype(np.int64)
    step = np.array([step for step, _ in events], dtype=np.int32)
    clock = np.array([at for _, events in cases for at in sorted(at for _, at in events)], dtype=np.int64)
    return step, offsets, np.array([chosen for chosen, _ in cases]), clock


@given(cases=CASES, some=st.booleans(), many=st.lists(st.integers(0, 2**40), min_size=30, max_size=30))
@settings(deadline=None)
def test_counts_waits_and_bins_are_those_of_numpy(
    cases: list[tuple[bool, list[tuple[int, int]]]], many: list[int], *, some: bool
) -> None:
    step, offsets, mask, clock = laid(cases)
    chosen = mask if some else None
    once = None if chosen is None else chosen.astype(np.int64)
    for weight in (np.array(many[: len(cases)], dtype=np.int64), once):
        mine, theirs = kernels.tally(step, offsets, weight, K), twins.tally(step, offsets, weight, K)
        assert all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))
    begins = np.concatenate(([0], np.cumsum(mine[0]))).astype(np.int64)
    clocks = (clock, clock[::-1] // 3)
    waits = kernels.waits(step, offsets, chosen, begins, clocks)
    for one, other in zip(waits, twins.waits(step, offsets, chosen, K, clocks), strict=True):
        assert np.array_equal(one, other)
    row = np.arange(K * K, dtype=np.int64).reshape(K, K)
    bins = kernels.binned(step, offsets, chosen, clock, row)
    assert np.array_equal(bins, twins.binned(step, offsets, chosen, clock, row))
    assert bins.sum() == len(waits[0])


@given(
    values=st.lists(WHOLE, max_size=400),
    cuts=st.lists(st.integers(0, 400), max_size=6),
    parts=st.sets(st.integers(0, 7)),
    repeated=st.booleans(),
)
@settings(deadline=None)
def test_quantiles_are_exact_in_groups_of_any_size(
    values: list[int], cuts: list[int], parts: set[int], *, repeated: bool
) -> None:
    many = np.array(values * (3 if repeated else 1), dtype=np.int64)
    begins = np.array([0, *sorted(min(cut, len(many)) for cut in cuts), len(many)], dtype=np.int64)
    shares = (0.0, 0.5, 0.9, 1.0)
    runs = np.array([0, *sorted(min(one, len(begins) - 1) for one in parts), len(begins) - 1])
    mine = kernels.quantiles(many.copy(), begins, runs, shares)
    for one, other in zip(mine, twins.quantiles(many.copy(), begins, runs, shares), strict=True):
        assert np.array_equal(one, other, equal_nan=True)


@given(st.lists(WHOLE, min_size=1))
@settings(deadline=None)
def test_a_bin_is_narrower_than_a_sixteenth_of_what_it_holds(values: list[int]) -> None:
    many = np.array(values, dtype=np.int64)
    bins = twins.bin_of(many)
    assert (np.diff(bins[np.argsort(many)]) >= 0).all()
    for one in np.unique(bins):
        inside = np.maximum(many[bins == one], 0)
        assert inside.max() - inside.min() <= inside.min() / 16


@given(CASES)
@settings(deadline=None)
def test_variants_are_numbered_alike(cases: list[tuple[bool, list[tuple[int, int]]]]) -> None:
    step, offsets, _, _ = laid(cases)
    for mine, theirs in zip(kernels.variants(step, offsets), twins.variants(step, offsets), strict=True):
        assert np.array_equal(mine, theirs)


@given(
    moments=st.lists(st.integers(-500, 10_000)),
    cuts=st.sets(st.integers(0, 9_000), min_size=2, max_size=40),
    far=st.integers(0, 2**40),
)
@settings(deadline=None)
def test_working_time_is_that_of_numpy(moments: list[int], cuts: set[int], far: int) -> None:
    bounds = [*sorted(cuts)[: len(cuts) // 2 * 2], 10_000 + far, 10_001 + far]
    opens, closes = np.array(bounds[::2]), np.array(bounds[1::2])
    before = np.cumsum(closes - opens) - (closes - opens)
    at = np.array([*moments, 10_000 + far, 10_002 + far], dtype=np.int64)
    theirs = twins.worked(at, opens, closes, before)
    assert np.array_equal(kernels.worked(at, (opens, closes, before)), theirs)


@given(trees(), st.lists(st.integers(1, 9), min_size=6, max_size=6))
@settings(deadline=None, max_examples=40)
def test_what_escapes_is_counted_alike(whole: Tree, many: list[int]) -> None:
    model = automaton_of(whole)
    done = sorted(words(model, 6))[:6]
    step = np.array([code for word in done for code in word], dtype=np.int32)
    offsets = np.concatenate(([0], np.cumsum([len(word) for word in done]))).astype(np.int64)
    cases = np.array(many[: len(done)], dtype=np.int64)
    out = (model.graph.out_at, model.label, model.target)
    mine, theirs = (one.escaped((step, offsets), cases, out, len(LABELS)) for one in (kernels, twins))
    assert mine == theirs
    assert mine[1] <= mine[0]
    strange = (np.array([7], dtype=np.int32), np.array([0, 1], dtype=np.int64))
    for one in (kernels, twins):
        with pytest.raises(ValueError, match="not allowed"):
            one.escaped(strange, np.ones(1, dtype=np.int64), out, len(LABELS))


def test_what_would_read_outside_is_refused() -> None:
    step, offsets = np.array([0, 7], dtype=np.int32), np.array([0, 2], dtype=np.int64)
    with pytest.raises(ValueError, match="code outside"):
        kernels.tally(step, offsets, None, K)
    with pytest.raises(ValueError, match="rise"):
        kernels.variants(step, np.array([0, 3], dtype=np.int64))
    with pytest.raises(ValueError, match="rise"):
        kernels.variants(step, np.array([0, 2, 1], dtype=np.int64))
    for weight in ([1, 1, 1], [-1]):
        with pytest.raises(ValueError, match="a weight"):
            kernels.tally(step, offsets, np.array(weight), 8)
    begins = np.zeros(65, dtype=np.int64)
    with pytest.raises(ValueError, match="one boolean"):
        kernels.waits(step, offsets, np.ones(3, dtype=np.bool_), begins, (offsets, offsets))
    with pytest.raises(ValueError, match="one time"):
        kernels.binned(step, offsets, None, offsets[:1], np.zeros((8, 8), dtype=np.int64))
