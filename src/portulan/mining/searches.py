"""Long searches about logs: asked for as jobs, followed, stopped; what they find is kept.

Owns the findings, under the digest of all that a search reads: the same question about the same cases is
answered at once, whoever asks and whatever the log is called. Refuses nothing; the oldest findings leave.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

from portulan.automation import operations as queue
from portulan.automation import outcome
from portulan.automation import queries as jobs
from portulan.automation.jobs import JobContext
from portulan.base import clock, texts
from portulan.base.refusals import Refusal
from portulan.mining import own, sequences
from portulan.mining.models import Finding
from portulan.mining.shapes import SearchAnswer
from portulan.mining.study import Study
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people.actor import Actor

#: Findings that are kept.
_MOST = 400
LIVE = ("queued", "running")


def digest(study: Study, *what: object) -> str:
    """Return the digest of what a search reads: the steps of a log, its variants, how often each is followed.

    `what` is all that it reads besides.
    """
    return study.answer(("digest", what), lambda: _digest(study, what))


def _digest(study: Study, what: tuple[object, ...]) -> str:
    held = sequences.of_log(study.log, study.variants)
    told = blake2b(repr((study.ids, study.labels, what)).encode(), digest_size=20)
    for column in (held.step.astype("<i8"), held.offsets.astype("<i8"), held.weight.astype("<i8")):
        told.update(column.tobytes())
    return told.hexdigest()


def found(*keys: str) -> dict[str, bytes]:
    """Return what was found under some keys."""
    rows = Finding.objects.filter(key__in=keys, found__isnull=False).values_list("key", "found")
    return {key: bytes(raw) for key, raw in rows if raw is not None}


def search(actor: Actor, *keys: str) -> SearchAnswer | None:
    """Return how the last search for any of these goes, or how it ended; nothing when none was asked for."""
    row = Finding.objects.filter(key__in=keys).order_by("-asked_at").first()
    job = jobs.jobs(actors.system()).filter(pk=row.job).first() if row else None
    if row is None or job is None:
        return None
    error = row.refused.get(actor.lang) or texts.say("mining.search_failed", actor.lang)
    mine = job.created_by_id == actor.id or actor.is_admin
    return SearchAnswer(
        job=str(job.pk),
        state=job.state,
        progress=job.progress,
        error=error if job.state == "failed" else None,
        may_stop=mine and job.state in LIVE,
    )


@dataclass(frozen=True)
class Asked:
    """A search to make: its kind, the key under which it is looked for, what its job must know."""

    kind: str
    key: str
    payload: dict[str, Any]


def ask(actor: Actor, *, asked: Asked, log: str, at: datetime) -> UUID:
    """Queue a search and return its job; one that goes on already is returned instead."""
    payload = {**asked.payload, "log": log, "key": asked.key}
    job = queue.enqueue(actor, kind=asked.kind, payload=payload, dedup_key=f"{asked.kind}:{asked.key}", at=at)
    what: dict[str, Any] = {"job": job, "log_id": _log(log), "refused": {}, "asked_at": at}
    Finding.objects.update_or_create(key=asked.key, defaults=what)
    return job


def run(job: JobContext, look: Callable[[Actor], tuple[str, bytes]]) -> dict[str, str]:
    """Make a search as who asked for it, and keep what it found under the key that it tells."""
    try:
        actor = people.get_actor(actors.system(), id=job.created_by or 0)
        key, told = look(actor)
    except Refusal as refused:
        said = outcome.words_of(refused).model_dump()
        Finding.objects.filter(key=job.payload["key"]).update(refused=said)
        raise
    first = {"job": job.id, "log_id": _log(job.payload["log"]), "asked_at": clock.now(), "found": told}
    Finding.objects.update_or_create(key=key, defaults={"found": told}, create_defaults=first)
    stale = Finding.objects.order_by("-asked_at").values_list("key", flat=True)[_MOST:]
    Finding.objects.filter(key__in=list(stale)).delete()
    return {"key": key}


def _log(name: str) -> str | None:
    """Return the id of an imported log, none for our own."""
    return None if name.startswith(own.PREFIX) else name
