"""Laws of compiling, whatever is drawn: the same bytes, an origin for every part, no right narrowed."""

from typing import Any

from hypothesis import given, settings

from drawings import drawings
from portulan.blueprint import base_model, codec
from portulan.blueprint.compile import MapsNotCompiled, compile_maps
from portulan.blueprint.schema import Blueprint
from portulan.maps.layout import Layout
from portulan.maps.model import Map

BASE = base_model.load()
WIDTH = ("none", "own", "team", "territory", "all")


def built(*maps: Map) -> Blueprint | list[str]:
    """Return what maps give, or why they give nothing."""
    try:
        return compile_maps(maps, BASE)
    except MapsNotCompiled as refused:
        return sorted(f"{one.where} {one.code}" for one in refused.problems)


def of(drawn: Map, uid: str, subject: str) -> Map:
    return drawn.model_copy(update={"uid": uid, "subject": subject, "state": "to_be", "kind": "process"})


@settings(max_examples=25, deadline=None)
@given(one=drawings(), other=drawings())
def test_the_same_maps_give_the_same_in_any_order(one: tuple[Map, Layout], other: tuple[Map, Layout]) -> None:
    first, second = of(one[0], "carte", "opportunity"), of(other[0], "autre", "ticket")
    made, again = built(first, second), built(second, first)
    if isinstance(made, Blueprint) and isinstance(again, Blueprint):
        assert codec.dump(made) == codec.dump(again)
        assert codec.dump(codec.read(codec.dump(made))) == codec.dump(made)
    else:
        assert made == again


@settings(max_examples=25, deadline=None)
@given(one=drawings())
def test_every_part_that_a_map_adds_says_where_it_comes_from(one: tuple[Map, Layout]) -> None:
    made = built(of(one[0], "carte", "lead"))
    if isinstance(made, Blueprint):
        known = {(kind.uid, field.uid) for kind in BASE.objects for field in kind.fields}
        fields = [
            field for kind in made.objects for field in kind.fields if (kind.uid, field.uid) not in known
        ]
        parts: list[Any] = [
            part for pipe in made.pipelines for part in (pipe, *pipe.stages, *pipe.transitions)
        ]
        assert all(part.origin for part in (*fields, *parts, *made.rules, *made.promises))


@settings(max_examples=25, deadline=None)
@given(one=drawings())
def test_no_drawing_narrows_a_right(one: tuple[Map, Layout]) -> None:
    made = built(of(one[0], "carte", "contract"))
    if isinstance(made, Blueprint):
        now = {(role.uid, right.object): right for role in made.roles for right in role.rights}
        for role in BASE.roles:
            for was in role.rights:
                given_now = now[role.uid, was.object]
                for verb in ("read", "update", "delete", "export"):
                    assert WIDTH.index(getattr(given_now, verb)) >= WIDTH.index(getattr(was, verb))
