"""Who said what hurts follows it: an answer is named, planned, in force, taken back; it is over."""

from datetime import timedelta
from uuid import UUID

import pytest

import make
from portulan.automation import notices
from portulan.blueprint import base_model
from portulan.blueprint import operations as blueprint
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.operations import Build
from portulan.blueprint.schema import Blueprint
from portulan.maps import irritants, operations, queries, starters
from portulan.maps.irritants import Fate, Irritant
from portulan.maps.model import Answered
from portulan.pages import operations as pages
from portulan.pages.operations import Said
from portulan.pages.targets import Where
from portulan.people import actor as actors
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db
STEP, ANSWER = "proposition_envoyee", "negociation"
DAYS = [make.AT + timedelta(days=day) for day in range(9)]


@pytest.fixture
def elodie() -> Actor:
    return make.actor("elodie.renard@nordet.example", role="revops")


@pytest.fixture
def claire() -> Actor:
    return make.actor("claire.lambert@nordet.example", role="sales")


@pytest.fixture
def map_id(elodie: Actor) -> UUID:
    return operations.create(
        elodie, title="Ventes", state="to_be", subject="opportunity", starter="vente", at=DAYS[0]
    )


@pytest.fixture
def key(claire: Actor, map_id: UUID) -> str:
    said = Said("irritant", "Personne ne relance", "Commerciaux", 3)
    return pages.open_thread(claire, where=Where("map", map_id, STEP), said=said, at=DAYS[0]).hex


def line(actor: Actor, key: str) -> Irritant:
    return next(one for one in irritants.irritants(actor) if one.key == key)


def told(actor: Actor) -> list[str]:
    return [one["say"] for one in notices.notices(actor)][::-1]


def apply(base: int, built: Blueprint | None = None, *, day: int, undoes: int | None = None) -> None:
    """Have a version in force, by default what the sales starter builds."""
    held = built or compile_maps([starters.starter("vente")], base_model.load())
    blueprint.add_version(actors.system(), blueprint=held, build=Build(base, undoes=undoes), at=DAYS[day])


def test_its_author_is_told_each_time_an_irritant_gets_nearer_to_its_end_and_of_nothing_twice(
    elodie: Actor, claire: Actor, map_id: UUID, key: str
) -> None:
    assert (line(claire, key).stage, line(claire, key).mine, line(elodie, key).mine) == ("said", True, False)
    for _ in range(2):
        irritants.settle(elodie, map_id=map_id, key=key, fate=Fate(ANSWER), at=DAYS[1])
    assert line(claire, key).stage == "answered"
    operations.publish(elodie, id=map_id, at=DAYS[2])
    assert line(claire, key).stage == "planned"
    apply(0, day=3)
    assert line(claire, key).stage == "in_force"
    apply(1, Blueprint(), day=4, undoes=1)
    one = line(claire, key)
    assert (one.stage, one.planned_at, one.in_force_at) == ("planned", DAYS[2], None)
    irritants.settle(elodie, map_id=map_id, key=key, fate=Fate(ANSWER, resolved=True), at=DAYS[5])
    assert line(claire, key).stage == "resolved"
    answered, planned, built, undone, closed = told(claire)
    assert "Proposition envoyée – Ventes" in answered
    assert "Négociation" in answered
    assert "au prochain plan" in planned
    assert "est en vigueur" in built
    assert "n’est plus en vigueur" in undone
    assert "a clos" in closed
    assert len(told(elodie)) == 1  # as the owner of the map, that it was said


def test_what_a_later_phase_of_the_rollout_builds_is_not_in_force(
    elodie: Actor, claire: Actor, map_id: UUID, key: str
) -> None:
    irritants.settle(elodie, map_id=map_id, key=key, fate=Fate(ANSWER), at=DAYS[1])
    operations.publish(elodie, id=map_id, at=DAYS[2])
    apply(0, compile_maps([starters.starter("support")], base_model.load()), day=3)
    assert line(claire, key).stage == "planned"


def test_an_answer_named_after_it_came_into_force_is_told_once_as_what_it_is(
    elodie: Actor, claire: Actor, map_id: UUID, key: str
) -> None:
    operations.publish(elodie, id=map_id, at=DAYS[1])
    apply(0, day=2)
    irritants.settle(elodie, map_id=map_id, key=key, fate=Fate(ANSWER), at=DAYS[3])
    one = line(claire, key)
    assert (one.stage, one.planned_at, one.in_force_at) == ("in_force", DAYS[1], DAYS[2])
    (said,) = told(claire)
    assert "est en vigueur" in said
    irritants.settle(elodie, map_id=map_id, key=key, fate=Fate(), at=DAYS[4])
    one = line(claire, key)
    assert (one.stage, one.answered_at, one.planned_at) == ("said", None, None)


def test_a_drawn_irritant_that_the_target_map_answers_is_followed_by_those_who_gave_it_their_voice(
    elodie: Actor, claire: Actor, map_id: UUID
) -> None:
    drawn = next(one for one in irritants.irritants(claire) if one.thread is None)
    irritants.vote(claire, map_id=map_id, key=drawn.key, given=True, at=DAYS[1])
    known = queries.get_map(elodie, id=map_id)
    answers = (Answered(element=ANSWER, friction=drawn.key),)
    changed = known.map.model_copy(update={"answers": answers})
    operations.save(elodie, id=map_id, version=known.version, drawn=changed, layout=known.layout, at=DAYS[1])
    assert line(claire, drawn.key).stage == "answered"
    operations.publish(elodie, id=map_id, at=DAYS[2])
    assert line(claire, drawn.key).stage == "planned"
    irritants.settle(elodie, map_id=map_id, key=drawn.key, fate=Fate(resolved=True), at=DAYS[3])
    planned, over = told(claire)
    assert "au prochain plan" in planned
    assert "a déclaré résolu" in over
