"""From exit criteria to required fields: what a criterion cannot do without is asked at the gate and after.

Pure. A field that an exit criterion tests as filled, or compares, is required by the stage, and by every
later one that no drawn way reaches without it. What stands under « or » or « not » requires nothing, what is
kept by the product itself neither.
"""

from collections.abc import Iterator, Mapping

from portulan.base.conditions import walk
from portulan.blueprint import ways
from portulan.blueprint.schema import Object, Origin, Pipeline, Stage
from portulan.maps.model import FINAL

Demands = dict[str, Origin]


def demand(pipeline: Pipeline, kind: Object) -> Pipeline:
    """Return the pipeline whose stages also require what criteria ask for, each field with its criterion."""
    own = {stage.uid: dict(_own(pipeline, stage, kind)) for stage in pipeline.stages}
    if not any(own.values()):
        return pipeline
    before = ways.asked_before(pipeline, lambda way: own[way.source])
    stages = tuple(_demanding(stage, before.get(stage.uid, {}) | own[stage.uid]) for stage in pipeline.stages)
    return pipeline.model_copy(update={"stages": stages})


def _own(pipeline: Pipeline, stage: Stage, kind: Object) -> Iterator[tuple[str, Origin]]:
    """Yield the fields that the exit criteria of a stage ask for, the first criterion of each."""
    fields = {field.name: field.uid for field in kind.fields if not field.system}
    asked: Demands = {}
    for criterion in stage.exit if stage.kind not in FINAL else ():
        for path in walk.presumed(criterion.condition) if criterion.condition is not None else ():
            uid = fields.get(path.partition(".")[0])
            if uid is not None:
                asked.setdefault(uid, Origin(map=pipeline.uid, element=criterion.id))
    yield from asked.items()


def _demanding(stage: Stage, asked: Mapping[str, Origin]) -> Stage:
    added = {uid: origin for uid, origin in asked.items() if uid not in stage.required}
    if not added or stage.kind in FINAL:
        return stage
    return stage.model_copy(update={"required": (*stage.required, *added), "origins": added})
