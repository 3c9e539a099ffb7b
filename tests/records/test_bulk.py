"""One change of many records obeys every gate and right, and says which records it left alone and why."""

import pytest

import make
from portulan.base.refusals import NotValid
from portulan.events import queries as events
from portulan.people.actor import Actor
from portulan.records import bulk, runtime
from portulan.records.bulk import Change
from sale import deal, record

pytestmark = pytest.mark.usefixtures("crm")


def changed(actor: Actor, ids: list[int], **change: object) -> dict[str, list[object]]:
    asked = Change(**change)  # type: ignore[arg-type]
    return bulk.bulk(actor, object_name="opportunity", ids=ids, change=asked, at=make.AT)


def stage(row_id: int) -> str:
    return str(runtime.current().model("opportunity").objects.get(pk=row_id).stage)


def test_many_records_move_through_their_gates_and_the_refused_are_listed_with_their_reasons() -> None:
    claire = make.actor()
    ready, poor, foreign = deal(claire, amount="10"), deal(claire, name="Pauvre"), deal(name="Ailleurs")
    for one in (ready, poor):
        record("activity", kind="call", opportunity=one)
    told = changed(claire, [ready, poor, foreign, 404, ready], to="demo")
    assert told["done"] == [ready]
    assert [(one["id"], one["title"], one["code"]) for one in told["refused"]] == [  # type: ignore[index]
        (poor, "Pauvre", "records.gate_closed"), (foreign, "", "base.not_there"), (404, "", "base.not_there"),
    ]  # fmt: skip
    assert [stage(one) for one in (ready, poor, foreign)] == ["demo", "contact", "contact"]
    assert events.of_subject(f"opportunity:{poor}")[0].kind == "gate.refused"


def test_many_records_change_hands_or_go_to_the_bin() -> None:
    claire = make.actor()
    bruno = make.person("bruno@nordet.example", role="sales", team="Ventes")
    deals = [deal(claire) for _ in range(3)]
    assert changed(claire, deals[:2], values={"owner": bruno})["done"] == deals[:2]
    told = changed(claire, deals, delete=True)
    assert (told["done"], len(told["refused"])) == (deals[2:], 2)


def test_too_many_records_and_nothing_to_do_are_refused() -> None:
    claire = make.actor()
    with pytest.raises(NotValid):
        changed(claire, list(range(bulk.LIMIT + 1)), to="demo")
    with pytest.raises(NotValid):
        changed(claire, [1])
