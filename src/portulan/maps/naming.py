"""Ids for new maps: from a title, free of those taken.

A step's id is a stage's id, so no two processes may share one: a map that becomes another process gets its
steps under new ids.
"""

import re
from collections.abc import Collection

from portulan.base.fold import fold
from portulan.maps.model import FINAL, Map

_LONGEST = 40


def uid_from(title: str) -> str:
    """Return an id that reads like the title."""
    return _shortened(re.sub(r"[^a-z0-9]+", "_", fold(title)).lstrip("_0123456789")) or "carte"


def free_uid(wanted: str, taken: Collection[str]) -> str:
    """Return the id wanted, with a number behind it when it is taken."""
    if wanted not in taken:
        return wanted
    n = 2
    while _numbered(wanted, n) in taken:
        n += 1
    return _numbered(wanted, n)


def free(drawn: Map, taken: Collection[str]) -> Map:
    """Return the map as a process of its own: itself when its uid is free, else its steps get new ids."""
    uid = free_uid(drawn.uid, taken)
    if uid == drawn.uid:
        return drawn
    n = int(uid.rpartition("_")[2])
    ids: dict[str, str] = {}
    for step in drawn.steps:
        ids[step.id] = free_uid(_numbered(step.id, n), set(ids.values()))
    steps = tuple(step.model_copy(update={"id": ids[step.id]}) for step in drawn.steps)
    passages = tuple(
        way.model_copy(
            update={end: ids.get(getattr(way, end), getattr(way, end)) for end in ("source", "target")}
        )
        for way in drawn.passages
    )
    answers = tuple(
        one.model_copy(update={"element": ids.get(one.element, one.element)}) for one in drawn.answers
    )
    measures = tuple(
        one.model_copy(
            update={
                "element": ids.get(one.element or "", one.element),
                "stages": tuple(ids.get(stage, stage) for stage in one.stages),
                "part_stages": tuple(ids.get(stage, stage) for stage in one.part_stages),
            }
        )
        for one in drawn.measures
    )
    return drawn.model_copy(
        update={"uid": uid, "steps": steps, "passages": passages, "answers": answers, "measures": measures}
    )


def as_process(drawn: Map, *, uid: str, subject: str | None) -> Map:
    """Return a map as a process of its own, its steps under new ids: it ends where nothing goes on."""
    own = free(drawn, {drawn.uid}).model_copy(update={"uid": uid, "kind": "process", "subject": subject})
    targets, sources = {way.target for way in own.passages}, {way.source for way in own.passages}
    first = next((step.id for step in own.steps if step.id not in targets), None)
    steps = tuple(
        step.model_copy(
            update={
                "begins": step.id == first,
                "kind": step.kind if step.id in sources or step.kind in FINAL else "closed",
            }
        )
        for step in own.steps
    )
    return own.model_copy(update={"steps": steps})


def _numbered(wanted: str, n: int) -> str:
    return f"{_shortened(wanted)}_{n}"


def _shortened(wanted: str) -> str:
    return wanted[:_LONGEST].rstrip("_")
