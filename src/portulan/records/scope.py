"""Which records an actor may touch, and which of their fields: rights of the blueprint's roles as SQL.

Owns the one answer per (actor, object, verb). A right that several roles give is the widest of them;
what no role gives is denied. Scopes join as `IN (subquery)`, never as EXISTS under OR.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from portulan.blueprint.schema import Blueprint, Field, FieldAccess, Object, Right, RowScope
from portulan.people import queries as people
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records.query import ALWAYS, NEVER

_WIDTH: dict[RowScope, int] = {"none": 0, "own": 1, "team": 2, "territory": 3, "all": 4}
_ACCESS: dict[FieldAccess, int] = {"hidden": 0, "read": 1, "write": 2}


def rights_on(blueprint: Blueprint, actor: Actor, kind: Object) -> tuple[Right, ...]:
    """Return what the actor's roles may do on an object."""
    return tuple(
        right
        for role in blueprint.roles
        if role.uid in actor.roles and not role.archived
        for right in role.rights
        if right.object == kind.uid
    )


def scope_of(blueprint: Blueprint, actor: Actor, kind: Object, verb: Verb) -> RowScope:
    """Return the widest row scope that the actor's roles give for a verb."""
    if actor.is_admin:
        return "all"
    return max(
        (given(right, verb) for right in rights_on(blueprint, actor, kind)),
        key=lambda scope: _WIDTH[scope],
        default="none",
    )


def given(right: Right, verb: Verb) -> RowScope:
    """Return the scope that a right gives for a verb."""
    match verb:
        case "read" | "update" | "delete" | "export":
            scope: RowScope = getattr(right, verb)
            return scope
        case "create":
            return "all" if right.create else "none"
        case "override":
            return right.update if right.override else "none"
    return "none"


def q_of(scope: RowScope, actor: Actor, kind: Object, model: type[Model]) -> Q:
    """Return the filter of a scope on the rows of an object."""
    holder = holder_of(kind)
    if scope == "all":
        return ALWAYS
    if scope == "none" or holder is None or actor.id is None:
        return NEVER
    match scope:
        case "own":
            return Q(**{f"{holder}_id": actor.id})
        case "team":
            return Q(**{f"{holder}_id__in": sorted(actor.teammate_ids | {actor.id})})
    people: Any = model._meta.get_field(holder).related_model  # noqa: SLF001 - Django's documented API
    return Q(**{f"{holder}_id": actor.id}) | Q(
        **{f"{holder}_id__in": people.objects.filter(territory=actor.territory).values("pk")}
    )


def visible(
    blueprint: Blueprint, actor: Actor, verb: Verb, kind: Object, rows: QuerySet[Model]
) -> QuerySet[Model]:
    """Return the rows on which the actor may do this."""
    scope = scope_of(blueprint, actor, kind, verb)
    return rows if scope == "all" else rows.filter(q_of(scope, actor, kind, rows.model))


def holders(blueprint: Blueprint, actor: Actor, kind: Object, verb: Verb) -> frozenset[int] | None:
    """Return whose records the actor may do this to; None when it is everybody's."""
    scope = scope_of(blueprint, actor, kind, verb)
    if scope == "all":
        return None
    if scope == "none" or actor.id is None:
        return frozenset()
    if scope == "territory":
        near = people.same_territory(actor).values_list("pk", flat=True)
        return frozenset({actor.id, *near})
    return frozenset({actor.id}) | (actor.teammate_ids if scope == "team" else frozenset())


def holder_of(kind: Object) -> str | None:
    """Return the field that says whose a record is: its owner, else who created it."""
    live = {field.uid: field.name for field in kind.fields if not field.archived}
    return live.get("owner") or live.get("created_by")


def readable(blueprint: Blueprint, actor: Actor, kind: Object) -> tuple[Field, ...]:
    """Return the live fields that the actor may read."""
    return _fields(blueprint, actor, kind, "read")


def writable(blueprint: Blueprint, actor: Actor, kind: Object) -> frozenset[str]:
    """Return the names of the live fields that the actor may write."""
    return frozenset(field.name for field in _fields(blueprint, actor, kind, "write"))


def _fields(blueprint: Blueprint, actor: Actor, kind: Object, least: FieldAccess) -> tuple[Field, ...]:
    live = (field for field in kind.fields if not field.archived)
    if actor.is_admin:
        return tuple(live)
    rights = [right for right in rights_on(blueprint, actor, kind) if right.read != "none"]
    return tuple(field for field in live if _access(field, rights) >= _ACCESS[least])


def _access(field: Field, rights: Iterable[Right]) -> int:
    return max((_ACCESS[right.fields.get(field.uid, right.others)] for right in rights), default=0)
