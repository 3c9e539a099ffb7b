"""What tests stand on: plain functions that make things, always the same."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection

from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import Rule
from portulan.maps import starters
from portulan.people import actor as actors
from portulan.people import operations, queries
from portulan.people.actor import Actor
from portulan.people.models import User
from portulan.records import apply, plan, runtime
from portulan.records.snapshot import Snapshot

AT = datetime(2026, 5, 7, 8, tzinfo=UTC)
PASSWORD = "boussole-et-sextant"


def person(email: str = "claire.lambert@nordet.example", *, role: str = "", team: str = "") -> int:
    """Make a person of the demo company and return their id."""
    name = " ".join(part.capitalize() for part in email.split("@", maxsplit=1)[0].split("."))
    made = operations.create_user(actors.system(), email=email, name=name, password=PASSWORD, at=AT)
    if role:
        operations.grant_role(actors.system(), user_id=made, role=role, at=AT)
    if team:
        operations.join_team(actors.system(), user_id=made, team=team)
    return made


def actor(email: str = "claire.lambert@nordet.example", *, role: str = "sales") -> Actor:
    """Make a person and return them as one who acts."""
    return acting(person(email, role=role, team="Ventes"))


def acting(user_id: int) -> Actor:
    """Return a person as one who acts."""
    return queries.actor_of(User.objects.get(pk=user_id))


def crm(*names: str) -> Snapshot:
    """Build the CRM of some starters as the version in force, and return its snapshot."""
    planned = plan.plan(
        actors.system(),
        runtime.newest(),
        compile_maps([starters.starter(name) for name in names], base_model.load()),
    )
    apply.apply(actors.system(), planned=planned, at=AT)
    return runtime.newest()


def rule(uid: str, trigger: dict[str, Any], *actions: dict[str, Any], **more: Any) -> Rule:
    """Return a rule on deals, called by its uid."""
    known = {
        "uid": uid,
        "label": {"fr": uid},
        "object": "opportunity",
        "trigger": trigger,
        "actions": actions,
    }
    return Rule.model_validate(known | more)


def no_crm() -> None:
    """Drop the tables of the CRM, which no migration knows, after a test."""
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for table in connection.introspection.table_names(cursor):
            if table.startswith("crm_"):
                cursor.execute(f'DROP TABLE "{table}"{cascade}')
