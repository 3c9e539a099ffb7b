"""Whether what a scenario expects is there: one function per expectation, its reason when it is not."""

from collections.abc import Callable
from typing import Any

from portulan.automation import mails, notices, timing
from portulan.automation.outcome import Check, words, words_of
from portulan.automation.scene import Scene
from portulan.base.conditions.meet import Circumstances, met_by
from portulan.base.conditions.model import Condition
from portulan.base.fold import fold
from portulan.base.value import Words
from portulan.blueprint import references
from portulan.blueprint.schema import Object
from portulan.maps.scenarios import (
    AtStage,
    Exists,
    Expectation,
    Holds,
    Mailed,
    May,
    OwnedBy,
    Promised,
    Refused,
    Task,
    Told,
)
from portulan.people import actor as actors
from portulan.people import queries as people
from portulan.people import rights
from portulan.records import related, rows, runtime
from portulan.records.operations import GateClosed


def check(scene: Scene, expected: Expectation) -> Check:
    """Return whether an expectation holds now."""
    reason = _CHECKS[expected.expect](scene, expected)
    return Check(green=reason is None, reason=reason)


def _holds(scene: Scene, one: Holds) -> Words | None:
    row, kind = scene.row(one.record), scene.kind(one.record)
    return None if _meets(scene, kind, row, one.condition) else words("automation.red_holds")


def _stage(scene: Scene, one: AtStage) -> Words | None:
    at = scene.step(one.record)
    return None if at == one.stage else words("automation.red_stage", stage=_stage_label(scene, one.record))


def _owner(scene: Scene, one: OwnedBy) -> Words | None:
    owner = getattr(scene.row(one.record), "owner_id", None)
    if owner is None:
        return words("automation.red_nobody")
    if one.person is not None:
        found = owner == scene.people[one.person].id
    else:
        found = one.role in people.get_actor(actors.system(), id=owner).roles
    return None if found else words("automation.red_owner", name=_name(scene, owner))


def _refused(scene: Scene, one: Refused) -> Words | None:
    refusal = scene.refusal
    if refusal is None:
        return words("automation.red_accepted")
    missing = {asked["field"] for asked in refusal.details.get("missing", ())}
    unmet = {asked["id"] for asked in refusal.details.get("unmet", ())}
    named = isinstance(refusal, GateClosed) or not (one.missing or one.unmet)
    if named and missing >= set(one.missing) and unmet >= set(one.unmet):
        return None
    return words("automation.red_refused_otherwise", reasons=words_of(refusal))


def _task(scene: Scene, one: Task) -> Words | None:
    rows = scene.tasks(one.record)
    if one.open:
        rows = rows.filter(done_at__isnull=True)
    names = [row.name for row in rows]
    found = sum(fold(one.label) in fold(name) for name in names)
    if found == one.count:
        return None
    listed = ", ".join(f"« {name} »" for name in names) or "–"
    return words("automation.red_tasks", n=found, expected=one.count, names=listed)


def _exists(scene: Scene, one: Exists) -> Words | None:
    kind = runtime.current().object(one.object)
    rows = runtime.current().model(kind.name).objects.filter(deleted_at__isnull=True)
    found = sum(one.condition is None or _meets(scene, kind, row, one.condition) for row in rows)
    return None if found == one.count else words("automation.red_count", n=found, expected=one.count)


def _may(scene: Scene, one: May) -> Words | None:
    subject = scene.row(one.record) if one.record else one.object
    allowed = rights.allows(scene.people[one.person], one.verb, "record", subject)
    if allowed == one.allowed:
        return None
    return words("automation.red_may" if allowed else "automation.red_may_not")


def _told(scene: Scene, one: Told) -> Words | None:
    said = [notice["say"] for notice in notices.notices(scene.people[one.person])]
    return None if any(fold(one.text) in fold(text) for text in said) else words("automation.red_told")


def _promised(scene: Scene, one: Promised) -> Words | None:
    name, row_id = scene.records[one.record]
    found = timing.standing_of(object_name=name, row_id=row_id, measure=one.measure, at=scene.at)
    if found is None:
        return words("automation.red_no_promise")
    return None if found == one.standing else words(f"automation.red_promise_{found}")


def _mailed(scene: Scene, one: Mailed) -> Words | None:
    ready = mails.ready(rows.subject(scene.kind(one.record), scene.row(one.record).pk))
    if one.to is not None:
        addresses = scene.addresses(one.to)
        ready = [mail for mail in ready if mail.to in addresses]
    found = sum(fold(one.label) in fold(mail.title) for mail in ready)
    if found == one.count:
        return None
    listed = ", ".join(f"« {mail.title} » ({mail.to})" for mail in ready) or "–"
    return words("automation.red_mails", n=found, expected=one.count, names=listed)


def _meets(scene: Scene, kind: Object, row: Any, condition: Condition) -> bool:
    plain = references.resolved(condition, scene.ids())
    seen = related.of_row(kind, row, related.needs_of([plain]))
    return met_by(plain, seen, Circumstances(scene.at))


def _stage_label(scene: Scene, alias: str) -> Words:
    uid = scene.step(alias)
    stages = (stage for one in runtime.current().blueprint.pipelines for stage in one.stages)
    return next((stage.label for stage in stages if stage.uid == uid), words("automation.no_stage"))


def _name(scene: Scene, owner: int) -> str:
    acting = [one for one in scene.people.values() if one.id == owner]
    return acting[0].name if acting else people.get_actor(actors.system(), id=owner).name


_CHECKS: dict[str, Callable[[Scene, Any], Words | None]] = {
    "holds": _holds,
    "stage": _stage,
    "owner": _owner,
    "refused": _refused,
    "task": _task,
    "exists": _exists,
    "may": _may,
    "told": _told,
    "promised": _promised,
    "mailed": _mailed,
}
