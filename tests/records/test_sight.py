"""What one may and what one sees agree, for everybody; what is hidden is hidden everywhere."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest

import make
from portulan.base.refusals import NotAllowed, NotThere, Refusal
from portulan.blueprint.schema import Object
from portulan.people import operations as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import board, lines, operations, position, queries, runtime, summary, timeline
from portulan.records.asked import Asked
from sale import BLIND, SYSTEM, deal, record

pytestmark = pytest.mark.usefixtures("crm")
VERBS = ("create", "read", "update", "delete", "export", "override")
AMOUNT = "424242"
RIVAL = "Rival Secret"


def person(name: str, role: str, team: str, territory: str) -> Actor:
    one = make.person(f"{name}@nordet.example", role=role, team=team)
    people.set_profile(SYSTEM, user_id=one, territory=territory)
    return make.acting(one)


def everybody() -> list[Actor]:
    roles = [role.uid for role in runtime.current().blueprint.roles]
    found = [
        person(f"{role.replace('_', '-')}.{team[:3]}", role, team, territory)
        for role in roles
        for team, territory in (("Nord", "nord"), ("Sud", "sud"))
    ]
    both = replace(found[0], roles=found[0].roles | {BLIND.uid})
    return [*found, both, person("nobody", "", "Nord", "nord"), SYSTEM]


def one_of(kind: Object, owner: int | None) -> int:
    """Create a record of somebody; a line is theirs by what it is a part of."""
    whole = lines.PARENTS.get(kind.uid)
    if whole is not None:
        of: dict[str, Any] = {whole: one_of(runtime.current().object(whole), owner)}
        return record(kind.name, **of)
    given = {"owner": owner} | ({} if kind.uid == lines.QUOTE else {"name": "Pilote"})
    return operations.create(SYSTEM, object_name=kind.name, given=given, at=make.AT)


def test_one_may_what_one_sees_that_one_may_for_every_person_verb_and_object() -> None:
    folk = everybody()
    for kind in runtime.current().blueprint.objects:
        for owner in (folk[0].id, folk[1].id, folk[-2].id, None):
            one_of(kind, owner)
        model = runtime.current().model(kind.name)
        rows = list(model.objects.select_related("owner"))
        for actor in folk:
            for verb in VERBS:
                seen = rights.visible(actor, verb, "record", model.objects.all())  # type: ignore[arg-type]
                may = {row.pk for row in rows if rights.allows(actor, verb, "record", row)}  # type: ignore[arg-type]
                assert set(seen.values_list("pk", flat=True)) == may, (actor.name, verb, kind.name)
    assert set(VERBS) <= set(get_args(rights.Verb))


def test_what_one_may_not_do_is_refused_and_what_one_may_not_see_is_not_there() -> None:
    folk = everybody()
    one = deal(folk[0])
    for actor in folk:
        row = runtime.current().model("opportunity").objects.get(pk=one)
        refusal: Any = None
        try:
            operations.update(
                actor, object_name="opportunity", row_id=one, version=row.version,
                given={"name": actor.name or "Personne"}, at=make.AT,
            )  # fmt: skip
        except Refusal as refused:
            refusal = type(refused)
        expected = None if rights.allows(actor, "update", "record", row) else NotAllowed
        seen = rights.allows(actor, "read", "record", row)
        assert refusal in ((expected,) if seen else (NotThere, NotAllowed)), actor.name


@pytest.fixture
def blind() -> Actor:
    return person("aveugle", BLIND.uid, "Nord", "nord")


def test_hidden_fields_and_hidden_records_leak_nowhere(blind: Actor) -> None:
    rival = record("account", name=RIVAL, revenue=AMOUNT)
    one = deal(amount=AMOUNT, account=rival, name="Pilote")
    account = record("account", name="Mon compte", revenue=AMOUNT, owner=blind.id)
    version = {"row_id": one, "version": 1, "object_name": "opportunity", "at": make.AT}
    operations.update(SYSTEM, given={"amount": "7", "account": account}, **version)  # type: ignore[arg-type]
    operations.update(
        SYSTEM, given={"amount": AMOUNT, "account": rival}, **{**version, "version": 2}  # type: ignore[arg-type]
    )  # fmt: skip
    deals = {"object_name": "opportunity", "at": make.AT}
    told: list[Any] = [
        queries.listing(blind, asked=Asked(sort="account"), **deals).__dict__,  # type: ignore[arg-type]
        queries.get_record(blind, object_name="opportunity", row_id=one),
        queries.related_lists(blind, object_name="account", row_id=account),
        summary.summary(blind, asked=Asked(), group_by="account", **deals),  # type: ignore[arg-type]
        board.board(blind, pipeline_uid="vente", asked=Asked(sort="account"), at=make.AT),
        timeline.timeline(blind, object_name="opportunity", row_id=one),
        position.position(blind, object_name="opportunity", row_id=one, at=make.AT),
    ]
    for rank, answer in enumerate(told):
        said = json.dumps(answer, ensure_ascii=False)
        assert AMOUNT not in said.replace("\u202f", "").replace(",", ""), rank
        assert RIVAL not in said, rank
    assert "Pilote" in json.dumps(told[0])
    assert told[4]["stages"][0]["sum"] == "0.00"


def asked(**wanted: Any) -> Callable[[Actor, str], Any]:
    return lambda actor, name: queries.listing(actor, object_name=name, asked=Asked(**wanted), at=make.AT)


GREATER = {"test": "greater", "value": 1}


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("opportunity", asked(sort="amount")),
        ("opportunity", asked(sort="-weighted")),
        ("opportunity", asked(condition={"field": "amount", **GREATER})),
        ("opportunity", asked(condition={"not": {"any": [{"field": "amount", **GREATER}]}})),
        ("opportunity", asked(condition={"field": "account.revenue", **GREATER})),
        ("account", asked(condition={"some": "opportunities", "where": {"field": "amount", **GREATER}})),
        ("account", asked(condition={"count": "leads", "test": "greater", "value": 1})),
        ("opportunity", lambda a, n: summary.summary(
            a, object_name=n, asked=Asked(), group_by="amount", at=make.AT)),
    ],
)  # fmt: skip
def test_one_may_neither_sort_nor_filter_nor_group_by_what_is_hidden(
    blind: Actor, name: str, ask: Callable[[Actor, str], Any]
) -> None:
    with pytest.raises(Refusal) as refused:
        ask(blind, name)
    assert refused.value.status == 422
