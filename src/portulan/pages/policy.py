"""The rules about what is said: who may read a target may read and say something about it.

Closing a thread is for who opened it and for those who may change its target; deciding on a proposal
(`manage`) is for the latter alone.
"""

from typing import Any

from django.db.models import Q, QuerySet

from portulan.pages.targets import TARGETS
from portulan.people.actor import Actor
from portulan.people.rights import Verb

#: Roles that settle what a word means.
_SETTLING = frozenset({"manager", "revops", "direction"})
_READING: frozenset[Verb] = frozenset({"read", "create"})
_CHANGING: frozenset[Verb] = frozenset({"update", "manage"})


class ThreadPolicy:
    """Rights on a thread are those on its target."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:
        """Return whether the actor may do this to a thread, or to threads in general."""
        if subject is None:
            return verb in _READING and (actor.id is not None or actor.is_admin)
        if verb == "update" and actor.id is not None and subject.opened_by_id == actor.id:
            return self.allows(actor, "read", subject)
        if verb not in _READING and verb not in _CHANGING:
            return False
        rows = TARGETS.get(subject.target).rows(actor, "update" if verb in _CHANGING else "read")
        return rows.filter(pk=subject.target_id).exists()

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the threads on which the actor may do this."""
        if verb in _READING:
            return rows.filter(_on(actor, "read"))
        if verb == "manage":
            return rows.filter(_on(actor, "update"))
        if verb != "update":
            return rows.none()
        own = Q(opened_by=actor.id) & _on(actor, "read") if actor.id is not None else Q(pk__in=())
        return rows.filter(own | _on(actor, "update"))


class TermPolicy:
    """Everybody signed in reads, defines and changes their own; those who answer for the process, all."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:
        """Return whether the actor may do this to a word, or to words in general."""
        if actor.is_admin or (verb in _CHANGING and not _SETTLING.isdisjoint(actor.roles)):
            return True
        if verb in _READING:
            return actor.id is not None
        return (
            verb == "update" and subject is not None and actor.id is not None and subject.owner_id == actor.id
        )

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the words on which the actor may do this."""
        if self.allows(actor, verb, None):
            return rows
        return rows.filter(owner=actor.id) if verb == "update" and actor.id is not None else rows.none()


def _on(actor: Actor, verb: Verb) -> Q:
    """Return the test of a thread: its target is one on which the actor may do this."""
    found = Q(pk__in=())
    for name in TARGETS:
        found |= Q(target=name, target_id__in=TARGETS.get(name).rows(actor, verb).values("pk"))
    return found
