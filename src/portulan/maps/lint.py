"""What is wrong with a map, or would surprise its readers: every finding at once, errors and warnings.

Errors refuse a publication; warnings do not. `maps.fixes` mends what one move can mend. The limits follow
Mendling, Reijers & van der Aalst, Seven process modeling guidelines (2010), and the practice of mapping
workshops.
"""

from collections.abc import Iterator

from portulan.maps import counts, decisions, kinds, labels, roles, sources
from portulan.maps.findings import Finding, error, warning
from portulan.maps.model import FINAL, Lane, Map, Passage, Phase, Step
from portulan.maps.ways import Ways

READABLE = 15
#: Kinds that stand on lanes and phases and are read from one end to the other.
_READ_IN_ORDER = frozenset({"process", "journey", "decision"})


def lint(drawn: Map) -> list[Finding]:
    """Return every finding on a map, errors first, in the order of the drawing."""
    ways = Ways(drawn)
    found = [*_ids(drawn), *_names(drawn), *_doubles(drawn), *kinds.lint(drawn, ways)]
    if drawn.kind in _READ_IN_ORDER:
        found += [*_ground(drawn), *_size(drawn)]
    if drawn.kind == "process":
        found += [*_ends(drawn), *_ways(drawn, ways), *_verbs(drawn), *_people(drawn), *roles.lint(drawn)]
        found += [*decisions.lint(drawn, ways), *sources.lint(drawn, ways), *counts.lint(drawn)]
    return sorted(found, key=lambda finding: finding.severity != "error")


def _ids(drawn: Map) -> Iterator[Finding]:
    seen: set[str] = set()
    elements: list[Phase | Lane | Step | Passage] = [
        *drawn.phases,
        *drawn.lanes,
        *drawn.steps,
        *drawn.passages,
    ]
    for element in elements:
        if element.id in seen:
            yield error("id_twice", element.id, id=element.id)
        seen.add(element.id)
    lanes, phases = ({one.id for one in many} for many in (drawn.lanes, drawn.phases))
    for step in drawn.steps:
        if step.lane not in lanes:
            yield error("no_lane", step.id, step=step.label)
        if step.phase not in phases:
            yield error("no_phase", step.id, step=step.label)


def _names(drawn: Map) -> Iterator[Finding]:
    named: list[Phase | Lane | Step] = [*drawn.phases, *drawn.lanes, *drawn.steps]
    for element in named:
        if not element.label.strip():
            yield error("no_label", element.id, id=element.id)


def _ends(drawn: Map) -> Iterator[Finding]:
    if not drawn.steps:
        yield error("empty", "")
    if drawn.state == "to_be" and not drawn.subject:
        yield error("no_subject", "")
    steps = {step.id for step in drawn.steps}
    for passage in drawn.passages:
        if not {passage.source, passage.target} <= steps:
            yield error("passage_without_end", passage.id, passage=passage.label or passage.id)
    starts = [step for step in drawn.steps if step.begins]
    if drawn.steps and len(starts) != 1:
        yield error("starts", starts[1].id if starts else drawn.steps[0].id, n=len(starts))
    if drawn.steps and not any(step.kind in FINAL for step in drawn.steps):
        yield error("no_ending", drawn.steps[-1].id)


def _ways(drawn: Map, ways: Ways) -> Iterator[Finding]:
    for step in drawn.steps:
        if step.id not in ways.reached:
            yield error("unreachable", step.id, step=step.label)
        elif step.id not in ways.ending:
            yield error("no_way_out", step.id, step=step.label)
    order = {step.id: index for index, step in enumerate(drawn.steps)}
    returns = any(order.get(p.target, 0) < order.get(p.source, 0) for p in drawn.passages)
    if drawn.passages and not returns:
        yield warning("no_way_back", drawn.steps[0].id)


def _people(drawn: Map) -> Iterator[Finding]:
    played = {lane.id: lane.role for lane in drawn.lanes}
    for step in drawn.steps:
        if step.kind != "gateway" and not step.actors and played.get(step.lane) is None:
            yield warning("no_owner", step.id, step=step.label)


def _verbs(drawn: Map) -> Iterator[Finding]:
    for step in drawn.steps:
        noun = labels.noun_of(step.label) if step.kind == "task" else None
        if noun is not None:
            yield warning("label_without_verb", step.id, step=step.label)


def _ground(drawn: Map) -> Iterator[Finding]:
    if not drawn.steps:
        return
    phases, lanes = {step.phase for step in drawn.steps}, {step.lane for step in drawn.steps}
    for phase in drawn.phases:
        if phase.id not in phases:
            yield warning("phase_unused", phase.id, phase=phase.label)
    for lane in drawn.lanes:
        if lane.id not in lanes:
            yield warning("lane_unused", lane.id, lane=lane.label)


def _doubles(drawn: Map) -> Iterator[Finding]:
    ways: set[tuple[str, str]] = set()
    for way in drawn.passages:
        if (way.source, way.target) in ways:
            yield warning("passage_twice", way.id, passage=way.label or way.id)
        ways.add((way.source, way.target))


def _size(drawn: Map) -> Iterator[Finding]:
    steps: list[Step] = [step for step in drawn.steps if step.kind != "gateway"]
    if len(steps) > READABLE:
        yield warning("too_many_steps", steps[READABLE].id, n=len(steps), most=READABLE)
