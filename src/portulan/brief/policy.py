"""The rules: whoever reads the maps reads the requirements; those who draw them keep versions and compare."""

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


class GridPolicy:
    """What vendors are worth is the business of those who draw the maps, and of nobody else."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:  # noqa: ARG002 - the same for all
        """Return whether the actor may do this to grids."""
        known = verb in ("create", "read", "update", "export")
        return actor.is_admin or (known and not DRAWING.isdisjoint(actor.roles))

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the grids on which the actor may do this."""
        return rows if self.allows(actor, verb, None) else rows.none()
