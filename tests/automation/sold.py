"""Run as a script on a database of its own: deals that rules follow, a plan half applied, what came of it."""

import json
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import django

django.setup()

from django.db import connection  # noqa: E402 - Django starts first

import make  # noqa: E402
from portulan.automation import applying, leases, worker  # noqa: E402
from portulan.automation.models import Job, Notice, Run  # noqa: E402
from portulan.base import clock  # noqa: E402
from portulan.blueprint import base_model  # noqa: E402
from portulan.blueprint.compile import compile_maps  # noqa: E402
from portulan.maps import operations as maps  # noqa: E402
from portulan.maps import starters  # noqa: E402
from portulan.people import actor as actors  # noqa: E402
from portulan.records import apply, operations, plan, runtime  # noqa: E402

TASK = {"do": "create_task", "label": "Relancer"}
HIGH = {"do": "update_record", "values": {"priority": "high"}}
SOON = {"amount": 0, "unit": "minutes"}
SEQUENCE = {"do": "start_sequence", "name": "Relance", "steps": [{"wait": SOON, "action": TASK}] * 2}
AGREE = {"do": "ask_approval", "role": "manager", "text": "Prix", "remind_after": SOON}
RULES = (
    make.rule("first", {"on": "created"}, TASK),
    make.rule("second", {"on": "created"}, HIGH, TASK),
    make.rule("third", {"on": "created"}, SEQUENCE),
    make.rule("fourth", {"on": "created"}, AGREE),
)


def build(deals: int) -> None:
    """Put the rules into force, then create deals."""
    wanted = compile_maps([starters.starter("vente")], base_model.load()).model_copy(update={"rules": RULES})
    planned = plan.plan(actors.system(), runtime.newest(), wanted)
    apply.apply(actors.system(), planned=planned, at=make.AT)
    make.person(role="manager")
    with runtime.pinned(runtime.newest()):
        for n in range(deals):
            given = {"name": f"Affaire {n}"}
            operations.create(actors.system(), object_name="opportunity", given=given, at=make.AT)


def tell() -> None:
    """Print what became of them."""
    with runtime.pinned(runtime.newest()) as snapshot:
        tasks = Counter(snapshot.model("activity").objects.values_list("opportunity_id", flat=True))
        told = {
            "runs": Counter(Run.objects.values_list("state", flat=True)),
            "tasks": Counter(tasks.values()),
            "told": Counter(Counter(Notice.objects.values_list("subject", flat=True)).values()),
            "high": snapshot.model("opportunity").objects.filter(priority="high", version=2).count(),
        }
    print(json.dumps(told))  # noqa: T201 - the answer of the script


def half() -> None:
    """Begin to apply a plan, and stay in the middle of its transaction."""
    drawn = maps.create(actors.system(), title="", state="to_be", subject=None, starter="support", at=make.AT)
    maps.publish(actors.system(), id=drawn, at=make.AT)
    builder = make.actor("alix.morel@nordet.example", role="direction")
    read = plan.plan_of_maps(builder)
    applying.ask(builder, asked=applying.Asked(read.hash, read.base, motive="essai"), at=clock.now())
    with mock.patch.object(apply, "_copy", stay):
        while worker.run_once(at=clock.now()):
            pass


def stay(*_: Any) -> None:
    print("half", flush=True)  # noqa: T201 - whoever kills this process waits for it
    if connection.vendor == "postgresql":
        connection.cursor().execute("SELECT pg_sleep(60)")
    sys.stdin.read()


def whole() -> None:
    """Do what is due now, then once the lease of a worker is over, and print what came of the plan."""
    states = []
    for wait in (timedelta(), leases.span()):
        while worker.run_once(at=clock.now() + wait):
            pass
        states.append(Job.objects.get(kind=applying.APPLY).state)
    result = Job.objects.get(kind=applying.APPLY).result
    told = {"states": states, "result": result, "version": runtime.newest().version}
    print(json.dumps(told))  # noqa: T201 - the answer of the script


if __name__ == "__main__":
    asked, *numbers = sys.argv[1:]
    scripts: dict[str, Callable[..., None]] = {"build": build, "tell": tell, "half": half, "whole": whole}
    scripts[asked](*map(int, numbers))
