"""Due runs at work: claimed, checked again, done, and written in the ledger, all in one transaction.

A worker killed in the middle leaves no trace, and its runs are still there for the next one. Runs on one
record are done in their order, whatever the number of workers. What a gate or a check refuses is written
and not tried again.
"""

from collections.abc import Container
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portulan.automation import notices, react, rules, seeing
from portulan.automation.acting import Acting, NobodyThere
from portulan.automation.actions import ACTIONS
from portulan.automation.claims import unheld
from portulan.automation.models import Run, Switch
from portulan.base import texts
from portulan.base.refusals import NotThere, Refusal
from portulan.base.value import Words
from portulan.blueprint.schema import Object, Rule
from portulan.events import log
from portulan.events import queries as events
from portulan.maps.rules import Inactive
from portulan.people import actor as actors
from portulan.records import happenings, runtime
from portulan.records.operations import GateClosed

MOST_ATTEMPTS = 5
#: Runs done in one transaction; what one of them does is kept or lost by itself.
BATCH = 20
#: Failed runs in a row after which a rule is switched off.
MOST_FAILURES = 3
BACKOFF = timedelta(seconds=10)


def switched_off() -> frozenset[str]:
    """Return the rules that are off, `*` when everything is held."""
    return frozenset(Switch.objects.values_list("rule", flat=True))


def due_runs(at: datetime) -> Any:
    """Return the runs that are due."""
    return Run.objects.filter(state=Run.State.WAITING, due_at__lte=at)


def claim(at: datetime) -> list[Run]:
    """Return the first due runs that no worker holds, one a record, held until the end of the transaction."""
    first = due_runs(at).order_by("due_at", "id")
    first = unheld(first)
    held = list(first[:BATCH])
    waiting = due_runs(at).filter(subject__in={one.subject for one in held}).order_by("-due_at", "-id")
    earliest = dict(waiting.values_list("subject", "id"))
    return [one for one in held if earliest.get(one.subject) == one.pk]


def perform(run: Run, *, off: Container[str], at: datetime) -> None:
    """Do what a run is for, unless its reason has gone, and write what became of it."""
    snapshot = runtime.current()
    rule = next((one for one in snapshot.blueprint.rules if one.uid == run.rule and not one.archived), None)
    if rule is None:
        react.end(run, Run.State.CANCELLED, "rule_gone", at=at)
    elif rule.uid in off:
        react.end(run, Run.State.SKIPPED, "off", at=at)
    else:
        try:
            kind, row = seeing.row_of(run.subject)
        except NotThere:
            react.end(run, Run.State.CANCELLED, "deleted", at=at)
        else:
            _check_then_act(run, rule, kind, row, at)


def fail(run: Run, error: str, *, at: datetime) -> None:
    """Try a run again later, or give it up with a notice; a rule that keeps failing is switched off."""
    attempts = run.attempts + 1
    waiting = Run.objects.filter(pk=run.pk, state=Run.State.WAITING)
    if attempts < MOST_ATTEMPTS:
        waiting.update(attempts=attempts, error=error, due_at=at + BACKOFF * 4**attempts)
        return
    with transaction.atomic():
        waiting.update(attempts=attempts, error=error, state=Run.State.FAILED, ended_at=at)
        notices.to_administrators("automation.notice_failed", _names(run), subject=run.subject, at=at)
        ended = Run.objects.filter(rule=run.rule, state__in=[Run.State.FIRED, Run.State.FAILED])
        last = list(ended.order_by("-ended_at").values_list("state", flat=True)[:MOST_FAILURES])
        if last == [Run.State.FAILED] * MOST_FAILURES:
            Switch.objects.get_or_create(rule=run.rule, defaults={"off_at": at, "reason": "failures"})
            notices.to_administrators("automation.notice_off", _names(run), at=at)


def _check_then_act(run: Run, rule: Rule, kind: Object, row: Any, at: datetime) -> None:
    later = _happened_since(run) if run.due_at > run.at else []
    called_off = next(filter(None, (rules.calls_off(rule, what) for what in later)), None)
    noise = [what for what in later if isinstance(rule.trigger, Inactive) and rules.restarts(rule, what)]
    if called_off:
        react.end(run, Run.State.CANCELLED, called_off, at=at)
    elif noise:
        last = noise[-1].at
        Run.objects.filter(pk=run.pk).update(due_at=rules.next_due(rule, vars(row), last) or last)
    elif not react.holds(rule, kind, row, at):
        react.end(run, Run.State.SKIPPED, "condition", at=at)
    else:
        _act(run, rule, kind, row, at)


def _act(run: Run, rule: Rule, kind: Object, row: Any, at: datetime) -> None:
    actor = actors.system("automation")
    try:
        with transaction.atomic(), log.because(run.event):
            did = []
            for place, action in enumerate(rule.actions):
                now = type(row).objects.get(pk=row.pk) if place else row
                did.append(ACTIONS.get(action.do)(Acting(actor, rule, kind, now, run.due_at, at), action))
    except Refusal as refusal:
        if isinstance(refusal, GateClosed):
            what = happenings.GateRefused(**refusal.details["refused"])
            log.append(what, actor=actor, subject=run.subject, at=at, caused_by=run.event)
        if isinstance(refusal, NobodyThere):
            code = "automation.notice_nobody"
            notices.to_administrators(code, refusal.facts, subject=run.subject, at=at)
        says = {
            lang: [refusal.say(lang), *(problem.say(lang) for problem in refusal.problems)]
            for lang in texts.LANGUAGES
        }
        react.end(run, Run.State.REFUSED, "refused", at=at, says=says)
    else:
        react.end(run, Run.State.FIRED, at=at, did=did)


def _happened_since(run: Run) -> list[rules.Happened]:
    """Return what happened to the record, and to its activities, since the event of a run."""
    subjects = seeing.about([run.subject], since=run.at)
    found = events.of_subjects_since(subjects, event=run.event)
    return react.happened_since(run.subject, found)


def _names(run: Run) -> dict[str, Words | str]:
    found = (one.label for one in runtime.newest().blueprint.rules if one.uid == run.rule)
    return {"rule": next(found, run.rule)}
