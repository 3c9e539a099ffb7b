"""Who acts now: a frozen portrait of a person, or of the system itself.

Every query and every operation takes an actor first. Provenance says by which path they act.
"""

from dataclasses import dataclass, replace
from typing import Literal

Provenance = Literal["person", "api", "import", "automation", "connector", "system"]


@dataclass(frozen=True)
class Actor:
    """A person who acts, with what their rights depend on.

    `seen_by` names the administrator who looks through their eyes, and may change nothing.
    `team_ids` are their teams and those below; `teammate_ids` the people of these teams, themselves included.
    """

    id: int | None
    name: str = ""
    email: str = ""
    lang: str = "fr"
    hue: int = 220
    roles: frozenset[str] = frozenset()
    team_ids: frozenset[int] = frozenset()
    teammate_ids: frozenset[int] = frozenset()
    territory: str = ""
    is_admin: bool = False
    provenance: Provenance = "person"
    robot: bool = False
    seen_by: str = ""

    def through(self, provenance: Provenance) -> "Actor":
        """Return the same actor on another path, such as an import."""
        return replace(self, provenance=provenance)


def system(provenance: Provenance = "system") -> Actor:
    """Return the actor of what the product does by itself, with every right."""
    return Actor(id=None, name="Portulan", is_admin=True, provenance=provenance, robot=True)
