"""The tester of assignments: who would get a record like this, by which rule, and why not the others.

Changes nothing. Also lets managers say who takes how much, and how long a person has to take a record up.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portulan.automation import assignment, patience, react, turns
from portulan.automation.models import Decision, Patience, Seat
from portulan.base import texts
from portulan.base.durations import Duration
from portulan.base.refusals import NotAllowed, NotThere, NotValid, Problem
from portulan.blueprint.schema import Object, Rule
from portulan.blueprint.wording import Wording
from portulan.maps.rules import Assign
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import queries, rows, runtime, values

#: Roles that may say who takes how much.
LEADERS = frozenset({"manager", "direction", "revops"})


def explain(actor: Actor, *, object_name: str, given: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return who would get a record with these values, by which rule; nobody when no rule assigns."""
    rights.require(actor, "create", "record", object_name)
    snapshot = runtime.current()
    kind = snapshot.object(object_name)
    row = snapshot.model(object_name)()
    rows.preview(kind, row, values.coerce(kind, given, writable=frozenset(values.live(kind))))
    for rule in patience.in_force(react.live_rules(snapshot, kind.uid)):
        assigns = [one for one in rule.actions if isinstance(one, Assign)]
        if assigns and react.holds(rule, kind, row, at):
            choice, then = _decided(kind, row, assigns[0], at)
            return {
                **_answer(actor, rule, choice),
                "within": assigns[0].within,
                "then": _persons(actor, then),
            }
    return {
        "rule": None,
        "say": "",
        "role": None,
        "person": None,
        "reason": None,
        "considered": [],
        "within": None,
        "then": [],
    }


def decisions(actor: Actor, *, object_name: str, row_id: int) -> list[dict[str, Any]]:
    """Return who received a record and why, newest first.

    :raises NotThere: when the actor may not see the record.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    subject = rows.subject(runtime.current().object(object_name), row_id)
    found = Decision.objects.filter(subject=subject).order_by("-id")[:50]
    return [
        {
            "at": one.at,
            "role": one.role,
            "person": _named(actor, one.person_id),
            "reason": _reason(actor, one.reason),
            "considered": _considered(actor, one.considered),
        }
        for one in found
    ]


def may_lead(actor: Actor) -> bool:
    """Return whether the actor says who takes how much."""
    return actor.is_admin or bool(actor.roles & LEADERS)


def seat(
    actor: Actor, *, role: str, person: int, weight: float, capacity: int | None, skills: list[str]
) -> None:
    """Say how much of a role a person takes: their share, their limit, what they can do."""
    if not may_lead(actor):
        raise NotAllowed
    if not 0 < weight <= 100:  # noqa: PLR2004 - a share, not a flood
        raise NotValid(Problem("weight", "automation.weight_misfit"))
    told = {"weight": weight, "capacity": capacity, "skills": skills}
    Seat.objects.update_or_create(role=role, person_id=person, defaults=told)


def leave(actor: Actor, *, rule: str, within: Duration | None, at: datetime) -> None:
    """Say how long people have to take up what a rule gives them; None: as long as they like.

    :raises NotAllowed: when the actor leads nobody.
    :raises NotThere: when no rule of that name assigns.
    """
    _require_giving(actor, rule)
    if within is not None and not within.amount:
        raise NotValid(Problem("within", "automation.within_misfit"))
    told = {"within": within and within.model_dump(), "said_at": at, "said_by_id": actor.id}
    Patience.objects.update_or_create(rule=rule, defaults=told)


def leave_as_drawn(actor: Actor, *, rule: str) -> None:
    """Go back to the time that the map gives.

    :raises NotAllowed: when the actor leads nobody.
    """
    _require_giving(actor, rule)
    Patience.objects.filter(rule=rule).delete()


def _require_giving(actor: Actor, rule: str) -> None:
    if not may_lead(actor):
        raise NotAllowed
    live = (one for one in runtime.current().blueprint.rules if one.uid == rule and not one.archived)
    if not any(isinstance(each, Assign) for one in live for each in one.actions):
        raise NotThere


def _decided(kind: Object, row: Any, action: Assign, at: datetime) -> tuple[assignment.Choice, list[int]]:
    """Return who would get a record, and who would in turn if nobody took it up."""
    with transaction.atomic():
        choice = assignment.decide(kind, row, action, at=at)
        if action.within is None or choice.person is None or choice.reason not in turns.ARMED:
            return choice, []
        return choice, assignment.round_of(kind, row, action, at=at, had=[choice.person])[1:]


def _answer(actor: Actor, rule: Rule, choice: assignment.Choice) -> dict[str, Any]:
    return {
        "rule": rule.uid,
        "say": Wording(actor.lang, runtime.current().blueprint).rule(rule),
        "role": choice.role,
        "person": _named(actor, choice.person),
        "reason": _reason(actor, choice.reason),
        "considered": _considered(actor, assignment.considered(choice)),
    }


def _considered(actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**one, "person": _named(actor, one["person"]), "why": _reason(actor, one["why"])} for one in rows
    ]


def _reason(actor: Actor, reason: str) -> str:
    return texts.say(f"automation.chosen_{reason}", actor.lang)


def _persons(actor: Actor, ids: list[int]) -> list[dict[str, Any]]:
    found = people.named(actor, ids=ids)
    return [found[one].shown for one in ids if one in found]


def _named(actor: Actor, person: int | None) -> dict[str, Any] | None:
    found = people.named(actor, ids=[person] if person else []).get(person or 0)
    return found.shown if found else None
