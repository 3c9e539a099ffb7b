"""People are away for a time; somebody else who works here decides in their stead, until they are back."""

from datetime import timedelta

import pytest

import make
from portulan.automation import absences
from portulan.base.refusals import NotAllowed, NotValid
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def two() -> tuple[Actor, Actor]:
    return make.actor(), make.actor("alix.morel@nordet.example")


def test_a_person_names_who_decides_in_their_stead_until_they_are_back(two: tuple[Actor, Actor]) -> None:
    me, other = two
    for days in (3, 5):
        absences.be_away(
            me, person=me.id or 0, begins_at=make.AT + DAY, ends_at=make.AT + days * DAY, delegate=other.id
        )
    assert absences.find_absence(me, person=me.id or 0, at=make.AT) == {
        "begins_at": make.AT + DAY,
        "ends_at": make.AT + 5 * DAY,
        "delegate": other.id,
    }
    assert absences.find_absence(me, person=me.id or 0, at=make.AT + 5 * DAY) is None
    absences.be_back(me, person=me.id or 0, at=make.AT)
    assert absences.find_absence(me, person=me.id or 0, at=make.AT) is None


def test_nobody_stands_in_for_themselves_nor_for_others_unasked(two: tuple[Actor, Actor]) -> None:
    me, other = two
    for delegate in (me.id, 99_999):
        with pytest.raises(NotValid):
            absences.be_away(
                me, person=me.id or 0, begins_at=make.AT, ends_at=make.AT + DAY, delegate=delegate
            )
    for refused in (absences.find_absence, absences.be_back):
        with pytest.raises(NotAllowed):
            refused(me, person=other.id or 0, at=make.AT)
