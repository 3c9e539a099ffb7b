"""Each kind of map is asked what makes it worth reading, and may become a process."""

from typing import Any

import pytest

import make
from portulan.maps import fixes, operations, queries
from portulan.maps.lint import lint
from portulan.maps.model import Lane, Map, MapKind, Passage, Phase, Step
from portulan.people import actor as actors

ASKED = {"field": "amount", "test": "greater", "value": 10}


def step(step_id: str, **more: Any) -> Step:
    return Step.model_validate({"id": step_id, "label": step_id, "lane": "l", "phase": "p", **more})


def drawn(kind: MapKind, *steps: Step, ways: tuple[dict[str, Any], ...] = ()) -> Map:
    ground: dict[str, Any] = {"lanes": (Lane(id="l", label="L"),), "phases": (Phase(id="p", label="P"),)}
    passages = tuple(Passage.model_validate({"id": f"w{n}", **way}) for n, way in enumerate(ways))
    return Map(uid="m", title="M", kind=kind, steps=steps, passages=passages, **ground)


def way(source: str, target: str, label: str = "", condition: Any = None) -> dict[str, Any]:
    before = {"condition": condition}
    return {"source": source, "target": target, "label": label, "before": before}


def found(one: Map) -> set[tuple[str, str]]:
    return {(each.code.removeprefix("maps."), each.element) for each in lint(one)}


UNDECIDED = {("no_decider", ""), ("nobody_signs", "")}
QUESTION, YES, NO = step("q", kind="decision"), step("oui", kind="closed"), step("non", kind="closed")

CHOICE = (QUESTION, YES, NO)
OVER_TEN = way("q", "oui", condition=ASKED)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (drawn("journey", step("a")), {("moment_without_touchpoint", "a"), ("moment_without_emotion", "a")}),
        (
            drawn("journey", step("a", emotion={"value": 1}, touchpoints=[{"id": "t", "label": "Salon"}])),
            set(),
        ),
        (drawn("decision", QUESTION), {("dead_end", "q")}),
        (drawn("decision", QUESTION, YES, ways=(way("q", "oui", "Oui"),)), {("one_answer", "q")}),
        (
            drawn("decision", *CHOICE, ways=(way("q", "oui"), way("q", "non", "Non"))),
            {("answer_without_words", "w0")},
        ),
        (
            drawn("decision", *CHOICE, ways=(OVER_TEN, way("q", "non", "Sinon"))),
            set(),
        ),
        (
            drawn(
                "decision", *CHOICE, ways=(OVER_TEN, way("q", "non", condition=ASKED))
            ),
            {("same_criteria", "q"), ("no_default", "q")},
        ),
        (
            drawn(
                "decision",
                *CHOICE,
                ways=(OVER_TEN, way("q", "non", "Non"), way("q", "non", "Sinon")),
            ),
            {("two_defaults", "q"), ("passage_twice", "w2")},
        ),
        (
            drawn("stakeholder", step("a")),
            {("person_without_role", "a"), ("person_without_power", "a"), *UNDECIDED},
        ),
        (drawn("stakeholder", step("a", person={"roles": ["decider", "signatory"], "power": 3})), set()),
        (drawn("mind", step("a", label="Prix"), step("b", label="prix "), step("c", label="")),
         {("idea_twice", "b"), ("no_label", "c")}),
        (drawn("mind", *(step(f"s{n}") for n in range(20))), set()),
    ],
)  # fmt: skip
def test_a_kind_is_asked_what_makes_it_worth_reading(one: Map, expected: set[tuple[str, str]]) -> None:
    assert found(one) == expected
    for each in lint(one):
        assert each.say("fr") != each.say("en")


def test_what_leads_nowhere_becomes_an_ending_in_one_click() -> None:
    one = drawn("decision", step("a"))
    (finding,) = lint(one)
    fix = fixes.find_fix(one, finding)
    assert fix
    assert found(fix.map) == set()


@pytest.mark.django_db
def test_a_mind_map_becomes_a_process_and_stays() -> None:
    boss = actors.system()
    ideas = drawn("mind", step("a"), step("b"), step("c"), ways=(way("a", "b"), way("a", "c")))
    mind = operations.add(boss, drawn=ideas, at=make.AT)
    made = queries.get_map(boss, id=operations.become_process(boss, id=mind, subject="lead", at=make.AT)).map
    assert (made.kind, made.subject) == ("process", "lead")
    assert [(one.begins, one.kind) for one in made.steps] == [(True, "task"), *[(False, "closed")] * 2]
    assert not {one.id for one in made.steps} & {one.id for one in ideas.steps}
    assert not [one for one in lint(made) if one.severity == "error"]
    assert queries.get_map(boss, id=mind).map == ideas
