"""What a person may do, on which records, through which of their roles: for those who manage people."""

from typing import Any

from portulan.blueprint.schema import Object
from portulan.people import queries as people
from portulan.people import rights
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import runtime, scope, values

_VERBS: tuple[Verb, ...] = ("create", "read", "update", "delete", "export", "override")


def granted(actor: Actor, *, user_id: int) -> list[dict[str, Any]]:
    """Return, object by object, the scope of each verb, the roles that give it, and the fields held back.

    :raises NotAllowed: when the actor manages nobody.
    :raises NotThere: when there is no such active person.
    """
    rights.require(actor, "manage", "person")
    whom = people.get_actor(actor, id=user_id)
    every = runtime.current().blueprint.objects
    return [_on(whom, kind) for kind in every if not kind.archived]


def _on(whom: Actor, kind: Object) -> dict[str, Any]:
    blueprint = runtime.current().blueprint
    readable = {one.uid for one in scope.readable(blueprint, whom, kind)}
    writable = scope.writable(blueprint, whom, kind)
    live = [one for one in values.live(kind).values() if not one.system]
    return {
        "object": kind.name,
        "label": kind.plural.model_dump(),
        "verbs": {verb: _why(whom, kind, verb) for verb in _VERBS},
        "hidden": [one.label.model_dump() for one in live if one.uid not in readable],
        "read_only": [
            one.label.model_dump() for one in live if one.uid in readable and one.name not in writable
        ],
    }


def _why(whom: Actor, kind: Object, verb: Verb) -> dict[str, Any]:
    """Return the scope of a verb and the roles that give it; none when administrators have every right."""
    blueprint = runtime.current().blueprint
    given = scope.scope_of(blueprint, whom, kind, verb)
    roles = [
        role.label.model_dump()
        for role in blueprint.roles
        if role.uid in whom.roles and not role.archived and not whom.is_admin and given != "none"
        for right in role.rights
        if right.object == kind.uid and scope.given(right, verb) == given
    ]
    return {"scope": given, "by": roles}
