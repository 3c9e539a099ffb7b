"""Decisions about a deviation: accept it with a motive, give it to somebody, propose it to the target map.

Whoever may draw the map decides. Refuses a deviation that the log does not show, an acceptance without a
motive, a day that is past, and to propose where no map says how it should be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_date
from django.db import transaction

from portulan.automation import notices
from portulan.automation import operations as queue
from portulan.automation.jobs import JobContext
from portulan.base import calendar as calendars
from portulan.base import texts
from portulan.base.refusals import NotNow, NotThere, NotValid, Problem
from portulan.events import log as events
from portulan.maps import proposals, rows
from portulan.maps import queries as maps
from portulan.maps.layout import Layout
from portulan.maps.proposals import Sketch
from portulan.mining import adopt as drawing
from portulan.mining import happenings, overlays
from portulan.mining.conformance import DeviationAnswer
from portulan.mining.models import DeviationDecision
from portulan.pages import operations as pages
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor

REMIND = "deviation.remind"
LONGEST_MOTIVE = 300
#: When, on its day, the owner of a deviation is reminded.
_MORNING = time(8)


class DecisionNotValid(NotValid):
    """The decision cannot be kept so."""

    code = "mining.decision_not_valid"


class NoTarget(NotNow):
    """No map says how the process should be."""

    code = "mining.adopt_nowhere"


@dataclass(frozen=True)
class About:
    """A deviation by its name, on a map, as a log shows it through some filters."""

    map_id: UUID
    key: str
    log: str
    filters: str = ""


@dataclass(frozen=True)
class Proposed:
    """A proposal that was made: the map it is made to, the thread it is discussed in."""

    map_id: UUID
    thread: UUID


def accept(actor: Actor, *, about: About, motive: str, at: datetime) -> None:
    """Accept a deviation of a map: it leaves the count until it is withdrawn.

    :raises DecisionNotValid: when there is no motive, or one that is too long.
    :raises NotThere: when the log does not show the deviation.
    """
    rights.require(actor, "update", "map")
    why = " ".join(motive.replace("\0", "").split())
    if not 0 < len(why) <= LONGEST_MOTIVE:
        raise DecisionNotValid(Problem("motive", "mining.decision_motive", {"most": LONGEST_MOTIVE}))
    _shown(actor, about, at)
    with transaction.atomic():
        _keep(about.map_id, about.key, motive=why, accepted_at=at, accepted_by_id=actor.id)
        what = happenings.DeviationAccepted(about.key, why)
        events.append(what, actor=actor, subject=f"map:{about.map_id}", at=at)


def withdraw(actor: Actor, *, map_id: UUID, key: str, at: datetime) -> None:
    """Accept a deviation no more: it counts again.

    :raises NotThere: when it is not accepted.
    """
    rights.require(actor, "update", "map")
    with transaction.atomic():
        row = _row(map_id, key)
        if row.accepted_at is None:
            raise NotThere
        _keep(map_id, key, motive="", accepted_at=None, accepted_by_id=None)
        what = happenings.DeviationWithdrawn(key)
        events.append(what, actor=actor, subject=f"map:{map_id}", at=at)


def assign(actor: Actor, *, about: About, person: int | None, due_on: date | None, at: datetime) -> None:
    """Give a deviation to somebody, with a day where one is set, or take it back; they are told.

    :raises DecisionNotValid: when there is no such person at work, or the day is past.
    :raises NotThere: when the log does not show the deviation.
    """
    rights.require(actor, "update", "map")
    working = {one.id for one in people.directory(actor)}
    problems = [Problem("person", "mining.decision_person")] if person not in {*working, None} else []
    if due_on is not None and due_on < at.astimezone(calendars.DEFAULT.tz).date():
        problems.append(Problem("due_on", "mining.decision_past"))
    if problems:
        raise DecisionNotValid(*problems)
    shown = _shown(actor, about, at)
    due = due_on if person is not None else None
    with transaction.atomic():
        label = shown.source_label[:200]
        row = _keep(about.map_id, about.key, owner_id=person, due_on=due, label=label)
        what = happenings.DeviationAssigned(about.key, person, due.isoformat() if due else "")
        events.append(what, actor=actor, subject=f"map:{about.map_id}", at=at)
        if person is not None:
            if person != actor.id:
                _tell(row, "given", at, name=actor.name)
            if due is not None:
                _plan(row, at)


def adopt(actor: Actor, *, about: About, at: datetime) -> Proposed:
    """Propose what practice shows to the map as it should be, and return the proposal.

    :raises NoTarget: when the process has no such map.
    :raises DrawnAlready: when that map draws it.
    :raises NotOnTarget: when that map has not the steps it lies between.
    :raises NotThere: when the log does not show the deviation.
    """
    rights.require(actor, "update", "map")
    shown = _shown(actor, about, at)
    held = overlays.held(actor, map_id=about.map_id, log=about.log, filters=about.filters, at=at)
    target = maps.find_map_of(actor, uid=held.drawn.uid, state="to_be")
    if target is None:
        raise NoTarget(title=held.drawn.title)
    base = maps.get_map(actor, id=target).map
    practice = drawing.practice(held.study, held.projection, held.places, about.key)
    drawn = drawing.adopt(base, practice, frozenset(rows.step_ids()))
    why = texts.say("mining.adopt_why", actor.lang, what=shown.sentence, cost=shown.cost)
    with transaction.atomic():
        sketch = Sketch(base, drawn, Layout())
        thread = proposals.propose(actor, id=target, sketch=sketch, why=why, at=at)
        _keep(about.map_id, about.key, proposal=thread)
        what = happenings.DeviationProposed(about.key, str(target), str(thread))
        events.append(what, actor=actor, subject=f"map:{about.map_id}", at=at)
    return Proposed(target, thread)


def take_back(actor: Actor, *, map_id: UUID, key: str, at: datetime) -> None:
    """Take back what was proposed of a deviation, while it is open.

    :raises NotThere: when nothing was proposed.
    :raises ThreadClosedAlready: when the proposal was answered.
    """
    rights.require(actor, "update", "map")
    with transaction.atomic():
        row = _row(map_id, key)
        if row.proposal is None:
            raise NotThere
        reason = texts.say("mining.adopt_back", actor.lang)
        pages.close(actor, id=row.proposal, reason=reason, at=at)
        _keep(map_id, key, proposal=None)


def remind(job: JobContext) -> dict[str, Any]:
    """Remind the owner of a deviation on its day, unless it was settled or given to somebody else."""
    due = date.fromisoformat(job.payload["due_on"])
    waiting = DeviationDecision.objects.filter(accepted_at=None, proposal=None, map__archived_at=None)
    kept = waiting.filter(pk=job.payload["decision"], owner=job.payload["person"], due_on=due).first()
    if kept is None:
        return {"told": 0}
    _tell(kept, "due", _morning(due))
    return {"told": 1}


def _shown(actor: Actor, about: About, at: datetime) -> DeviationAnswer:
    """Return the deviation as the log shows it."""
    answer = overlays.conformance(actor, map_id=about.map_id, log=about.log, filters=about.filters, at=at)
    for one in (*answer.deviations, *answer.accepted):
        if one.key == about.key:
            return one
    raise NotThere


def _row(map_id: UUID, key: str) -> DeviationDecision:
    row = DeviationDecision.objects.select_for_update().filter(map=map_id, key=key).first()
    if row is None:
        raise NotThere
    return row


def _keep(map_id: UUID, key: str, **what: Any) -> DeviationDecision:
    row, _ = DeviationDecision.objects.update_or_create(map_id=map_id, key=key, defaults=what)
    return row


def _tell(row: DeviationDecision, how: str, at: datetime, **facts: str) -> None:
    """Tell the owner of a deviation, in their language; the notice opens the map at its step."""
    owner = people.get_actor(actors.system(), id=row.owner_id or 0)
    drawn = maps.get_map(actors.system(), id=row.map_id).map
    labels = {step.id: step.label for step in drawn.steps}
    kind, _, rest = row.key.partition(":")
    source, _, target = rest.partition(">")
    ends = {"source": row.label, "target": labels.get(target, target)}
    facts |= {"map": drawn.title, "what": texts.say(f"mining.deviation_named_{kind}", owner.lang, **ends)}
    facts |= _day(row.due_on, owner.lang)
    element = f"#{source}" if source in labels else ""
    code = f"mining.deviation_{how}{'_by' if how == 'given' and row.due_on else ''}"
    notices.tell([owner.id or 0], code, facts, subject=f"map:{row.map_id}{element}", at=at)


def _day(due_on: date | None, lang: str) -> Mapping[str, str]:
    return {"due": format_date(due_on, format="long", locale=lang)} if due_on else {}


def _plan(row: DeviationDecision, at: datetime) -> None:
    due = row.due_on
    if due is not None:
        payload = {"decision": str(row.pk), "person": row.owner_id, "due_on": due.isoformat()}
        wait = max(_morning(due) - at, timedelta())
        queue.enqueue(
            actors.system(),
            kind=REMIND,
            payload=payload,
            dedup_key=f"{REMIND}:{row.pk}:{row.owner_id}:{due.isoformat()}",
            at=at,
            wait=wait,
        )


def _morning(day: date) -> datetime:
    return datetime.combine(day, _MORNING, calendars.DEFAULT.tz)
