"""The rules about the requirements document: whoever reads the maps reads it, those who draw them keep it."""

from typing import Any

from django.db.models import QuerySet

from portulan.maps.policy import DRAWING
from portulan.people.actor import Actor
from portulan.people.rights import Verb


class BriefPolicy:
    """Rights do not depend on the version."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:  # noqa: ARG002 - the same for all
        """Return whether the actor may do this to the document."""
        if actor.is_admin:
            return True
        if verb == "read":
            return actor.id is not None
        return verb == "create" and not DRAWING.isdisjoint(actor.roles)

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the versions on which the actor may do this."""
        return rows if self.allows(actor, verb, None) else rows.none()
