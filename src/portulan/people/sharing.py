"""What people keep under a name for themselves, their team or a role: how things were looked at.

Owns who opens and who changes it. A row has `author`, `shared` and `role`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q, QuerySet

from portulan.people import queries
from portulan.people.actor import Actor
from portulan.people.rights import Verb

Shared = Literal["me", "team", "role"]


@dataclass(frozen=True)
class Wanted:
    """What is to be kept: its name, what the screen's address holds, for whom."""

    name: str
    search: Mapping[str, Any]
    shared: Shared = "me"
    role: str = ""


class SharedPolicy:
    """It is read by whom it is shared with, changed by its author and by administrators."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:
        """Return whether the actor may do this to one of them, or to them in general."""
        if subject is None:
            return actor.id is not None and verb in ("create", "read")
        return self.visible(actor, verb, type(subject).objects.filter(pk=subject.pk)).exists()

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those on which the actor may do this."""
        if verb == "read":
            mine = Q(author=actor.id) | Q(shared="role", role__in=actor.roles)
            return rows.filter(mine | Q(shared="team", author__in=queries.colleagues(actor)))
        if verb not in ("update", "delete"):
            return rows.none()
        return rows if actor.is_admin else rows.filter(author=actor.id)
