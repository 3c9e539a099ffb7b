"""From what a map says happens by itself to rules, each with the element that it is drawn on.

Pure. Only structured rules become rules; a plain note stays words. A passage that fires by itself after a
delay becomes a rule that waits, then moves the record through the gates.
"""

import hashlib
from collections.abc import Iterator

from portulan.base.value import Words
from portulan.blueprint.schema import Origin, Pipeline, Rule, Transition
from portulan.maps.model import Automatic, Map
from portulan.maps.rules import DrawnRule, Entered, Left, MoveTo, Taken, Trigger

#: As in `base.value.ElementId`.
_LONGEST_ID = 48


def automate(drawn: Map, pipeline: Pipeline) -> tuple[Rule, ...]:
    """Return the rules of a map, in the order of its drawing: those of steps, of passages, of delays."""
    return (*_of_steps(drawn), *_of_passages(drawn, pipeline), *_of_delays(drawn, pipeline))


def _of_steps(drawn: Map) -> Iterator[Rule]:
    for step in drawn.steps:
        for note in step.automations:
            if note.rule is not None:
                yield _rule(drawn, step.id, note, note.rule, Entered(on="entered", stage=step.id))


def _of_passages(drawn: Map, pipeline: Pipeline) -> Iterator[Rule]:
    ways = {way.origin.element: way.uid for way in reversed(pipeline.transitions) if way.origin}
    for passage in drawn.passages:
        for note in passage.after:
            if note.rule is not None:
                own = Taken(on="taken", passage=ways.get(passage.id, passage.id))
                yield _rule(drawn, passage.id, note, note.rule, own)


def _of_delays(drawn: Map, pipeline: Pipeline) -> Iterator[Rule]:
    for way in pipeline.transitions:
        if way.fires_after is not None:
            yield _by_itself(drawn, pipeline, way)


def _by_itself(drawn: Map, pipeline: Pipeline, way: Transition) -> Rule:
    return Rule(
        uid=uid_of(drawn.uid, f"{way.uid}_waits"),
        label=way.label,
        object=pipeline.object,
        trigger=Entered(on="entered", stage=way.source),
        wait=way.fires_after,
        actions=(MoveTo(do="move", stage=way.target),),
        origin=way.origin,
    )


def _rule(drawn: Map, element: str, note: Automatic, rule: DrawnRule, own: Trigger) -> Rule:
    return Rule(
        uid=uid_of(drawn.uid, note.id),
        label=Words(fr=note.label),
        object=drawn.subject or "",
        trigger=_placed(rule.trigger, element) or own,
        condition=rule.condition,
        wait=rule.wait,
        unless=tuple(_placed(one, element) or one for one in rule.unless),
        actions=rule.actions,
        origin=Origin(map=drawn.uid, element=element),
    )


def _placed(trigger: Trigger | None, element: str) -> Trigger | None:
    """Return the trigger with the element that it leaves unsaid."""
    if isinstance(trigger, Entered | Left) and trigger.stage is None:
        return trigger.model_copy(update={"stage": element})
    if isinstance(trigger, Taken) and trigger.passage is None:
        return trigger.model_copy(update={"passage": element})
    return trigger


def uid_of(*parts: str) -> str:
    """Return the uid of what is built of a part of a map, shortened by a hash where too long."""
    joined = "_".join(parts)
    if len(joined) <= _LONGEST_ID:
        return joined
    return f"{joined[:30].rstrip('_')}_h{hashlib.sha256(joined.encode()).hexdigest()[:12]}"
