"""What a starter brings, before one takes it: its stages, and what it says of each kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from portulan.maps.model import Map


@dataclass(frozen=True)
class Preview:
    """A starter in short: the labels of its stages in order, and of what hangs on them."""

    title: str
    cycle: str
    stages: tuple[str, ...]
    fields: tuple[str, ...]
    criteria: tuple[str, ...]
    rules: tuple[str, ...]
    frictions: tuple[str, ...]
    documents: tuple[str, ...]
    scenarios: tuple[str, ...]


def preview(drawn: Map) -> Preview:
    """Return a starter in short."""
    steps = drawn.steps
    return Preview(
        title=drawn.title,
        cycle=drawn.scope.cycle,
        stages=tuple(step.label for step in steps if step.kind != "gateway"),
        fields=_once(entry.label for step in steps for entry in step.information if entry.type),
        criteria=_once(one.label for step in steps for one in (*step.entry, *step.exit)),
        rules=_once(_rules(drawn)),
        frictions=_once(one.label for step in steps for one in step.frictions),
        documents=_once(one.label for step in steps for one in step.documents),
        scenarios=tuple(one.title for one in drawn.scenarios),
    )


def _rules(drawn: Map) -> Iterator[str]:
    lists = [step.automations for step in drawn.steps] + [way.after for way in drawn.passages]
    return (note.label for notes in lists for note in notes if note.rule is not None)


def _once(labels: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))
