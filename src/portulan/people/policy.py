"""The rules about people: everybody signed in sees the directory, administrators manage it."""

from typing import Any

from django.db.models import QuerySet

from portulan.people.actor import Actor
from portulan.people.rights import Verb


class PersonPolicy:
    """Reading is for everybody who acts; a person updates themselves; the rest is an administrator's."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:
        """Return whether the actor may do this to a person."""
        if actor.is_admin:
            return True
        if verb == "read":
            return actor.id is not None
        return verb == "update" and subject is not None and subject.pk == actor.id

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the people on whom the actor may do this."""
        if actor.is_admin or (verb == "read" and actor.id is not None):
            return rows
        return rows.filter(pk=actor.id) if verb == "update" else rows.none()
