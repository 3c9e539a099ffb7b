"""Somebody answers for the data of an object, is reminded, and says when they were looked at."""

from datetime import timedelta
from uuid import UUID

import pytest

import make
from portulan.automation import notices, worker
from portulan.base.refusals import NotAllowed
from portulan.events import queries as events
from portulan.pages import reviews
from portulan.people.actor import Actor
from portulan.records import upkeep
from sale import SYSTEM

pytestmark = pytest.mark.usefixtures("crm")


def entrusted(to: Actor, by: Actor = SYSTEM) -> UUID:
    """Have somebody answer for accounts every quarter."""
    upkeep.entrust(by, object_name="account", owner=to.id, backup=None, months=3, at=make.AT)
    known: UUID = next(one["id"] for one in upkeep.upkeeps(SYSTEM, at=make.AT) if one["object"] == "account")
    return known


def test_who_answers_for_data_is_told_reminded_and_done_for_a_quarter() -> None:
    claire = make.actor()
    accounts = entrusted(claire)
    due = make.AT + timedelta(days=92)
    worker.settle(at=make.AT)
    while worker.run_once(at=due):
        pass
    said = [one["say"].replace("\u202f", " ") for one in notices.notices(claire)]
    assert said == [
        "À revoir aujourd’hui : Qualité des données : Comptes.",
        "Portulan vous confie la tenue à jour : Qualité des données : Comptes.",
    ]
    (mine,) = reviews.due(claire, at=due)
    assert (mine.target, mine.id, mine.title) == (
        upkeep.TARGET,
        accounts,
        "Qualité des données\u202f: Comptes",
    )
    upkeep.done(claire, id=accounts, at=due)
    assert reviews.due(claire, at=due) == []
    kinds = [one.kind for one in events.of_subject(f"quality:{accounts}")]
    assert kinds[0] == "quality.reviewed"


def test_who_does_not_keep_every_record_neither_hands_data_on_nor_says_they_were_looked_at() -> None:
    claire, tom = make.actor(), make.acting(make.person("tom.girard@nordet.example", role="sales"))
    with pytest.raises(NotAllowed):
        entrusted(claire, by=claire)
    accounts = entrusted(claire)
    with pytest.raises(NotAllowed):
        upkeep.done(tom, id=accounts, at=make.AT)
