"""From what a map says is counted to figures, and to the boards that gather them for each role that watches.

Pure. There is one board a map and role, in the order of the drawing; a figure for nobody is on none.
"""

from collections.abc import Iterator, Sequence

from portulan.base.value import Words
from portulan.blueprint.automate import uid_of
from portulan.blueprint.schema import Board, Figure, Origin, Pipeline
from portulan.maps import counts
from portulan.maps.measures import DrawnMeasure
from portulan.maps.model import Map


def tally(drawn: Map, pipeline: Pipeline) -> tuple[Figure, ...]:
    """Return the figures of a map, in the order of its drawing.

    Those not said to the end, or at a step that is gone, are left out: the linter says so on the map.
    """
    stages = {stage.uid for stage in pipeline.stages}
    return tuple(
        _figure(one, drawn, pipeline)
        for one in drawn.measures
        if counts.is_whole(one) and stages.issuperset((*one.stages, *one.part_stages))
    )


def boards(drawn: Map, figures: Sequence[Figure]) -> Iterator[Board]:
    """Yield the boards of a map: one for each role that watches some of its figures."""
    for role in dict.fromkeys(role for one in figures for role in one.roles):
        yield Board(
            uid=uid_of(drawn.uid, role),
            label=Words(fr=drawn.title),
            role=role,
            object=drawn.subject or "",
            pipeline=drawn.uid,
            measures=tuple(one.uid for one in figures if role in one.roles),
            origin=Origin(map=drawn.uid, element=drawn.uid),
        )


def _figure(one: DrawnMeasure, drawn: Map, pipeline: Pipeline) -> Figure:
    said = one.model_dump(exclude={"id", "label", "element", "condition", "part", "within"})
    aliases = {entry.id: entry.field for step in drawn.steps for entry in step.information if entry.field}
    named = {name: aliases.get(said[name], said[name]) for name in ("field", "until", "dated")}
    return Figure(
        **{**said, **named},
        uid=uid_of(drawn.uid, one.id),
        label=Words(fr=one.label),
        object=pipeline.object,
        pipeline=pipeline.uid,
        condition=one.condition,
        part=one.part,
        within=one.within,
        origin=Origin(map=drawn.uid, element=one.element or drawn.uid),
    )
