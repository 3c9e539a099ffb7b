"""One case walking a map: how long it stays at each step and which passage it takes, as a company lives it.

Pure and deterministic: the same habits and the same source of chance give the same walk. Waits follow
log-normal laws around the usual delay that the map states.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from portulan.base.durations import Duration
from portulan.maps.model import Map

#: A working day of the default hours, in worked minutes.
DAY = 7 * 60.0
_UNITS = {"working_days": DAY, "days": DAY * 5 / 7, "weeks": DAY * 5, "working_hours": 60.0, "hours": 60.0}
_MOST_VISITS = 40


@dataclass(frozen=True)
class Way:
    """A passage as people take it: how often, how long it takes against the usual, which mood it starts."""

    to: str
    weight: float
    pace: float = 1.0
    hot: float = 0.0


@dataclass(frozen=True)
class Habit:
    """How a company lives a step: the usual wait in worked minutes, its spread, the ways out."""

    usual: float
    spread: float
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Visit:
    """A stay at a step: when it began, in worked minutes, and whether the case was in a hurry."""

    step: str
    minute: float
    hot: bool = False


def usual(drawn: Map, step: str, *, default: float = DAY) -> float:
    """Return the usual delay of a step in worked minutes."""
    stated = drawn.step(step).delays.usual or drawn.step(step).delays.target
    return default if stated is None else minutes(stated)


def minutes(duration: Duration) -> float:
    """Return a duration in worked minutes."""
    return duration.amount * _UNITS.get(duration.unit, 1.0)


def walk(
    habits: Mapping[str, Habit], begins: str, chance: Random, *, minute: float, until: float
) -> Sequence[Visit]:
    """Return the visits of one case that starts at a minute, up to the minute where the story stops."""
    visits = [Visit(begins, minute)]
    while len(visits) < _MOST_VISITS:
        here = visits[-1]
        habit = habits.get(here.step)
        if habit is None:
            break
        way = _chosen(habit.ways, chance, hot=here.hot)
        wait = habit.usual * way.pace * math.exp(chance.gauss(0.0, habit.spread))
        minute += max(wait * (_RUSH if here.hot else 1.0), 5.0)
        if minute >= until:
            break
        visits.append(Visit(way.to, minute, hot=here.hot or chance.random() < way.hot))
    return visits


#: A case in a hurry waits this share of the usual, and is lost or sent back that much more rarely.
_RUSH = 0.12


def _chosen(ways: Sequence[Way], chance: Random, *, hot: bool) -> Way:
    main = ways[0]
    weights = [way.weight if way is main or not hot else way.weight * _RUSH for way in ways]
    return chance.choices(ways, weights)[0]
