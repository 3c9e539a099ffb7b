"""What mends a finding in one move: a sentence, and the map as it would then be.

Pure. A fix never takes away what a person said, beyond an element that holds nothing; where mending needs
somebody's knowledge (a criterion, a name) there is none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from portulan.base import texts
from portulan.base.refusals import NotNow
from portulan.maps import labels, naming, sources
from portulan.maps.findings import Finding
from portulan.maps.gather import gatherable
from portulan.maps.lint import lint
from portulan.maps.model import FINAL, Information, Map, Passage, Step
from portulan.maps.ways import Ways

#: Findings whose fixes are sought at once: nobody reads more, and each costs a map.
MOST_OFFERED = 100
#: Phases that are offered to be gathered, the largest ones.
_PHASES = 3


@dataclass(frozen=True)
class Fix:
    """What mends a finding, and the map that it gives."""

    code: str
    map: Map
    facts: dict[str, Any] = field(default_factory=dict)


class NothingToFix(NotNow):
    """The finding is no longer on the map, or takes a person to mend."""

    code = "maps.nothing_to_fix"


def mended(drawn: Map, code: str, element: str, about: str) -> Map:
    """Return the map once the finding of that code, on that element and about that, is mended.

    :raises NothingToFix: when there is no such finding, or it takes a person.
    """
    for finding in lint(drawn):
        if (finding.code, finding.element, finding.about) == (code, element, about):
            fix = find_fix(drawn, finding)
            if fix is not None:
                return fix.map
    raise NothingToFix


@dataclass(frozen=True)
class Offer:
    """What would mend a finding; with a phase, gathering it into a map of its own (`maps.gather`)."""

    finding: Finding
    code: str
    facts: dict[str, Any]
    phase: str = ""

    def say(self, lang: str) -> str:
        """Return what would be done as a sentence."""
        return texts.say(f"maps.fix_{self.code}", lang, **self.facts)


def offered(drawn: Map) -> list[Offer]:
    """Return what mends the first findings of a map, for those that one move mends."""
    found = lint(drawn)[:MOST_OFFERED]
    offers = [Offer(one, fix.code, fix.facts) for one in found if (fix := find_fix(drawn, one))]
    labels_of = {phase.id: phase.label for phase in drawn.phases}
    for one in found:
        if one.code == "maps.too_many_steps":
            for phase, n in gatherable(drawn)[:_PHASES]:
                offers.append(Offer(one, "gather", {"phase": labels_of[phase], "n": n}, phase))
    return offers


def find_fix(drawn: Map, finding: Finding) -> Fix | None:
    """Return what mends a finding of this map in one move, None when it takes a person."""
    mend = _FIXES.get(finding.code.removeprefix("maps."))
    return mend(drawn, finding) if mend else None


def _stand(drawn: Map, finding: Finding) -> Fix | None:
    """Put a step that stands nowhere into the first lane or phase."""
    what = finding.code.removeprefix("maps.no_")
    ground = drawn.lanes if what == "lane" else drawn.phases
    if not ground:
        return None
    return Fix(
        f"stand_{what}", _step(drawn, finding.element, **{what: ground[0].id}), {"label": ground[0].label}
    )


def _remove_passage(drawn: Map, finding: Finding) -> Fix | None:
    ways = tuple(way for way in drawn.passages if way.id != finding.element)
    return Fix("remove_passage", drawn.model_copy(update={"passages": ways}))


def _remove_ground(drawn: Map, finding: Finding) -> Fix | None:
    what = "lanes" if finding.code == "maps.lane_unused" else "phases"
    kept = tuple(one for one in getattr(drawn, what) if one.id != finding.element)
    return Fix(f"remove_{what}", drawn.model_copy(update={what: kept}))


def _begin(drawn: Map, _: Finding) -> Fix | None:
    """Keep the first beginning, or begin where nothing leads to."""
    targets = {way.target for way in drawn.passages}
    first = next((step for step in drawn.steps if step.begins), None) or next(
        (step for step in drawn.steps if step.id not in targets), drawn.steps[0]
    )
    steps = tuple(step.model_copy(update={"begins": step.id == first.id}) for step in drawn.steps)
    return Fix("begin", drawn.model_copy(update={"steps": steps}), {"step": first.label})


def _end(drawn: Map, _: Finding) -> Fix | None:
    """End where nothing goes on, unless that is where the map begins."""
    leaving = {way.source for way in drawn.passages}
    last = next((s for s in reversed(drawn.steps) if s.id not in leaving and not s.begins), None)
    return Fix("end", _step(drawn, last.id, kind="closed"), {"step": last.label}) if last else None


def _reach(drawn: Map, finding: Finding) -> Fix | None:
    """Lead to a step from the one drawn before it, among those that are reached."""
    index = _index(drawn, finding.element)
    ahead = Ways(drawn).reached
    before = [s for s in drawn.steps[:index] if s.id in ahead and s.kind not in {*FINAL, "gateway"}]
    return _tie(drawn, before[-1], drawn.steps[index]) if before else None


def _leave(drawn: Map, finding: Finding) -> Fix | None:
    """Lead from a step to an ending, the last one drawn."""
    step = drawn.step(finding.element)
    ends = [one for one in drawn.steps if one.kind in FINAL]
    return _tie(drawn, step, ends[-1]) if ends and step.kind != "gateway" else None


def _return(drawn: Map, _: Finding) -> Fix | None:
    """Allow to come back along the last passage between two steps that go on."""
    order = {step.id: rank for rank, step in enumerate(drawn.steps) if step.kind not in {*FINAL, "gateway"}}
    ahead = [way for way in drawn.passages if order.get(way.source, 1) < order.get(way.target, 0)]
    return _tie(drawn, drawn.step(ahead[-1].target), drawn.step(ahead[-1].source)) if ahead else None


def _otherwise(drawn: Map, finding: Finding) -> Fix | None:
    """Make of the second of two ways the one that is taken otherwise, when there is no such way yet."""
    out = [way for way in drawn.passages if way.source == finding.element]
    if drawn.step(finding.element).kind != "gateway" or any(way.before.condition is None for way in out):
        return None
    ways = tuple(
        way.model_copy(update={"before": way.before.model_copy(update={"condition": None})})
        if way.id == finding.about
        else way
        for way in drawn.passages
    )
    return Fix("otherwise", drawn.model_copy(update={"passages": ways}), {"way": finding.facts["other"]})


def _name_verb(drawn: Map, finding: Finding) -> Fix | None:
    label = labels.with_verb(drawn.step(finding.element).label)
    return Fix("rename", _step(drawn, finding.element, label=label), {"label": label}) if label else None


def _same_owner(drawn: Map, finding: Finding) -> Fix | None:
    """Give a step to who acts on the step before it."""
    played = {lane.id: lane for lane in drawn.lanes}
    for step in reversed(drawn.steps[: _index(drawn, finding.element)]):
        lane = played.get(step.lane)
        if lane is not None and lane.role is not None:
            mended = _step(drawn, finding.element, actors=(lane.role,))
            return Fix("same_owner", mended, {"lane": lane.label, "step": step.label})
    return None


def _act(drawn: Map, finding: Finding) -> Fix | None:
    """Make a role an actor of the step that names it, or of the last one on the way."""
    steps = {step.id: step for step in drawn.steps}
    source = next((way.source for way in drawn.passages if way.id == finding.element), finding.element)
    step = steps[source]
    if finding.code != "maps.forgotten_actor":
        step = next((one for one in drawn.steps if one.kind in ("won", "closed")), drawn.steps[-1])
    mended = _step(drawn, step.id, actors=(*step.actors, finding.about))
    return Fix("act", mended, {"step": step.label})


def _conclude(drawn: Map, finding: Finding) -> Fix | None:
    """Make an ending of what leads nowhere, unless it asks something."""
    step = drawn.step(finding.element)
    return (
        Fix("end", _step(drawn, step.id, kind="closed"), {"step": step.label})
        if step.kind == "task"
        else None
    )


def _produce(drawn: Map, finding: Finding) -> Fix | None:
    """Have an information produced at the step that leads here, as it is described elsewhere on the map."""
    entry = next((one for one in _informations(drawn) if sources.known_as(one) == finding.about), None)
    ahead = sources.before(Ways(drawn), finding.element)
    froms = {way.source for way in drawn.passages if way.target == finding.element} & ahead
    step = next((one for one in drawn.steps if one.id in froms and one.kind != "gateway"), None)
    if entry is None or step is None:
        return None
    made = entry.model_copy(update={"use": "produced"})
    kept = tuple(one for one in step.information if sources.known_as(one) != finding.about)
    facts = {"information": entry.label, "step": step.label}
    return Fix("produce", _step(drawn, step.id, information=(*kept, made)), facts)


def _informations(drawn: Map) -> Iterator[Information]:
    for step in drawn.steps:
        yield from step.information


def _index(drawn: Map, step_id: str) -> int:
    return next(rank for rank, step in enumerate(drawn.steps) if step.id == step_id)


def _step(drawn: Map, step_id: str, **change: Any) -> Map:
    steps = tuple(one.model_copy(update=change) if one.id == step_id else one for one in drawn.steps)
    return drawn.model_copy(update={"steps": steps})


def _tie(drawn: Map, source: Step, target: Step) -> Fix:
    way = naming.free_uid(f"p_{source.id}_{target.id}"[:40].rstrip("_"), {one.id for one in drawn.passages})
    ways = (*drawn.passages, Passage(id=way, source=source.id, target=target.id))
    facts = {"source": source.label, "target": target.label}
    return Fix("tie", drawn.model_copy(update={"passages": ways}), facts)


_FIXES: dict[str, Callable[[Map, Finding], Fix | None]] = {
    "no_lane": _stand,
    "no_phase": _stand,
    "passage_without_end": _remove_passage,
    "passage_twice": _remove_passage,
    "lane_unused": _remove_ground,
    "phase_unused": _remove_ground,
    "starts": _begin,
    "no_ending": _end,
    "unreachable": _reach,
    "no_way_out": _leave,
    "no_way_back": _return,
    "same_criteria": _otherwise,
    "overlapping_criteria": _otherwise,
    "label_without_verb": _name_verb,
    "no_owner": _same_owner,
    "forgotten_actor": _act,
    "forgotten_finance": _act,
    "forgotten_adv": _act,
    "forgotten_support": _act,
    "never_produced": _produce,
    "dead_end": _conclude,
}
