"""From events to runs: which rules an event sets off, calls off or puts back.

Owns the ledger’s first line of every run. Decides and writes, in one transaction with the end of the
event’s stay in the outbox; acts on nothing: `automation.perform` does.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from portulan.automation import promises, rules, seeing, sequences, turns
from portulan.automation.models import Run
from portulan.automation.rules import Happened
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.base.refusals import NotThere
from portulan.blueprint.schema import Object, Rule
from portulan.records import related, runtime
from portulan.records.snapshot import Snapshot


def react(events: Sequence[Any]) -> None:
    """Write what rules will do about some events, oldest first."""
    for event in events:
        for what in seeing.seen(event):
            promises.keep(what, by_person=not event.robot)
            sequences.follow(what)
            _call_off(what)
            _set_off(what)
            turns.follow(what, by=None if event.robot else event.actor_id)


def live_rules(snapshot: Snapshot, uid: str) -> tuple[Rule, ...]:
    """Return the rules on an object, in the order in which they run."""
    return tuple(one for one in snapshot.blueprint.rules if one.object == uid and not one.archived)


def holds(rule: Rule, kind: Object, row: Any, at: datetime) -> bool:
    """Return whether a record meets the condition of a rule now."""
    if rule.condition is None:
        return True
    seen = related.of_row(kind, row, related.needs_of([rule.condition]))
    return met_by(rule.condition, seen, Circumstances(at))


def _call_off(what: Happened) -> None:
    waiting = Run.objects.filter(subject=what.subject, state=Run.State.WAITING, at__lte=what.at)
    known = {one.uid: one for one in live_rules(runtime.current(), what.object)}
    for run in waiting.exclude(event=what.event):
        rule = known.get(run.rule)
        reason = rules.calls_off(rule, what) if rule else "rule_gone"
        if reason is not None:
            end(run, Run.State.CANCELLED, reason, at=what.at)


def end(run: Run, state: str, reason: str = "", *, at: datetime, **more: Any) -> None:
    """Write what became of a run, unless somebody wrote it before."""
    Run.objects.filter(pk=run.pk, state=Run.State.WAITING).update(
        state=state, reason=reason, ended_at=at, **more
    )


def _set_off(what: Happened) -> None:
    snapshot = runtime.current()
    found = [
        rule
        for rule in live_rules(snapshot, what.object)
        if rules.sets_off(rule.trigger, what) or rules.restarts(rule, what)
    ]
    if not found or what.by_plan:
        return
    try:
        kind, row = seeing.row_of(what.subject)
    except NotThere:
        return
    for rule in found:
        if rules.restarts(rule, what):
            _wait_again(rule, snapshot, what, row)
        else:
            _begin(rule, snapshot, what, _skipped(rule, kind, row, what))


def _skipped(rule: Rule, kind: Object, row: Any, what: Happened) -> str:
    if what.depth >= rules.MOST_DEPTH:
        return "depth"
    return "" if holds(rule, kind, row, what.at) else "condition"


def _begin(rule: Rule, snapshot: Snapshot, what: Happened, skipped: str) -> None:
    """Write a run, once per rule and event on a record."""
    state = Run.State.SKIPPED if skipped else Run.State.WAITING
    key = _key(what)
    Run.objects.bulk_create(
        [
            Run(
                rule=rule.uid,
                version=snapshot.version,
                key=key,
                event=UUID(what.event),
                subject=what.subject,
                state=state,
                reason=skipped,
                at=what.at,
                due_at=what.at if skipped else rules.due(rule, what.at),
                ended_at=what.at if skipped else None,
            )
        ],
        ignore_conflicts=True,
    )


def _key(what: Happened) -> str:
    return f"{what.event}@{what.subject}" if what.activity is not None else what.event


def _wait_again(rule: Rule, snapshot: Snapshot, what: Happened, row: Any) -> None:
    """Put off a rule that waits for a date or a silence, or let it wait for the first time."""
    waiting = Run.objects.filter(rule=rule.uid, subject=what.subject, state=Run.State.WAITING)
    moment = rules.next_due(rule, vars(row), what.at)
    key = f"{_key(what)}@{what.subject}"
    if moment is None:
        waiting.update(state=Run.State.CANCELLED, reason="no_date", ended_at=what.at)
    elif not waiting.update(due_at=moment, key=key, event=UUID(what.event), at=what.at):
        made = Run(rule=rule.uid, version=snapshot.version, key=key, event=UUID(what.event), at=what.at)
        made.subject, made.due_at = what.subject, moment
        Run.objects.bulk_create([made], ignore_conflicts=True)


def happened_since(subject: str, events: Iterable[Any]) -> list[Happened]:
    """Return some events as they are seen from one record."""
    return [what for event in events for what in seeing.seen(event) if what.subject == subject]
