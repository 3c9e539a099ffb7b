"""What a change of the blueprint touches among stored rows, counted before anything is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from portulan.base.conditions.check import ConditionNotValid
from portulan.base.conditions.model import Condition
from portulan.base.refusals import Problem
from portulan.blueprint.carry import Retyped
from portulan.blueprint.diff import Change
from portulan.blueprint.schema import Object, Rule
from portulan.maps.rules import Entered
from portulan.people.actor import Actor
from portulan.records import asked as asks
from portulan.records import links, retype, runtime, values
from portulan.records.asked import Asked
from portulan.records.fates import Fate
from portulan.records.snapshot import Snapshot

#: By the path of a change.
Touches = dict[tuple[str, ...], "Touched"]
_LIVE = Q(deleted_at__isnull=True)


@dataclass(frozen=True)
class Listed:
    """The list of an object that shows some records: the condition by which it filters."""

    object: str
    condition: dict[str, Any]


@dataclass(frozen=True)
class Touched:
    """How many rows a change touches, what people should know before they accept it, where they see them."""

    records: int = 0
    warning: Problem | None = None
    listed: Listed | None = None

    def warn(self, lang: str) -> str | None:
        """Return the warning as a sentence."""
        return self.warning.say(lang) if self.warning else None


def impact(
    old: Snapshot, changes: Iterable[Change], moved: Iterable[Retyped], found: Iterable[Fate]
) -> Touches:
    """Return what each change touches, by its path; one query an object, two a retyped field."""
    listed = tuple(changes)
    touched = {**_stages(listed, tuple(found)), **_removed(old, listed)}
    for one in moved:
        touched[(one.object.uid, one.target.uid)] = _retyped(old, one)
    return touched


def enrolled(actor: Actor, changes: Iterable[Change], at: datetime) -> Touches:
    """Return which records, that the actor sees, a new rule would have begun on: it leaves them alone.

    Works on the pinned version, in one query a rule.
    """
    found: Touches = {}
    for change in changes:
        rule = change.after if change.action == "add" else None
        kind = runtime.find_object(rule.object) if isinstance(rule, Rule) else None
        if isinstance(rule, Rule) and isinstance(rule.trigger, Entered) and kind is not None:
            found[change.path] = _already_there(actor, kind, rule.trigger.stage, rule.condition, at)
    return found


def _already_there(
    actor: Actor, kind: Object, stage: str | None, condition: Condition | None, at: datetime
) -> Touched:
    """Count as the list does; the whole stage when the condition names what is not there yet, or hidden."""
    here: dict[str, Any] = {"field": "stage", "test": "equals", "value": stage}
    if condition is None:
        return _listed(actor, kind, here, "records.already_there", at)
    asked = {"all": [here, condition.model_dump(mode="json", by_alias=True)]}
    try:
        return _listed(actor, kind, asked, "records.already_there", at)
    except ConditionNotValid:
        return _listed(actor, kind, here, "records.already_at_stage", at)


def _listed(actor: Actor, kind: Object, condition: dict[str, Any], code: str, at: datetime) -> Touched:
    wanted = asks.wanted(actor, kind, Asked(condition=condition), at)
    n = asks.seen(actor, kind.name).filter(wanted).count()
    return Touched(n, Problem("", code, {"n": n}), Listed(kind.name, condition)) if n else Touched()


def _removed(old: Snapshot, changes: tuple[Change, ...]) -> Touches:
    fields: dict[str, list[str]] = {}
    objects = set()
    for change in changes:
        if change.action == "remove" and change.theme == "fields":
            fields.setdefault(change.path[0], []).append(change.path[1])
        if change.action == "remove" and change.theme == "objects":
            objects.add(change.path[0])
    found: Touches = {}
    for kind in (one for one in old.blueprint.objects if not one.archived):
        uids = fields.get(kind.uid, [])
        if uids or kind.uid in objects:
            found |= _filled(old, kind, uids)
    return found


def _filled(old: Snapshot, kind: Object, uids: list[str]) -> Touches:
    names = {field.uid: field.name for field in values.live(kind).values() if field.type != "links"}
    known = [uid for uid in uids if uid in names]
    filled = {f"n_{rank}": Count(names[uid], filter=_LIVE) for rank, uid in enumerate(known)}
    counts = old.model(kind.name).objects.aggregate(n=Count("pk", filter=_LIVE), **filled)
    touched: Touches = {(kind.uid, uid): _hidden(counts[f"n_{rank}"]) for rank, uid in enumerate(known)}
    for one in (one for one in links.fields_of(kind) if one.uid in uids):
        pairs = links.pairs_of(old.model(kind.name), one.name)
        touched[(kind.uid, one.uid)] = _hidden(pairs.objects.values("a_id").distinct().count())
    return {(kind.uid,): _hidden(counts["n"]), **touched}


def _hidden(n: int) -> Touched:
    return Touched(n, Problem("", "records.values_hidden", {"n": n}) if n else None)


def _retyped(old: Snapshot, change: Retyped) -> Touched:
    model = old.model(change.object.name)
    if change.source.type == "links":
        n = links.pairs_of(model, change.source.name).objects.values("a_id").distinct().count()
        return Touched(n, Problem("", "records.links_not_converted", {"n": n}) if n else None)
    if change.source.to is not None or change.target.to is not None:
        n = model.objects.filter(**{f"{change.source.name}__isnull": False}).count()
        return Touched(n, Problem("", "records.links_not_converted", {"n": n}) if n else None)
    lost = retype.misfits(model, change.source.name, change)
    facts = {"n": lost.rows, "examples": ", ".join(f"« {one} »" for one in lost.examples)}
    n = model.objects.filter(**{f"{change.source.name}__isnull": False}).count()
    return Touched(n, Problem("", "records.values_lost", facts) if lost.rows else None)


def _stages(changes: tuple[Change, ...], found: tuple[Fate, ...]) -> Touches:
    there = {(fate.pipeline, fate.stage): fate for fate in found}
    touched: Touches = {}
    for change in changes:
        fate = there.get((change.path[0], change.path[-1])) if change.theme == "stages" else None
        if fate is not None:
            incomplete = (
                Problem("", "records.incomplete", {"n": fate.incomplete}) if fate.incomplete else None
            )
            touched[change.path] = Touched(fate.records, incomplete)
    return touched
