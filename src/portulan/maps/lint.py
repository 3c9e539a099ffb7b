"""What is wrong with a map, or would surprise its readers: every finding at once, errors and warnings.

Errors refuse a publication; warnings do not. The limits follow Mendling, Reijers & van der Aalst, Seven
process modeling guidelines (2010), and the practice of mapping workshops.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from portulan.base import texts
from portulan.base.refusals import Problem
from portulan.maps.model import FINAL, Lane, Map, Passage, Phase, Step

MOST_STEPS = 15
#: Professions that a customer process forgets at its own risk.
OFTEN_FORGOTTEN = ("finance", "adv", "support")


@dataclass(frozen=True)
class Finding:
    """One finding: how grave, what (`maps.<code>`), on which element, with the facts of its sentence."""

    severity: Literal["error", "warning"]
    code: str
    element: str
    facts: dict[str, Any] = field(default_factory=dict)

    def say(self, lang: str) -> str:
        """Return the finding as a sentence."""
        return texts.say(self.code, lang, **self.facts)

    def as_problem(self) -> Problem:
        """Return the finding as a reason of refusal."""
        return Problem(self.element, self.code, self.facts)


def lint(drawn: Map) -> list[Finding]:
    """Return every finding on a map, errors first, in the order of the drawing."""
    found = [*_ids(drawn), *_ends(drawn), *_ways(drawn), *_gateways(drawn), *_people(drawn), *_size(drawn)]
    return sorted(found, key=lambda finding: finding.severity != "error")


def _error(code: str, element: str, **facts: Any) -> Finding:
    return Finding("error", f"maps.{code}", element, facts)


def _warning(code: str, element: str, **facts: Any) -> Finding:
    return Finding("warning", f"maps.{code}", element, facts)


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
            yield _error("id_twice", element.id, id=element.id)
        seen.add(element.id)
    lanes, phases = ({one.id for one in many} for many in (drawn.lanes, drawn.phases))
    for step in drawn.steps:
        if step.lane not in lanes:
            yield _error("no_lane", step.id, step=step.label)
        if step.phase not in phases:
            yield _error("no_phase", step.id, step=step.label)


def _ends(drawn: Map) -> Iterator[Finding]:
    steps = {step.id for step in drawn.steps}
    for passage in drawn.passages:
        if not {passage.source, passage.target} <= steps:
            yield _error("passage_without_end", passage.id, passage=passage.label or passage.id)
    starts = [step for step in drawn.steps if step.begins]
    if drawn.steps and len(starts) != 1:
        yield _error("starts", starts[1].id if starts else drawn.steps[0].id, n=len(starts))
    if drawn.steps and not any(step.kind in FINAL for step in drawn.steps):
        yield _error("no_ending", drawn.steps[-1].id)


def _ways(drawn: Map) -> Iterator[Finding]:
    forward = _reached(
        (s.id for s in drawn.steps if s.begins), [(p.source, p.target) for p in drawn.passages]
    )
    ends = (s.id for s in drawn.steps if s.kind in FINAL)
    backward = _reached(ends, [(p.target, p.source) for p in drawn.passages])
    for step in drawn.steps:
        if step.id not in forward:
            yield _error("unreachable", step.id, step=step.label)
        elif step.id not in backward:
            yield _error("no_way_out", step.id, step=step.label)
    order = {step.id: index for index, step in enumerate(drawn.steps)}
    returns = any(order.get(p.target, 0) < order.get(p.source, 0) for p in drawn.passages)
    if drawn.passages and not returns:
        yield _warning("no_way_back", drawn.steps[0].id)


def _reached(start: Iterable[str], arcs: list[tuple[str, str]]) -> set[str]:
    found = set(start)
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        fresh = {target for source, target in arcs if source == here} - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _gateways(drawn: Map) -> Iterator[Finding]:
    for step in drawn.steps:
        out = [passage for passage in drawn.passages if passage.source == step.id]
        if step.kind == "gateway" and sum(passage.before.condition is None for passage in out) > 1:
            yield _error("gateway_without_criteria", step.id, step=step.label)


def _people(drawn: Map) -> Iterator[Finding]:
    roles = {lane.id: lane.role for lane in drawn.lanes}
    for step in drawn.steps:
        if not step.actors and roles.get(step.lane) is None:
            yield _warning("no_owner", step.id, step=step.label)
    named = {role for role in roles.values() if role} | {
        actor for step in drawn.steps for actor in step.actors
    }
    for role in OFTEN_FORGOTTEN:
        if drawn.steps and role not in named:
            yield _warning(f"forgotten_{role}", drawn.steps[0].id)


def _size(drawn: Map) -> Iterator[Finding]:
    steps: list[Step] = [step for step in drawn.steps if step.kind != "gateway"]
    if len(steps) > MOST_STEPS:
        yield _warning("too_many_steps", steps[MOST_STEPS].id, n=len(steps), most=MOST_STEPS)
