"""Records are created, changed, moved and binned with their events, from which each can be rebuilt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

import make
from portulan.base.refusals import NotAllowed, NotThere
from portulan.base.value import Words
from portulan.blueprint import base_model
from portulan.blueprint.fields.types import TYPES
from portulan.blueprint.schema import Blueprint, Pipeline, Stage, Transition
from portulan.events import queries as events
from portulan.people import actor as actors
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import migrate, operations, queries, rows, runtime, snapshot, values
from portulan.records.asked import Asked
from portulan.records.operations import Move

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()


def _stage(uid: str, kind: Any = "task", **more: Any) -> Stage:
    return Stage(uid=uid, label=Words(fr=uid), kind=kind, **more)


SALE = Pipeline(
    uid="vente",
    object="opportunity",
    label=Words(fr="Vente"),
    stages=(_stage("contact", begins=True, required=("amount",)), _stage("demo"), _stage("lost", "lost")),
    transitions=(Transition(uid="go", source="contact", target="demo"),),
)


@pytest.fixture
def house() -> Iterator[snapshot.Snapshot]:
    built = base_model.load().model_copy(update={"pipelines": (SALE,)})
    migrate.run(migrate.ddl_of(Blueprint(), built, lambda field: TYPES.get(field.type).kind))
    with runtime.pinned(snapshot.build(1, built, lambda field: TYPES.get(field.type).kind)) as one:
        yield one
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for kind in built.objects:
            cursor.execute(f"DROP TABLE {kind.table}{cascade}")


def deal(actor: Actor = SYSTEM, **given: Any) -> int:
    given = {"name": "Pilote", **given}
    return operations.create(actor, object_name="opportunity", given=given, at=make.AT)


def go(row_id: int, actor: Actor = SYSTEM, **more: Any) -> None:
    at = make.AT + timedelta(minutes=row(row_id).version)
    move = Move(**{"version": row(row_id).version, **more})
    operations.move(actor, object_name="opportunity", row_id=row_id, move=move, at=at)


def row(row_id: int) -> Any:
    return runtime.current().model("opportunity").objects.get(pk=row_id)


def kinds(row_id: int) -> list[str]:
    return [event.kind for event in reversed(events.of_subject(f"opportunity:{row_id}"))]


def test_a_journey_is_rebuilt_from_its_events(house: snapshot.Snapshot) -> None:
    one = deal(amount="1200")
    operations.update(
        SYSTEM, object_name="opportunity", row_id=one, version=1, given={"name": "Pilote 2"},
        at=make.AT + timedelta(seconds=9),
    )  # fmt: skip
    go(one, to="demo")
    go(one, to="contact", motive="Besoin à revoir")
    go(one, to="lost", values={"loss_reason": _reason(house)})
    later = make.AT + timedelta(days=1)
    operations.delete(SYSTEM, object_name="opportunity", row_id=one, at=later)
    operations.restore(SYSTEM, object_name="opportunity", row_id=one, at=later + timedelta(hours=1))
    assert kinds(one) == [
        "record.created", "record.updated", "record.moved", "record.moved", "record.moved",
        "record.deleted", "record.restored",
    ]  # fmt: skip
    kind = house.object("opportunity")
    assert events.replay(f"opportunity:{one}") == rows.stored(kind, row(one))
    assert row(one).version == 7


def _reason(house: snapshot.Snapshot) -> str:
    return values.live(house.object("opportunity"))["loss_reason"].choices[0].id


def test_a_closed_gate_says_what_lacks_and_is_logged(house: snapshot.Snapshot) -> None:
    one = deal()
    with pytest.raises(operations.GateClosed) as refused:
        go(one, to="demo")
    assert [problem.where for problem in refused.value.problems] == ["amount"]
    assert refused.value.details["missing"][0]["type"] == "money"
    assert row(one).stage == "contact"
    assert kinds(one) == ["record.created", "gate.refused"]
    go(one, to="demo", values={"amount": "900,00".replace(",", ".")})
    assert (row(one).stage, row(one).closed_at) == ("demo", None)


def test_going_back_without_a_motive_is_refused(house: snapshot.Snapshot) -> None:
    one = deal(amount="10")
    go(one, to="demo")
    with pytest.raises(operations.GateClosed) as refused:
        go(one, to="contact")
    assert refused.value.details["needs_motive"]


def test_an_override_needs_a_motive_and_is_a_deviation(house: snapshot.Snapshot) -> None:
    one = deal()
    with pytest.raises(operations.MoveNotValid):
        go(one, to="demo", override=True)
    go(one, to="demo", override=True, motive="Accord du directeur")
    assert kinds(one) == ["record.created", "gate.overridden", "record.moved"]


def test_a_change_on_an_old_version_is_refused_with_both_values(house: snapshot.Snapshot) -> None:
    one = deal()
    first: dict[str, Any] = {"object_name": "opportunity", "row_id": one, "version": 1, "at": make.AT}
    change: Any = partial(operations.update, SYSTEM, **first)
    change(given={"name": "A"})
    with pytest.raises(operations.ChangedMeanwhile) as refused:
        change(given={"name": "B"})
    assert refused.value.details == {"name": {"mine": "B", "theirs": "A"}}


def test_every_wrong_value_is_said_at_once(house: snapshot.Snapshot) -> None:
    with pytest.raises(values.ValuesNotValid) as refused:
        deal(name="", amount="douze", close_on="demain", stage="demo", nothing=1)
    assert {problem.where for problem in refused.value.problems} == {
        "name", "amount", "close_on", "stage", "nothing",
    }  # fmt: skip
    assert all(problem.say("fr") and problem.say("en") for problem in refused.value.problems)


def test_a_link_to_nothing_is_refused(house: snapshot.Snapshot) -> None:
    with pytest.raises(values.ValuesNotValid):
        deal(account=404)


def test_a_salesperson_moves_their_own_deal_and_nobody_without_a_role_sees_it(
    house: snapshot.Snapshot,
) -> None:
    seller, stranger = make.actor(), make.actor("bruno@nordet.example", role="")
    one = deal(seller, amount="10")
    assert row(one).owner_id == seller.id
    go(one, actor=seller, to="demo")
    with pytest.raises((NotAllowed, NotThere)):
        go(one, actor=stranger, to="contact", motive="?")


def test_what_one_may_and_what_one_sees_agree(house: snapshot.Snapshot) -> None:
    people = [make.actor(f"{name}@nordet.example", role=name) for name in ("sales", "manager", "direction")]
    deals = [deal(person) for person in (SYSTEM, *people[:2])]
    model = house.model("opportunity")
    for person in (SYSTEM, *people):
        for verb in ("read", "update", "delete", "export", "override"):
            seen = set(
                rights.visible(person, verb, "record", model.objects.all()).values_list("pk", flat=True)
            )
            assert seen == {one for one in deals if rights.allows(person, verb, "record", row(one))}


def test_a_list_is_one_query_scoped_searched_and_paged(
    house: snapshot.Snapshot, django_assert_num_queries: Any
) -> None:
    account = operations.create(SYSTEM, object_name="account", given={"name": "Nordet"}, at=make.AT)
    made = [deal(name=name, account=account, amount="5") for name in ("Écluse", "Balise", "écume", "Amer")]
    amount = {"field": "amount", "test": "greater", "value": 1}
    asked = Asked(condition=amount, sort="name", limit=3)
    with django_assert_num_queries(1):
        first = queries.listing(SYSTEM, object_name="opportunity", asked=asked, at=make.AT)
    rest = queries.listing(
        SYSTEM, object_name="opportunity", asked=replace(asked, after=first.next or ""), at=make.AT
    )
    assert [one["title"] for one in first.rows + rest.rows] == ["Amer", "Balise", "Écluse", "écume"]
    assert first.linked["account"] == {str(account): "Nordet"}
    assert rest.next is None
    found = queries.listing(SYSTEM, object_name="opportunity", asked=Asked(words="ECLUSE"), at=make.AT)
    assert [one["id"] for one in found.rows] == made[:1]
    with_deals = Asked(condition={"some": "opportunities", "where": amount})
    assert len(queries.listing(SYSTEM, object_name="account", asked=with_deals, at=make.AT).rows) == 1


def test_one_sees_only_ones_scope(house: snapshot.Snapshot) -> None:
    one = deal()
    stranger = make.actor("bruno@nordet.example", role="")
    assert queries.get_record(SYSTEM, object_name="opportunity", row_id=one)["title"] == "Pilote"
    with pytest.raises(NotThere):
        queries.get_record(stranger, object_name="opportunity", row_id=one)
    assert not queries.listing(stranger, object_name="opportunity", asked=Asked(), at=make.AT).rows
