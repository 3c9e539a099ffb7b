"""What happens to the blueprint."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class BlueprintApplied:
    """A new version is in force; `undoes` is the version whose effects it takes back, if any."""

    kind: ClassVar[str] = "blueprint.applied"
    version: int
    base: int
    changes: int
    undoes: int | None = None


@happening
@dataclass(frozen=True)
class ScenariosOverridden:
    """A version was built although the scenarios of some maps were red or not played."""

    kind: ClassVar[str] = "blueprint.scenarios_overridden"
    version: int
    motive: str
    maps: list[str]
