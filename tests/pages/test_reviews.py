"""Who answers for a map, when it is looked at again, and who is reminded, once each time."""

from datetime import timedelta

import pytest

import make
from portulan.automation import notices, worker
from portulan.base.refusals import NotAllowed, NotThere
from portulan.events import queries as events
from portulan.maps import keeping
from portulan.maps import operations as maps
from portulan.maps import queries as drawn
from portulan.pages import reviews
from portulan.pages.reviews import CareNotValid
from portulan.pages.targets import Where
from portulan.people import actor as actors
from portulan.people import operations as people
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db
DUE = make.AT + timedelta(days=184)


def told(actor: Actor) -> list[str]:
    return [one["say"] for one in notices.notices(actor)]


def care(actor: Actor, step: Where) -> reviews.CareView:
    return reviews.cares(actor, target="map", at=make.AT)[step.id]


def test_who_draws_a_map_answers_for_it_and_is_to_look_at_it_within_half_a_year(
    elodie: Actor, step: Where
) -> None:
    known = care(elodie, step)
    assert known.owner
    assert known.owner.id == elodie.id
    assert known.due_on == DUE.date()
    assert reviews.due(elodie, target="map", at=make.AT) == []
    (late,) = reviews.due(elodie, target="map", at=DUE + timedelta(days=1))
    assert (late.title, late.overdue, late.role) == ("Cycle de vente", True, "owner")


def test_a_backup_sees_what_its_owner_is_late_with_and_may_find_it_valid(
    elodie: Actor, claire: Actor, step: Where
) -> None:
    keeping.entrust(elodie, id=step.id, owner=elodie.id, backup=claire.id, months=6, at=make.AT)
    assert reviews.due(claire, target="map", at=DUE) == []
    late = DUE + timedelta(days=1)
    (hers,) = reviews.due(claire, target="map", at=late)
    assert (hers.overdue, hers.role) == (True, "backup")
    keeping.verify(claire, id=step.id, at=late)
    assert reviews.due(claire, target="map", at=late) == reviews.due(elodie, target="map", at=late) == []


def test_still_valid_is_an_event_and_no_edit(elodie: Actor, step: Where) -> None:
    before = drawn.get_map(elodie, id=step.id)
    keeping.verify(elodie, id=step.id, at=DUE)
    after, known = drawn.get_map(elodie, id=step.id), care(elodie, step)
    assert (after.version, after.map) == (before.version, before.map)
    assert (known.verified_at, known.verified_version) == (DUE, before.version)
    assert known.due_on > DUE.date()
    assert [one.kind for one in events.of_subject(f"map:{step.id}", kinds=["map.verified"])] == [
        "map.verified"
    ]
    assert reviews.due(elodie, target="map", at=DUE) == []


def test_a_review_says_what_changed_since_the_last_one(elodie: Actor, step: Where) -> None:
    keeping.verify(elodie, id=step.id, at=make.AT)
    assert keeping.review(elodie, id=step.id).changes == ()
    known = drawn.get_map(elodie, id=step.id)
    steps = tuple(
        one.model_copy(update={"label": "Offre remise"}) if one.id == step.element else one
        for one in known.map.steps
    )
    changed = known.map.model_copy(update={"steps": steps})
    maps.save(elodie, id=step.id, version=known.version, drawn=changed, layout=known.layout, at=DUE)
    (change,) = keeping.review(elodie, id=step.id).changes
    assert (change.kind, change.element) == ("renamed", step.element)


def test_a_reader_reviews_a_map_only_once_it_is_theirs(elodie: Actor, claire: Actor, step: Where) -> None:
    with pytest.raises(NotAllowed):
        keeping.verify(claire, id=step.id, at=make.AT)
    keeping.entrust(elodie, id=step.id, owner=claire.id, backup=elodie.id, months=12, at=make.AT)
    assert "vous confie" in told(claire)[0]
    keeping.verify(claire, id=step.id, at=make.AT)
    assert care(claire, step).due_on.isoformat() == "2027-05-07"


def test_nobody_who_left_is_named_and_no_interval_is_invented(elodie: Actor, step: Where) -> None:
    gone = make.person("parti@nordet.example")
    people.deactivate(actors.system(), user_id=gone, at=make.AT)
    with pytest.raises(CareNotValid) as refused:
        keeping.entrust(elodie, id=step.id, owner=None, backup=gone, months=5, at=make.AT)
    assert [one.code for one in refused.value.problems] == [
        "pages.interval_unknown",
        "pages.person_gone",
        "pages.owner_missing",
    ]


def test_reminders_come_a_week_before_the_day_itself_and_a_week_after_once_each(
    elodie: Actor, claire: Actor, step: Where
) -> None:
    keeping.entrust(elodie, id=step.id, owner=elodie.id, backup=claire.id, months=6, at=make.AT)
    for days in (-8, -7, -7, 0, 0, 7, 7, 8):
        worker.run_once(at=DUE + timedelta(days=days))
    assert [one.partition(" :")[0].partition("\u202f")[0] for one in reversed(told(elodie))] == [
        "À revoir d’ici une semaine",
        "À revoir aujourd’hui",
        "Sa revue est en retard",
    ]
    assert len(told(claire)) == 1


def test_a_worker_that_slept_tells_the_latest_alone(elodie: Actor, step: Where) -> None:
    while worker.run_once(at=DUE + timedelta(days=9)):
        pass
    assert len(told(elodie)) == 1
    assert "en retard" in told(elodie)[0]


def test_the_map_of_one_who_left_waits_for_the_backup_and_for_revops(
    elodie: Actor, claire: Actor, step: Where
) -> None:
    marc = make.actor("marc.besson@nordet.example", role="manager")
    keeping.entrust(elodie, id=step.id, owner=marc.id, backup=claire.id, months=6, at=make.AT)
    people.deactivate(actors.system(), user_id=marc.id or 0, at=make.AT)
    assert care(elodie, step).orphan
    (hers,) = reviews.due(claire, target="map", at=make.AT)
    (revops,) = reviews.due(elodie, target="map", at=make.AT)
    assert (hers.role, revops.role) == ("backup", "orphan")
    worker.run_once(at=DUE)
    assert len([one for one in told(claire) if "À revoir" in one]) == 1


def test_a_map_in_the_bin_asks_for_nothing(elodie: Actor, step: Where) -> None:
    maps.delete(elodie, id=step.id, at=make.AT)
    worker.run_once(at=DUE)
    assert told(elodie) == []
    assert reviews.due(elodie, target="map", at=DUE) == []
    with pytest.raises(NotThere):
        keeping.verify(elodie, id=step.id, at=DUE)
