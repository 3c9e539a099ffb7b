"""Alignments cost what other programs find, are ways through the model, and keep to their time."""

from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from r4pm import bindings

from portulan.mining import align, archive, automaton, discover, kernels, read, show, store, study, twins
from portulan.mining.automaton import SILENT, Automaton, NothingEnds
from portulan.mining.discover import Wanted
from portulan.mining.store import Log

HELPDESK = Path(__file__).parents[2] / "examples" / "helpdesk.xes.gz"
LETTERS = "abcd"
WAYS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(SILENT, len(LETTERS) - 2), st.integers(0, 6)),
    min_size=1,
    max_size=16,
)
TRACES = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=12)
COSTS: Any = {
    "cost_fn": {"model_move_cost": 1, "log_move_cost": 1, "sync_move_cost": 0, "silent_move_cost": 0}
}


def logged(traces: list[str]) -> Log:
    rows = [(f"c{n:03}", letter, at) for n, trace in enumerate(traces) for at, letter in enumerate(trace)]
    return store.code(pl.DataFrame(rows, schema=store.COLUMNS, orient="row"))


def model(ways: list[tuple[int, int, int]], final: set[int]) -> Automaton:
    """A random model over all letters but the last, or an example that does not count."""
    try:
        return automaton.of_transitions(tuple(LETTERS[:-1]), ways, 0, final)
    except NothingEnds:
        assume(False)
        raise


def net(of: Automaton) -> Any:
    """The same model as a Petri net, whose one mark is the state; it goes out in silence."""
    places = [str(uuid4()) for _ in range(of.states + 1)]
    transitions: dict[str, Any] = {}
    arcs = []
    ways = zip(of.source.tolist(), of.label.tolist(), of.target.tolist(), strict=True)
    ends = ((state, SILENT, of.states) for state in np.flatnonzero(of.final).tolist())
    for source, label, target in (*ways, *ends):
        one = str(uuid4())
        transitions[one] = {"id": one, "label": of.steps[label] if label >= 0 else None}
        tied = ("PlaceTransition", (places[source], one)), ("TransitionPlace", (one, places[target]))
        arcs += [{"from_to": {"type": kind, "nodes": nodes}, "weight": 1} for kind, nodes in tied]
    return {
        "places": {one: {"id": one} for one in places},
        "transitions": transitions,
        "arcs": arcs,
        "initial_marking": {places[0]: 1},
        "final_markings": [{places[-1]: 1}],
    }


def words(log: Log, cases: list[int]) -> list[list[str]]:
    return [[log.steps[code] for code in log.step[log.offsets[n] : log.offsets[n + 1]]] for n in cases]


@given(ways=WAYS, final=st.sets(st.integers(0, 6), min_size=1), traces=TRACES)
@settings(deadline=None, max_examples=60)
def test_costs_are_those_of_another_program_on_any_model(
    ways: list[tuple[int, int, int]], final: set[int], traces: list[str]
) -> None:
    of = model(ways, final)
    log = logged(traces)
    found = align.align(log, of)
    other = net(of)
    for case, word in enumerate(words(log, list(range(len(traces))))):
        assert found.cost[found.of_case[case]] == bindings.align_trace(other, word, COSTS)["cost"]


@given(ways=WAYS, final=st.sets(st.integers(0, 6), min_size=1), traces=TRACES)
@settings(deadline=None, max_examples=60)
def test_an_alignment_holds_the_case_and_a_case_of_the_model_and_costs_what_differs(
    ways: list[tuple[int, int, int]], final: set[int], traces: list[str]
) -> None:
    of = model(ways, final)
    log = logged(traces)
    found = align.align(log, of)
    assert found.checked_cases == found.checked_variants == 1
    for case, word in enumerate(words(log, list(range(len(traces))))):
        moves = found.moves(int(found.of_case[case]))
        assert [step for kind, step in moves if kind != "skipped"] == word
        assert sum(kind != "both" for kind, _ in moves) == found.cost[found.of_case[case]]
        allowed = [step for kind, step in moves if kind != "extra"]
        if allowed:
            again = align.align(logged(["".join(allowed)]), of)
            assert again.cost.tolist() == [0]
            assert again.fitness == 1
            assert again.conforming.all()
    assert (found.cost <= found.worst).all()
    assert sum(one.count for one in found.needed()) == int((found.cost * found.cases).sum())


@pytest.mark.skipif(kernels.LIBRARY is None, reason="no compiler was at hand when this was built")
@given(ways=WAYS, final=st.sets(st.integers(0, 6), min_size=1), traces=TRACES)
@settings(deadline=None, max_examples=60)
def test_what_was_compiled_finds_the_moves_that_numpy_finds(
    ways: list[tuple[int, int, int]], final: set[int], traces: list[str]
) -> None:
    of = model(ways, final)
    log = logged(sorted(traces))
    room = np.concatenate(([0], np.cumsum(2 * log.lengths + of.shortest))).astype(np.int64)
    step = np.array(["abcd".index(name) for name in log.steps], dtype=np.int32)[log.step]
    mine: tuple[Any, ...] = kernels.align(step, log.offsets, of.graph, room, 5)
    theirs: tuple[Any, ...] = twins.align(step, log.offsets, of.graph, room, 5)
    for one, other in zip(mine, theirs, strict=True):
        assert one.tolist() == other.tolist()


def test_a_real_log_costs_on_its_own_map_what_another_program_finds() -> None:
    source = read.read(HELPDESK)
    whole = study.of_archive(archive.Archived(source.log, source.states))
    drawn = discover.discover(show.show(whole), Wanted("carte", "Carte"))
    of = automaton.of_map(drawn, whole.ids)
    log = store.recoded(whole.log, np.arange(len(whole.ids), dtype=np.int32), whole.ids)
    found = align.align(log, of)
    other = net(of)
    for rank in range(0, len(found.cost), 10):
        case = int(np.flatnonzero(found.of_case == rank)[0])
        word = words(log, [case])[0]
        stays = word[:1] + [after for before, after in pairwise(word) if before != after]
        assert found.cost[rank] == bindings.align_trace(other, stays, COSTS)["cost"]
    assert 0.9 < (found.fitness or 0) < 1


def chain() -> Automaton:
    return automaton.of_transitions(("a", "b", "c"), [(0, 0, 1), (1, 1, 2), (2, 2, 3)], 0, {3})


def test_what_is_skipped_and_what_is_too_much_is_told_with_its_cases() -> None:
    found = align.align(logged(["abc", "ac", "ac", "abddc"]), chain())
    assert [(one.kind, one.step, one.drawn, one.cases, one.count) for one in found.needed()] == [
        ("skipped", "b", True, 2, 2),
        ("extra", "d", False, 1, 2),
    ]
    skipping = found.needed()[0].variants[found.of_case]
    assert skipping.tolist() == [False, True, True, False]
    assert found.fitness == pytest.approx(1 - 4 / (6 + 5 + 5 + 8))


def test_repeats_are_one_stay_on_a_model_of_stays_alone() -> None:
    strict = chain()
    stays = automaton.of_transitions(strict.steps, [(0, 0, 1), (1, 1, 2), (2, 2, 3)], 0, {3}, stays=True)
    log = logged(["aabbbc"])
    assert [align.align(log, of).cost.tolist() for of in (strict, stays)] == [[3], [0]]


def test_precision_counts_what_is_allowed_and_never_done() -> None:
    wide = automaton.of_transitions(
        ("a", "b", "c", "d"), [(0, 0, 1), (1, 1, 2), (1, 3, 2), (1, SILENT, 4), (4, 1, 2), (2, 2, 3)], 0, {3}
    )
    found = align.align(logged(["abc", "abc", "ac"]), wide)
    assert found.precision == pytest.approx((3 + 3 + 3) / (3 + 6 + 3))
    assert align.align(logged(["abc", "adc"]), wide).precision == 1


def test_places_say_which_step_of_the_model_a_label_is() -> None:
    found = align.align(logged(["abcd"]), chain(), ["b", None, "c", "c"])
    assert found.moves(0) == [("skipped", "a"), ("both", "b"), ("extra", "b"), ("extra", "c"), ("both", "c")]


def test_the_budget_cuts_between_variants_and_says_what_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    traces = ["abc"] * 3 + [format(n, "09b").replace("0", "a").replace("1", "b") for n in range(400)]
    whole = align.align(logged(traces), chain())
    clock = iter(range(0, 1000, 3))
    monkeypatch.setattr(align, "monotonic", lambda: next(clock))
    found = align.align(logged(traces), chain())
    assert found.checked.sum() == 256
    assert found.checked[0]
    assert (found.cost[found.checked] == whole.cost[:256]).all()
    assert found.checked_cases == pytest.approx(258 / 403)
    assert found.checked_variants == pytest.approx(256 / 401)
    monkeypatch.undo()
    nothing = align.align(logged(traces), chain(), budget=0)
    assert (nothing.checked.sum(), nothing.fitness, nothing.precision, nothing.needed()) == (
        0,
        None,
        None,
        [],
    )


def test_what_would_read_or_write_outside_is_refused() -> None:
    of, offsets = chain().graph, np.array([0, 2], dtype=np.int64)
    step = np.array([0, 1], dtype=np.int32)
    with pytest.raises(ValueError, match="room"):
        kernels.align(step, offsets, of, np.array([0, 4], dtype=np.int64), 1)
    with pytest.raises(ValueError, match="below nought"):
        kernels.align(step - 1, offsets, of, np.array([0, 9], dtype=np.int64), 1)
