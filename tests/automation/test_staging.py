"""A plan is tried in a sandbox: another database, anonymous records, and nothing of the real one changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

import make
from portulan.automation import staging
from portulan.automation.jobs import JobContext
from portulan.maps import operations as maps
from portulan.maps import queries as drawn
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import elsewhere, operations, plan, runtime

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()


@pytest.fixture
def staged(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[tuple[Actor, int]]:
    """A CRM with a deal, whose published map renames a stage; the builder’s sandbox of it."""
    settings.DATA_DIR = tmp_path
    made = maps.create(SYSTEM, title="", state="to_be", subject=None, starter="vente", at=make.AT)
    maps.publish(SYSTEM, id=made, at=make.AT)
    chief = make.actor("elodie.renard@nordet.example", role="revops")
    with runtime.pinned(make.crm("vente")):
        account = operations.create(
            SYSTEM,
            object_name="account",
            given={"name": "Aciéries Lambert", "email": "a@lambert.fr"},
            at=make.AT,
        )
        given = {"name": "Pilote Lambert", "account": account, "amount": "12000"}
        deal = operations.create(SYSTEM, object_name="opportunity", given=given, at=make.AT)
        call = {
            "name": "Rappeler Mme Lambert",
            "kind": "call",
            "opportunity": deal,
            "due_at": "2026-05-11T08:00:00Z",
        }
        operations.create(SYSTEM, object_name="activity", given=call, at=make.AT)
    known = drawn.get_map(SYSTEM, id=made)
    steps = tuple(
        one.model_copy(update={"label": "Premiers signes"}) if one.id == "prospection" else one
        for one in known.map.steps
    )
    renamed = known.map.model_copy(update={"steps": steps})
    maps.save(SYSTEM, id=made, version=known.version, drawn=renamed, layout=known.layout, at=make.AT)
    maps.publish(SYSTEM, id=made, at=make.AT)
    staging.build(JobContext(uuid4(), {"fates": {}}, chief.id, lambda _share, _said: True))
    yield chief, deal
    make.no_crm()


def inside(chief: Actor, deal: int) -> tuple[str, Any]:
    with elsewhere.at(staging.path_of(chief.id or 0)):
        snapshot = runtime.newest()
        row = snapshot.model("opportunity").objects.select_related("account").get(pk=deal)
        (pipeline,) = snapshot.blueprint.pipelines
        return pipeline.stages[0].label.fr, row


def test_the_plan_is_in_force_in_the_sandbox_and_not_outside(staged: tuple[Actor, int]) -> None:
    label, row = inside(*staged)
    assert label == "Premiers signes"
    assert (row.amount, row.stage) == (12000, "prospection")
    assert runtime.newest().version == 1
    assert not plan.plan_of_maps(SYSTEM).empty


def test_its_records_name_nobody(staged: tuple[Actor, int]) -> None:
    _, row = inside(*staged)
    assert (row.name, row.account.name) == (f"Affaire {row.pk}", f"Compte {row.account_id}")
    assert row.next_step
    assert "Lambert" not in row.next_step
    assert row.account.email.endswith("@exemple.invalid")


def test_what_is_done_in_it_stays_in_it(staged: tuple[Actor, int]) -> None:
    chief, deal = staged
    before = connection.settings_dict["NAME"]
    with elsewhere.at(staging.path_of(chief.id or 0)), runtime.pinned(runtime.newest()):
        assert connection.vendor == "sqlite"
        operations.update(
            chief, object_name="opportunity", row_id=deal, version=1, given={"amount": "1"}, at=make.AT
        )
    assert connection.settings_dict["NAME"] == before
    assert runtime.newest().model("opportunity").objects.get(pk=deal).amount == 12000


def test_thrown_away_it_leaves_no_trace(staged: tuple[Actor, int]) -> None:
    chief, _ = staged
    assert staging.built_at(chief) is not None
    staging.throw_away(chief)
    assert staging.built_at(chief) is None
    assert list(staging.path_of(chief.id or 0).parent.iterdir()) == []
