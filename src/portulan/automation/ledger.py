"""Reads of what ran by itself: the rules with their balance, and what they did to one record.

Minutes saved are what the work would take by hand, a default stated here; acted on are the tasks of a rule
that people did.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from portulan.automation import patience, switches
from portulan.automation.models import Run, Switch
from portulan.automation.outbox import ACTIVITY
from portulan.base import texts
from portulan.blueprint.schema import Rule
from portulan.blueprint.wording import Wording
from portulan.maps import queries as maps
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import queries, rows, runtime

#: What an action would take a person, in minutes.
MINUTES: Mapping[str, int] = {
    "create_task": 2, "create_record": 4, "update_record": 1, "assign": 3, "notify": 2, "move": 1,
    "ask_approval": 5, "send_mail": 4, "call_webhook": 2, "escalate": 2, "mark_signal": 1,
    "start_sequence": 2, "stop_sequence": 1,
}  # fmt: skip
PERIOD = timedelta(days=90)
#: A rule whose tasks people do less often than this share is proposed for removal, from so many on.
LEAST_USEFUL, ENOUGH = 0.2, 20
_OLD = timedelta(days=30)


def rules(actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Return the rules in their order of execution, each as a sentence with its switch and its balance."""
    rights.require(actor, "read", "blueprint")
    blueprint = runtime.current().blueprint
    off = {one.rule: one for one in Switch.objects.select_related("off_by")}
    live = patience.in_force(one for one in blueprint.rules if not one.archived)
    balances = _balances(live, at)
    wording, drawn = Wording(actor.lang, blueprint), maps.titles(actor)
    return {
        "held": _off(off.get(switches.ALL)),
        "may_switch": rights.allows(actor, "apply", "blueprint"),
        "rules": [
            {
                "uid": one.uid,
                "label": one.label.model_dump(),
                "say": wording.rule(one),
                "object": one.object,
                "origin": _origin(one, drawn),
                "off": _off(off.get(one.uid)),
                "balance": balances[one.uid],
            }
            for one in live
        ],
    }


def of_record(actor: Actor, *, object_name: str, row_id: int, limit: int = 50) -> list[dict[str, Any]]:
    """Return what rules did, will do or left alone on a record, newest first.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    blueprint = runtime.current().blueprint
    subject = rows.subject(runtime.current().object(object_name), row_id)
    known = {one.uid: one for one in blueprint.rules}
    wording = Wording(actor.lang, blueprint)
    runs = Run.objects.filter(subject=subject).order_by("-id")[:limit]
    return [_run(one, known.get(one.rule), wording) for one in runs]


def _run(run: Run, rule: Rule | None, wording: Wording) -> dict[str, Any]:
    lang = wording.lang
    return {
        "id": run.pk,
        "rule": run.rule,
        "version": run.version,
        "label": rule.label.say(lang) if rule else run.rule,
        "say": wording.rule(rule) if rule else "",
        "state": run.state,
        "why": texts.say(f"automation.reason_{run.reason}", lang) if run.reason else None,
        "says": run.says.get(lang, []),
        "attempts": run.attempts,
        "at": run.at,
        "due_at": run.due_at,
        "ended_at": run.ended_at,
        "did": run.did,
    }


def _origin(rule: Rule, drawn: Mapping[str, tuple[str, str]]) -> dict[str, str] | None:
    """Return the element of the map that the rule is drawn on, while the map is there."""
    known = drawn.get(rule.origin.map) if rule.origin else None
    if rule.origin is None or known is None:
        return None
    return {"map_id": known[0], "map": known[1], "element": rule.origin.element}


def _off(switch: Switch | None) -> dict[str, Any] | None:
    if switch is None:
        return None
    by = switch.off_by.name if switch.off_by else None
    return {"at": switch.off_at, "by": by, "reason": switch.reason}


def _balances(live: Iterable[Rule], at: datetime) -> dict[str, dict[str, Any]]:
    since = at - PERIOD
    states: dict[str, Counter[str]] = {one.uid: Counter() for one in live}
    tasks: dict[str, dict[int, datetime]] = {one.uid: {} for one in live}
    minutes: Counter[str] = Counter()
    for rule, state, did, ended_at in Run.objects.filter(at__gte=since, rule__in=list(states)).values_list(
        "rule", "state", "did", "ended_at"
    ):
        states[rule][state] += 1
        minutes[rule] += sum(MINUTES.get(one["do"], 0) for one in did)
        tasks[rule] |= dict.fromkeys(_tasks(did), ended_at or at)
    done = _done({row_id for many in tasks.values() for row_id in many})
    return {uid: _balance(states[uid], tasks[uid], done, minutes[uid], at) for uid in states}


def _balance(
    states: Counter[str], tasks: Mapping[int, datetime], done: set[int], minutes: int, at: datetime
) -> dict[str, Any]:
    old = [row_id for row_id, made_at in tasks.items() if made_at <= at - _OLD]
    useful = sum(row_id in done for row_id in old)
    return {
        **{state: states[state] for state in Run.State.values},
        "tasks": len(tasks),
        "acted_on": sum(row_id in done for row_id in tasks),
        "minutes_saved": minutes,
        "proposed_for_removal": len(old) >= ENOUGH and useful < LEAST_USEFUL * len(old),
    }


def _tasks(did: Iterable[Mapping[str, Any]]) -> list[int]:
    made = (one["subject"].partition(":") for one in did if one["do"] == "create_task")
    return [int(row_id) for _, _, row_id in made]


def _done(ids: set[int]) -> set[int]:
    kind = runtime.find_object(ACTIVITY)
    if kind is None or not ids:
        return set()
    done = runtime.current().model(kind.name).objects.filter(done_at__isnull=False, pk__in=ids)
    return set(done.values_list("pk", flat=True))
