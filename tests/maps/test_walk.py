"""Walks along the passages: loops come in order, and a span holds what cannot be reached otherwise."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.maps import walk

NODES = [str(n) for n in range(8)]
ARCS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=20)


@given(arcs=ARCS)
@settings(max_examples=200, deadline=None)
def test_a_loop_is_what_leads_back_and_comes_after_what_leads_to_it(arcs: list[walk.Arc]) -> None:
    ways, back = walk.leading(arcs), walk.leading((b, a) for a, b in arcs)
    order = walk.left_last("0", ways)
    assert set(order) == walk.reached(["0"], ways)
    loops = walk.loops(order, back)
    number = {one: n for n, loop in enumerate(loops) for one in loop}
    for one in order:
        for other in order:
            both = other in walk.reached([one], ways) and one in walk.reached([other], ways)
            assert (number[one] == number[other]) == both
    assert all(number[a] <= number[b] for a, b in arcs if a in number)


@given(arcs=ARCS)
@settings(max_examples=200, deadline=None)
def test_a_span_holds_another_when_every_way_goes_through_it(arcs: list[walk.Arc]) -> None:
    order = walk.left_last("0", walk.leading(arcs))
    spans = walk.spans(order, walk.leading((b, a) for a, b in arcs))
    for one in order:
        around = walk.leading((a, b) for a, b in arcs if one not in (a, b))
        avoided = walk.reached([] if one == "0" else ["0"], around)
        (first, last), inside = spans[one], set(order) - avoided
        assert {other for other in order if first <= spans[other][0] <= last} == inside
