"""What happens to people."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class PersonCreated:
    """A person may sign in from now on."""

    kind: ClassVar[str] = "person.created"


@happening
@dataclass(frozen=True)
class PersonDeactivated:
    """A person may no longer sign in."""

    kind: ClassVar[str] = "person.deactivated"


@happening
@dataclass(frozen=True)
class RoleGranted:
    """A person holds a role."""

    kind: ClassVar[str] = "person.role_granted"
    role: str


@happening
@dataclass(frozen=True)
class RoleRevoked:
    """A person no longer holds a role."""

    kind: ClassVar[str] = "person.role_revoked"
    role: str
