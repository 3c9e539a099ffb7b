"""People are created, given roles and teams, and closed, each with its event."""

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.events import queries as events
from portulan.people import actor as actors
from portulan.people import operations, queries
from portulan.people.models import User

pytestmark = pytest.mark.django_db


def test_a_person_is_created_with_a_hashed_password() -> None:
    made = make.person()
    user = User.objects.get(pk=made)
    assert user.password.startswith("argon2")
    assert user.check_password(make.PASSWORD)
    assert [event.kind for event in events.of_subject(f"person:{made}")] == ["person.created"]


def test_every_reason_not_to_create_a_person_is_said_at_once() -> None:
    with pytest.raises(operations.PersonNotValid) as refused:
        operations.create_user(actors.system(), email="claire", name=" ", password="court", at=make.AT)
    assert {problem.where for problem in refused.value.problems} == {"email", "name", "password"}


def test_an_email_belongs_to_one_person_whatever_its_case() -> None:
    make.person()
    with pytest.raises(operations.PersonNotValid):
        make.person("Claire.Lambert@nordet.example")


def test_only_an_administrator_creates_people() -> None:
    with pytest.raises(NotAllowed):
        operations.create_user(
            make.actor(), email="x@nordet.example", name="X", password=make.PASSWORD, at=make.AT
        )


def first_administrator() -> int:
    return operations.create_first_administrator(
        email="alix.morel@nordet.example", name="Alix Morel", password=make.PASSWORD, at=make.AT
    )


def test_there_is_one_first_administrator() -> None:
    first_administrator()
    with pytest.raises(operations.AdministratorExists):
        first_administrator()


def test_a_role_is_granted_once_and_revoked() -> None:
    made = make.person(role="sales")
    operations.grant_role(actors.system(), user_id=made, role="sales", at=make.AT)
    assert make.acting(made).roles == {"sales"}
    operations.revoke_role(actors.system(), user_id=made, role="sales", at=make.AT)
    assert make.acting(made).roles == frozenset()
    kinds = [event.kind for event in events.of_subject(f"person:{made}")]
    assert sorted(kinds) == ["person.created", "person.role_granted", "person.role_revoked"]


def test_a_manager_sees_the_people_of_the_teams_below() -> None:
    manager = make.person("marc.besson@nordet.example")
    rep = make.person("tom.girard@nordet.example")
    operations.join_team(actors.system(), user_id=manager, team="Ventes")
    operations.join_team(actors.system(), user_id=rep, team="Ventes Ouest", parent="Ventes")
    assert make.acting(manager).teammate_ids == {manager, rep}
    assert make.acting(rep).teammate_ids == {rep}


def test_somebody_deactivated_no_longer_acts_and_keeps_their_name() -> None:
    made = make.person()
    operations.deactivate(actors.system(), user_id=made, at=make.AT)
    with pytest.raises(NotThere):
        make.acting(made)
    assert queries.directory(actors.system()) == []
    assert queries.named(actors.system(), ids=[made])[made].initials == "CL"


def test_a_person_changes_their_language_but_not_their_territory() -> None:
    me = make.actor()
    assert me.id is not None
    operations.set_profile(me, user_id=me.id, lang="en")
    assert make.acting(me.id).lang == "en"
    with pytest.raises(NotAllowed):
        operations.set_profile(me, user_id=me.id, territory="ouest")


def test_an_actor_is_known_in_one_query(django_assert_max_num_queries: object) -> None:
    made = make.person(role="sales", team="Ventes")
    user = User.objects.get(pk=made)
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        queries.actor_of(user)
