"""Whose turn it is to take a record up: armed with the assignment, called off by any act of who received it.

Owns the turns. One waits a record; when its time is over, the record goes to the next of the same pools,
never back, then to where the round ends, and stays there. That is one transaction: it happens once, whatever
the number of workers.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portulan.automation import assignment, notices, patience, seeing
from portulan.automation.acting import Acting
from portulan.automation.claims import again, unheld
from portulan.automation.happenings import AssignmentPassed, AssignmentTaken
from portulan.automation.models import Turn
from portulan.automation.rules import Happened
from portulan.base import calendar as calendars
from portulan.base.durations import Duration
from portulan.base.refusals import NotAllowed, NotNow, NotThere, Refusal
from portulan.blueprint.schema import Object, Rule
from portulan.events import log
from portulan.events import queries as events
from portulan.maps.rules import Assign
from portulan.people import actor as actors
from portulan.people.actor import Actor
from portulan.records import operations, queries, rows, runtime, sight, values

#: Who is given a record by these has a time to take it up; who held it before has it in charge already.
ARMED = frozenset({"next", "account_owner", "passed"})
_BACKOFF = timedelta(seconds=10)


class NoTurn(NotNow):
    """Nobody is waited for: the record was taken up, or went on."""

    code = "automation.no_turn"


def arm(acting: Acting, choice: assignment.Choice) -> None:
    """Begin the time that who received a record by a rule has to take it up, if the rule gives one."""
    (rule,) = patience.in_force([acting.rule])
    within = _action(rule).within
    if within is None or choice.person is None or choice.reason not in ARMED:
        return
    waiting(acting.subject).update(state=Turn.State.ENDED, reason="reassigned", ended_at=acting.at)
    _begin(acting.subject, rule.uid, [choice.person], within, acting.at)
    title = _title(acting.kind, acting.row)
    facts = {"record": title, "span": within}
    notices.tell([choice.person], "automation.notice_your_turn", facts, subject=acting.subject, at=acting.at)


def take(actor: Actor, *, object_name: str, row_id: int, at: datetime) -> None:
    """Say that the actor takes up the record that they received.

    :raises NoTurn: when nobody is waited for.
    :raises NotAllowed: when somebody else is.
    """
    queries.require_seen(actor, object_name=object_name, row_id=row_id)
    subject = rows.subject(runtime.current().object(object_name), row_id)
    with transaction.atomic():
        turn = waiting(subject).first()
        if turn is None:
            raise NoTurn
        if turn.person_id != actor.id or actor.seen_by:
            raise NotAllowed
        if not _end(turn, Turn.State.TAKEN, "said", at):
            raise NoTurn
        log.append(AssignmentTaken(), actor=actor, subject=subject, at=at)


def waiting(subject: str) -> Any:
    """Return the turn of a record that waits, as a query."""
    return Turn.objects.filter(subject=subject, state=Turn.State.WAITING)


def follow(what: Happened, *, by: int | None) -> None:
    """Call a turn off when who received the record acts, or when the record goes elsewhere."""
    own = what.activity is None
    moves = own and ("owner" in what.changes or what.kind == "record.deleted")
    if by is None and not moves:
        return
    for turn in waiting(what.subject).filter(at__lte=what.at):
        found = _called_off(turn, what.kind, what.changes if own else {}, by)
        if found is not None:
            _end(turn, *found, what.at)


def due_turns(at: datetime, *, off: Collection[str]) -> Any:
    """Return the turns that are over; those of a rule that is off wait."""
    return Turn.objects.filter(state=Turn.State.WAITING, due_at__lte=at).exclude(rule__in=off)


def claim(at: datetime, *, off: Collection[str]) -> Turn | None:
    """Return the first turn that is over and that no worker holds, held until the end of the transaction."""
    found: Turn | None = unheld(due_turns(at, off=off).order_by("due_at", "id")).first()
    return found


def put_off(turn: Turn, at: datetime) -> None:
    """Look at a turn again later, after a failure."""
    later = again(at, first=_BACKOFF, attempts=turn.attempts)
    Turn.objects.filter(pk=turn.pk, state=Turn.State.WAITING).update(attempts=turn.attempts + 1, due_at=later)


def pass_on(turn: Turn, *, at: datetime) -> None:
    """Give the record of a turn that is over to the next one, unless its reason has gone."""
    live = (one for one in runtime.current().blueprint.rules if one.uid == turn.rule and not one.archived)
    rule = next(live, None)
    action = next((one for one in rule.actions if isinstance(one, Assign)), None) if rule else None
    try:
        kind, row = seeing.row_of(turn.subject)
    except NotThere:
        _end(turn, Turn.State.ENDED, "deleted", at)
        return
    gone = _gone(turn, kind, row) if action is not None else (Turn.State.ENDED, "rule_gone")
    if gone is not None or action is None:
        _end(turn, *(gone or (Turn.State.ENDED, "rule_gone")), at)
    else:
        _go_on(turn, kind, row, action, at)


def _go_on(turn: Turn, kind: Object, row: Any, action: Assign, at: datetime) -> None:
    before, within = turn.had[-1], Duration.model_validate(turn.within)
    try:
        with transaction.atomic():
            choice = assignment.choose(kind, row, action, at=at, had=turn.had)
            if choice.person is not None:
                _hand(turn, kind, row, choice, at)
    except Refusal as refusal:
        _end(turn, Turn.State.ENDED, "refused", at)
        facts = {"record": _title(kind, row), "why": notices.why(refusal)}
        notices.to_administrators("automation.notice_not_passed", facts, subject=turn.subject, at=at)
        return
    facts = {"record": _title(kind, row), "span": within}
    if choice.person is None:
        _end(turn, Turn.State.ENDED, "nobody", at)
        notices.to_administrators("automation.notice_untaken", facts, subject=turn.subject, at=at)
        notices.tell([before], "automation.notice_untaken", facts, subject=turn.subject, at=at)
        return
    if choice.reason in ARMED:
        _begin(turn.subject, turn.rule, [*turn.had, choice.person], within, at)
    notices.tell([before], "automation.notice_turn_lost", facts, subject=turn.subject, at=at)
    code = "automation.notice_your_turn" if choice.reason in ARMED else "automation.notice_last_turn"
    notices.tell([choice.person], code, facts, subject=turn.subject, at=at)


def _hand(turn: Turn, kind: Object, row: Any, choice: assignment.Choice, at: datetime) -> None:
    """Write that the record goes on, then its owner, because of it."""
    system = actors.system("automation")
    _end(turn, Turn.State.PASSED, choice.reason, at)
    what = AssignmentPassed(turn.had[-1], choice.person or 0, choice.reason)
    event = log.append(what, actor=system, subject=turn.subject, at=at)
    with log.because(event):
        operations.update(
            system,
            object_name=kind.name,
            row_id=row.pk,
            version=row.version,
            given={"owner": choice.person},
            at=at,
        )


def _gone(turn: Turn, kind: Object, row: Any) -> tuple[str, str] | None:
    """Return why a turn that is over has lost its reason: what happened that nobody has looked at yet."""
    if row.owner_id != turn.person_id:
        return Turn.State.ENDED, "reassigned"
    if "closed_at" in values.live(kind) and row.closed_at:
        return Turn.State.ENDED, "closed"
    acts = events.acts_of(turn.person_id, subjects=seeing.about([turn.subject], since=turn.at), since=turn.pk)
    return (Turn.State.TAKEN, "acted") if acts else None


def _called_off(turn: Turn, kind: str, changes: Any, by: int | None) -> tuple[str, str] | None:
    if kind == "record.deleted":
        return Turn.State.ENDED, "deleted"
    if by == turn.person_id:
        return Turn.State.TAKEN, "acted"
    _, owner = changes.get("owner", (None, turn.person_id))
    return (Turn.State.ENDED, "reassigned") if owner != turn.person_id else None


def _begin(subject: str, rule: str, had: list[int], within: Duration, at: datetime) -> None:
    Turn.objects.create(
        subject=subject,
        rule=rule,
        person_id=had[-1],
        had=had,
        within=within.model_dump(),
        at=at,
        due_at=calendars.DEFAULT.add(at, within),
    )


def _end(turn: Turn, state: str, reason: str, at: datetime) -> bool:
    """Write what became of a turn, unless somebody wrote it before; return whether it was written now."""
    mine = Turn.objects.filter(pk=turn.pk, state=Turn.State.WAITING)
    return bool(mine.update(state=state, reason=reason, ended_at=at))


def _action(rule: Rule) -> Assign:
    return next(one for one in rule.actions if isinstance(one, Assign))


def _title(kind: Object, row: Any) -> str:
    return str(getattr(row, sight.title(kind), "") or "")
