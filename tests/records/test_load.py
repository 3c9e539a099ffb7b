"""Records loaded with their past cannot be told from records that lived it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from portulan.base.refusals import NotAllowed
from portulan.events import queries as events
from portulan.records import happenings, load, operations, rows, runtime
from portulan.records.load import Past, Step
from portulan.records.operations import Move
from sale import SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")
VALUES: dict[str, Any] = {"name": "Étude", "amount": "1200.5", "close_on": "2026-06-01", "source": "fair"}


def later(minutes: int) -> datetime:
    return make.AT + timedelta(minutes=minutes)


def stored(row_id: int) -> dict[str, Any]:
    snapshot = runtime.current()
    row = snapshot.model("opportunity").objects.get(pk=row_id)
    return rows.stored(snapshot.object("opportunity"), row)


def told(row_id: int) -> list[tuple[str, datetime, Any]]:
    happened = events.of_subject(f"opportunity:{row_id}")
    return [(event.kind, event.at, event.data) for event in reversed(happened)]


def loaded(*pasts: Past) -> list[int]:
    return load.load(SYSTEM, object_name="opportunity", pasts=pasts)


def test_a_loaded_past_equals_the_same_past_lived() -> None:
    account = record("account")
    lived = deal(**VALUES, account=account, probability="40")
    operations.update(
        SYSTEM, object_name="opportunity", row_id=lived, version=1, given={"amount": "99"}, at=later(1)
    )
    moves: list[tuple[str, dict[str, Any]]] = [
        ("won", {"override": True}), ("contact", {}), ("lost", {"values": {"loss_reason": "price"}}),
    ]  # fmt: skip
    for version, (to, more) in enumerate(moves, 2):
        move = Move(to=to, version=version, motive="Motif", **more)
        operations.move(SYSTEM, object_name="opportunity", row_id=lived, move=move, at=later(version))
    steps = (
        Step(later(1), {"amount": "99"}),
        Step(later(2), to="won", motive="Motif", overridden=True, also=(_forced(),)),
        Step(later(3), to="contact", motive="Motif"),
        Step(later(4), {"loss_reason": "price"}, to="lost", motive="Motif"),
    )
    (one,) = loaded(Past(make.AT, {**VALUES, "account": account, "probability": 40}, steps=steps))
    assert stored(one) == stored(lived)
    assert told(one) == told(lived)
    assert runtime.current().model("opportunity").objects.get(pk=one).version == 5


def _forced() -> happenings.GateOverridden:
    return happenings.GateOverridden(
        pipeline="vente", from_="contact", to="won", motive="Motif",
        missing=[], unmet=["called", "industry"], blocked=[],
    )  # fmt: skip


def test_what_is_created_after_a_load_gets_the_next_ids() -> None:
    first = deal()
    many = loaded(*(Past(make.AT, {"name": f"N{rank}"}) for rank in range(20)))
    assert len({first, *many, deal()}) == 22


def test_a_load_needs_the_right_to_create() -> None:
    with pytest.raises(NotAllowed):
        load.load(make.actor(role=""), object_name="opportunity", pasts=[])


PLACES = ("contact", "demo", "won", "lost")
STEP = st.fixed_dictionaries(
    {},
    optional={
        "to": st.sampled_from(PLACES),
        "values": st.fixed_dictionaries(
            {},
            optional={
                "amount": st.decimals(0, 10**6, places=2).map(str) | st.none(),
                "name": st.text("aé ’", min_size=1),
                "close_on": st.dates().map(str),
                "last_activity_at": st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(
                    lambda moment: f"{moment.isoformat()}+02:00"
                ),
            },
        ),
    },
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(STEP, max_size=5), min_size=1, max_size=5))
def test_every_loaded_record_is_rebuilt_from_its_events(lives: list[list[Any]]) -> None:
    pasts = [
        Past(make.AT, VALUES, steps=[Step(later(rank + 1), **step) for rank, step in enumerate(life)])
        for life in lives
    ]
    for one in loaded(*pasts):
        assert events.replay(f"opportunity:{one}") == stored(one)
