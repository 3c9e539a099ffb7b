"""Ninety days after a proposal went live, its author and the owner of the map are told what it changed."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

import make
from portulan.automation import notices, worker
from portulan.blueprint import operations as blueprint
from portulan.blueprint.operations import Build
from portulan.maps import operations, proposals, queries
from portulan.maps.layout import Layout
from portulan.maps.proposals import Sketch
from portulan.mining import effects
from portulan.people.actor import Actor
from portulan.records import load, runtime
from portulan.records.load import Past, Step
from sale import SYSTEM

pytestmark = pytest.mark.usefixtures("vente")
STEP, NEXT = "demo_realisee", "proposition_envoyee"
PUBLISHED = make.AT + timedelta(days=100)
DUE = PUBLISHED + effects.AFTER


@pytest.fixture
def elodie(vente: object) -> Actor:
    return make.actor("elodie.renard@nordet.example", role="revops")


@pytest.fixture
def claire(vente: object) -> Actor:
    return make.actor("claire.lambert@nordet.example", role="sales")


@pytest.fixture
def map_id(elodie: Actor, claire: Actor) -> UUID:
    """A map whose second version holds what a seller proposed."""
    made = operations.create(
        elodie, title="", state="to_be", subject="opportunity", starter="vente", at=make.AT
    )
    operations.publish(elodie, id=made, at=make.AT)
    base = queries.get_map(claire, id=made).map
    steps = tuple(
        one.model_copy(update={"description": "Montrer les données du client"}) if one.id == STEP else one
        for one in base.steps
    )
    sketch = Sketch(base, base.model_copy(update={"steps": steps}), Layout())
    early = PUBLISHED - timedelta(days=1)
    thread = proposals.propose(claire, id=made, sketch=sketch, why="Plus parlant", at=early)
    proposals.accept(elodie, id=thread, choices={}, at=early)
    operations.publish(elodie, id=made, at=PUBLISHED)
    return made


def lived(count: int, born: datetime, days: int, to: str = NEXT) -> None:
    """Have deals stay at the step for some days, then leave it."""
    steps = (Step(born, to=STEP), Step(born + timedelta(days=days), to=to, motive="Motif"))
    pasts = [Past(born - timedelta(days=1), {"name": f"Affaire {n}"}, steps=steps) for n in range(count)]
    load.load(SYSTEM, object_name="opportunity", pasts=pasts)


def told(actor: Actor) -> list[str]:
    while worker.run_once(at=DUE):
        pass
    said = (one["say"] for one in notices.notices(actor))
    return [one.replace("\u00a0", " ").replace("\u202f", " ") for one in said if "90 jours" in one]


def test_time_and_share_before_and_after_are_told_once_with_how_many_cases(
    elodie: Actor, claire: Actor, map_id: UUID
) -> None:
    lived(12, PUBLISHED - timedelta(days=50), 10)
    lived(12, PUBLISHED - timedelta(days=50), 10, to="perdu")
    lived(12, PUBLISHED + timedelta(days=10), 4)
    lived(4, PUBLISHED + timedelta(days=10), 4, to="perdu")
    lived(30, PUBLISHED + timedelta(days=80), 30)
    worker.run_once(at=DUE - timedelta(days=1))
    assert not [one for one in notices.notices(claire) if "90" in one["say"]]
    for one in (claire, elodie):
        (sentence,) = told(one)
        assert "durée médiane 10 j avant, 4 j après" in sentence
        assert "50 % vont plus loin avant, 75 % après" in sentence
        assert "24 dossiers avant, 16 après" in sentence


def test_what_is_applied_later_is_measured_from_that_day_on(claire: Actor, map_id: UUID) -> None:
    applied = PUBLISHED + timedelta(days=30)
    lived(12, PUBLISHED + timedelta(days=5), 10)
    lived(12, applied + timedelta(days=10), 4)
    build = Build(runtime.newest().version)
    blueprint.add_version(SYSTEM, blueprint=runtime.newest().blueprint, build=build, at=applied)
    assert told(claire) == []
    while worker.run_once(at=applied + effects.AFTER):
        pass
    (sentence,) = told(claire)
    assert "durée médiane 10 j avant, 4 j après" in sentence


def test_too_few_cases_are_counted_not_compared(claire: Actor, map_id: UUID) -> None:
    lived(12, PUBLISHED - timedelta(days=50), 10)
    lived(9, PUBLISHED + timedelta(days=10), 4)
    (sentence,) = told(claire)
    assert "pas encore assez de cas" in sentence
    assert "12 avant, 9 après" in sentence


def test_a_version_that_holds_no_new_proposal_tells_nothing_more(
    elodie: Actor, claire: Actor, map_id: UUID
) -> None:
    known = queries.get_map(elodie, id=map_id)
    drawn = known.map.model_copy(update={"title": "Ventes"})
    at = PUBLISHED + timedelta(days=1)
    operations.save(elodie, id=map_id, version=known.version, drawn=drawn, layout=known.layout, at=at)
    operations.publish(elodie, id=map_id, at=at)
    assert len(told(claire)) == 1


def test_a_map_in_the_bin_tells_nothing(elodie: Actor, claire: Actor, map_id: UUID) -> None:
    operations.delete(elodie, id=map_id, at=PUBLISHED)
    assert told(claire) == []
