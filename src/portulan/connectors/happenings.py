"""What happens to imports. What happens to the records of an import is told by the records themselves."""

from dataclasses import dataclass
from typing import ClassVar

from portulan.events.types import happening


@happening
@dataclass(frozen=True)
class ImportDone:
    """The lines of a file became records; `linked` others were made because lines name them."""

    kind: ClassVar[str] = "import.done"
    object: str
    name: str
    created: int
    updated: int
    refused: int
    forced: int = 0
    motive: str = ""
    linked: int = 0


@happening
@dataclass(frozen=True)
class ImportUndone:
    """What an import did was given back; `kept` records had changed since."""

    kind: ClassVar[str] = "import.undone"
    object: str
    name: str
    binned: int
    given_back: int
    kept: int
