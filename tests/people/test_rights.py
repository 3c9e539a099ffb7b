""" "May I?" and "which ones?" answer alike, and nobody may do what no policy allows."""

from typing import get_args

import pytest

import make
from portulan.base.refusals import NotAllowed
from portulan.people import actor as actors
from portulan.people import rights
from portulan.people.models import User

pytestmark = pytest.mark.django_db


def test_what_one_may_and_what_one_sees_agree_for_everybody() -> None:
    made = [make.person(f"{name}@nordet.example", role="sales") for name in ("anne", "bruno", "chloe")]
    everybody = [actors.system(), actors.Actor(id=None), *(make.acting(one) for one in made)]
    for actor in everybody:
        for verb in get_args(rights.Verb):
            seen = set(rights.visible(actor, verb, "person", User.objects.all()))
            assert seen == {user for user in User.objects.all() if rights.allows(actor, verb, "person", user)}


def test_a_kind_without_policy_is_a_bug_and_not_an_open_door() -> None:
    with pytest.raises(LookupError):
        rights.allows(actors.system(), "read", "nothing")


def test_a_right_that_lacks_is_refused_by_name() -> None:
    with pytest.raises(NotAllowed) as refused:
        rights.require(actors.Actor(id=None), "read", "person")
    assert refused.value.details == {"verb": "read", "kind": "person"}
