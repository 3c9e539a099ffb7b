"""What is wrong with what a map says is counted: a place that is gone, a figure that nobody could compute.

Fields and roles that do not exist are found where they are known, by `blueprint.check`.
"""

from collections.abc import Iterator, Mapping

from portulan.maps.findings import Finding, error, warning
from portulan.maps.measures import Counting, DrawnMeasure
from portulan.maps.model import Map

#: What a measure must name, by how it counts.
NEEDED: Mapping[Counting, tuple[str, ...]] = {
    "count": (),
    "sum": ("field",),
    "mean": ("field",),
    "median": ("field",),
    "rate": (),
    "time": ("field", "until"),
    "conversion": ("stages", "part_stages"),
}


def lint(drawn: Map) -> Iterator[Finding]:
    """Return what is wrong with the measures of a map."""
    stages = {step.id for step in drawn.steps if step.kind != "gateway"}
    places = {None, *(step.id for step in drawn.steps), *(way.id for way in drawn.passages)}
    for one in drawn.measures:
        here = one.element if one.element in places else None
        if one.element not in places or not stages.issuperset((*one.stages, *one.part_stages)):
            yield error("measure_nowhere", here or "", one.id, measure=one.label)
        if not is_whole(one):
            yield error("measure_unfinished", here or "", one.id, measure=one.label)
        elif not one.roles:
            yield warning("measure_for_nobody", here or "", one.id, measure=one.label)


def is_whole(one: DrawnMeasure) -> bool:
    """Return whether a measure says all that counting it takes."""
    dated = one.period is None or one.dated is not None or one.how == "conversion"
    shared = one.how != "rate" or one.part is not None or bool(one.part_stages)
    named = all(getattr(one, name) for name in NEEDED[one.how])
    return dated and shared and named and bool(one.label.strip())
