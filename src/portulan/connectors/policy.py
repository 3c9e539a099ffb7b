"""The rules about imports: who imported sees what became of it; those who look after the data see all."""

from typing import Any

from django.db.models import Q, QuerySet

from portulan.people.actor import Actor
from portulan.people.rights import Verb

_LOOK_AFTER = frozenset({"revops"})


class ImportPolicy:
    """What one may import is the rights on records: asked beside this."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:
        """Return whether the actor may do this to an import."""
        if actor.is_admin or actor.roles & _LOOK_AFTER or (subject is None and verb in ("create", "read")):
            return actor.id is not None or actor.is_admin
        return subject is not None and actor.id is not None and subject.created_by_id == actor.id

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002 - all verbs alike
        """Return the imports on which the actor may do this."""
        everything = actor.is_admin or bool(actor.roles & _LOOK_AFTER)
        return rows if everything else rows.filter(Q(created_by=actor.id, created_by__isnull=False))
