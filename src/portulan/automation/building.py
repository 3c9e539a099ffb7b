"""The work of building: followed, stopped until it begins to write, done whole or not at all, and once.

Owns that a worker which died half-way leaves it done or not done: what was built is noted on the job in the
transaction that builds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import Error as DatabaseError

from portulan.automation import aside, scenarios
from portulan.automation.applying import STEPS, Asked, read
from portulan.automation.jobs import Cancelled, JobContext, NotYet
from portulan.automation.models import Job
from portulan.base import clock
from portulan.base.refusals import NotNow
from portulan.blueprint import queries
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.records import apply, configuration, migrate

#: When to look again whether the database is still being changed, by a worker that died a moment ago.
_AGAIN = timedelta(seconds=5)


class ApplyingFailed(NotNow):
    """The database refused; nothing was changed."""

    code = "automation.applying_failed"


class TakingFailed(NotNow):
    """The database refused; the maps of the file are published, nothing of it is built."""

    code = "automation.taking_failed"


@dataclass(frozen=True)
class _Work:
    job: JobContext
    mine: Job
    actor: Actor
    tell: aside.Teller

    def begin(self) -> None:
        """Pass the last moment at which somebody could stop the work.

        :raises Cancelled: when somebody asked to stop.
        """
        going = Job.objects.filter(pk=self.mine.pk, attempts=self.mine.attempts, cancel_asked_at=None)
        if not going.update(progress=STEPS["lock"], message="lock"):
            raise Cancelled

    def told(self, step: str) -> None:
        """Tell a step of the change of the database; note what was built just before it stands."""
        if step in STEPS:
            self.tell(STEPS[step], step)
        else:
            Job.objects.filter(pk=self.mine.pk).update(result={"version": queries.newest()[0]})

    def played(self, share: float, _said: str) -> None:
        """Tell how far the scenarios are.

        :raises Cancelled: when somebody asked to stop.
        """
        self.tell(STEPS["scenarios"] + share * (STEPS["lock"] - STEPS["scenarios"]) * 0.99, "scenarios")
        if self.job.cancelled():
            raise Cancelled


def run(job: JobContext) -> dict[str, Any]:
    """Apply the plan that was read, unless anything changed since."""
    return _build(job, _apply)


def undo(job: JobContext) -> dict[str, Any]:
    """Take the last version back, unless another one was built since."""
    return _build(job, _undo)


def take(job: JobContext) -> dict[str, Any]:
    """Play the scenarios of a configuration file, publish its maps, apply its blueprint."""
    return _build(job, _take)


def _build(job: JobContext, work: Callable[[_Work, dict[str, Any]], int]) -> dict[str, Any]:
    if migrate.under_way():
        raise NotYet(_AGAIN)
    mine = Job.objects.get(pk=job.id)
    if mine.result is not None and "version" in mine.result:
        return dict(mine.result)
    actor = people.get_actor(actors.system(), id=job.created_by or 0)
    with aside.telling(mine) as tell:
        tell(STEPS["reading"], "reading")
        doing = _Work(job, mine, actor, tell)
        try:
            with migrate.told(doing.told):
                return {"version": work(doing, job.payload)}
        except DatabaseError as error:
            raise ApplyingFailed(cause=_cause(error)) from error


def _apply(work: _Work, payload: dict[str, Any]) -> int:
    asked = Asked(**payload)
    planned = read(work.actor, asked)
    work.begin()
    return apply.apply(work.actor, planned=planned, choices=asked.fates, motive=asked.motive, at=clock.now())


def _undo(work: _Work, payload: dict[str, Any]) -> int:
    work.begin()
    return apply.undo(
        work.actor,
        n=payload["n"],
        choices=payload["fates"],
        motive=payload["motive"],
        at=clock.now(),
    )


def _take(work: _Work, payload: dict[str, Any]) -> int:
    raw, motive = payload["file"].encode(), payload["motive"]
    if not motive:
        scenarios.prove_file(work.actor, raw=raw, tell=work.played, at=clock.now())
    work.begin()
    try:
        return configuration.take(work.actor, raw=raw, motive=motive, at=clock.now())
    except apply.ScenariosRed:
        Job.objects.filter(pk=work.mine.pk).update(result={"red": True})
        raise
    except DatabaseError as error:
        raise TakingFailed(cause=_cause(error)) from error


def _cause(error: DatabaseError) -> str:
    return str(error).strip().partition("\n")[0]
