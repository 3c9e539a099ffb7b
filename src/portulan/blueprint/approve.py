"""From what a map says has to be agreed to approvals, each with the step that it is drawn on. Pure."""

from collections.abc import Iterator

from portulan.base.value import Words
from portulan.blueprint.automate import uid_of
from portulan.blueprint.schema import Approval, Origin, Pipeline
from portulan.maps.model import Map, Step
from portulan.maps.rules import DrawnApproval


def approve(drawn: Map, pipeline: Pipeline) -> tuple[Approval, ...]:
    """Return the approvals of a map, in the order of its drawing; those on what is no stage are left out."""
    stages = {stage.uid for stage in pipeline.stages}
    return tuple(one for step in drawn.steps if step.id in stages for one in _of_step(drawn, step, pipeline))


def _of_step(drawn: Map, step: Step, pipeline: Pipeline) -> Iterator[Approval]:
    for one in step.approvals:
        yield _approval(one, drawn, step, pipeline)


def _approval(one: DrawnApproval, drawn: Map, step: Step, pipeline: Pipeline) -> Approval:
    return Approval(
        uid=uid_of(drawn.uid, one.id),
        label=Words(fr=one.label),
        object=pipeline.object,
        pipeline=pipeline.uid,
        stage=step.id,
        condition=one.condition,
        approvers=one.approvers,
        remind_after=one.remind_after,
        origin=Origin(map=drawn.uid, element=step.id),
    )
