"""What a simulation tells: records as stories, each turn with its moment, its author and what it filled.

Pure. Values are JSON by API name; a link is the key of another story, a person is an e-mail address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Turn:
    """Something done to a record: values filled, and the stage it went to when it moved."""

    at: datetime
    by: str
    values: Mapping[str, Any] = field(default_factory=dict)
    to: str | None = None
    motive: str = ""


@dataclass(frozen=True)
class Story:
    """A record from its birth on; the first turn creates it, at the beginning of its pipeline if any."""

    object: str
    key: str
    turns: tuple[Turn, ...]

    @property
    def values(self) -> dict[str, Any]:
        """What the record holds in the end."""
        return {name: value for turn in self.turns for name, value in turn.values.items()}
