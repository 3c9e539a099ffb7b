"""The worker: looks at events, runs the rules that are due, then jobs; keeps what came of it.

Owns claims, progress and retries. Work is claimed by a conditional update, so that several
workers may run on either database; a job whose worker died is claimed again when its lease ends.
"""

import logging
import threading
import traceback
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from portulan.automation import (
    alerts,
    approvals,
    deliveries,
    digests,
    leases,
    mails,
    notices,
    outbox,
    perform,
    react,
    sequences,
    turns,
)
from portulan.automation.claims import unheld
from portulan.automation.jobs import JOBS, Cancelled, JobContext, NotYet
from portulan.automation.models import Job, Outbox, Run, Switch, Turn
from portulan.base import clock
from portulan.base.refusals import Refusal
from portulan.events import queries as events
from portulan.pages import reviews
from portulan.records import runtime

MOST_ATTEMPTS = 3
_TELL_EVERY = timedelta(milliseconds=400)

log = logging.getLogger(__name__)


def run_forever(stop: threading.Event, *, idle_seconds: float = 0.5) -> None:
    """Run jobs until `stop` is set."""
    while not stop.is_set():
        if not run_once(at=clock.now()):
            stop.wait(idle_seconds)


def run_once(*, at: datetime) -> bool:
    """Do the next thing that is due: look at events, run a rule, do a job; return whether there was one."""
    return any(step(at) for step in _STEPS)


def settle(*, at: datetime) -> int:
    """Do everything about rules that is due at a moment, and return how many steps that took."""
    steps = 0
    while any(step(at) for step in _INSIDE):
        steps += 1
    return steps


def next_moment(until: datetime) -> datetime | None:
    """Return when something about rules is due next, up to a moment; None when nothing is."""
    waiting = (
        (perform.due_runs(until), "due_at"),
        (sequences.due_steps(until, off=()), "due_at"),
        (turns.due_turns(until, off=()), "due_at"),
        (alerts.due_alerts(until), "alert_at"),
        (approvals.due_reminders(until), "remind_at"),
    )
    firsts = (rows.order_by(name).values_list(name, flat=True).first() for rows, name in waiting)
    return min((one for one in firsts if one is not None), default=None)


def _react(at: datetime) -> bool:
    """Look at the next events; return whether there were any."""
    if not Outbox.objects.filter(due_at__lte=at).exists():
        return False
    notes: list[Outbox] = []
    try:
        with transaction.atomic(), runtime.pinned(runtime.newest()):
            notes = outbox.claim(at)
            found = events.by_ids(note.event for note in notes)
            react.react([found[note.event] for note in notes])
            Outbox.objects.filter(pk__in=[note.pk for note in notes]).delete()
    except Exception:
        log.exception("events could not be looked at")
        outbox.put_off(notes, at)
    return bool(notes)


def _run_rules(at: datetime) -> bool:
    """Claim and perform the first due runs; return whether there were any."""
    off = perform.switched_off() if perform.due_runs(at).exists() else {Switch.ALL}
    if Switch.ALL in off:
        return False
    with transaction.atomic(), runtime.pinned(runtime.newest()):
        runs = perform.claim(at)
        for run in runs:
            _run_rule(run, off, at)
    return bool(runs)


def _run_rule(run: Run, off: Container[str], at: datetime) -> None:
    try:
        with transaction.atomic():
            perform.perform(run, off=off, at=at)
    except Exception:
        log.exception("rule %s failed", run.rule)
        perform.fail(run, traceback.format_exc(limit=-3), at=at)


def _alert(at: datetime) -> bool:
    """Tell people about the first promise that is at risk or broken; return whether there was one."""
    if not alerts.due_alerts(at).exists():
        return False
    with transaction.atomic(), runtime.pinned(runtime.newest()):
        clock = alerts.claim(at)
        if clock is not None:
            alerts.alert(clock, at=at)
    return clock is not None


def _ask_again(at: datetime) -> bool:
    """Remind somebody of the first approval that waits; return whether there was one."""
    if not approvals.due_reminders(at).exists():
        return False
    with transaction.atomic(), runtime.pinned(runtime.newest()):
        return approvals.remind(at)


def _step(at: datetime) -> bool:
    """Do the first step of a sequence that is due; return whether there was one."""
    off = perform.switched_off()
    if Switch.ALL in off or not sequences.due_steps(at, off=off).exists():
        return False
    with transaction.atomic(), runtime.pinned(runtime.newest()):
        return sequences.step_next(at, off=off)


def _pass_on(at: datetime) -> bool:
    """Give the first record that nobody took up in time to the next one; return whether there was one."""
    off = perform.switched_off()
    if Switch.ALL in off or not turns.due_turns(at, off=off).exists():
        return False
    turn: Turn | None = None
    try:
        with transaction.atomic(), runtime.pinned(runtime.newest()):
            turn = turns.claim(at, off=off)
            if turn is not None:
                turns.pass_on(turn, at=at)
    except Exception:
        log.exception("a record could not be passed on")
        if turn is not None:
            turns.put_off(turn, at)
    return turn is not None


def _remind(at: datetime) -> bool:
    """Remind somebody of the first review that waits; return whether there was one."""
    if not reviews.waiting(at).exists():
        return False
    with transaction.atomic():
        return reviews.remind(at)


def _tell_of_the_day(at: datetime) -> bool:
    """Send the first digest that waits, or make the next one; return whether there was one."""
    digest = digests.claim(at)
    if digest is None:
        return digests.open_next(at)
    try:
        with runtime.pinned(runtime.newest()):
            written = digests.write(digest, at=at)
    except Exception:
        log.exception("digest %s could not be written", digest.pk)
        digests.put_off(digest, traceback.format_exc(limit=-3), at)
    else:
        digests.send(digest, written, at=at)
    return True


def _do_job(at: datetime) -> bool:
    job = _claim(at)
    if job is None:
        return False
    try:
        function = JOBS.get(job.kind)
        with leases.renewed(job), runtime.pinned(runtime.newest()):
            result = function(JobContext(job.id, job.payload, job.created_by_id, _Heartbeat(job)))
    except Cancelled:
        _end(job, Job.State.CANCELLED, progress=job.progress)
    except NotYet as later:
        _put_back(job, wait=later.wait)
    except Refusal as refusal:
        _end(job, Job.State.FAILED, refused=notices.why(refusal).model_dump(mode="json"))
    except Exception:
        log.exception("job %s (%s) failed", job.id, job.kind)
        _retry_or_give_up(job)
    else:
        _end(job, Job.State.DONE, result=result, progress=1.0)
    return True


def _claim(at: datetime) -> Job | None:
    due = models.Q(state=Job.State.QUEUED, due_at__lte=at) | models.Q(
        state=Job.State.RUNNING, lease_until__lt=at
    )
    with transaction.atomic():
        waiting = Job.objects.filter(due).order_by("due_at", "id")
        waiting = unheld(waiting)
        job = waiting.first()
        if job is None:
            return None
        claimed = Job.objects.filter(due, pk=job.pk, attempts=job.attempts).update(
            state=Job.State.RUNNING, lease_until=at + leases.span(), attempts=job.attempts + 1
        )
    job.attempts += 1
    return job if claimed else None


def _end(job: Job, state: Job.State, **what: Any) -> None:
    Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
        state=state, ended_at=clock.now(), lease_until=None, **what
    )


def _retry_or_give_up(job: Job) -> None:
    error = traceback.format_exc(limit=-3)
    if job.attempts >= MOST_ATTEMPTS:
        _end(job, Job.State.FAILED, error=error)
        return
    _put_back(job, wait=timedelta(seconds=5 * 4**job.attempts), error=error)


def _put_back(job: Job, *, wait: timedelta, **what: Any) -> None:
    Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
        state=Job.State.QUEUED, lease_until=None, due_at=clock.now() + wait, **what
    )


@dataclass
class _Heartbeat:
    """Stores progress at a bounded rate and renews the lease."""

    job: Job
    told_at: datetime | None = field(default=None)
    go_on: bool = field(default=True)

    def __call__(self, share: float, message: str, /) -> bool:
        now = clock.now()
        if self.told_at is not None and now - self.told_at < _TELL_EVERY:
            return self.go_on
        self.told_at = now
        told = {"progress": min(max(share, 0.0), 1.0), "message": message[:255]} if share >= 0 else {}
        row = Job.objects.filter(pk=self.job.pk, attempts=self.job.attempts)
        row.update(lease_until=now + leases.span(), **told)
        asked = row.values_list("cancel_asked_at", flat=True).first()
        self.go_on = asked is None
        return self.go_on


#: What stays in the house, in the order of urgency; then what leaves it, and jobs.
_INSIDE = (_react, _run_rules, _step, _pass_on, _alert, _ask_again)
_STEPS = (*_INSIDE, mails.send_next, deliveries.deliver_next, _remind, _tell_of_the_day, _do_job)
