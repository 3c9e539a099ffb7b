"""A plan proposes what a newer base model adds, and touches nothing of what stands."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

import make
import sale
from portulan.base.refusals import NotThere
from portulan.base.value import Words
from portulan.blueprint import base_model
from portulan.blueprint.diff import Change
from portulan.blueprint.schema import Blueprint, Rule
from portulan.people import actor as actors
from portulan.records import apply, impact, lines, operations, plan, queries, quotes, runtime
from portulan.records.asked import Asked
from portulan.records.snapshot import Snapshot

SYSTEM = actors.system()
TERMS = ("ends_on", "notice_months", "tacit")


def older() -> Blueprint:
    """Return the base model before contracts had terms."""
    base = base_model.load()
    objects = (
        one.model_copy(update={"fields": tuple(field for field in one.fields if field.uid not in TERMS)})
        for one in base.objects
    )
    return base.model_copy(update={"objects": tuple(objects)})


def without_quotes() -> Blueprint:
    """Return the base model before there were quotes and lines."""
    base, gone = base_model.load(), {lines.QUOTE, *lines.PARENTS}
    roles = (
        one.model_copy(update={"rights": tuple(right for right in one.rights if right.object not in gone)})
        for one in base.roles
    )
    objects = tuple(one for one in base.objects if one.uid not in gone)
    return base.model_copy(update={"objects": objects, "roles": tuple(roles)})


def planned(wanted: Blueprint) -> plan.Plan:
    return plan.plan(SYSTEM, runtime.newest(), wanted)


def contract(name: str, renews: Any, **given: Any) -> int:
    values = {"name": name, "renews_on": renews.isoformat(), **given}
    return operations.create(SYSTEM, object_name="contract", given=values, at=make.AT)


@pytest.fixture
def installed(transactional_db: None) -> Iterator[Snapshot]:
    apply.apply(SYSTEM, planned=planned(older()), at=make.AT)
    yield runtime.newest()
    make.no_crm()


def test_an_older_installation_is_proposed_the_terms_of_contracts_and_keeps_what_it_has(
    installed: Snapshot,
) -> None:
    with runtime.pinned(installed):
        kept = contract("Nordet", make.AT.date(), amount="1200")
    going = planned(base_model.load())
    assert [one.path for one in going.changes] == [("contract", one) for one in TERMS]
    assert not going.problems
    apply.apply(SYSTEM, planned=going, at=make.AT + timedelta(minutes=1))
    row = runtime.newest().model("contract").objects.get(pk=kept)
    assert (row.name, row.renews_on, str(row.amount)) == ("Nordet", make.AT.date(), "1200.00")
    assert [getattr(row, one) for one in TERMS] == [None, None, None]
    assert planned(base_model.load()).empty


def test_an_older_installation_gets_quotes_by_its_next_plan_and_says_there_are_none_until_then(
    transactional_db: None,
) -> None:
    apply.apply(SYSTEM, planned=planned(without_quotes()), at=make.AT)
    with runtime.pinned(runtime.newest()):
        deal = operations.create(SYSTEM, object_name="opportunity", given={"name": "Atelier"}, at=make.AT)
        with pytest.raises(NotThere):
            quotes.begin(SYSTEM, deal_id=deal, at=make.AT)
        assert quotes.expire(SYSTEM, at=make.AT) == 0
    going = planned(base_model.load())
    assert not going.problems
    apply.apply(SYSTEM, planned=going, at=make.AT + timedelta(minutes=1))
    with runtime.pinned(runtime.newest()) as now:
        made = quotes.begin(SYSTEM, deal_id=deal, at=make.AT)
        assert now.model("quote").objects.get(pk=made).name == "D-2026-0001"
    make.no_crm()


def test_the_filters_of_contracts_find_them_to_the_day(installed: Snapshot) -> None:
    """As `web/src/rooms/records/filters.ts` asks: open, renewing, or past the notice of each."""
    apply.apply(SYSTEM, planned=planned(base_model.load()), at=make.AT + timedelta(minutes=1))
    today = make.AT.date()
    still = {"field": "closed_at", "test": "empty"}

    def within(amount: int, unit: str) -> dict[str, Any]:
        return {"field": "renews_on", "test": "within_next", "value": {"amount": amount, "unit": unit}}

    def found(*conditions: Any) -> set[str]:
        asked = Asked(condition={"all": [still, *conditions]})
        page = queries.listing(SYSTEM, object_name="contract", asked=asked, at=make.AT)
        return {one["title"] for one in page.rows}

    with runtime.pinned(runtime.newest()):
        for name, days, months, tacit in (
            ("hier", -1, 3, True), ("sous 20 jours", 20, 1, True), ("sous 50 jours", 50, 3, True),
            ("préavis à venir", 50, 1, True), ("non tacite", 20, 3, False), ("dernier jour", 90, None, True),
            ("trop loin", 91, 2, True), ("long préavis", 120, 6, True),
        ):  # fmt: skip
            contract(name, today + timedelta(days=days), notice_months=months, tacit=tacit)
        assert found(within(90, "days")) == {
            "sous 20 jours", "sous 50 jours", "préavis à venir", "non tacite", "dernier jour",
        }  # fmt: skip
        reached = [
            {"all": [{"field": "notice_months", "test": "at_least", "value": n}, within(n, "months")]}
            for n in range(1, 13)
        ]
        tacit_only = {"field": "tacit", "test": "true"}
        assert found(tacit_only, {"any": reached}) == {"sous 20 jours", "sous 50 jours", "long préavis"}


def test_a_new_rule_tells_nobody_which_records_have_a_hidden_value(crm: Snapshot) -> None:
    sale.deal(amount="80000")
    sale.deal(amount="900")
    rule = Rule.model_validate(
        {
            "uid": "big", "label": {"fr": "Grandes affaires"}, "object": "opportunity",
            "trigger": {"on": "entered", "stage": "contact"},
            "condition": {"field": "amount", "test": "greater", "value": 50000},
            "actions": [{"do": "notify", "text": "Une grande affaire"}],
        }
    )  # fmt: skip
    added = Change("add", "rules", ("big",), None, rule, Words(fr=""))
    blind = make.actor("aveugle@nordet.example", role=sale.BLIND.uid)
    told = {who.id: impact.enrolled(who, [added], make.AT)["big",] for who in (SYSTEM, blind)}
    assert told[SYSTEM.id].records == 1
    assert told[blind.id].records == 2
    assert told[blind.id].listed == impact.Listed(
        "opportunity", {"field": "stage", "test": "equals", "value": "contact"}
    )
