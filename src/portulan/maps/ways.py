"""The passages of a map, walked once for every check: what leaves each step, what is reached, what ends."""

from dataclasses import dataclass
from functools import cached_property

from portulan.maps import walk
from portulan.maps.model import FINAL, Map, Passage

#: Stands before every beginning; no element has an empty id.
ROOT = ""


@dataclass(frozen=True)
class Ways:
    """The ways of a map, each asked-for walk made once."""

    drawn: Map

    @cached_property
    def leaving(self) -> dict[str, list[Passage]]:
        """The passages that leave each step, in the order of the drawing."""
        found: dict[str, list[Passage]] = {}
        for way in self.drawn.passages:
            found.setdefault(way.source, []).append(way)
        return found

    @cached_property
    def ahead(self) -> dict[str, list[str]]:
        """Where each step leads to; the root leads to every beginning."""
        ways = walk.leading((way.source, way.target) for way in self.drawn.passages)
        return {**ways, ROOT: [step.id for step in self.drawn.steps if step.begins]}

    @cached_property
    def back(self) -> dict[str, list[str]]:
        """Where each step comes from."""
        return walk.leading((target, source) for source, targets in self.ahead.items() for target in targets)

    @cached_property
    def reached(self) -> set[str]:
        """The steps that a case may come to."""
        return walk.reached(self.ahead[ROOT], self.ahead)

    @cached_property
    def ending(self) -> set[str]:
        """The steps from which a case may end."""
        return walk.reached((step.id for step in self.drawn.steps if step.kind in FINAL), self.back)

    @cached_property
    def order(self) -> list[str]:
        """The root and what is reached, each after all that is found beyond it."""
        return walk.left_last(ROOT, self.ahead)

    @cached_property
    def loops(self) -> list[list[str]]:
        """What is reached, in groups that lead back to one another, each after those that lead to it."""
        return walk.loops(self.order, self.back)

    @cached_property
    def spans(self) -> dict[str, tuple[int, int]]:
        """The span of each step: that of a step which no case avoids on its way there holds it."""
        return walk.spans(self.order, self.back)
