"""Many records changed at once cannot be told from records changed one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

import make
from portulan.events import queries as events
from portulan.records import amend, finding, replay, runtime
from sale import SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")
LATER = make.AT + timedelta(hours=1)


def amended(name: str, wanted: dict[int, dict[str, Any]], *, told: bool = True) -> dict[int, amend.Amended]:
    snapshot = runtime.current()
    kind, among = snapshot.object(name), snapshot.model(name).objects.all()
    with transaction.atomic():
        return amend.amend(SYSTEM, kind=kind, among=among, wanted=wanted, at=LATER, told=told)


@pytest.mark.parametrize("told", [True, False])
def test_rows_search_and_events_agree_after_many_changes(told: bool) -> None:  # noqa: FBT001 - both ways
    one, two, three = (record("account", name=name) for name in ("Atelier Nord", "Bellerive", "Cordage"))
    done = amended("account", {one: {"name": "Atelier Sud"}, two: {"name": "Bellerive"}}, told=told)
    assert set(done) == {one}
    assert done[one].version == 2
    assert [hit.id for hit in finding.search(SYSTEM, words="atelier sud")] == [one]
    assert not finding.search(SYSTEM, words="nord")
    assert finding.search(SYSTEM, words="cordage")[0].id == three
    assert not list(replay.unlike(SYSTEM))


def test_a_record_taken_to_the_bin_and_back_is_lost_and_found_by_search() -> None:
    one = record("account", name="Atelier Nord")
    amended("account", {one: {"deleted_at": LATER}})
    assert not finding.search(SYSTEM, words="atelier")
    amended("account", {one: {"deleted_at": None}})
    assert finding.search(SYSTEM, words="atelier")
    kinds = [event.kind for event in events.of_subject(f"account:{one}")]
    assert kinds == ["record.restored", "record.deleted", "record.created"]
    assert not list(replay.unlike(SYSTEM))


def test_a_change_of_stage_is_a_move() -> None:
    one = deal(name="Étude")
    amended("opportunity", {one: {"stage": "demo", "stage_since": LATER}})
    newest = events.of_subject(f"opportunity:{one}")[0]
    assert (newest.kind, newest.data["to"]) == ("record.moved", "demo")
    assert not list(replay.unlike(SYSTEM))


def test_records_that_become_alike_and_others_that_do_not_each_become_what_was_asked() -> None:
    ids = [record("account", name=f"Compte {n}", city="Lyon") for n in range(6)]
    wanted: dict[int, dict[str, Any]] = {one: {"city": "Brest"} for one in ids[:3]}
    wanted |= {one: {"city": f"Ville {n}", "name": f"Autre {n}"} for n, one in enumerate(ids[3:])}
    assert {one.version for one in amended("account", wanted).values()} == {2}
    rows = runtime.current().model("account").objects.order_by("pk").values_list("name", "city", "version")
    assert list(rows) == [
        *((f"Compte {n}", "Brest", 2) for n in range(3)),
        *((f"Autre {n}", f"Ville {n}", 2) for n in range(3)),
    ]
    assert not list(replay.unlike(SYSTEM))
