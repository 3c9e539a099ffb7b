"""The rules about logs: all who are signed in look; those who steer import, delete and take cases out."""

from typing import Any

from django.db.models import QuerySet

from portulan.people.actor import Actor
from portulan.people.rights import Verb

_STEER = frozenset({"manager", "revops", "direction"})


class LogPolicy:
    """The answer depends on the person alone: logs are the company's."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:  # noqa: ARG002 - every log alike
        """Return whether the actor may do this to a log."""
        if actor.is_admin:
            return True
        if verb == "read":
            return actor.id is not None
        return bool(actor.roles & _STEER)

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the logs on which the actor may do this."""
        return rows if self.allows(actor, verb, None) else rows.none()
