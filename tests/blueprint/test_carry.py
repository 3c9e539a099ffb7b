"""What is wanted becomes what is built: nothing vanishes, columns are frozen, a new type has a new one."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portulan.base.value import Words
from portulan.blueprint.carry import carry, live, retyped
from portulan.blueprint.diff import diff
from portulan.blueprint.schema import Blueprint, Field, Object, Pipeline, Stage, Transition

WORDS = Words(fr="Essai")
TYPES = ("text", "money", "date", "choices", "boolean")


def field(uid: str, of: str = "text", **more: Any) -> Field:
    return Field(**{"uid": uid, "name": uid, "label": WORDS, "type": of, "column": uid, **more})


def blueprint(*fields: Field, stages: tuple[str, ...] = ()) -> Blueprint:
    made = Object(
        uid="deal", name="deal", label=WORDS, plural=WORDS, table="crm_deal", title="name", fields=fields
    )
    made_stages = tuple(Stage(uid=uid, label=WORDS, kind="task") for uid in stages)
    return Blueprint(
        objects=(made,), pipelines=(Pipeline(uid="vente", object="deal", label=WORDS, stages=made_stages),)
    )


def test_what_is_no_longer_wanted_stays_as_a_tombstone() -> None:
    built = carry(
        blueprint(field("name"), field("budget"), stages=("a", "b")), blueprint(field("name"), stages=("b",))
    )
    assert [(one.uid, one.archived) for one in built.objects[0].fields] == [("name", False), ("budget", True)]
    assert [(one.uid, one.archived) for one in built.pipelines[0].stages] == [("b", False), ("a", True)]


def test_a_new_type_gets_a_new_column_and_its_former_one_comes_back_with_the_former_type() -> None:
    first = blueprint(field("name"), field("size", "text"))
    second = carry(first, blueprint(field("name"), field("size", "integer")))
    columns = {one.uid: (one.type, one.column, one.archived) for one in second.objects[0].fields}
    assert columns["size"] == ("integer", "size_2", False)
    assert columns["size_was_text"] == ("text", "size", True)
    third = carry(second, live(first))
    columns = {one.uid: (one.type, one.column, one.archived) for one in third.objects[0].fields}
    assert columns["size"] == ("text", "size", False)
    assert columns["size_was_integer"] == ("integer", "size_2", True)
    assert [(one.source.column, one.target.column) for one in retyped(second, third)] == [("size_2", "size")]


shapes = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(TYPES)), max_size=5, unique_by=lambda s: s[0]
)


def made(shape: list[tuple[str, str]]) -> Blueprint:
    return blueprint(field("name"), *(field(uid, of) for uid, of in shape))


@given(st.lists(shapes, min_size=1, max_size=6))
def test_no_column_ever_vanishes_nor_changes_its_type_through_any_sequence(sequence: list[Any]) -> None:
    built = Blueprint()
    known: dict[str, str] = {}
    for shape in sequence:
        built = carry(built, made(shape))
        fields = built.objects[0].fields
        columns = {one.column: one.type for one in fields}
        assert len(columns) == len(fields)
        assert len({one.uid for one in fields}) == len(fields)
        assert known.items() <= columns.items()
        assert {(one.uid, one.type) for one in live(built).objects[0].fields} == {("name", "text"), *shape}
        known = columns
        assert Blueprint.model_validate_json(built.model_dump_json(by_alias=True)) == built


def test_a_passage_closed_with_its_stage_is_said_between_labels_and_without_an_empty_name() -> None:
    def sale(*uids: str) -> Blueprint:
        stages = tuple(Stage(uid=uid, label=Words(fr=uid.upper()), kind="task") for uid in uids)
        ways = tuple(Transition(uid=f"{a}_{b}", source=a, target=b) for a, b in pairwise(uids))
        made = blueprint(field("name"))
        pipeline = made.pipelines[0].model_copy(update={"stages": stages, "transitions": ways})
        return made.model_copy(update={"pipelines": (pipeline,)})

    said = [change.say("fr") for change in diff(sale("a", "b", "c"), sale("a", "c"))]
    assert "Fermer le passage : A → B" in said
    assert "Ouvrir le passage : A → C" in said
