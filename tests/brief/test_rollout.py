"""A phase is applied, undone and followed by the next; what it is worth and what it needs is said."""

from uuid import UUID

import pytest

import make
from portulan.blueprint import carry
from portulan.brief import rollout
from portulan.maps import operations as maps
from portulan.maps import queries as drawn_maps
from portulan.maps import starters
from portulan.people.actor import Actor
from portulan.records import apply, plan, runtime
from portulan.records.snapshot import Snapshot


def move_to(owner: Actor, uid: str, n: int, *steps: str) -> None:
    """Put steps of a map into a phase, and publish it."""
    map_id = UUID(drawn_maps.titles(owner)[uid][0])
    view = drawn_maps.get_map(owner, id=map_id)
    moved = tuple(one.model_copy(update={"rollout": n}) if one.id in steps else one for one in view.map.steps)
    drawn = view.map.model_copy(update={"steps": moved})
    maps.save(owner, id=map_id, version=view.version, drawn=drawn, layout=view.layout, at=make.AT)
    maps.publish(owner, id=map_id, at=make.AT)


def test_phases_say_what_they_bring_need_and_are_worth(owner: Actor) -> None:
    move_to(owner, "vente", 2, "demo_realisee")
    found = rollout.rollout(owner, at=make.AT)
    first, second, third = found.phases
    assert found.reached == 0
    assert [one.element for one in second.functions] == ["demo_realisee"]
    assert any("Démo réalisée" in said for said in second.brings["stages"])
    assert not any("Démo réalisée" in said for said in first.brings["stages"])
    assert third.functions == ()
    worth = {one.element: (one.worth, one.proposed) for one in first.functions}
    assert worth["prospection"] == (4, 1)
    assert worth["negociation"] == (2, 2)
    assert {one.adoption for one in first.functions} == {None}


@pytest.mark.usefixtures("vente")
def test_a_phase_is_applied_as_a_plan_of_its_own_and_undone(transactional_db: None) -> None:
    assert transactional_db is None
    owner = make.actor("elodie.renard@nordet.example", role="revops")
    made = maps.create(owner, title="", state="to_be", subject=None, starter="vente", at=make.AT)
    maps.publish(owner, id=made, at=make.AT)
    move_to(owner, "vente", 2, "demo_realisee")
    first = plan.plan_of_maps(owner, upto=1)
    removed = [one for one in first.changes if one.action == "remove"]
    assert "demo_realisee" in {one.path[-1] for one in removed}
    director = make.actor("alix.morel@nordet.example", role="direction")
    apply.apply(director, planned=first, motive="Phase 1", at=make.AT)
    assert stages(runtime.newest()) == {"demo_realisee"} ^ everything()
    assert plan.plan_of_maps(owner).empty
    with runtime.pinned(runtime.newest()):
        assert rollout.rollout(owner, at=make.AT).reached == 1
    apply.undo(director, n=2, at=make.AT)
    assert runtime.newest().blueprint.rollout == 3
    assert stages(runtime.newest()) == everything()


def stages(snapshot: Snapshot) -> set[str]:
    return {stage.uid for one in carry.live(snapshot.blueprint).pipelines for stage in one.stages}


def everything() -> set[str]:
    return {one.id for one in starters.starter("vente").steps if one.kind != "gateway"}
