"""Steps, touchpoints and signals are counted over thirty days; what cannot be counted is absent."""

from datetime import timedelta
from uuid import UUID

import pytest

import make
from portulan.base.conditions.model import Test as FieldTest
from portulan.maps import operations as maps
from portulan.maps.model import Lane, Map, Phase, Signal, Step, Touchpoint, Watch
from portulan.mining.lately import lately
from portulan.people import actor as actors
from portulan.records import load
from portulan.records.load import Past
from portulan.records.load import Step as Move
from sale import SYSTEM

pytestmark = pytest.mark.usefixtures("crm")
BOSS = actors.system()
BIG = FieldTest(field="amount", test="at_least", value="2000")


def drawn(uid: str = "vente", watch: Watch | None = None) -> UUID:
    step = Step(
        id="demo",
        label="Démo",
        lane="l",
        phase="f",
        touchpoints=(
            Touchpoint(id="appel", label="Appel", watch=watch),
            Touchpoint(id="salon", label="Salon"),
        ),
        signals=(Signal(id="gros", label="Gros", watch=Watch(object="opportunity", condition=BIG)),),
    )
    ground = {"phases": (Phase(id="f", label="F"),), "lanes": (Lane(id="l", label="L"),)}
    return maps.add(BOSS, drawn=Map(uid=uid, title="Vente", steps=(step,), **ground), at=make.AT)


def deals() -> None:
    moved = Move(make.AT + timedelta(days=40), {}, to="demo", motive="Motif")
    load.load(
        SYSTEM,
        object_name="opportunity",
        pasts=[
            Past(make.AT, {"name": "A", "amount": "1000"}, steps=(moved,)),
            Past(make.AT + timedelta(days=35), {"name": "B", "amount": "3000"}),
        ],
    )


def test_steps_and_signals_are_counted_over_thirty_days() -> None:
    deals()
    found = lately(BOSS, map_id=drawn(), at=make.AT + timedelta(days=50))
    assert found.steps["demo"] == 1
    assert found.watched == {"demo.gros": 1}


def test_what_cannot_be_counted_is_absent_and_not_zero() -> None:
    deals()
    gone = Watch(object="opportunity", condition=FieldTest(field="nowhere", test="empty"))
    found = lately(BOSS, map_id=drawn(watch=gone), at=make.AT + timedelta(days=50))
    assert "demo.appel" not in found.watched
    assert lately(BOSS, map_id=drawn("ailleurs"), at=make.AT + timedelta(days=50)).steps == {}


def test_who_may_not_read_the_records_gets_no_count() -> None:
    deals()
    stranger = make.actor("nina.petit@nordet.example", role="none")
    found = lately(stranger, map_id=drawn(), at=make.AT + timedelta(days=50))
    assert (found.steps, found.watched) == ({}, {})
