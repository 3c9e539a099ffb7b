"""A long map is split along its phases: what is said goes with its step, what stands on it still does."""

from itertools import pairwise

import pytest

import make
from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.maps import fixes, operations, queries, starters
from portulan.maps.gather import PhaseNotGathered, gather, gatherable
from portulan.maps.lint import lint
from portulan.maps.model import FINAL, Map, Passage
from portulan.people import actor as actors

BOSS = actors.system()


def split(drawn: Map, phase: str) -> tuple[Map, Map]:
    return gather(drawn, phase, uid="detail", step_id="detail", lang="fr")


@pytest.mark.parametrize("name", starters.NAMES)
def test_every_phase_that_can_be_gathered_leaves_two_maps_that_hold_and_compile_together(name: str) -> None:
    drawn = longer(starters.starter(name))
    for phase, _ in gatherable(drawn):
        outer, detail = split(drawn, phase)
        assert len(outer.steps) < len(drawn.steps) - 1
        gone = {step.id for step in drawn.steps} - {step.id for step in outer.steps}
        assert gone == {step.id for step in detail.steps if step.kind not in FINAL}
        for one in (outer, detail):
            assert not [found for found in lint(one) if found.severity == "error"]
        bare = outer.model_copy(update={"scenarios": ()})
        compile_maps([bare, detail], base_model.load())
        assert outer.step("detail").submaps[0].map == detail.uid


def test_what_hurts_and_what_the_map_produces_is_in_one_place_or_the_other() -> None:
    drawn = longer(starters.starter("vente"))
    phase = gatherable(drawn)[0][0]
    outer, detail = split(drawn, phase)
    hurts = [one.id for made in (outer, detail) for step in made.steps for one in step.frictions]
    assert sorted(hurts) == sorted(one.id for step in drawn.steps for one in step.frictions)
    known = {one.id for step in outer.steps for one in step.information}
    assert known == {one.id for step in drawn.steps for one in step.information}


def test_steps_that_do_not_hold_together_are_not_gathered() -> None:
    drawn = longer(starters.starter("vente"))
    phase = gatherable(drawn)[0][0]
    apart = drawn.model_copy(update={"passages": ()})
    assert phase not in dict(gatherable(apart))
    with pytest.raises(PhaseNotGathered):
        split(apart, phase)


@pytest.mark.django_db
def test_a_map_too_long_is_offered_to_be_split_and_the_split_map_stands_beside_it() -> None:
    title = {"title": "", "state": "to_be", "subject": "opportunity"}
    made = operations.create(BOSS, **title, starter="vente", at=make.AT)  # type: ignore[arg-type]
    drawn = longer(queries.get_map(BOSS, id=made).map)
    (offer, *_) = [one for one in fixes.offered(drawn) if one.finding.code == "maps.too_many_steps"]
    detail, outer = operations.gather(BOSS, id=made, drawn=drawn, phase=offer.phase, at=make.AT)
    assert len(outer.steps) < len(drawn.steps)
    kept = queries.get_map(BOSS, id=detail).map
    assert (kept.subject, kept.state) == ("opportunity", "to_be")
    assert [one.to for one in queries.maps(BOSS)[0].opens] == []
    assert kept.uid in {sub.map for step in outer.steps for sub in step.submaps}
    assert str(offer.facts["n"]) in offer.say("fr")


def longer(drawn: Map) -> Map:
    """The map with a chain of tasks that leaves its first step and comes back, in its phase."""
    first = drawn.steps[0]
    chain = [
        first.model_copy(update={"id": f"t{n}", "begins": False, "frictions": (), "automations": ()})
        for n in range(12)
    ]
    ids = [first.id, *(step.id for step in chain), first.id]
    ways = [Passage(id=f"w{n}", source=a, target=b) for n, (a, b) in enumerate(pairwise(ids))]
    return drawn.model_copy(update={"steps": (*drawn.steps, *chain), "passages": (*drawn.passages, *ways)})
