"""The linter names what is wrong with a map, and the starters have nothing wrong."""

from typing import Any

import pytest

from portulan.maps import lint, starters
from portulan.maps.model import Lane, Map, Passage, Phase, Step


def step(step_id: str, **more: Any) -> Step:
    return Step(id=step_id, label=step_id.capitalize(), lane="commercial", phase="vente", **more)


def drawn(*steps: Step, passages: tuple[tuple[str, str], ...] = (), **more: Any) -> Map:
    ways = tuple(Passage(id=f"p_{a}_{b}", source=a, target=b) for a, b in passages)
    lane = Lane(id="commercial", label="Commercial", role="sales")
    phase = Phase(id="vente", label="Vente")
    return Map(uid="test", title="Test", lanes=(lane,), phases=(phase,), steps=steps, passages=ways, **more)


def errors(one: Map) -> list[tuple[str, str]]:
    return [(f.code, f.element) for f in lint.lint(one) if f.severity == "error"]


def warnings(one: Map) -> set[str]:
    return {f.code for f in lint.lint(one) if f.severity == "warning"}


A = step("a", begins=True)
Z = step("z", kind="won")


@pytest.mark.parametrize("name", starters.NAMES)
def test_a_starter_has_neither_error_nor_warning(name: str) -> None:
    assert lint.lint(starters.starter(name)) == []


@pytest.mark.parametrize("name", starters.NAMES)
def test_a_starter_is_the_same_after_a_round_trip(name: str) -> None:
    one = starters.starter(name)
    assert Map.model_validate_json(one.model_dump_json(by_alias=True)) == one


def test_a_short_map_that_ends_is_free_of_errors() -> None:
    assert errors(drawn(A, Z, passages=(("a", "z"),))) == []


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (drawn(A, step("b"), Z, passages=(("a", "z"),)), ("maps.unreachable", "b")),
        (drawn(A, step("b"), Z, passages=(("a", "b"), ("a", "z"))), ("maps.no_way_out", "b")),
        (drawn(A, step("b", begins=True), Z, passages=(("a", "z"), ("b", "z"))), ("maps.starts", "b")),
        (drawn(A, passages=()), ("maps.no_ending", "a")),
        (drawn(A, Z, passages=(("a", "z"), ("a", "nowhere"))), ("maps.passage_without_end", "p_a_nowhere")),
        (drawn(A, Z, step("z", kind="lost"), passages=(("a", "z"),)), ("maps.id_twice", "z")),
        (
            drawn(A, step("g", kind="gateway"), Z, step("y", kind="lost"),
                  passages=(("a", "g"), ("g", "z"), ("g", "y"))),
            ("maps.gateway_without_criteria", "g"),
        ),
    ],
)  # fmt: skip
def test_an_error_is_named_on_its_element(one: Map, expected: tuple[str, str]) -> None:
    assert expected in errors(one)


def test_every_finding_speaks_both_languages() -> None:
    many = drawn(*(step(f"s{n}") for n in range(20)), passages=(("s0", "s1"),))
    for finding in lint.lint(many):
        assert finding.say("fr") != finding.say("en")


def test_a_map_too_long_without_return_and_without_finance_is_warned() -> None:
    many = drawn(*(step(f"s{n}") for n in range(20)), passages=(("s0", "s1"),))
    assert {"maps.too_many_steps", "maps.no_way_back", "maps.forgotten_finance"} <= warnings(many)
