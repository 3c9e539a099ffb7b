"""What a map does not give a step where cases block, each with a proposal to the map as it should be.

Owns whether something was proposed already: an open proposal that says the same. Writes through
`maps.proposals` alone: the owner of that map decides.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from babel.lists import format_list

from portulan.base import texts
from portulan.base.refusals import NotThere
from portulan.base.value import Value
from portulan.maps import proposals
from portulan.maps import queries as maps
from portulan.maps.layout import Layout
from portulan.maps.model import Map
from portulan.maps.proposals import Sketch
from portulan.mining import lacking, overlays
from portulan.mining.adopt import DrawnAlready
from portulan.mining.decide import NoTarget, Proposed
from portulan.mining.lacking import Filling, Lack
from portulan.pages import queries as said
from portulan.people.actor import Actor
from portulan.records import runtime

_LINES: tuple[Lack, ...] = ("criteria", "content", "document")


class LackAnswer(Value):
    """What a step lacks, what would be proposed, and the open proposal that says so already, if any.

    `given` says that the map as it should be gives it.
    """

    lack: Lack
    sentence: str
    given: bool
    proposes: str | None
    may_propose: bool
    proposal: str | None


@dataclass(frozen=True)
class At:
    """A step of a map, as a log shows it."""

    map_id: UUID
    step: str
    log: str


def lacks(actor: Actor, *, where: At, at: datetime) -> list[LackAnswer]:
    """Return what a map does not give a step.

    :raises NotThere: when there is no such map, step or log.
    """
    scene = _scene(actor, where, at)
    open_ = _open(actor, scene)
    return [_answer(scene, lack, open_, actor.lang) for lack in scene.lacks]


def propose(actor: Actor, *, where: At, lack: Lack, at: datetime) -> Proposed:
    """Propose what a step lacks to the map as it should be, and return the proposal.

    :raises NoTarget: when the process has no such map.
    :raises DrawnAlready: when that map gives it, or there is nothing to draw.
    :raises NotThere: when there is no such map, step or log, or the step lacks nothing of the kind.
    """
    scene = _scene(actor, where, at)
    if lack not in scene.lacks:
        raise NotThere
    if scene.target is None or scene.base is None:
        raise NoTarget(title=scene.drawn.title)
    if not _fits(scene, lack):
        raise DrawnAlready
    drawn = lacking.filled(scene.base, where.step, lack, scene.filling)
    shown = overlays.overlay(actor, map_id=where.map_id, log=where.log, at=at).steps.get(where.step)
    why = f"{_said(scene, lack, actor.lang)} {shown.sentence or '' if shown else ''}".strip()
    sketch = Sketch(scene.base, drawn, Layout())
    return Proposed(scene.target, proposals.propose(actor, id=scene.target, sketch=sketch, why=why, at=at))


@dataclass(frozen=True)
class _Scene:
    """A step of a map, what it lacks there, and the map as it should be, where there is one."""

    step: str
    drawn: Map
    lacks: tuple[Lack, ...]
    filling: Filling
    target: UUID | None
    base: Map | None


def _scene(actor: Actor, where: At, at: datetime) -> _Scene:
    held = overlays.projection(actor, map_id=where.map_id, log=where.log, at=at)
    drawn = held.drawn
    label = next((one.label for one in drawn.steps if one.id == where.step), None)
    if label is None:
        raise NotThere
    lines: dict[str, str] = {
        one: texts.say(f"mining.lack_line_{one}", actor.lang, step=label) for one in _LINES
    }
    target = maps.find_map_of(actor, uid=drawn.uid, state="to_be")
    return _Scene(
        step=where.step,
        drawn=drawn,
        lacks=lacking.lacking(drawn, where.step),
        filling=lacking.filling(drawn, where.step, held.study, lines),
        target=target,
        base=maps.get_map(actor, id=target).map if target else None,
    )


def _fits(scene: _Scene, lack: Lack) -> bool:
    """Return whether the map as it should be has the step, lacks the same, and something can be drawn."""
    return lack in (_target_lacks(scene) or ()) and lacking.can_fill(lack, scene.filling)


def _target_lacks(scene: _Scene) -> tuple[Lack, ...] | None:
    """Return what the map as it should be does not give the step, None where it has no such step."""
    base = scene.base
    if base is None or all(one.id != scene.step for one in base.steps):
        return None
    return lacking.lacking(base, scene.step)


def _answer(scene: _Scene, lack: Lack, open_: dict[str, str], lang: str) -> LackAnswer:
    sentence = _said(scene, lack, lang)
    proposal = next((thread for body, thread in open_.items() if body.startswith(sentence)), None)
    fits = _fits(scene, lack)
    there = _target_lacks(scene)
    return LackAnswer(
        lack=lack,
        sentence=sentence,
        given=there is not None and lack not in there,
        proposes=_proposes(scene, lack, lang) if fits else None,
        may_propose=fits and proposal is None,
        proposal=proposal,
    )


def _said(scene: _Scene, lack: Lack, lang: str) -> str:
    return texts.say(f"mining.lack_{lack}", lang, step=scene.drawn.step(scene.step).label)


def _proposes(scene: _Scene, lack: Lack, lang: str) -> str:
    given = scene.filling
    names = {one.role: one.label for one in scene.drawn.lanes}
    names |= {one.uid: one.label.say(lang) for one in runtime.current().blueprint.roles}
    roles = format_list([names.get(one, one) for one in given.roles], locale=lang)
    facts = {"roles": roles, "n": given.delay.amount if given.delay else 0}
    return texts.say(f"mining.lack_proposes_{lack}", lang, **facts)


def _open(actor: Actor, scene: _Scene) -> dict[str, str]:
    """Return the open proposals to the map as it should be, by what they say."""
    if scene.target is None:
        return {}
    threads = said.threads(actor, target="map", ids=[scene.target], kinds=("proposal",))
    return {one.messages[0].body: str(one.id) for one in threads if one.state == "open" and one.messages}
