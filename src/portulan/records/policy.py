"""The rules about records: what the roles of the blueprint give, on the rows of their scope."""

from typing import Any

from django.db.models import Model, QuerySet

from portulan.blueprint.schema import Object, RowScope
from portulan.people.actor import Actor
from portulan.people.rights import Verb
from portulan.records import runtime, scope


class RecordPolicy:
    """A subject is a row, or the name of an object for what concerns the kind in general."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:
        """Return whether the actor may do this to a record, or to records of an object at all."""
        if subject is None:
            return actor.is_admin
        snapshot = runtime.current()
        kind = snapshot.object(subject if isinstance(subject, str) else name_of(type(subject)))
        given = scope.scope_of(snapshot.blueprint, actor, kind, verb)
        if isinstance(subject, str) or given in ("all", "none"):
            return given != "none"
        return _holds(given, actor, kind, subject)

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the records on which the actor may do this."""
        snapshot = runtime.current()
        kind = snapshot.object(name_of(rows.model))
        return scope.visible(snapshot.blueprint, actor, verb, kind, rows)


def name_of(model: type[Model]) -> str:
    """Return the API name of the object that a model stands for."""
    return model.__name__


def _holds(given: RowScope, actor: Actor, kind: Object, row: Model) -> bool:
    holder = scope.holder_of(kind)
    if holder is None or actor.id is None:
        return False
    held_by = getattr(row, f"{holder}_id")
    if given == "own" or held_by == actor.id:
        return bool(held_by == actor.id)
    if given == "team":
        return held_by in actor.teammate_ids
    person: Any = getattr(row, holder)
    return person is not None and person.territory == actor.territory
