"""The database follows the blueprint on both databases, and a failure leaves no trace."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from portulan.base.conditions.schema import FieldKind
from portulan.base.value import Words
from portulan.blueprint.schema import Blueprint, Field, Object
from portulan.records import migrate, snapshot

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = Words(fr="Essai")
KINDS: dict[str, FieldKind] = {
    "text": "text", "money": "number", "choice": "choice", "link": "link", "person": "person",
    "yes_no": "boolean", "date": "date", "datetime": "datetime", "choices": "choices",
}  # fmt: skip


def kind_of(field: Field) -> FieldKind:
    return KINDS[field.type]


def field(uid: str, of: str = "text", **more: Any) -> Field:
    return Field(**{"uid": uid, "name": uid, "label": WORDS, "type": of, "column": uid, **more})


def thing(uid: str, *fields: Field, **more: Any) -> Object:
    made = {"name": uid, "label": WORDS, "plural": WORDS, "table": f"crm_{uid}", "title": "name"}
    return Object(**{"uid": uid, **made, **more}, fields=fields)


ACCOUNT = thing("account", field("name"), field("parent", "link", to="account"))
DEAL_FIELDS = (
    field("name"), field("amount", "money"), field("account", "link", to="account"),
    field("owner", "person"), field("tags", "choices"), field("pipeline"), field("stage"),
)  # fmt: skip
FIRST = Blueprint(objects=(ACCOUNT, thing("deal", *DEAL_FIELDS)))


def with_deal(*fields: Field, **more: Any) -> Blueprint:
    return Blueprint(objects=(ACCOUNT, thing("deal", *fields, **more)))


def go(old: Blueprint, new: Blueprint) -> snapshot.Snapshot:
    migrate.run(migrate.ddl_of(old, new, kind_of))
    return snapshot.build(1, new, kind_of)


@pytest.fixture
def first() -> Iterator[snapshot.Snapshot]:
    yield go(Blueprint(), FIRST)
    with connection.schema_editor() as editor:
        for table in ("crm_deal", "crm_account"):
            editor.execute(f"DROP TABLE {table}")


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def test_objects_are_tables_and_links_join(first: snapshot.Snapshot) -> None:
    account = first.model("account").objects.create(name="Nordet")
    first.model("deal").objects.create(name="Pilote", amount=Decimal("12.50"), account=account, tags=["a"])
    found = first.model("deal").objects.values("amount", "account__name", "tags", "version", "owner__name")
    assert list(found) == [
        {
            "amount": Decimal("12.50"),
            "account__name": "Nordet",
            "tags": ["a"],
            "version": 1,
            "owner__name": None,
        }
    ]


def test_a_second_plan_is_empty(first: snapshot.Snapshot) -> None:
    again = Blueprint.model_validate_json(FIRST.model_dump_json(by_alias=True))
    assert migrate.ddl_of(FIRST, again, kind_of).empty


def test_two_fields_swap_their_names_without_touching_the_database(first: snapshot.Snapshot) -> None:
    first.model("deal").objects.create(name="Pilote", stage="demo")
    swapped = with_deal(
        *(
            one.model_copy(update={"name": {"name": "stage", "stage": "name"}.get(one.name, one.name)})
            for one in DEAL_FIELDS
        )
    )
    assert migrate.ddl_of(FIRST, swapped, kind_of).empty
    deal = snapshot.build(2, swapped, kind_of).model("deal").objects.get()
    assert (deal.stage, deal.name) == ("Pilote", "demo")


def test_an_archived_field_hides_and_comes_back_with_its_values(first: snapshot.Snapshot) -> None:
    first.model("deal").objects.create(name="Pilote", amount=Decimal(5))
    hidden = with_deal(*(one.model_copy(update={"archived": one.uid == "amount"}) for one in DEAL_FIELDS))
    without = go(FIRST, hidden)
    assert "amount" not in {one.name for one in without.model("deal")._meta.get_fields()}
    assert go(hidden, FIRST).model("deal").objects.get().amount == Decimal(5)


def test_a_process_of_the_previous_version_can_still_insert(first: snapshot.Snapshot) -> None:
    new = with_deal(*DEAL_FIELDS, field("priority", "choice", required=True, default="usual"))
    now = go(FIRST, new)
    first.model("deal").objects.create(name="Ancien")
    assert now.model("deal").objects.get().priority == "usual"


def test_a_failure_in_the_middle_leaves_no_trace(first: snapshot.Snapshot) -> None:
    def cut() -> None:
        raise RuntimeError("cut")

    more = migrate.ddl_of(FIRST, with_deal(*DEAL_FIELDS, field("budget", "money")), kind_of)
    with pytest.raises(RuntimeError, match="cut"):
        migrate.run(more, after=cut)
    assert "budget" not in columns("crm_deal")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    first.model("deal").objects.create(name="Toujours")


def test_a_type_is_never_changed_in_place_nor_a_field_dropped() -> None:
    retyped = with_deal(field("name"), field("amount", "text"), *DEAL_FIELDS[2:])
    dropped = with_deal(*DEAL_FIELDS[:1], *DEAL_FIELDS[2:])
    for new, code in ((retyped, "records.type_in_place"), (dropped, "records.field_vanishes")):
        with pytest.raises(migrate.DataAtRisk) as refused:
            migrate.ddl_of(FIRST, new, kind_of)
        assert [(p.where, p.code) for p in refused.value.problems] == [("deal/amount", code)]
