"""A sandbox: what a plan would build, in a database of its own, with a sample of the records made anonymous.

One a person, a file beside the data. Nothing leaves it: no worker looks into it, so that no mail, no webhook
and no rule runs there, and throwing it away leaves no trace. Owns how it is built, found and thrown away.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from portulan.automation import operations as queue
from portulan.automation.jobs import JobContext
from portulan.base import clock, texts
from portulan.blueprint import carry
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.records import apply, elsewhere, plan, runtime, sample
from portulan.records.sample import Sample
from portulan.records.snapshot import Snapshot

BUILD = "sandbox.build"
#: Tables copied as they are, so that people, maps, words and views are those one knows.
_COPIED = (
    "people.User", "people.Team", "people.Membership", "people.RoleGrant",
    "maps.MapRow", "maps.MapVersion", "maps.MapIrritant", "maps.MapVoice", "pages.Term", "records.View",
)  # fmt: skip


def path_of(person: int) -> Path:
    """Return where the sandbox of a person lies, whether it exists or not."""
    return Path(settings.DATA_DIR) / "sandboxes" / f"{person}.sqlite3"


def ask(actor: Actor, *, fates: Mapping[str, str], at: datetime) -> UUID:
    """Queue the building of the actor's sandbox, in the place of the one they have, and return the job.

    :raises PlanNotValid: when the published maps cannot be built.
    """
    rights.require(actor, "apply", "blueprint")
    planned = plan.plan_of_maps(actor)
    if planned.problems:
        raise apply.PlanNotValid(*planned.problems)
    payload = {"fates": dict(fates)}
    return queue.enqueue(actor, kind=BUILD, payload=payload, dedup_key=f"{BUILD}:{actor.id}", at=at)


def build(job: JobContext) -> dict[str, Any]:
    """Build the sandbox that a job asks for, and return how many records it holds."""
    person = job.created_by or 0
    actor = people.get_actor(actors.system(), id=person)
    rights.require(actor, "apply", "blueprint")
    old, planned = runtime.newest(), plan.plan_of_maps(actor)
    job.progress(0.1, _said("reading"))
    drawn, copied = sample.draw(old), _read()
    path = path_of(person)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{job.id.hex}")
    try:
        with elsewhere.at(fresh):
            held = _fill(job, old, drawn, copied)
            job.progress(0.8, _said("applying"))
            _apply(planned, job.payload["fates"])
        fresh.replace(path)
    finally:
        for left in path.parent.glob(f"{fresh.name}*"):
            left.unlink()
    return {"records": held}


def built_at(actor: Actor) -> datetime | None:
    """Return when the actor's sandbox was built, None when there is none."""
    path = path_of(actor.id or 0)
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) if path.exists() else None


def throw_away(actor: Actor) -> None:
    """Throw away the actor's sandbox; without one, nothing happens."""
    if actor.id is not None:
        path_of(actor.id).unlink(missing_ok=True)


def _read() -> list[Any]:
    rows = [row for name in _COPIED for row in apps.get_model(name).objects.order_by("pk")]
    for row in rows:
        if hasattr(row, "set_unusable_password"):
            row.set_unusable_password()
    return rows


def _fill(job: JobContext, old: Snapshot, drawn: Sample, copied: list[Any]) -> int:
    """Make the database at hand what the real one is today, with the sample in the place of the records."""
    call_command("migrate", verbosity=0)
    job.progress(0.4, _said("copying"))
    with connection.constraint_checks_disabled():
        for name in _COPIED:
            model = apps.get_model(name)
            model.objects.bulk_create([row for row in copied if type(row) is model], batch_size=200)
    system = actors.system()
    today = plan.plan(system, runtime.newest(), carry.live(old.blueprint))
    apply.apply(system, planned=today, at=clock.now())
    built = runtime.newest()
    with runtime.pinned(built):
        return sample.pour(built, drawn)


def _apply(planned: plan.Plan, fates: Mapping[str, str]) -> None:
    """Apply what would be built; records that nobody said where to take go to the first stage there is."""
    system = actors.system()
    again = plan.plan(system, runtime.newest(), carry.live(planned.target))
    choices = {one.stage: one.targets[0][0] for one in again.fates if one.no_place and one.targets}
    if not again.empty:
        apply.apply(system, planned=again, choices={**choices, **fates}, at=clock.now())


def _said(key: str) -> str:
    return texts.say(f"automation.sandbox_{key}", "fr")
