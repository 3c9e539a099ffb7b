"""A row that its events do not explain is found."""

import pytest

import make
from portulan.base.refusals import NotAllowed
from portulan.people import actor as actors
from portulan.records import operations, replay
from portulan.records.snapshot import Snapshot

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()


def test_what_the_log_does_not_tell_is_found_and_nothing_else(vente: Snapshot) -> None:
    names = ("Lys", "Verdier", "Labat")
    made = [
        operations.create(SYSTEM, object_name="account", given={"name": name}, at=make.AT) for name in names
    ]
    operations.update(
        SYSTEM, object_name="account", row_id=made[0], version=1, given={"city": "Lille"}, at=make.AT
    )
    operations.delete(SYSTEM, object_name="account", row_id=made[2], at=make.AT)
    assert list(replay.unlike(SYSTEM)) == []
    vente.model("account").objects.filter(pk=made[1]).update(city="Brest")
    assert list(replay.unlike(SYSTEM)) == [f"account:{made[1]}"]


def test_only_an_administrator_asks(vente: Snapshot) -> None:
    with pytest.raises(NotAllowed):
        list(replay.unlike(make.actor()))
