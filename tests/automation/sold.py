"""Run as a script on a database of its own: deals that rules follow, and what became of them."""

import json
import sys
from collections import Counter

import django

django.setup()

import make  # noqa: E402 - Django starts first
from portulan.automation.models import Notice, Run  # noqa: E402
from portulan.blueprint import base_model  # noqa: E402
from portulan.blueprint.compile import compile_maps  # noqa: E402
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


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(int(sys.argv[2]))
    else:
        tell()
