"""What an exit criterion cannot do without is required at its gate and after, and nothing else is."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.blueprint import base_model, check, codec
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import Origin, Pipeline
from portulan.maps import starters
from portulan.maps.model import FINAL, Map

BASE = base_model.load()
FIELDS = ("account", "amount", "close_on", "name", "source")


def filled(field: str) -> dict[str, Any]:
    return {"field": field, "test": "not_empty"}


def drawn(steps: list[dict[str, Any]], ways: list[tuple[str, str]]) -> Map:
    """Return a map of deals whose steps have exit criteria, each with a condition."""
    return Map.model_validate(
        {
            "uid": "carte",
            "title": "Carte",
            "subject": "opportunity",
            "phases": [{"id": "p", "label": "P"}],
            "lanes": [{"id": "l", "label": "L", "role": "sales"}],
            "steps": [{"label": one["id"], "lane": "l", "phase": "p", **one} for one in steps],
            "passages": [{"id": f"w{n}", "source": a, "target": b} for n, (a, b) in enumerate(ways)],
        }
    )


def step(uid: str, *conditions: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    criteria = [{"id": f"{uid}_c{n}", "label": "C", "condition": one} for n, one in enumerate(conditions)]
    return {"id": uid, "exit": criteria, **more}


def built(one: Map) -> Pipeline:
    return compile_maps([one], BASE).pipelines[0]


def required(pipeline: Pipeline) -> dict[str, tuple[str, ...]]:
    return {stage.uid: stage.required for stage in pipeline.stages}


def test_a_field_that_an_exit_criterion_tests_is_asked_there_and_at_every_later_stage() -> None:
    made = built(
        drawn(
            [step("a", begins=True), step("b", filled("amount")), step("c"), step("won", kind="won")],
            [("a", "b"), ("b", "c"), ("c", "won")],
        )
    )
    assert required(made) == {"a": (), "b": ("amount",), "c": ("amount",), "won": ()}
    origins = {stage.uid: stage.origins for stage in made.stages}
    asks = {"amount": Origin(map="carte", element="b_c0")}
    assert (origins["b"], origins["c"], origins["won"]) == (asks, asks, {})


def test_a_comparison_and_a_look_through_a_link_ask_for_their_field() -> None:
    compared = {"all": [{"field": "amount", "test": "greater", "value": 5}, filled("account.sector")]}
    assert required(built(drawn([step("a", compared, begins=True)], []))) == {"a": ("amount", "account")}


def test_what_stands_under_or_or_not_or_denies_asks_for_nothing() -> None:
    loose = (
        {"any": [filled("amount"), filled("source")]},
        {"not": filled("amount")},
        {"field": "amount", "test": "empty"},
        {"field": "source", "test": "not_equals", "value": "salon"},
        {"some": "activities", "where": None},
        None,
    )
    assert required(built(drawn([step("a", *loose, begins=True)], []))) == {"a": ()}


def test_what_the_product_keeps_itself_is_asked_of_nobody() -> None:
    kept = ({"field": "last_activity_at", "test": "within_last", "value": {"amount": 5, "unit": "days"}},)
    assert required(built(drawn([step("a", *kept, begins=True)], []))) == {"a": ()}


def test_what_only_one_branch_asks_for_is_not_asked_after_it_but_what_both_ask_for_is() -> None:
    both = {"all": [filled("amount"), filled("source")]}
    made = built(
        drawn(
            [step("a", begins=True), step("b", both), step("c", filled("amount")), step("d")],
            [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")],
        )
    )
    assert required(made)["d"] == ("amount",)


def test_what_a_step_requires_itself_keeps_the_step_as_its_reason() -> None:
    entry = {"id": "montant", "label": "Montant", "field": "amount", "required": True}
    one = drawn([step("a", filled("amount"), begins=True, information=[entry])], [])
    (stage,) = built(one).stages
    assert (stage.required, stage.origins) == (("amount",), {})


def test_the_starters_ask_for_what_their_criteria_test_and_can_be_built() -> None:
    made = compile_maps([starters.starter(name) for name in starters.NAMES], BASE)
    assert check.check(made) == []
    sale = next(one for one in made.pipelines if one.uid == "vente")
    assert sale.stages[4].required == (
        "conditions_validees", "account", "besoin_exprime", "date_demo", "amount",
    )  # fmt: skip
    renewal = next(one for one in made.pipelines if one.uid == "succes")
    after = next(one for one in renewal.stages if one.uid == "renouvellement")
    assert "plan_sortie" not in after.required


_conditions = st.recursive(
    st.sampled_from(FIELDS).map(filled) | st.just({"field": "amount", "test": "empty"}),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: {"all": some}),
        st.lists(inner, max_size=2).map(lambda some: {"any": some}),
        inner.map(lambda one: {"not": one}),
    ),
    max_leaves=4,
)


@st.composite
def maps(draw: st.DrawFn) -> Map:
    uids = [f"s{n}" for n in range(draw(st.integers(1, 6)))]
    kinds = st.sampled_from(["task", "task", "wait", "won", "lost"])
    steps = [
        step(uid, *draw(st.lists(_conditions, max_size=2)), kind=draw(kinds), begins=draw(st.booleans()))
        for uid in uids
    ]
    ends = st.tuples(st.sampled_from(uids), st.sampled_from(uids))
    return drawn(steps, draw(st.lists(ends, max_size=10, unique=True)))


def presumed(condition: Any) -> set[str]:
    if "all" in condition:
        return set().union(*map(presumed, condition["all"]))
    return {condition["field"]} if condition.get("test") == "not_empty" else set()


def own(one: Map) -> dict[str, set[str]]:
    """Return what each open step of a map asks for by its own criteria."""
    said = one.model_dump(mode="json", by_alias=True)["steps"]
    return {
        each["id"]: set().union(*(presumed(c["condition"]) for c in each["exit"]))
        if each["kind"] not in FINAL
        else set()
        for each in said
    }


def reached(one: Map, unasked: str | None) -> set[str]:
    """Return the steps that ways lead to, through no gate that asks for a field."""
    rank = {each.id: n for n, each in enumerate(one.steps)}
    over = {each.id for each in one.steps if each.kind in FINAL}
    asks = {uid for uid, fields in own(one).items() if unasked in fields}
    seen = {each.id for each in one.steps if each.begins} or {one.steps[0].id}
    waiting = list(seen)

    def onward(uid: str) -> Iterator[str]:
        for way in one.passages:
            crossed = way.source in asks and rank[way.source] < rank[way.target]
            if way.source == uid and uid not in over and not crossed:
                yield way.target

    while waiting:
        fresh = set(onward(waiting.pop())) - seen
        seen |= fresh
        waiting += fresh
    return seen


@settings(max_examples=200, deadline=None)
@given(one=maps())
def test_a_field_is_required_where_no_way_leads_without_it_being_asked_and_nowhere_else(one: Map) -> None:
    made, mine, everywhere = required(built(one)), own(one), reached(one, None)
    open_steps = [each.id for each in one.steps if each.kind not in FINAL]
    for field in FIELDS:
        after = everywhere - reached(one, field)
        expected = {uid for uid in open_steps if uid in after or field in mine[uid]}
        assert {uid for uid, fields in made.items() if field in fields} == expected


@settings(max_examples=50, deadline=None)
@given(one=maps())
def test_it_compiles_the_same_each_time_and_every_field_says_which_criterion_asks(one: Map) -> None:
    made = compile_maps([one], BASE)
    assert codec.dump(made) == codec.dump(compile_maps([one], BASE))
    criteria = {c.id for each in one.steps for c in each.exit}
    for stage in made.pipelines[0].stages:
        assert set(stage.required) == set(stage.origins)
        assert {origin.element for origin in stage.origins.values()} <= criteria


@settings(max_examples=50, deadline=None)
@given(one=maps())
def test_a_map_without_criteria_asks_for_nothing_more(one: Map) -> None:
    bare = one.model_copy(update={"steps": tuple(each.model_copy(update={"exit": ()}) for each in one.steps)})
    assert all(not stage.required and not stage.origins for stage in built(bare).stages)
