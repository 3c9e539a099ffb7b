"""Whether the scenarios of maps are green on exactly what would be built.

Pure. A trial is known by the hash of the blueprint and of the scenarios: a change of either asks for another.
What parts are called locally and what is counted change nothing of what they do.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

import orjson

from portulan.blueprint import codec
from portulan.blueprint.local import released
from portulan.blueprint.schema import Blueprint
from portulan.maps.model import Map

State = Literal["green", "red", "not_run"]


@dataclass(frozen=True)
class Standing:
    """How the scenarios of a map stand: how many there are, how many are green."""

    map: str
    title: str
    state: State
    total: int
    green: int = 0
    red: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """What came of the scenarios of a map on a blueprint, as JSON, and when."""

    key: str
    map: str
    green: bool
    outcomes: list[dict[str, Any]]
    at: datetime


def key_of(wanted: Blueprint, drawn: Map) -> str:
    """Return what a trial of a map's scenarios on a blueprint is known by."""
    stories = [story.model_dump(mode="json", by_alias=True) for story in drawn.scenarios]
    raw = orjson.dumps([drawn.uid, stories], option=orjson.OPT_SORT_KEYS)
    played = released(wanted).model_copy(update={"measures": (), "boards": ()})
    return sha256(codec.dump(played) + raw).hexdigest()


def standing_of(drawn: Map, tried: Tried | None) -> Standing:
    """Return how the scenarios of a map stand; what was not played is not green."""
    total = len(drawn.scenarios)
    if tried is None:
        return Standing(drawn.uid, drawn.title, "not_run", total)
    titles = {story.id: story.title for story in drawn.scenarios}
    red = tuple(titles[one["scenario"]] for one in tried.outcomes if not one["green"])
    state: State = "green" if tried.green else "red"
    return Standing(drawn.uid, drawn.title, state, total, total - len(red), red)
