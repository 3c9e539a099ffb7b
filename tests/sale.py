"""A small CRM in which records live: the base model and a sale drawn in four stages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

import make
from portulan.base.durations import Duration
from portulan.base.value import Words
from portulan.blueprint import base_model
from portulan.blueprint.schema import Pipeline, Right, Role, Stage, Transition
from portulan.maps.model import Criterion
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import apply, operations, plan, runtime
from portulan.records.operations import Move
from portulan.records.snapshot import Snapshot

SYSTEM = actors.system()


def stage(uid: str, kind: Any = "task", **more: Any) -> Stage:
    """Return a stage called by its uid."""
    return Stage(uid=uid, label=Words(fr=uid.capitalize()), kind=kind, **more)


def criterion(uid: str, condition: Any) -> Criterion:
    """Return a criterion called by its uid."""
    return Criterion.model_validate({"id": uid, "label": f"Critère {uid}", "condition": condition})


CALLED: dict[str, Any] = {"some": "activities", "where": {"field": "kind", "test": "equals", "value": "call"}}
INDUSTRY = {"field": "account.sector", "test": "equals", "value": "industrie"}
SALE = Pipeline(
    uid="vente",
    object="opportunity",
    label=Words(fr="Vente"),
    stages=(
        stage(
            "contact", begins=True, required=("amount",), probability=10, delay=Duration(amount=5),
            exit=(criterion("called", CALLED), criterion("trust", None)),
        ),
        stage("demo", probability=40, exit=(criterion("industry", INDUSTRY),)),
        stage("won", "won", probability=100),
        stage("lost", "lost", probability=0),
    ),
    transitions=(
        Transition(uid="go", source="contact", target="demo"),
        Transition(uid="sign", source="demo", target="won"),
    ),
)  # fmt: skip
#: A role that sees deals without their amounts, and its own accounts without their revenues.
BLIND = Role(
    uid="blind",
    label=Words(fr="Aveugle"),
    rights=(
        Right(object="opportunity", read="all", update="team", create=True, fields={"amount": "hidden"}),
        Right(object="account", read="own", delete="own", fields={"revenue": "hidden"}),
        Right(object="activity", read="territory", update="territory", export="own"),
        Right(object="ticket", read="team", update="own", override=True),
    ),
)
_BASE = base_model.load()
BUILT = _BASE.model_copy(update={"pipelines": (SALE,), "roles": (*_BASE.roles, BLIND)})


@pytest.fixture
def crm(transactional_db: None) -> Iterator[Snapshot]:
    """Build the small CRM, in force and pinned."""
    planned = plan.plan(SYSTEM, runtime.newest(), BUILT)
    apply.apply(SYSTEM, planned=planned, at=make.AT)
    with runtime.pinned(runtime.newest()) as one:
        yield one
    make.no_crm()


def record(object_name: str, actor: Actor = SYSTEM, **given: Any) -> int:
    """Create a record and return its id."""
    return operations.create(actor, object_name=object_name, given={"name": "Pilote", **given}, at=make.AT)


def deal(actor: Actor = SYSTEM, **given: Any) -> int:
    """Create a deal and return its id."""
    return record("opportunity", actor, **given)


def force(row_id: int, to: str, at: datetime = make.AT, **more: Any) -> None:
    """Move a new deal whatever its gates say."""
    move = Move(to=to, version=1, motive="Accord", override=True, **more)
    operations.move(SYSTEM, object_name="opportunity", row_id=row_id, move=move, at=at)
