"""What the maps require of a CRM: each with a key that lasts as long as its element, and a number.

Pure. A requirement is what a step asks, keeps, refuses, lets pass, does by itself, promises or exchanges with
another system, and each use case. Its number is given once and never to another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from portulan.base import texts
from portulan.base.durations import Duration
from portulan.maps.model import Criterion, Information, Map, Note, Passage, Priority, Step

Kind = Literal[
    "step", "field", "criterion", "passage", "automation", "promise", "integration", "use_case",
]  # fmt: skip
Change = Literal["same", "new", "changed"]
KINDS: tuple[Kind, ...] = (
    "step", "field", "criterion", "passage", "automation", "promise", "integration", "use_case",
)  # fmt: skip
LEVELS: tuple[Priority, ...] = ("indispensable", "important", "optional")


@dataclass(frozen=True)
class Requirement:
    """A requirement; `element` is what to show on its map, `answers` the irritants that it answers."""

    key: str
    map: str
    process: str
    element: str
    step: str
    role: str
    rollout: int
    kind: Kind
    level: Priority
    text: str
    answers: tuple[str, ...] = ()
    number: int = 0
    change: Change = "same"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"EX-{self.number:03}"


#: The irritants that an element of a map answers, by the uid of the map and the element.
Answers = Mapping[tuple[str, str], tuple[str, ...]]


def requirements(maps: Iterable[Map], lang: str, answers: Answers | None = None) -> tuple[Requirement, ...]:
    """Return what maps require, in the order in which one reads them, without numbers yet."""
    return tuple(one for drawn in maps for one in _Reading(drawn, lang, answers or {}).all())


def key_of(drawn: Map, element: str) -> str:
    """Return the key of the requirement that an element of a map stands for."""
    return f"{drawn.uid}.{element}"


def numbered(found: Iterable[Requirement], given: Mapping[str, int]) -> tuple[Requirement, ...]:
    """Return requirements under the numbers once given; those that have none follow the highest."""
    following = max(given.values(), default=0)
    made = []
    for one in found:
        if one.key not in given:
            following += 1
        made.append(replace(one, number=given.get(one.key, following)))
    return tuple(made)


def compared(
    found: Iterable[Requirement], before: Iterable[Requirement]
) -> tuple[tuple[Requirement, ...], tuple[Requirement, ...]]:
    """Return requirements marked with what changed since others, and those that are gone."""
    known = {one.key: one for one in before}
    marked = tuple(replace(one, change=_change(one, known.get(one.key))) for one in found)
    kept = {one.key for one in marked}
    return marked, tuple(one for key, one in known.items() if key not in kept)


def _change(one: Requirement, before: Requirement | None) -> Change:
    if before is None:
        return "new"
    same = (one.text, one.level, one.step, one.rollout) == (
        before.text,
        before.level,
        before.step,
        before.rollout,
    )
    return "same" if same else "changed"


def _wording(one: Information) -> str:
    if one.required:
        return "asks"
    return "keeps" if one.use == "produced" else "shows"


class _Reading:
    """Reads the requirements of one map."""

    def __init__(self, drawn: Map, lang: str, answers: Answers) -> None:
        self.drawn, self.lang, self.answers = drawn, lang, answers
        self.lanes = {one.id: one.label for one in drawn.lanes}
        self.roles = {one.role: one.label for one in drawn.lanes if one.role}
        self.labels = {one.id: one.label for one in drawn.steps}

    def all(self) -> Iterator[Requirement]:
        for step in self.drawn.steps:
            if step.kind != "gateway":
                yield from self._of_step(step)
        for promise in self.drawn.promises:
            text = self._say("promise", label=promise.label, span=self._span(promise.target))
            yield self._one(promise.id, "promise", text, None, level="indispensable")
        for scenario in self.drawn.scenarios:
            text = self._say("use_case", label=scenario.title)
            yield self._one(scenario.id, "use_case", text, None, level="indispensable")

    def _of_step(self, step: Step) -> Iterator[Requirement]:
        who = ", ".join(dict.fromkeys([self.lanes.get(step.lane, ""), *self._people(step)]))
        said = self._say("follow", label=step.label, who=who)
        if step.delays.target:
            said = self._say("follow_within", label=step.label, who=who, span=self._span(step.delays.target))
        yield self._one(step.id, "step", said, step)
        for one in step.information:
            yield self._one(one.id, "field", self._say(_wording(one), label=one.label), step)
        parts: tuple[tuple[Kind, str, Sequence[Criterion | Note]], ...] = (
            ("criterion", "entry", step.entry),
            ("criterion", "exit", step.exit),
            ("automation", "automatic", step.automations),
            ("integration", "connect", step.systems),
        )
        for kind, wording, held in parts:
            for part in held:
                yield self._one(part.id, kind, self._say(wording, label=part.label), step)
        yield from (
            self._one(one.id, "automation", self._say("agree", label=one.label), step)
            for one in step.approvals
        )
        for way in self.drawn.passages:
            if way.source == step.id:
                yield from self._of_passage(way, step)

    def _of_passage(self, way: Passage, step: Step) -> Iterator[Requirement]:
        target = self.labels.get(way.target, "") or way.target
        said = self._say("passage", label=way.label or target, target=target)
        yield self._one(way.id, "passage", said, step, element=way.id)
        for automatic in way.after:
            said = self._say("automatic", label=automatic.label)
            yield self._one(automatic.id, "automation", said, step, element=way.id)

    def _one(
        self, part: str, kind: Kind, text: str, step: Step | None, *, element: str = "", **more: Any
    ) -> Requirement:
        shown = element or (step.id if step else "")
        return Requirement(
            key=key_of(self.drawn, part),
            map=self.drawn.uid,
            process=self.drawn.title,
            element=shown,
            step=step.label if step else "",
            role=self.lanes.get(step.lane, "") if step else "",
            rollout=step.rollout if step else 1,
            kind=kind,
            level=more.get("level") or (step.priority if step else "important"),
            text=text,
            answers=self.answers.get((self.drawn.uid, part), ()),
        )

    def _people(self, step: Step) -> list[str]:
        return [self.roles.get(one, one) for one in step.actors]

    def _say(self, key: str, **facts: Any) -> str:
        return texts.say(f"brief.{key}", self.lang, **facts)

    def _span(self, span: Duration) -> str:
        return texts.say(f"base.say_unit_{span.unit}", self.lang, n=span.amount)
