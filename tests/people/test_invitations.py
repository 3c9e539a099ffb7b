"""A link lets whom it was made for choose a password, once."""

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.people import actor as actors
from portulan.people import invitations, operations, roster
from portulan.people.invitations import Invited, LinkIsOver
from portulan.people.models import User

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
CHOSEN = "une rose des vents"


def invited() -> tuple[int, str]:
    whom = Invited("nina.faure@nordet.example", "Nina Faure", ["sales"], "Nord")
    return invitations.invite(SYSTEM, whom=whom, at=make.AT)


def test_who_is_invited_chooses_a_password_and_has_their_role_and_team() -> None:
    made, link = invited()
    assert not User.objects.get(pk=made).has_usable_password()
    assert invitations.welcome(link, password=CHOSEN, at=make.AT) == "nina.faure@nordet.example"
    assert User.objects.get(pk=made).check_password(CHOSEN)
    actor = make.acting(made)
    assert (set(actor.roles), len(actor.team_ids)) == ({"sales"}, 1)


def test_a_link_opens_nothing_twice_nor_after_another_was_made_nor_when_the_access_is_closed() -> None:
    made, link = invited()
    invitations.welcome(link, password=CHOSEN, at=make.AT)
    with pytest.raises(LinkIsOver):
        invitations.welcome(link, password=CHOSEN, at=make.AT)
    first = invitations.reset(SYSTEM, user_id=made, at=make.AT)
    second = invitations.reset(SYSTEM, user_id=made, at=make.AT)
    with pytest.raises(LinkIsOver):
        invitations.welcome(first, password=CHOSEN, at=make.AT)
    operations.deactivate(SYSTEM, user_id=made, at=make.AT)
    with pytest.raises(LinkIsOver):
        invitations.welcome(second, password=CHOSEN, at=make.AT)
    with pytest.raises(NotThere):
        invitations.reset(SYSTEM, user_id=made, at=make.AT)


@pytest.mark.parametrize("link", ["", "x", ".", "MQ.abc-def", "\0.x", "é.x", "OTk5OTk5OTk5OTk5OTk5OTk5.x-y"])
def test_what_is_no_link_is_refused(link: str) -> None:
    with pytest.raises(LinkIsOver):
        invitations.welcome(link, password=CHOSEN, at=make.AT)


def test_a_weak_password_is_refused_and_the_link_still_serves() -> None:
    made, link = invited()
    with pytest.raises(operations.PersonNotValid):
        invitations.welcome(link, password="court", at=make.AT)
    invitations.welcome(link, password=CHOSEN, at=make.AT)
    assert make.acting(made).name == "Nina Faure"


def test_only_administrators_invite_reset_and_read_the_roster() -> None:
    claire = make.actor()
    with pytest.raises(NotAllowed):
        invitations.invite(claire, whom=Invited("x@nordet.example", "X"), at=make.AT)
    with pytest.raises(NotAllowed):
        invitations.reset(claire, user_id=claire.id or 0, at=make.AT)
    with pytest.raises(NotAllowed):
        roster.roster(claire)
    (one,) = roster.roster(SYSTEM)["people"]
    assert (one["name"], one["roles"], one["may_sign_in"]) == ("Claire Lambert", ["sales"], True)


def test_the_last_administrator_neither_leaves_nor_steps_down() -> None:
    admin = operations.create_first_administrator(
        email="alix.morel@nordet.example", name="Alix Morel", password=make.PASSWORD, at=make.AT
    )
    for wanted in (operations.Change(is_admin=False), operations.Change(is_active=False)):
        with pytest.raises(operations.LastAdministrator):
            operations.change(SYSTEM, user_id=admin, change=wanted, at=make.AT)
    other = make.person()
    operations.change(SYSTEM, user_id=other, change=operations.Change(is_admin=True), at=make.AT)
    operations.change(SYSTEM, user_id=admin, change=operations.Change(is_active=False), at=make.AT)
    operations.change(SYSTEM, user_id=admin, change=operations.Change(is_active=True), at=make.AT)
    assert make.acting(admin).is_admin


def test_roles_become_what_was_asked_for() -> None:
    made = make.person(role="sales")
    operations.change(SYSTEM, user_id=made, change=operations.Change(roles=["manager", "adv"]), at=make.AT)
    assert make.acting(made).roles == {"manager", "adv"}
