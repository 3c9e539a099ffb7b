"""Rights: "may I?" and "which ones?", answered by the one policy of a kind of subject.

Owns the registry of policies, filled by `server.wiring`. Denies what nobody allows: a kind without a
policy is refused to everybody.
"""

from typing import Any, Literal, Protocol, TypeVar

from django.db.models import Model, QuerySet

from portulan.base.refusals import NotAllowed
from portulan.base.registry import Registry
from portulan.people.actor import Actor

Verb = Literal["create", "read", "update", "delete", "export", "override", "publish", "apply", "manage"]
Row = TypeVar("Row", bound=Model)


class Policy(Protocol):
    """The rules of one kind of subject; both answers must agree on every row."""

    def allows(self, actor: Actor, verb: Verb, subject: Any) -> bool:
        """Return whether the actor may do this to the subject (None: to the kind in general)."""

    def visible(self, actor: Actor, verb: Verb, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows on which the actor may do this."""


POLICIES: Registry[Policy] = Registry("policy")


def allows(actor: Actor, verb: Verb, kind: str, subject: Any = None) -> bool:
    """Return whether the actor may do this to a subject of that kind."""
    if actor.seen_by and verb == "export":
        return False
    return POLICIES.get(kind).allows(actor, verb, subject)


def require(actor: Actor, verb: Verb, kind: str, subject: Any = None) -> None:
    """Do nothing when the actor may do this.

    :raises NotAllowed: when the actor may not.
    """
    if not allows(actor, verb, kind, subject):
        raise NotAllowed(details={"verb": verb, "kind": kind})


def visible(actor: Actor, verb: Verb, kind: str, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return the rows of that kind on which the actor may do this."""
    return POLICIES.get(kind).visible(actor, verb, rows)
