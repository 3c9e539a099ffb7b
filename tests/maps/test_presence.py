"""Who is on which map: told by one process, heard by the others, forgotten after half a minute."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

import make
from portulan.maps import operations, presence
from portulan.maps.models import MapPresence
from portulan.maps.presence import LASTS, Seen
from portulan.people.actor import Actor

pytestmark = pytest.mark.django_db
MAP = uuid4()
LATER = make.AT + timedelta(seconds=5)


def seen(client: int, *, person: int = 1, map_id: UUID = MAP, at: int = 0, said: int = 1) -> Seen:
    return Seen(map_id, client, said, person, {"at": {"x": at, "y": 0}, "selected": []})


def test_a_process_hears_who_the_others_told_and_never_itself() -> None:
    presence.tell("one", [seen(1), seen(2)], at=make.AT)
    presence.tell("two", [seen(3, map_id=uuid4())], at=make.AT)
    assert presence.elsewhere("two", [MAP], at=make.AT) == [seen(1), seen(2)]
    assert presence.elsewhere("one", [MAP], at=make.AT) == []


def test_who_moved_is_told_in_place_and_who_left_is_taken_back() -> None:
    presence.tell("one", [seen(1), seen(2)], at=make.AT)
    presence.tell("one", [seen(1, at=40, said=2)], at=LATER)
    assert presence.elsewhere("two", [MAP], at=LATER) == [seen(1, at=40, said=2)]
    presence.tell("one", [], at=LATER + timedelta(seconds=1))
    assert not MapPresence.objects.exists()


def test_a_line_that_comes_by_another_process_is_that_process_s() -> None:
    presence.tell("one", [seen(1)], at=make.AT)
    presence.tell("two", [seen(1, said=2)], at=LATER)
    presence.tell("one", [], at=LATER)
    assert presence.elsewhere("one", [MAP], at=LATER) == [seen(1, said=2)]


def test_what_a_process_that_died_told_is_silent_after_half_a_minute_and_swept() -> None:
    presence.tell("dead", [seen(1)], at=make.AT)
    after = make.AT + LASTS + timedelta(seconds=1)
    assert presence.elsewhere("two", [MAP], at=after) == []
    presence.tell("two", [seen(2)], at=after)
    assert [row.client for row in MapPresence.objects.all()] == [2]


def test_a_line_that_no_column_holds_is_not_told() -> None:
    presence.tell("one", [seen(2**70), seen(1)], at=make.AT)
    assert presence.elsewhere("two", [MAP], at=make.AT) == [seen(1)]


def test_who_is_on_the_maps_is_said_once_each_to_who_may_read_them_in_three_requests(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    claire = make.actor(role="manager")
    paul = make.actor("paul.petit@nordet.example", role="sales")
    made = operations.create(claire, title="V", state="to_be", subject=None, starter="vente", at=make.AT)
    assert claire.id is not None
    assert paul.id is not None
    two_tabs = [seen(one, person=claire.id, map_id=made) for one in (1, 2)]
    presence.tell("one", [*two_tabs, seen(3, person=paul.id, map_id=made), seen(4, person=999)], at=make.AT)
    with django_assert_max_num_queries(3):
        found = presence.here(paul, at=make.AT)
    assert {key: [one.id for one in some] for key, some in found.items()} == {
        made: [one.id for one in sorted((claire, paul), key=lambda one: one.name)]
    }
    assert presence.here(Actor(id=None), at=make.AT) == {}
