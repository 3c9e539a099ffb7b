"""A phase builds what comes so far, the way goes on, and what it needs of a later one is said."""

from portulan.blueprint import base_model, phase
from portulan.blueprint.check import check
from portulan.blueprint.check_scenarios import check_scenario
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import LAST_PHASE
from portulan.maps import starters
from portulan.maps.model import Map

BASE = base_model.load()
SALES, SUPPORT = starters.starter("vente"), starters.starter("support")


def later(drawn: Map, n: int, *steps: str) -> Map:
    moved = (
        one.model_copy(update={"rollout": n}) if not steps or one.id in steps else one for one in drawn.steps
    )
    return drawn.model_copy(update={"steps": tuple(moved)})


def codes(*maps: Map, upto: int) -> set[str]:
    return {one.code for one in phase.needs(maps, upto)}


def test_the_last_phase_is_everything_that_is_drawn() -> None:
    narrowed, base = phase.upto([SALES, SUPPORT], BASE, LAST_PHASE)
    assert narrowed == (SALES, SUPPORT)
    assert compile_maps(narrowed, base) == compile_maps([SALES, SUPPORT], BASE)


def test_a_step_of_a_later_phase_is_crossed_and_what_it_asks_is_not_built() -> None:
    drawn = later(SALES, 2, "demo_realisee")
    narrowed, base = phase.upto([drawn], BASE, 1)
    built = compile_maps(narrowed, base)
    assert check(built) == []
    (pipeline,) = built.pipelines
    assert "demo_realisee" not in {one.uid for one in pipeline.stages}
    ways = {(one.source, one.target) for one in pipeline.transitions}
    assert ("premier_contact", "proposition_envoyee") in ways
    assert "demo_realisee" not in str(built.rules)
    assert built.rollout == 1
    for scenario in narrowed[0].scenarios:
        assert check_scenario(scenario, built) == []


def test_an_object_that_only_a_later_process_works_on_is_absent() -> None:
    maps = [SALES, later(SUPPORT, 2)]
    narrowed, base = phase.upto(maps, BASE, 1)
    built = compile_maps(narrowed, base)
    assert check(built) == []
    assert [one.uid for one in built.pipelines] == ["vente"]
    assert "ticket" not in {one.uid for one in built.objects}
    assert "ticket" not in {right.object for role in built.roles for right in role.rights}
    whole = compile_maps(*phase.upto(maps, BASE, 2))
    assert "ticket" in {one.uid for one in whole.objects}


def test_what_a_phase_needs_of_a_later_one_is_said() -> None:
    assert codes(SALES, SUPPORT, upto=1) == set()
    assert codes(later(SUPPORT, 2), upto=1) == set()
    assert "blueprint.phase_needs_end" in codes(later(SALES, 2, "gagne"), upto=1)
    alone = later(SALES, 2, *(one.id for one in SALES.steps if one.id != "prospection"))
    assert "blueprint.phase_needs_way" in codes(alone, upto=1)
    first, *others = (one for one in SALES.steps if any(part.use == "produced" for part in one.information))
    (part, *_) = first.information
    wanted = others[0].model_copy(
        update={
            "information": (
                part.model_copy(update={"id": "vu", "field": part.field or part.id, "use": "used"}),
            )
        }
    )
    steps = tuple(wanted if one.id == wanted.id else one for one in SALES.steps)
    reading = later(SALES.model_copy(update={"steps": steps}), 2, first.id)
    assert "blueprint.phase_needs_information" in codes(reading, upto=1)


def test_the_starters_come_in_three_phases_that_need_nothing_of_a_later_one() -> None:
    maps = [starters.starter(name) for name in starters.NAMES]
    built = []
    for n in range(1, LAST_PHASE + 1):
        assert list(phase.needs(maps, n)) == []
        built.append(compile_maps(*phase.upto(maps, BASE, n)))
        assert check(built[-1]) == []
    pipelines = [{one.uid for one in each.pipelines} for each in built]
    assert pipelines == [{"vente", "marketing"}, *(2 * [{"vente", "marketing", "support", "succes"}])]
    stages = [{stage.uid for one in each.pipelines for stage in one.stages} for each in built]
    assert "maturation" not in stages[1]
    assert "maturation" in stages[2]
