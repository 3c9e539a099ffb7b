"""Workers that die at every statement in turn, and work of each kind that must be done once all the same.

A worker that is killed leaves what its database keeps: what was committed. Here it dies just before a
statement, with what no code catches; its open transaction is rolled back, as the database would.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.db import connection

import make
from portulan.automation import outbox, perform, worker
from portulan.automation.models import Mail, Notice, Request, Run
from portulan.base.durations import Duration
from portulan.base.value import Words
from portulan.blueprint import base_model
from portulan.blueprint.compile import compile_maps
from portulan.blueprint.schema import Promise
from portulan.maps import starters
from portulan.people import actor as actors
from portulan.records import apply, operations, plan, runtime

CREATED = {"on": "created"}
TWO_DAYS = {"amount": 2, "unit": "working_days"}
SEQUENCE = [
    {"wait": {"amount": 0}, "action": {"do": "send_mail", "title": "{{name}}", "body": "Bonjour"}},
    {"wait": TWO_DAYS, "action": {"do": "create_task", "label": "Appeler"}},
    {"wait": TWO_DAYS, "action": {"do": "create_task", "label": "Clore"}},
]
ASKING = {"do": "ask_approval", "role": "manager", "text": "Prix", "remind_after": TWO_DAYS}
RULES = (
    make.rule("now", CREATED, {"do": "create_task", "label": "Relancer"}),
    make.rule("later", CREATED, {"do": "create_task", "label": "Rappeler"}, wait=TWO_DAYS),
    make.rule("follow", CREATED, {"do": "start_sequence", "name": "Relance", "steps": SEQUENCE}),
    make.rule("agree", CREATED, ASKING),
)
PROMISE = Promise(
    uid="soon",
    label=Words(fr="Vite"),
    object="opportunity",
    pipeline="vente",
    measure="resolution",
    target=Duration(amount=3, unit="working_days"),
    starts="prospection",
    stops=("gagne",),
    escalate=("manager",),
)
#: What must have happened to each deal in the end: four rules and three steps are seven runs.
ONCE = {
    "fired": 7,
    "Relancer": 1,
    "Rappeler": 1,
    "Appeler": 1,
    "Clore": 1,
    "mail": 1,
    "reminded": 3,
    "automation.notice_approval": 1,
    "automation.notice_approval_waits": 5,
    "automation.notice_at_risk": 1,
    "automation.notice_broken": 2,
}
SPAN = timedelta(days=30)


class Killed(BaseException):
    """The worker is no more."""


@contextmanager
def dying(after: int) -> Iterator[None]:
    """Kill whoever works here before the statement that comes after so many."""
    left = after

    def count(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        nonlocal left
        if left == 0:
            left = -1
            raise Killed
        left -= left > 0
        return execute(sql, *more)

    with connection.execute_wrapper(count):
        yield


def build(deals: int) -> None:
    """Put the rules into force, and create deals that they follow, held by somebody with a manager."""
    held = compile_maps([starters.starter("vente")], base_model.load())
    wanted = held.model_copy(update={"rules": RULES, "promises": (PROMISE,)})
    apply.apply(actors.system(), planned=plan.plan(actors.system(), runtime.newest(), wanted), at=make.AT)
    make.person("alix.morel@nordet.example", role="manager", team="Ventes")
    owner = make.person(role="sales", team="Ventes")
    with runtime.pinned(runtime.newest()):
        client = created("contact", name="Durieux", email="k.durieux@acme.example")
        for n in range(deals):
            created("opportunity", name=f"Affaire {n}", contact=client, owner=owner)


def created(object_name: str, **given: Any) -> int:
    return operations.create(actors.system(), object_name=object_name, given=given, at=make.AT)


def live_and_die() -> int:
    """Do everything that is due in a month, each worker dying one statement later than the one before it.

    Return how many died. At each moment the first one dies at once: whatever is done then, somebody died at
    each of its statements. Transactions are kept short, for a worker must once outlive each of them.
    """
    deaths, end = 0, make.AT + SPAN
    moment: datetime | None = make.AT
    with mock.patch.object(perform, "BATCH", 2), mock.patch.object(outbox, "BATCH", 2):
        while moment is not None:
            deaths += _settle(moment)
            moment = worker.next_moment(end)
    return deaths


def _settle(at: datetime) -> int:
    lives = 0
    while True:
        try:
            with dying(lives):
                worker.settle(at=at)
        except Killed:
            lives += 1
        else:
            return lives


def became() -> Counter[tuple[str, str]]:
    """Return how often each thing happened to each deal."""
    found: Counter[tuple[str, str]] = Counter()
    with runtime.pinned(runtime.newest()) as snapshot:
        tasks = snapshot.model("activity").objects.filter(kind="task")
        found.update((f"opportunity:{deal}", name) for deal, name in tasks.values_list("opportunity", "name"))
    found.update(Run.objects.values_list("subject", "state"))
    found.update((subject, "mail") for subject in Mail.objects.values_list("subject", flat=True))
    found.update(Notice.objects.values_list("subject", "code"))
    for subject, n in Request.objects.values_list("subject", "reminded"):
        found[subject, "reminded"] += n
    return found


def wanted(deals: int) -> dict[tuple[str, str], int]:
    """Return what must have happened."""
    return {(f"opportunity:{n}", what): times for n in range(1, deals + 1) for what, times in ONCE.items()}
