"""Several people say what hurts by a link, without an account; the link ends, and nobody floods it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.cache import cache

import make
from portulan.automation import notices
from portulan.base.refusals import NotAllowed, NotThere
from portulan.pages import operations, queries, workshops
from portulan.pages.operations import Said
from portulan.pages.targets import Where
from portulan.pages.workshops import Guest, Hurt, IrritantNotValid, WorkshopOver
from portulan.people.actor import Actor
from portulan.people.guests import TooFast

pytestmark = pytest.mark.django_db
ONE, TWO = Guest("d1", "10.0.0.1"), Guest("d2", "10.0.0.1")
LATER = make.AT + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def token(elodie: Actor, step: Where) -> str:
    workshops.open_workshop(elodie, Where("map", step.id), hours=2, at=make.AT)
    found = workshops.find_workshop(elodie, Where("map", step.id), at=make.AT)
    assert found
    return found.token


def said(token: str, step: Where, body: str = "On ressaisit tout", who: Guest = ONE) -> UUID:
    return workshops.say(token, who, Hurt(step.element, body, 3, "Ana"), at=LATER)


def test_guests_say_what_hurts_and_vote_once_each(token: str, step: Where, elodie: Actor) -> None:
    thread = said(token, step)
    for guest in (ONE, TWO, TWO):
        workshops.vote(token, guest, thread=thread, given=True, at=LATER)
    room = workshops.room(token, TWO, at=LATER)
    assert room.title == "Cycle de vente"
    assert room.elements[step.element] == "Proposition envoyée"
    (seen,) = room.irritants
    assert (seen.body, seen.name, seen.severity, seen.votes, seen.voted) == (
        "On ressaisit tout",
        "Ana",
        3,
        2,
        True,
    )
    (kept,) = queries.threads(elodie, target="map", ids=[step.id])
    assert (kept.kind, kept.guest, kept.author, kept.votes) == ("irritant", "Ana", None, 2)
    assert notices.notices(elodie) == []


def test_a_guest_sees_nothing_that_was_said_elsewhere(token: str, step: Where, elodie: Actor) -> None:
    operations.open_thread(elodie, where=step, said=Said("irritant", "Entre nous"), at=make.AT)
    assert workshops.room(token, ONE, at=LATER).irritants == []


def test_the_link_ends_is_closed_and_cannot_be_made_up(token: str, step: Where, elodie: Actor) -> None:
    whole = Where("map", step.id)
    with pytest.raises(WorkshopOver):
        workshops.room(token, ONE, at=make.AT + timedelta(hours=2))
    with pytest.raises(WorkshopOver):
        workshops.room(token[:-1] + ("a" if token[-1] != "a" else "b"), ONE, at=LATER)
    with pytest.raises(WorkshopOver):
        workshops.room("", ONE, at=LATER)
    workshops.close_workshop(elodie, whole, at=LATER)
    with pytest.raises(WorkshopOver):
        said(token, step)
    assert workshops.find_workshop(elodie, whole, at=LATER) is None


def test_another_workshop_closes_the_first(token: str, step: Where, elodie: Actor) -> None:
    workshops.open_workshop(elodie, Where("map", step.id), hours=1, at=LATER)
    with pytest.raises(WorkshopOver):
        workshops.room(token, ONE, at=LATER)


def test_a_reader_hosts_no_workshop_and_sees_no_link(token: str, step: Where, claire: Actor) -> None:
    whole = Where("map", step.id)
    with pytest.raises(NotAllowed):
        workshops.open_workshop(claire, whole, hours=2, at=LATER)
    with pytest.raises(NotAllowed):
        workshops.close_workshop(claire, whole, at=LATER)
    assert workshops.find_workshop(claire, whole, at=LATER) is None


def test_a_device_that_floods_is_slowed_down(token: str, step: Where) -> None:
    for n in range(workshops.A_DEVICE):
        said(token, step, f"Irritant {n}")
    with pytest.raises(TooFast):
        said(token, step, "Un de trop")
    said(token, step, "Un autre appareil", TWO)
    workshops.say(token, ONE, Hurt("", "Une minute après"), at=LATER + timedelta(minutes=1))


def test_an_address_that_changes_devices_is_slowed_down(
    token: str, step: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshops, "AN_ADDRESS", 3)
    for n in range(3):
        workshops.room(token, Guest(f"x{n}", "10.0.0.9"), at=LATER)
    with pytest.raises(TooFast):
        workshops.room(token, Guest("x9", "10.0.0.9"), at=LATER)


def test_a_whole_room_behind_one_address_goes_on(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshops, "AN_ADDRESS", 3)
    for n in range(9):
        workshops.room(token, Guest(f"x{n}", "10.0.0.9", known=True), at=LATER)


def test_hostile_words_are_cut_down_to_a_line_of_text(token: str, step: Where) -> None:
    said(token, step, "<script>\n\0\u202ealert(1)</script>")
    (seen,) = workshops.room(token, TWO, at=LATER).irritants
    assert seen.body == "<script> alert(1)</script>"
    with pytest.raises(IrritantNotValid) as refused:
        workshops.say(token, ONE, Hurt("nulle_part", "x" * 300, 9), at=LATER)
    assert [one.where for one in refused.value.problems] == ["body", "severity", "element"]
    with pytest.raises(NotThere):
        workshops.vote(token, ONE, thread=UUID(int=7), given=True, at=LATER)
