"""What every drawn way to a stage has asked for on it, whichever was taken.

Pure. A gate asks on the way forward alone; a way runs through no final stage, and nothing archived is one.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from portulan.blueprint.schema import Pipeline, Transition
from portulan.maps.model import FINAL

V = TypeVar("V")


def asked_before(
    pipeline: Pipeline, asks: Callable[[Transition], Mapping[str, V]]
) -> dict[str, dict[str, V]]:
    """Return, by stage that a record may reach, what every way there asks for; `asks` says it of a passage.

    The greatest fixed point of what holds on all ways (available expressions; Kildall, 1973).
    """
    live = [stage for stage in pipeline.stages if not stage.archived]
    begins = [stage.uid for stage in live if stage.begins] or [stage.uid for stage in live[:1]]
    held: dict[str, dict[str, V]] = {uid: {} for uid in begins}
    waiting = list(begins)
    while waiting:
        uid = waiting.pop(0)
        for way, forward in _from(pipeline, uid):
            brought = {**held[uid], **(asks(way) if forward else {})}
            known = held.get(way.target)
            kept = brought if known is None else {one: known[one] for one in known if one in brought}
            if known is None or len(kept) < len(known):
                held[way.target] = kept
                waiting.append(way.target)
    return held


def _from(pipeline: Pipeline, uid: str) -> Iterator[tuple[Transition, bool]]:
    """Yield the passages out of an open stage, each with whether it leads on."""
    rank = {stage.uid: place for place, stage in enumerate(pipeline.stages) if not stage.archived}
    over = {stage.uid for stage in pipeline.stages if stage.kind in FINAL}
    for way in pipeline.transitions if uid in rank and uid not in over else ():
        if not way.archived and way.source == uid and way.target in rank and way.target != uid:
            yield way, rank[uid] < rank[way.target]
