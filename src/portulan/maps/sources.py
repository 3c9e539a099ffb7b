"""Where the information of a map comes from: what is asked for before any step produces it."""

from collections.abc import Iterator

from portulan.base.conditions.walk import fields_of
from portulan.maps.findings import Finding, warning
from portulan.maps.model import Information, Map, Step
from portulan.maps.walk import reached


def lint(drawn: Map) -> Iterator[Finding]:
    """Return the information that steps use or test although nothing produces it by then."""
    labels = {known_as(entry): entry.label for step in drawn.steps for entry in step.information}
    to_be = labels.keys() - _existing(drawn)
    for step in drawn.steps:
        asked = _asked(step, to_be)
        known = _produced_by(drawn, step) if asked else set()
        for name in asked:
            if name not in known:
                facts = {"step": step.label, "information": labels.get(name, name)}
                yield warning("never_produced", step.id, name, **facts)


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


def _produced_by(drawn: Map, step: Step) -> set[str]:
    """Return what is produced at the step, on its ways in, or at steps that come before it."""
    ahead = before(drawn, step) | {step.id}
    produced = {
        known_as(entry)
        for one in drawn.steps
        if one.id in ahead
        for entry in one.information
        if entry.use == "produced"
    }
    return produced | {key for way in drawn.passages if way.source in ahead for key in way.during}


def before(drawn: Map, step: Step) -> set[str]:
    """Return the steps that a case may go through before it first comes to a step."""
    starts = [one.id for one in drawn.steps if one.begins and one.id != step.id]
    forward = reached(starts, [(way.source, way.target) for way in drawn.passages if way.target != step.id])
    backward = reached([step.id], [(way.target, way.source) for way in drawn.passages])
    return forward & backward


def _existing(drawn: Map) -> set[str]:
    """Return the fields that the subject has whatever the map: others may fill them."""
    return {entry.field for step in drawn.steps for entry in step.information if entry.field}


def known_as(entry: Information) -> str:
    """Return what an information is known by: the field that it fills, else its own id."""
    return entry.field or entry.id
