"""From hand-overs between lanes to assignment: who holds a record, and who gets it next.

Pure. What waits for us (a lead, a ticket) belongs to the lane that works on it, and passes on with it; a deal
or a contract stays with who holds it, the other lanes work on it where it is. An assignment that the map
states itself, on the passage or on the step that it leads to, is enough.
"""

from collections.abc import Iterator

from portulan.base.value import Words
from portulan.blueprint.automate import uid_of
from portulan.blueprint.engage import waits_for_us
from portulan.blueprint.schema import Origin, Pipeline, Rule
from portulan.maps.model import FINAL, Automatic, Map
from portulan.maps.rules import Assign, Taken


def holders(drawn: Map) -> frozenset[str]:
    """Return the roles that hold the records of a map: where they begin, and where they are handed over."""
    roles = _roles(drawn)
    begins = {roles[step.id] for step in drawn.steps if step.begins and roles[step.id]}
    handed = {roles[way.target] for way in drawn.passages if _hands_over(drawn, way.source, way.target)}
    return frozenset(begins | handed)


def hand_over(drawn: Map, pipeline: Pipeline) -> Iterator[Rule]:
    """Yield a rule for each passage that leads to another lane: somebody of its role gets the record."""
    roles = _roles(drawn)
    settled = {step.id for step in drawn.steps if _assigns(step.automations)}
    said = {way.id for way in drawn.passages if _assigns(way.after)}
    for way in pipeline.transitions:
        drawn_on = way.origin.element if way.origin else way.uid
        if way.target in settled or drawn_on in said or not _hands_over(drawn, way.source, way.target):
            continue
        label = way.label if way.label.fr else Words(fr=drawn.step(way.target).label)
        yield Rule(
            uid=uid_of(drawn.uid, f"{way.uid}_handed"),
            label=label,
            object=pipeline.object,
            trigger=Taken(on="taken", passage=way.uid),
            actions=(Assign(do="assign", role=roles[way.target]),),
            origin=Origin(map=drawn.uid, element=drawn_on),
        )


def _hands_over(drawn: Map, source: str, target: str) -> bool:
    roles = _roles(drawn)
    ends = next(step.kind for step in drawn.steps if step.id == target) in FINAL
    return (
        waits_for_us(drawn)
        and not ends
        and bool(roles[source] and roles[target])
        and roles[source] != roles[target]
    )


def _roles(drawn: Map) -> dict[str, str]:
    """Return the role of the lane of each step, empty where it has none."""
    lanes = {lane.id: lane.role or "" for lane in drawn.lanes}
    return {step.id: lanes.get(step.lane, "") for step in drawn.steps}


def _assigns(notes: tuple[Automatic, ...]) -> bool:
    return any(isinstance(one, Assign) for note in notes if note.rule for one in note.rule.actions)
