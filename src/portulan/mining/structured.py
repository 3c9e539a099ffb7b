"""The model in blocks of a log, as it is drawn: with gateways for people and BPMN, with passages for a map.

Owns the drawing of a tree. With gateways, blocks side by side keep their own; a map that compiles has none: a
record stands at one step at a time, so that a map has the moves that the model allows and that happened.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from portulan.base import texts
from portulan.maps.bpmn import files as bpmn
from portulan.maps.layout import Layout
from portulan.maps.model import Lane, Map, Passage, Phase, Step, StepKind
from portulan.mining import store
from portulan.mining.flow import flow
from portulan.mining.portfolio import Mined
from portulan.mining.show import Shown
from portulan.mining.study import Study
from portulan.mining.tree import Tree
from portulan.mining.view import View

_LANE, _PHASE = "lane_all", "ph_all"
_Ends = tuple[str, str] | None


@dataclass(frozen=True)
class Drawn:
    """A model drawn with gateways; `together` are the ids of those where ways part or meet side by side."""

    map: Map
    together: frozenset[str]

    def as_bpmn(self) -> bytes:
        """Return it as BPMN 2.0."""
        return bpmn.to_bpmn(self.map, Layout(), together=self.together)


@dataclass
class _Pen:
    """What is drawn so far, in the order of the model."""

    study: Study
    lang: str
    steps: list[Step] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    together: set[str] = field(default_factory=set)

    def stand(self, wanted: str, label: str, kind: StepKind = "gateway") -> str:
        """Draw a step under a free id."""
        uid = wanted
        while kind != "task" and uid in self.study.code_of:
            uid = f"{uid}_b"
        begins = not self.steps
        one = Step(id=uid, label=label, kind=kind, lane=_LANE, phase=_PHASE, begins=begins)
        self.steps.append(one)
        return uid

    def gateway(self, what: str) -> str:
        """Draw a gateway, named by what happens there."""
        return self.stand(f"b_{len(self.steps)}", texts.say(f"mining.block_{what}", self.lang))

    def link(self, source: str, target: str) -> None:
        """Draw a passage."""
        self.passages.append(Passage(id=f"w_{len(self.passages)}", source=source, target=target))


def drawing(study: Study, mined: Mined, *, title: str, lang: str) -> Drawn:
    """Return a model as it is shown, with its gateways and an end."""
    pen = _Pen(study, lang)
    ends = _block(pen, mined.tree)
    last = pen.stand("b_end", texts.say("mining.block_end", lang), "closed")
    if ends is not None:
        pen.link(ends[1], last)
    lane = Lane(id=_LANE, label=texts.say("mining.lane_all", lang))
    phase = Phase(id=_PHASE, label=texts.say("mining.block_phase", lang))
    whole = Map(
        uid="model",
        title=title,
        state="as_is",
        lanes=(lane,),
        phases=(phase,),
        steps=tuple(pen.steps),
        passages=tuple(pen.passages),
    )
    return Drawn(whole, frozenset(pen.together))


def _block(pen: _Pen, whole: Tree) -> _Ends:
    """Draw a block and return its first and last element; nothing for what happens in silence."""
    match whole.kind:
        case "step":
            uid = pen.stand(pen.study.ids[whole.step], pen.study.labels[whole.step], "task")
            return uid, uid
        case "sequence":
            return _in_turn(pen, whole.parts)
        case "loop":
            return _again(pen, *whole.parts)
        case "silent":
            return None
        case _:
            return _apart(pen, whole)


def _in_turn(pen: _Pen, parts: tuple[Tree, ...]) -> _Ends:
    ends = [one for part in parts if (one := _block(pen, part)) is not None]
    for one, other in pairwise(ends):
        pen.link(one[1], other[0])
    return ends[0][0], ends[-1][1]


def _apart(pen: _Pen, whole: Tree) -> _Ends:
    """Draw ways that part and meet again: one of them is taken, or all are."""
    every = whole.kind == "parallel"
    split = pen.gateway("together" if every else "choice")
    ends = [_block(pen, part) for part in whole.parts]
    join = pen.gateway("gathered" if every else "joined")
    if every:
        pen.together |= {split, join}
    for one in ends:
        _through(pen, split, one, join)
    return split, join


def _again(pen: _Pen, body: Tree, redo: Tree) -> _Ends:
    """Draw a body that is left, or that comes again by a way back."""
    join = pen.gateway("begun")
    ends = _block(pen, body)
    split = pen.gateway("again")
    _through(pen, join, ends, split)
    for part in redo.parts if redo.kind == "choice" else (redo,):
        _through(pen, split, _block(pen, part), join)
    return join, split


def _through(pen: _Pen, source: str, ends: _Ends, target: str) -> None:
    """Draw the way from a gateway to another, through a block or straight."""
    if ends is None:
        pen.link(source, target)
    else:
        pen.link(source, ends[0])
        pen.link(ends[1], target)


def moves(study: Study, mined: Mined) -> Shown:
    """Return the flow of the steps that a model keeps, of which it shows the passages that it allows."""
    hidden = np.array(sorted(mined.dropped), dtype=np.int64)
    log, _ = store.leaving_out(study.log, hidden)
    found = flow(log, study.calendar)
    allowed = _allowed(mined)
    pairs = zip(found.source.tolist(), found.target.tolist(), strict=True)
    shown = np.array([pair in allowed for pair in pairs], dtype=np.bool_)
    total = int(found.count.sum())
    return Shown(study, found, View(shown, int(found.count[shown].sum()) / total if total else 1.0), hidden)


def _allowed(mined: Mined) -> set[tuple[int, int]]:
    """Return which steps may directly follow which."""
    into: dict[int, set[int]] = {}
    columns = (mined.model.source, mined.model.label, mined.model.target)
    arcs = list(zip(*(one.tolist() for one in columns), strict=True))
    for _, label, target in arcs:
        into.setdefault(target, set()).add(label)
    return {(before, label) for source, label, _ in arcs for before in into.get(source, ())}
