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


@happening
@dataclass(frozen=True)
class PersonReactivated:
    """A person may sign in again."""

    kind: ClassVar[str] = "person.reactivated"


@happening
@dataclass(frozen=True)
class AdministratorChanged:
    """A person has every right from now on, or no longer."""

    kind: ClassVar[str] = "person.administrator_changed"
    is_admin: bool


@happening
@dataclass(frozen=True)
class PasswordReset:
    """The password of a person opens nothing any more: a link lets them choose another."""

    kind: ClassVar[str] = "person.password_reset"


@happening
@dataclass(frozen=True)
class PasswordChosen:
    """A person chose their password by the link that was made for them."""

    kind: ClassVar[str] = "person.password_chosen"


@happening
@dataclass(frozen=True)
class SeenAs:
    """An administrator looks through the eyes of a person, and may change nothing."""

    kind: ClassVar[str] = "person.seen_as"
