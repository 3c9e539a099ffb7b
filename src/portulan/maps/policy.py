"""The rules about maps: everybody signed in reads them; those who answer for the process draw and publish."""

from typing import Any

from django.db.models import QuerySet

from portulan.people.actor import Actor
from portulan.people.rights import Verb

#: Roles that draw and publish maps.
DRAWING = frozenset({"manager", "revops", "direction"})
_READING: frozenset[Verb] = frozenset({"read", "export"})
_WRITING: frozenset[Verb] = frozenset({"create", "update", "delete", "publish"})


class MapPolicy:
    """Rights do not depend on the map: what one may do, one may do on all."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:  # noqa: ARG002 - the same on every map
        """Return whether the actor may do this to maps."""
        if actor.is_admin:
            return True
        if verb in _READING:
            return actor.id is not None
        return verb in _WRITING and not DRAWING.isdisjoint(actor.roles)

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the maps on which the actor may do this."""
        return rows if self.allows(actor, verb, None) else rows.none()
