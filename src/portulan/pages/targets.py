"""What may be discussed: upper rooms say of their kinds who may see which ones, and what each is called.

Owns the registry that `server.wiring` fills. Refuses what is not there, or may not be known to be there.
"""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from portulan.base.registry import Registry
from portulan.people.actor import Actor
from portulan.people.rights import Verb


@dataclass(frozen=True)
class Where:
    """What something is said about: a kind, an id, and an element inside, empty for the whole."""

    target: str
    id: UUID
    element: str = ""

    @property
    def subject(self) -> str:
        """How the log of events names the target."""
        return f"{self.target}:{self.id}"


@dataclass(frozen=True)
class Place:
    """What a target and an element are called, and who answers for it; what is gone has no label."""

    title: str
    label: str | None = ""
    keepers: tuple[int, ...] = ()


class Target(Protocol):
    """A kind of thing that may be discussed."""

    def rows(self, actor: Actor, verb: Verb) -> QuerySet[Any]:
        """Return those on which the actor may do this."""

    def place(self, actor: Actor, id: UUID, element: str) -> Place:  # noqa: A002 - the noun of the row
        """Return what a target and an element of it are called.

        :raises NotThere: when the actor may not know of the target.
        """

    def elements(self, actor: Actor, id: UUID) -> dict[str, str]:  # noqa: A002 - the noun of the row
        """Return what a guest of a workshop may say something about, by id.

        :raises NotThere: when the actor may not know of the target.
        """


TARGETS: Registry[Target] = Registry("target")


def place_of(actor: Actor, where: Where) -> Place:
    """Return what a place is called.

    :raises NotThere: when there is no such target, or the actor may not know of it.
    """
    return TARGETS.get(where.target).place(actor, where.id, where.element)
