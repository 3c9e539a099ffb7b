"""The linter names what is wrong with a map, and the starters have nothing wrong."""

from typing import Any

import pytest

from portulan.maps import lint, starters
from portulan.maps.model import Criterion, Information, Lane, Map, Passage, Phase, Step


def step(step_id: str, **more: Any) -> Step:
    facts = {"label": step_id.capitalize(), "lane": "commercial", "phase": "vente", **more}
    return Step(id=step_id, **facts)


def drawn(*steps: Step, passages: tuple[tuple[str, str], ...] = (), **more: Any) -> Map:
    ways = tuple(Passage(id=f"p_{a}_{b}", source=a, target=b) for a, b in passages)
    lane = Lane(id="commercial", label="Commercial", role="sales")
    phase = Phase(id="vente", label="Vente")
    facts = {"subject": "opportunity", "lanes": (lane,), "phases": (phase,), "passages": ways, **more}
    return Map(uid="test", title="Test", steps=steps, **facts)


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


def branch(*conditions: dict[str, Any]) -> Map:
    """A gateway from which as many passages leave as there are conditions."""
    ends = [step(f"z{n}", kind="won") for n, _ in enumerate(conditions)]
    ways = [{"id": "p", "source": "a", "target": "g"}] + [
        {"id": f"p{n}", "source": "g", "target": f"z{n}", "before": {"condition": condition}}
        for n, condition in enumerate(conditions)
    ]
    passages = tuple(Passage.model_validate(way) for way in ways)
    return drawn(A, step("g", kind="gateway"), *ends).model_copy(update={"passages": passages})


def amount(test: str, value: Any) -> dict[str, Any]:
    return {"field": "amount", "test": test, "value": value}


def test_two_ways_under_the_same_criterion_are_an_error() -> None:
    one = branch(amount("greater", 10), amount("greater", 10))
    assert ("maps.same_criteria", "g") in errors(one)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (amount("greater", 10), amount("less", 10), False),
        (amount("at_least", 10), amount("at_most", 10), True),
        (amount("at_least", 10), amount("less", 10), False),
        (amount("between", [1, 5]), amount("between", [5, 9]), True),
        (amount("between", [1, 5]), amount("greater", "5"), False),
        (amount("equals", 7), amount("greater", 5), True),
        (amount("in", ["a", "b"]), amount("equals", "b"), True),
        (amount("in", ["a", "b"]), amount("in", ["c"]), False),
        (amount("empty", None), amount("greater", 5), False),
        (amount("greater", 5), {"field": "remise", "test": "greater", "value": 5}, False),
    ],
)
def test_ways_whose_criteria_overlap_are_warned_about(
    one: dict[str, Any], other: dict[str, Any], *, overlap: bool
) -> None:
    for pair in ((one, other), (other, one)):
        assert ("maps.overlapping_criteria" in warnings(branch(*pair))) == overlap


def test_a_decision_without_criteria_is_warned_about() -> None:
    assert "maps.decision_without_criteria" in warnings(
        drawn(A, step("b", kind="decision"), Z, passages=(("a", "b"), ("b", "z")))
    )


PRODUCED = Information(id="budget", label="Budget", type="money")
USED = Information(id="budget", label="Budget", use="used", required=True)
TESTED = Criterion.model_validate(
    {"id": "c", "label": "C", "condition": {"field": "budget", "test": "not_empty"}}
)


@pytest.mark.parametrize("asks", [{"information": (USED,)}, {"entry": (TESTED,)}])
def test_what_is_asked_for_before_it_is_produced_is_warned_about(asks: dict[str, Any]) -> None:
    after = drawn(A, step("b", **asks), step("c", information=(PRODUCED,)), Z,
                  passages=(("a", "b"), ("b", "c"), ("c", "b"), ("c", "z")))  # fmt: skip
    before = drawn(A, step("c", information=(PRODUCED,)), step("b", **asks), Z,
                   passages=(("a", "c"), ("c", "b"), ("b", "z")))  # fmt: skip
    assert "maps.never_produced" in warnings(after)
    assert "maps.never_produced" not in warnings(before)


def test_an_information_that_no_step_produces_is_warned_about() -> None:
    one = drawn(A, step("b", information=(USED,)), Z, passages=(("a", "b"), ("b", "z")))
    (found,) = (finding for finding in lint.lint(one) if finding.code == "maps.never_produced")
    assert (found.element, found.severity) == ("b", "warning")


def test_an_element_without_a_name_is_an_error() -> None:
    one = drawn(A, Z.model_copy(update={"label": " "}), passages=(("a", "z"),))
    assert errors(one) == [("maps.no_label", "z")]


def test_what_stands_on_nothing_or_is_drawn_twice_is_warned_about() -> None:
    one = drawn(A, Z, passages=(("a", "z"), ("a", "z")))
    twice = one.passages[1].model_copy(update={"id": "again"})
    lanes, phases = (*one.lanes, Lane(id="x", label="X")), (*one.phases, Phase(id="y", label="Y"))
    changes = {"lanes": lanes, "phases": phases, "passages": (one.passages[0], twice)}
    expected = {"maps.lane_unused", "maps.phase_unused", "maps.passage_twice"}
    assert expected <= warnings(one.model_copy(update=changes))


def test_a_map_to_be_says_what_travels() -> None:
    one = drawn(A, Z, passages=(("a", "z"),), subject=None)
    assert errors(one) == [("maps.no_subject", "")]
    assert errors(one.model_copy(update={"state": "as_is"})) == []


def test_an_empty_map_is_an_error_unless_it_is_no_process() -> None:
    assert errors(drawn()) == [("maps.empty", "")]
    assert errors(drawn(kind="mind")) == []


def test_every_rule_has_its_sentence_in_both_languages() -> None:
    many = [
        branch(amount("greater", 10), amount("greater", 10), amount("greater", 5)),
        drawn(A, step("b", kind="decision", information=(USED,)), step("c", label=""), subject=None),
        drawn(lanes=(Lane(id="x", label="X"), Lane(id="x", label="X"))),
    ]
    for finding in (found for one in many for found in lint.lint(one)):
        assert finding.say("fr") != finding.say("en")


def test_a_step_without_actor_is_named_but_a_gateway_needs_none() -> None:
    bare = (Lane(id="commercial", label="Commercial"),)
    one = branch(amount("less", 10), amount("at_least", 10)).model_copy(update={"lanes": bare})
    found = {finding.element for finding in lint.lint(one) if finding.code == "maps.no_owner"}
    assert found == {"a", "z0", "z1"}
