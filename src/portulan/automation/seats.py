"""Reads of who may receive what: the seats of the roles that rules assign to, and last month played again.

Playing again changes nothing: it is done in a transaction that is given back. Fairness begins where it stood
a month ago; what was kept by an owner stays theirs; records are seen as they are today. Where a rule leaves a
time to take records up, they go on until somebody acts, at the moment when somebody did.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portulan.automation import assignment, patience, react, seeing, taken, turns
from portulan.automation.models import Absence, Decision, Seat
from portulan.automation.taken import Chain
from portulan.automation.tester import may_lead
from portulan.base import calendar as calendars
from portulan.base.refusals import NotAllowed, NotThere
from portulan.blueprint.schema import Rule
from portulan.blueprint.wording import Wording
from portulan.maps.rules import Assign
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import runtime, sight

PERIOD = timedelta(days=30)
LISTED = 200


def seats(actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Return the people of each role that a rule assigns to, with their share and limits, and these rules."""
    rights.require(actor, "read", "blueprint")
    blueprint = runtime.current().blueprint
    drawn = {rule.uid: one.within for rule, one in _giving(blueprint.rules)}
    giving = list(_giving(patience.in_force(blueprint.rules)))
    wording = Wording(actor.lang, blueprint)
    wanted = {role for _, one in giving for role in (one.role, *(pool.role for pool in one.pools))}
    labels = {role.uid: role.label.say(actor.lang) for role in blueprint.roles if not role.archived}
    everybody = people.directory(actor)
    known = {(one.role, one.person_id): one for one in Seat.objects.filter(role__in=wanted)}
    away = {one.person_id: one for one in Absence.objects.filter(begins_at__lte=at, ends_at__gt=at)}
    return {
        "may_edit": may_lead(actor),
        "rules": [
            {
                "uid": rule.uid,
                "say": wording.rule(rule),
                "object": _name(rule),
                "within": one.within,
                "drawn": drawn[rule.uid],
            }
            for rule, one in giving
        ],
        "roles": [
            {
                "uid": role,
                "label": labels.get(role, role),
                "seats": [
                    _seat(one, known.get((role, one.id)), away.get(one.id))
                    for one in everybody
                    if role in one.roles
                ],
            }
            for role in sorted(wanted)
        ],
    }


def replay(actor: Actor, *, uid: str, at: datetime) -> dict[str, Any]:
    """Return who would have received last month’s records by a rule as it is now, beside who did.

    :raises NotAllowed: when the actor leads nobody.
    :raises NotThere: when no rule of that name assigns.
    """
    if not may_lead(actor):
        raise NotAllowed
    rules = patience.in_force(rule for rule in runtime.current().blueprint.rules if rule.uid == uid)
    rule, action = next(_giving(rules), (None, None))
    if rule is None or action is None:
        raise NotThere
    past = Decision.objects.filter(subject__startswith=f"{rule.object}:", at__gte=at - PERIOD)
    decisions = list(past.order_by("at", "id"))
    chains = taken.chains(decisions)
    with transaction.atomic():
        _rewind(decisions)
        chosen = [_again(rule, action, one, until=at) for one in chains]
        transaction.set_rollback(True)
    played = [(was, *now) for was, now in zip(chains, chosen, strict=True) if now is not None]
    differ = [(was, now) for was, now, _ in played if was.last.person_id != now.person]
    return {
        "since": at - PERIOD,
        "total": len(played),
        "different": len(differ),
        "passed": sum(went_on for _, _, went_on in played),
        "rows": _told(actor, rule, differ[-LISTED:]),
    }


def _giving(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Assign]]:
    """Yield the live rules that assign, each with how."""
    for rule in rules:
        assigns = [one for one in rule.actions if isinstance(one, Assign)]
        if assigns and not rule.archived:
            yield rule, assigns[0]


def _name(rule: Rule) -> str:
    return seeing.get_object(rule.object).name


def _seat(person: Any, seat: Seat | None, absence: Absence | None) -> dict[str, Any]:
    return {
        "person": person.shown,
        "territory": person.territory,
        "weight": seat.weight if seat else 1.0,
        "capacity": seat.capacity if seat else None,
        "skills": seat.skills if seat else [],
        "assigned": round(seat.assigned, 1) if seat else 0.0,
        "away_until": absence.ends_at if absence else None,
    }


def _rewind(decisions: Iterable[Decision]) -> None:
    """Take fairness back to before these decisions."""
    counted = Counter((one.role, one.person_id) for one in decisions if one.reason in assignment.COUNTED)
    for seat in Seat.objects.all():
        seat.assigned = max(0.0, seat.assigned - counted[seat.role, seat.person_id])
        seat.last_at = None
        seat.save(update_fields=["assigned", "last_at"])


def _again(
    rule: Rule, action: Assign, was: Chain, *, until: datetime
) -> tuple[assignment.Choice, bool] | None:
    """Return who would have had a record in the end, and whether it would have gone on to them."""
    at = was.first.at
    try:
        kind, row = seeing.row_of(was.first.subject)
    except NotThere:
        return None
    if was.first.reason == "next":
        row.owner_id = None
    if not react.holds(rule, kind, row, at):
        return None
    choice = assignment.choose(kind, row, action, at=at)
    had: list[int] = []
    while choice.person is not None and choice.reason in turns.ARMED and action.within is not None:
        had.append(choice.person)
        at = calendars.DEFAULT.add(at, action.within)
        if at > min(was.acted_at or until, until):
            break
        following = assignment.choose(kind, row, action, at=at, had=had)
        if following.person is None:
            break
        choice = following
    return choice, choice.reason in assignment.PASSED


def _told(
    actor: Actor, rule: Rule, differ: Iterable[tuple[Chain, assignment.Choice]]
) -> list[dict[str, Any]]:
    rows = [(int(was.last.subject.partition(":")[2]), was.last, now) for was, now in differ]
    kind = seeing.get_object(rule.object)
    found = runtime.current().model(kind.name).objects.filter(pk__in=[row_id for row_id, _, _ in rows])
    titles = dict(rights.visible(actor, "read", "record", found).values_list("pk", sight.title(kind)))
    ids = {one for _, was, now in rows for one in (was.person_id, now.person) if one}
    names = {one: person.name for one, person in people.named(actors.system(), ids=ids).items()}
    return [
        {
            "object": kind.name,
            "row_id": row_id,
            "title": titles[row_id],
            "at": was.at,
            "was": names.get(was.person_id or 0),
            "now": names.get(now.person or 0),
        }
        for row_id, was, now in reversed(rows)
        if row_id in titles
    ]
