"""What people did on a record becomes a scenario of its map, without anybody's name, and it plays green."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

import make
from portulan.automation import recording, sandbox
from portulan.automation.recording import NothingToRecord
from portulan.automation.script import Case, Script
from portulan.base.refusals import NotAllowed, NotThere
from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.maps import operations as maps
from portulan.maps import queries as drawn_maps
from portulan.maps.scenarios import Scenario
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import operations, queries, runtime
from portulan.records.operations import GateClosed, Move
from portulan.records.snapshot import Snapshot

DEAL = "opportunity"
LATER = make.AT + timedelta(days=3)


@pytest.fixture
def owner(vente: Snapshot) -> Actor:
    assert vente.version
    who = make.actor("elodie.renard@nordet.example", role="revops")
    maps.create(who, title="", state="to_be", subject=None, starter="vente", at=make.AT)
    return who


@pytest.fixture
def seller(owner: Actor) -> Actor:
    assert owner.roles
    return make.actor("claire.lambert@nordet.example", role="sales")


def recorded(actor: Actor, deal: int) -> tuple[UUID, Scenario]:
    map_id, uid = recording.record(actor, object_name=DEAL, row_id=deal, at=LATER)
    drawn = drawn_maps.get_map(actor, id=map_id).map
    return map_id, next(one for one in drawn.scenarios if one.id == uid)


def green(actor: Actor, map_id: UUID, told: Scenario) -> bool:
    drawn = drawn_maps.get_map(actor, id=map_id).map
    script = Script(
        blueprint=compile_maps([drawn], base_model.load()), cases=(Case(map=drawn.uid, scenario=told),)
    )
    (outcome,) = sandbox.outcomes(script)
    assert outcome.reason is None, outcome.reason.fr
    return outcome.green


def version(deal: int) -> int:
    found: dict[str, Any] = queries.get_record(actors.system(), object_name=DEAL, row_id=deal)
    return int(found["version"])


def go(actor: Actor, deal: int, to: str, **values: Any) -> None:
    move = Move(to, version(deal), values)
    operations.move(actor, object_name=DEAL, row_id=deal, move=move, at=LATER)


def change(actor: Actor, deal: int, **values: Any) -> None:
    operations.update(actor, object_name=DEAL, row_id=deal, version=version(deal), given=values, at=make.AT)


def begun(actor: Actor) -> int:
    account = operations.create(actor, object_name="account", given={"name": "Vasseur"}, at=make.AT)
    contact = operations.create(actor, object_name="contact", given={"name": "Camille Royer"}, at=make.AT)
    given = {"name": "Extension", "account": account, "contact": contact, "close_on": "2026-05-20"}
    return operations.create(actor, object_name=DEAL, given=given, at=make.AT)


def test_a_creation_a_change_a_refusal_and_a_move_are_told_and_play_green(
    owner: Actor, seller: Actor
) -> None:
    deal = begun(seller)
    change(seller, deal, amount="1200.00", owner=owner.id)
    with pytest.raises(GateClosed):
        go(owner, deal, "premier_contact")
    go(owner, deal, "premier_contact", source="referral")
    map_id, told = recorded(owner, deal)
    acts = [one.act.model_dump() for one in told.moments]
    assert [act["do"] for act in acts] == ["create", "update", "wait", "move", "move"]
    assert acts[0]["values"]["account"] == {"record": "account"}
    assert acts[0]["values"]["close_on"] == {"in": {"amount": 13, "unit": "days"}}
    assert acts[1]["values"] == {"amount": "1200.00", "owner": {"person": "personne_2"}}
    assert acts[2]["span"] == {"amount": 3, "unit": "days"}
    assert [one.model_dump()["expect"] for one in told.moments[3].then] == ["refused", "stage"]
    assert [(one.id, one.role) for one in told.people] == [("personne_1", "sales"), ("personne_2", "revops")]
    assert not any(name in told.model_dump_json() for name in ("Claire", "Elodie", "Camille"))
    assert green(owner, map_id, told)


def test_a_record_that_nobody_created_stands_there_as_the_first_act_found_it(
    owner: Actor, seller: Actor
) -> None:
    deal = begun(actors.system())
    change(actors.system(), deal, source="referral", owner=seller.id)
    go(seller, deal, "premier_contact")
    map_id, told = recorded(owner, deal)
    given = next(one for one in told.given if one.object == DEAL)
    assert (given.stage, given.values["source"]) == ("prospection", "referral")
    assert [one.act.do for one in told.moments] == ["move"]
    assert green(owner, map_id, told)


def test_what_ran_by_itself_is_no_act(owner: Actor) -> None:
    deal = begun(actors.system())
    with pytest.raises(NothingToRecord):
        recorded(owner, deal)


def test_only_those_who_draw_maps_record(seller: Actor) -> None:
    with pytest.raises(NotAllowed):
        recorded(seller, begun(seller))


def test_a_record_out_of_sight_is_not_told(owner: Actor) -> None:
    with pytest.raises(NotThere):
        recorded(owner, 4_000_000)


def test_a_field_hidden_from_the_one_who_records_is_in_no_act(
    vente: Snapshot, owner: Actor, seller: Actor
) -> None:
    deal = begun(seller)
    change(seller, deal, amount="1200.00")
    hidden = {"fields": {"amount": "hidden"}}
    roles = tuple(
        role.model_copy(update={"rights": tuple(right.model_copy(update=hidden) for right in role.rights)})
        for role in vente.blueprint.roles
    )
    blind = replace(vente, blueprint=vente.blueprint.model_copy(update={"roles": roles}))
    with runtime.pinned(blind):
        _, told = recorded(owner, deal)
    assert [one.act.do for one in told.moments] == ["create"]
    assert "1200" not in told.model_dump_json()
