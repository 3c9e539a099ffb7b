"""Where the information of a map comes from: what is asked for before any step produces it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portulan.base.conditions.walk import fields_of
from portulan.maps import walk
from portulan.maps.findings import Finding, warning
from portulan.maps.model import Information, Map, Step
from portulan.maps.ways import Ways


def lint(drawn: Map, ways: Ways) -> Iterator[Finding]:
    """Return the information that steps use or test although nothing produces it by then."""
    labels = {known_as(entry): entry.label for step in drawn.steps for entry in step.information}
    to_be = labels.keys() - _existing(drawn)
    asked = [(step, _asked(step, to_be)) for step in drawn.steps]
    made = _made(drawn, {name for _, names in asked for name in names})
    known = _known(ways, made)
    for step, names in asked:
        for name in names:
            if not known.at(step.id, name):
                facts = {"step": step.label, "information": labels.get(name, name)}
                yield warning("never_produced", step.id, name, **facts)


def before(ways: Ways, step_id: str) -> set[str]:
    """Return the steps that a case may go through before it first comes to a step."""
    starts = [one for one in ways.ahead[""] if one != step_id]
    around = {
        source: [target for target in targets if target != step_id] for source, targets in ways.ahead.items()
    }
    return walk.reached(starts, around) & walk.reached([step_id], ways.back)


def known_as(entry: Information) -> str:
    """Return what an information is known by: the field that it fills, else its own id."""
    return entry.field or entry.id


def _asked(step: Step, to_be: set[str]) -> list[str]:
    """Return what the step uses, then what its criteria test among the fields that the map brings."""
    used = [known_as(entry) for entry in step.information if entry.use == "used"]
    tested = [
        name
        for criterion in (*step.entry, *step.exit)
        if criterion.condition is not None
        for name in sorted(fields_of(criterion.condition) & to_be)
    ]
    return list(dict.fromkeys([*used, *tested]))


def _existing(drawn: Map) -> set[str]:
    """Return the fields that the subject has whatever the map: others may fill them."""
    return {entry.field for step in drawn.steps for entry in step.information if entry.field}


def _made(drawn: Map, wanted: set[str]) -> dict[str, set[str]]:
    """Return what is produced, of what is wanted, by the step where it is or whose ways out it fills."""
    made: dict[str, set[str]] = {}
    for step in drawn.steps:
        names = (known_as(entry) for entry in step.information if entry.use == "produced")
        made.setdefault(step.id, set()).update(wanted.intersection(names))
    for way in drawn.passages:
        made.setdefault(way.source, set()).update(wanted.intersection(way.during))
    return made


@dataclass
class _Known:
    """What is produced by the time a case first comes to a step.

    A step that leads here without leading back is always before; one in the same loop is, unless every way
    to it goes through here.
    """

    made: dict[str, set[str]]
    spans: dict[str, tuple[int, int]]
    loop_of: dict[str, int] = field(default_factory=dict)
    #: By loop, what is produced in loops before it, as one bit for each name.
    earlier: list[int] = field(default_factory=list)
    #: By loop and name, the least and the greatest number of the steps that produce it.
    within: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    bits: dict[str, int] = field(default_factory=dict)

    def at(self, step_id: str, name: str) -> bool:
        if name in self.made.get(step_id, ()):
            return True
        loop = self.loop_of.get(step_id)
        if loop is None:
            return False
        if self.earlier[loop] & self.bits.get(name, 0):
            return True
        first, last = self.spans[step_id]
        least, greatest = self.within.get((loop, name), (first, last))
        return least < first or greatest > last


def _known(ways: Ways, made: dict[str, set[str]]) -> _Known:
    names = sorted({name for produced in made.values() for name in produced})
    known = _Known(made, ways.spans, bits={name: 1 << n for n, name in enumerate(names)})
    known.loop_of = {one: n for n, loop in enumerate(ways.loops) for one in loop}
    known.earlier = [0] * len(ways.loops)
    for n, loop in enumerate(ways.loops):
        made_here = _within(known, n, loop)
        told = known.earlier[n] | sum(known.bits[name] for name in made_here)
        for after in {known.loop_of[to] for one in loop for to in ways.ahead.get(one, ())} - {n}:
            known.earlier[after] |= told
    return known


def _within(known: _Known, n: int, loop: Iterable[str]) -> set[str]:
    """Note which steps of a loop produce what, and return what they do."""
    found: set[str] = set()
    for one in loop:
        number, _ = known.spans[one]
        for name in known.made.get(one, ()):
            least, greatest = known.within.get((n, name), (number, number))
            known.within[n, name] = (min(least, number), max(greatest, number))
            found.add(name)
    return found
