"""What was asked for on every way to a stage is what all of its simple ways have in common."""

from collections.abc import Iterator
from functools import reduce
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from portulan.base.value import Words
from portulan.blueprint import ways
from portulan.blueprint.schema import Pipeline, Stage, Transition

STAGES = ("a", "b", "c", "d", "e")


def pipeline(required: dict[str, tuple[str, ...]], drawn: list[tuple[str, str]], lost: str = "") -> Pipeline:
    kinds = {one: "lost" if one == lost else "task" for one in STAGES}
    return Pipeline(
        uid="vente",
        object="opportunity",
        label=Words(fr="Vente"),
        stages=tuple(
            Stage.model_validate(
                {"uid": one, "label": {"fr": one}, "kind": kinds[one], "required": required.get(one, ())}
            )
            for one in STAGES
        ),
        transitions=tuple(Transition(uid=f"{a}_{b}", source=a, target=b) for a, b in drawn),
    )


def asked(one: Pipeline) -> dict[str, set[str]]:
    required = {stage.uid: stage.required for stage in one.stages}
    found = ways.asked_before(one, lambda way: dict.fromkeys(required[way.source]))
    return {uid: set(held) for uid, held in found.items()}


def simple_ways(one: Pipeline, to: str, path: tuple[str, ...] = ("a",)) -> Iterator[set[str]]:
    """Yield what each way without a loop asks for."""
    stages = {stage.uid: stage for stage in one.stages}
    if path[-1] == to:
        forward = (a for a, b in pairwise(path) if STAGES.index(a) < STAGES.index(b))
        yield {uid for stage in forward for uid in stages[stage].required}
    elif stages[path[-1]].kind == "task":
        for way in one.transitions:
            if way.source == path[-1] and way.target not in path:
                yield from simple_ways(one, to, (*path, way.target))


@settings(max_examples=60, deadline=None)
@given(
    required=st.dictionaries(
        st.sampled_from(STAGES), st.lists(st.sampled_from("xyz"), max_size=2).map(tuple)
    ),
    drawn=st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from(STAGES)), max_size=10),
    lost=st.sampled_from(("", "c")),
)
def test_it_is_what_the_ways_have_in_common(
    required: dict[str, tuple[str, ...]], drawn: list[tuple[str, str]], lost: str
) -> None:
    one = pipeline(required, drawn, lost)
    wanted = {to: list(simple_ways(one, to)) for to in STAGES}
    assert asked(one) == {to: reduce(set.intersection, each) for to, each in wanted.items() if each}


def test_nothing_archived_is_a_way() -> None:
    one = pipeline({"b": ("x",)}, [("a", "b"), ("b", "d"), ("a", "d")])
    assert asked(one)["d"] == set()
    direct = one.transitions[-1].model_copy(update={"archived": True})
    assert asked(one.model_copy(update={"transitions": (*one.transitions[:-1], direct)}))["d"] == {"x"}
