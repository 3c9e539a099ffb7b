"""Who is on which map is read by whoever is signed in, and by nobody else."""

import pytest
from django.test import Client

import make
from portulan.base import clock
from portulan.maps import operations, presence
from portulan.maps.presence import Seen
from portulan.people.models import User

pytestmark = pytest.mark.django_db


def test_the_list_of_maps_says_who_is_on_each_now() -> None:
    claire = make.actor(role="manager")
    made = operations.create(claire, title="V", state="to_be", subject=None, starter="vente", at=make.AT)
    assert claire.id is not None
    presence.tell("one", [Seen(made, 1, 1, claire.id, {})], at=clock.now())
    reader = Client()
    assert reader.get("/api/presences").status_code == 401
    paul = make.actor("paul.petit@nordet.example", role="sales")
    reader.force_login(User.objects.get(email=paul.email))
    told = reader.get("/api/presences").json()
    assert [(one["map"], [who["name"] for who in one["people"]]) for one in told] == [
        (str(made), [claire.name])
    ]
