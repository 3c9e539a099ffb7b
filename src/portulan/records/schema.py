"""What an actor sees of the blueprint in force: the objects, fields and pipelines that they may read."""

from typing import Any

from portulan.blueprint.schema import Field, Object, Pipeline, Stage
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import pipeline, runtime, scope, values

VERBS: tuple[Verb, ...] = ("create", "read", "update", "delete", "export", "override")


def schema(actor: Actor) -> dict[str, Any]:
    """Return the schema of the screens as JSON."""
    snapshot = runtime.current()
    seen = [one for one in snapshot.blueprint.objects if not one.archived and may(actor, one)["read"]]
    names = {one.uid: one.name for one in seen}
    pipes = [one for one in snapshot.blueprint.pipelines if not one.archived and one.object in names]
    return {
        "version": snapshot.version,
        "objects": [_object(actor, one, names) for one in seen],
        "pipelines": [
            _pipeline(one, names[one.object], _names(snapshot.object(names[one.object]))) for one in pipes
        ],
        "roles": [
            {"uid": role.uid, "label": role.label.model_dump()}
            for role in snapshot.blueprint.roles
            if not role.archived
        ],
    }


def rights_of(actor: Actor) -> dict[str, dict[str, bool]]:
    """Return what the actor may do at all, by object."""
    return {one.name: may(actor, one) for one in runtime.current().blueprint.objects if not one.archived}


def may(actor: Actor, kind: Object) -> dict[str, bool]:
    """Return which verbs the actor may use on records of an object at all."""
    return {verb: rights.allows(actor, verb, "record", kind.name) for verb in VERBS}


def _object(actor: Actor, kind: Object, names: dict[str, str]) -> dict[str, Any]:
    writable = scope.writable(runtime.current().blueprint, actor, kind)
    readable = scope.readable(runtime.current().blueprint, actor, kind)
    return {
        "uid": kind.uid,
        "name": kind.name,
        "label": kind.label.model_dump(),
        "plural": kind.plural.model_dump(),
        "icon": kind.icon,
        "title": _names(kind)[kind.title],
        "may": may(actor, kind),
        "fields": [_field(one, names, may_write=one.name in writable and not one.system) for one in readable],
    }


def _field(field: Field, names: dict[str, str], *, may_write: bool) -> dict[str, Any]:
    plain = ("uid", "name", "type", "group", "required", "unique", "system", "currency", "decimals")
    return {
        **{name: getattr(field, name) for name in plain},
        "label": field.label.model_dump(),
        "help": field.help.model_dump(),
        "choices": [choice.model_dump() for choice in field.choices],
        "to": names.get(field.to or ""),
        "may_write": may_write,
        "origin": field.origin and field.origin.model_dump(),
    }


def _pipeline(one: Pipeline, name: str, fields: dict[str, str]) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "object": name,
        "label": one.label.model_dump(),
        "map": one.origin.map if one.origin else None,
        "stages": [_stage(stage, fields) for stage in pipeline.live_stages(one).values()],
        "transitions": [
            {"uid": way.uid, "source": way.source, "target": way.target, "label": way.label.model_dump()}
            for way in one.transitions
            if not way.archived
        ],
    }


def _stage(stage: Stage, fields: dict[str, str]) -> dict[str, Any]:
    return {
        "uid": stage.uid,
        "label": stage.label.model_dump(),
        "kind": stage.kind,
        "probability": stage.probability,
        "colour": stage.colour,
        "begins": stage.begins,
        "delay": stage.delay and stage.delay.model_dump(),
        "idle": stage.idle.model_dump(),
        "required": [fields[uid] for uid in stage.required if uid in fields],
        "entry": [{"id": one.id, "label": one.label} for one in stage.entry],
        "exit": [{"id": one.id, "label": one.label} for one in stage.exit],
        "origin": stage.origin and stage.origin.model_dump(),
    }


def _names(kind: Object) -> dict[str, str]:
    return {field.uid: field.name for field in values.live(kind).values()}
