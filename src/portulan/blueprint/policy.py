"""The rules about the blueprint: everybody signed in reads it, those who own the process apply it."""

from typing import Any

from django.db.models import QuerySet

from portulan.people.actor import Actor
from portulan.people.rights import Verb

#: Roles that may change what the CRM is.
BUILDERS = frozenset({"revops", "direction"})
#: Roles that may build although scenarios are red.
OVERRIDING = frozenset({"direction"})


class BlueprintPolicy:
    """Reading is for everybody who acts; applying is for builders and administrators."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:  # noqa: ARG002 - one blueprint for all
        """Return whether the actor may do this to the blueprint."""
        if actor.is_admin:
            return True
        if verb == "read":
            return actor.id is not None
        if verb == "override":
            return bool(actor.roles & OVERRIDING)
        return verb in ("apply", "export") and bool(actor.roles & BUILDERS)

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the versions on which the actor may do this."""
        return rows if self.allows(actor, verb, None) else rows.none()
