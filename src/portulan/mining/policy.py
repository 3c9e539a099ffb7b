"""The rules about logs: everybody signed in looks at them; those who steer import, delete and take cases out.

An analysis is opened by whom it is shared with, changed by its author and by administrators.
"""

from typing import Any

from django.db.models import Q, QuerySet

from portulan.mining.models import Analysis
from portulan.people import queries as people
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


class AnalysisPolicy:
    """The answer depends on whose the analysis is and on whom it is shared with."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:
        """Return whether the actor may do this to an analysis, or to analyses in general."""
        if subject is None:
            return actor.id is not None and verb in ("create", "read")
        return self.visible(actor, verb, Analysis.objects.filter(pk=subject.pk)).exists()

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the analyses on which the actor may do this."""
        if verb == "read":
            mine = Q(author=actor.id) | Q(shared="role", role__in=actor.roles)
            return rows.filter(mine | Q(shared="team", author__in=people.colleagues(actor)))
        if verb not in ("update", "delete"):
            return rows.none()
        return rows if actor.is_admin else rows.filter(author=actor.id)
