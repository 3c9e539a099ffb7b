"""A model becomes the states that its cases can be in, and nothing else; what is too large is refused."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portulan.maps.model import Lane, Map, Passage, Phase, Step, StepKind
from portulan.mining import automaton
from portulan.mining.automaton import SILENT, NothingEnds, TooManyStates


def drawn(ways: list[tuple[str, str]], begins: str = "", gateways: str = "") -> Map:
    """A map whose steps are letters."""

    def kind(one: str) -> StepKind:
        return "gateway" if one in gateways else "task"

    letters = sorted({one for way in ways for one in way})
    return Map(
        uid="m",
        title="M",
        lanes=(Lane(id="l", label="L"),),
        phases=(Phase(id="p", label="P"),),
        steps=tuple(
            Step(id=one, label=one, kind=kind(one), lane="l", phase="p", begins=one in begins)
            for one in letters
        ),
        passages=tuple(Passage(id=f"p{n}", source=a, target=b) for n, (a, b) in enumerate(ways)),
    )


def moves(found: automaton.Automaton) -> set[tuple[int, int, int]]:
    return set(zip(found.source.tolist(), found.label.tolist(), found.target.tolist(), strict=True))


def block(branches: int) -> automaton.Automaton:
    """Steps that happen in any order, each once."""

    def following(done: frozenset[int]) -> Iterator[tuple[int, frozenset[int]]]:
        return ((one, done | {one}) for one in range(branches) if one not in done)

    names = tuple(map(str, range(branches)))
    return automaton.explored(names, frozenset[int](), following, lambda done: len(done) == branches)


def test_a_map_is_read_through_its_gateways_and_from_its_beginning() -> None:
    found = automaton.of_map(drawn([("a", "x"), ("x", "b"), ("x", "c"), ("b", "b")], gateways="x"))
    assert found.steps == ("a", "b", "c")
    assert found.states == 4
    assert sorted(zip(found.label.tolist(), found.least[found.target].tolist(), strict=True)) == [
        (0, 1),
        (1, 2),
        (2, 2),
    ]
    assert found.stays
    assert found.final.all()


def test_a_beginning_that_no_event_tells_is_passed_in_silence() -> None:
    way = drawn([("a", "b"), ("b", "c")], begins="a")
    assert {label for source, label, _ in moves(automaton.of_map(way)) if source == 0} == {0}
    told = automaton.of_map(way, {"b", "c"})
    assert {label for source, label, _ in moves(told) if source == 0} == {0, 1}


def test_a_map_that_turns_in_a_circle_may_begin_anywhere() -> None:
    found = automaton.of_map(drawn([("a", "b"), ("b", "a")]))
    assert {label for source, label, _ in moves(found) if source == 0} == {0, 1}


def test_steps_side_by_side_give_every_part_of_them() -> None:
    assert block(8).states == 2**8
    assert block(8).shortest == 8


def test_a_model_of_too_many_states_is_refused_and_says_what_to_do() -> None:
    with pytest.raises(TooManyStates) as refused:
        block(16)
    assert f"{automaton.MOST_STATES:,}" in refused.value.say("en")
    assert "découpez-le" in refused.value.say("fr")


def test_a_model_that_nothing_ends_is_refused() -> None:
    with pytest.raises(NothingEnds):
        automaton.of_transitions(("a",), [(0, 0, 1), (2, 0, 3)], 0, [3])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(SILENT, 1), st.integers(0, 6)), max_size=20))
def test_silence_makes_no_circle_and_every_state_is_within_reach(ways: list[tuple[int, int, int]]) -> None:
    found = automaton.of_transitions(("a", "b"), ways, 0, range(7))
    assert (found.least < found.states).all()
    silent = {(source, target) for source, label, target in moves(found) if label == SILENT}
    left = set(range(found.states))
    while ended := {one for one in left if not any(a == one and b in left for a, b in silent)}:
        left -= ended
    assert not left
